"""Labelled citations for training and measuring: this project's labels and a clinical set."""

from __future__ import annotations

import csv
import json
import re
import tarfile
from bisect import bisect_right
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from zlib import crc32

from probatum.claims.passages import Passage, passages
from probatum.claims.stance_context import Context
from probatum.documents.read import collect
from probatum.model.claim import Stance

ADDED = tuple(Path(__file__).parent / name for name in ("stance_more.csv", "stance_own.csv"))
_HELD_OUT = 5  # one part in five
_HASH = 12  # hex digits of the hash of a sentence
_SECTIONS = (
    ("discuss|conclu|limit|interpret|strength|compar|principal", "discussion"),
    ("intro|backg", "introduction"),
    ("method|material", "methods"),
    ("result", "results"),
)
_KILICOGLU = {"POSITIVE": "supporting", "NEGATIVE": "contrasting", "NEUTRAL": "mentioning"}


@dataclass(frozen=True, slots=True)
class Gold:
    """One labelled citation and the article (or document) that it is from."""

    pmcid: str
    context: Context
    stance: Stance
    own_evidence: bool
    certainty: int


def part_of(name: str, parts: int) -> int:
    """Give the part that a name falls in, the same on every machine."""
    return crc32(name.encode()) % parts


def held_out(pmcid: str) -> bool:
    """Tell whether an article is never trained or tuned on."""
    return part_of(pmcid, _HELD_OUT) == 0


def gold(path: Path) -> list[Gold]:
    """Read this project's labels; the file's first line is their guide."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [_gold(json.loads(line)) for line in lines]


def added(archive: Path) -> list[Gold]:
    """Read the labels that were added to the gold set; their texts are in ``archive``.

    A row names an article of the archive and the offsets of a citation in its text, in
    ``stance_own.csv`` also a hash of its sentence. All are of articles under CC BY that gold rows
    are from and that are not held out: the other articles of the archive may be those of the test
    part that is kept elsewhere. Labelled by one annotator after the gold set's guide, from the
    text alone; docs/models/stance.md tells how they were drawn.
    """
    rows: dict[str, list[dict[str, str]]] = {}
    for path in ADDED:
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.DictReader(stream):
                rows.setdefault(row["file"], []).append(row)
    made = []
    with tarfile.open(archive) as texts:
        for member in texts:
            name = Path(member.name).stem
            stream_ = texts.extractfile(member) if name in rows else None
            if stream_ is not None:
                made += _labelled(stream_.read(), f"{name}.nxml", rows[name])
    return made


def _labelled(data: bytes, name: str, rows: list[dict[str, str]]) -> list[Gold]:
    document = collect(data, name).documents[0]
    found = passages(document)
    starts = [passage.start for passage in found]
    made = []
    for row in rows:
        at = bisect_right(starts, int(row["start"])) - 1
        if row.get("text", "") not in ("", sha256(found[at].text.encode()).hexdigest()[:_HASH]):
            raise ValueError(f"{name}: the sentence at {row['start']} is not the one labelled")
        context = _context(found, at, (int(row["start"]), int(row["end"])))
        stance: Stance = row["stance"]  # type: ignore[assignment]
        own = row["own_evidence"] == "yes"
        pmcid = re.sub(r".*(PMC\d+).*", r"\1", name)
        made.append(Gold(pmcid, context, stance, own, int(row["certainty"])))
    return made


def _context(found: list[Passage], at: int, marker: tuple[int, int]) -> Context:
    here = found[at]
    around = [found[k].text if 0 <= k < len(found) and found[k].index == here.index else ""
              for k in (at - 1, at + 1)]  # fmt: skip
    target = marker[0] - here.start, marker[1] - here.start
    return Context(here.text, target, around[0], here.block.role, around[1])


def _gold(row: dict[str, str | bool | int]) -> Gold:
    marked = str(row["text"])
    target = marked.index("\u27e6"), marked.index("\u27e7") - 1
    text = marked.replace("\u27e6", "").replace("\u27e7", "")
    section = role(str(row["section"]))
    context = Context(text, target, str(row["previous"]), section, str(row["next"]))
    stance: Stance = row["stance"]  # type: ignore[assignment]
    return Gold(
        str(row["pmcid"]), context, stance, bool(row["own_evidence"]), int(row["certainty"])
    )


def role(section: str) -> str:
    """Give the role of a section from its heading, as the readers of documents do.

    >>> role("4. Discussion > Limitations")
    'discussion'
    """
    name = section.lower()
    return next((found for words, found in _SECTIONS if re.search(words, name)), "other")


def kilicoglu(path: Path) -> list[Gold]:
    """Read the clinical set of Kilicoglu et al. 2019; its prefix, which holds the label, is cut.

    The set has sentences without their section or what is around them: "discussion" is assumed.
    """
    made = []
    for line in path.read_text(encoding="utf-8").splitlines():
        label, _, rest = line.partition("\t")
        found = re.match(r"(\w+?)_C\d+_\[(.*?)\]_[A-Z]+_ ?", rest)
        if found is None or label not in _KILICOGLU:
            continue
        text = rest[found.end() :]
        marker = f"[{found[2]}]"
        at = max(0, text.find(marker))
        stance: Stance = _KILICOGLU[label]  # type: ignore[assignment]
        context = Context(text, (at, at + len(marker)), "", "discussion")
        made.append(Gold(found[1], context, stance, own_evidence=False, certainty=3))
    return made
