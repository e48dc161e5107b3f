"""Whether faults set into an article's numbers of people are found, and what is said untouched.

One number of people is changed at one place of a real article: the number randomised that another
sentence says too, the size of an arm whose arms make that number, a column of a table that do, one
analysed or completed to more than were randomised, one assessed or enrolled to fewer. Places are
found by plain patterns over words and sums, not by the reader that is measured; a fault keeps the
number of digits, so that nothing else of the text moves. Only articles whose PMCID has an even
first byte of SHA-256 are used: rules may be written on these.
"""

from __future__ import annotations

import csv
import hashlib
import re
import tarfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from validation.floors import Figure
from validation.intervals import wilson

from probatum.claims.document_flow import flow_results
from probatum.claims.passages import Passage, passages
from probatum.claims.results import results
from probatum.documents.read import collect
from probatum.model.claim import Result
from probatum.model.document import Document
from probatum.model.pack import Vocabulary
from probatum.text.head_counts import PEOPLE

LABELS = Path(__file__).parent / "labels" / "flow_alarms.csv"
KINDS = ("randomised", "arm", "column", "analysed", "assessed")
_HEADER_ROWS = 2
_OWN = frozenset({"abstract", "methods", "results", "other"})
_OF_PEOPLE = re.compile(
    rf"(?<![\w.,/=<>-])(?P<n>\d{{2,4}})(?=\s(?:[\w'/-]+\s){{0,5}}?{PEOPLE}\b)", re.IGNORECASE
)
_BRACKET = re.compile(r"[(\[]\s?[nN]\s?=\s?(?P<n>\d{2,4})\s?[)\]]")
_COLUMN = re.compile(r"\b[nN]\s?=\s?(?P<n>\d{2,4})\b")
_CHANCE = re.compile(r"randomi[sz]|randomly|allocat|assigned", re.IGNORECASE)
_LATER = re.compile(r"analy[sz]|complet", re.IGNORECASE)
_EARLIER = re.compile(r"screen|eligib|assess|enrol|recruit", re.IGNORECASE)
# Planned numbers and those of each group: nothing else of the article need bear them out.
_OTHER = re.compile(
    r"sample size|\bwill\b|\bplan|\btarget|\brequired|\bneeded|\bpower\b|\bexpect|\bestimat"
    r"|\beach\b|\bper (?:group|arm)|\bgroups? of\b",
    re.IGNORECASE,
)
_OF_A_GROUP = re.compile(r"\b(?:group|arm)\b", re.IGNORECASE)
_ALARM = "disagrees"
# The rules that hold numbers of people against each other, over the article and in a sentence.
_RULES = re.compile(r"trial-|randomised|arms?-|columns?-|analysed-|completed-")
Alarm = tuple[str, int, int]  # rule, start and end of the later place


@dataclass(frozen=True, slots=True)
class Fault:
    """One number of an article, [start, end) of its text, and what is printed in its place."""

    kind: str
    start: int
    end: int
    printed: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article read: its key, its document, its sentences."""

    key: str
    document: Document
    said: Sequence[Passage]


def figures(corpus: Path) -> list[Figure]:
    """Measure on the trials and the ketamine texts beside ``corpus``, an archive of trials."""
    found: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    alarmed: dict[str, set[str]] = {}
    articles = 0
    for article in read_half(corpus.parent, 0):
        articles += 1
        before = alarms(article)
        if before:
            alarmed[article.key] = {rule for rule, _, _ in before}
        for fault in faults(article):
            tried[fault.kind] += 1
            found[fault.kind] += is_found(article, fault, before)
    return [*_of_kinds(found, tried), _untouched(alarmed, articles)]


def read_half(folder: Path, half: int) -> Iterator[Article]:
    """Read each article of the two archives once: the half of even (0) or of odd (1) digests."""
    seen: set[str] = set()
    for name in ("jats_trials.tar.gz", "jats_ketamine.tar.gz"):
        with tarfile.open(folder / name) as archive:
            for member in sorted(archive.getmembers(), key=lambda one: one.name):
                key = re.search(r"PMC\d+(?=\.n?xml$)", member.name)
                data = archive.extractfile(member) if key else None
                if key is None or data is None or key[0] in seen:
                    continue
                seen.add(key[0])
                if hashlib.sha256(key[0].encode()).digest()[0] % 2 == half:
                    (document, *_) = collect(data.read(), f"{key[0]}.xml").documents
                    yield Article(key[0], document, passages(document))


def alarms(article: Article) -> frozenset[Alarm]:
    """Give what the checks of numbers of people say against an article."""
    prose = [p for p in article.said if "random" in p.text]
    given: list[Result] = [
        *flow_results(article.document, article.said),
        *results(article.document, prose, Vocabulary()),
    ]
    return frozenset(
        (check.rule, one.start, one.end)
        for one in given
        for check in one.checks
        if check.verdict == _ALARM and _RULES.match(check.rule)
    )


def is_found(article: Article, fault: Fault, before: frozenset[Alarm]) -> bool:
    """Whether an alarm is raised that the untouched article does not raise."""
    return bool(alarms(injected(article, fault)) - before)


def injected(article: Article, fault: Fault) -> Article:
    """Give the article with the fault printed; every other character stays where it was."""
    document = article.document
    text = document.text[: fault.start] + fault.printed + document.text[fault.end :]
    said = [
        replace(p, text=text[p.start : p.end]) if p.start <= fault.start < p.end else p
        for p in article.said
    ]
    return Article(article.key, replace(document, text=text), said)


def faults(article: Article) -> Iterator[Fault]:
    """Give at most one fault of each kind, chosen by the article's key."""
    own = [p for p in article.said if p.is_prose and p.block.role in _OWN]
    whole = _whole(own)
    if not whole:
        return
    sites = _sites(article.document, own, whole)
    for kind in KINDS:
        chance = Random(f"{article.key} {kind}")  # noqa: S311 - chosen again in every run
        places = sites[kind]
        if places:
            start, end = chance.choice(places)
            printed = _changed(kind, article.document.text[start:end], whole, chance)
            if printed:
                yield Fault(kind, start, end, printed)


def _whole(own: Sequence[Passage]) -> int:
    """Give the largest number of people that two sentences say, one of them of chance; else 0."""
    said: dict[int, list[bool]] = defaultdict(list)
    for passage in own:
        if _OTHER.search(passage.text):
            continue
        by_chance = bool(_CHANCE.search(passage.text))
        for n in {int(m["n"]) for m in _OF_PEOPLE.finditer(passage.text)}:
            said[n].append(by_chance)
    return max((n for n, of in said.items() if len(of) > 1 and any(of)), default=0)


Sites = dict[str, list[tuple[int, int]]]


def _sites(document: Document, own: Sequence[Passage], whole: int) -> Sites:
    sites: Sites = defaultdict(list)
    for passage in own:
        if not _OTHER.search(passage.text):
            for found in _OF_PEOPLE.finditer(passage.text):
                kind = _kind(passage.text, int(found["n"]), whole)
                if kind:
                    sites[kind].append(_at(passage.start, found))
        arms = list(_BRACKET.finditer(passage.text)) if _CHANCE.search(passage.text) else []
        if len(arms) > 1 and sum(int(arm["n"]) for arm in arms) == whole:
            sites["arm"] += [_at(passage.start, arm) for arm in arms]
    for table in document.tables:
        head = [
            (cell.start, found)
            for cell in table.cells
            if cell.row < _HEADER_ROWS
            for found in _COLUMN.finditer(document.text[cell.start : cell.end])
        ]
        if len(head) > 1 and sum(int(found["n"]) for _, found in head) == whole:
            sites["column"] += [_at(start, found) for start, found in head]
    return sites


def _kind(text: str, n: int, whole: int) -> str | None:
    """Tell what a number of people counts; None where nothing else must bear it out."""
    if _CHANCE.search(text):
        return "randomised" if n == whole else None
    if _OF_A_GROUP.search(text):
        return None
    if n <= whole and _LATER.search(text):
        return "analysed"
    return "assessed" if n >= whole and _EARLIER.search(text) else None


def _at(start: int, found: re.Match[str]) -> tuple[int, int]:
    return start + found.start("n"), start + found.end("n")


def _changed(kind: str, digits: str, whole: int, chance: Random) -> str | None:
    """Give another number of as many digits, by a slip of one or two or of a digit.

    A column grows (fewer may have been measured), one analysed becomes more than were randomised,
    one assessed fewer.
    """
    n = int(digits)
    base = {"analysed": whole, "assessed": whole}.get(kind, n)
    slips = [base + 1, base + 2, base + 5, base - 1, base - 2, base - 5]
    slips += [
        int(digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :])
        for at in range(len(digits) - 1)
    ]
    kept = [new for new in slips if len(str(new)) == len(digits) and new != n]
    most = {"assessed": whole - 1}.get(kind, max(kept, default=0))
    least = {"column": n + 1, "analysed": whole + 1}.get(kind, 0)
    wanted = [new for new in kept if least <= new <= most]
    return str(chance.choice(wanted)) if wanted else None


def _of_kinds(found: Counter[str], tried: Counter[str]) -> list[Figure]:
    split = "faults in real articles, rules may be written on these"
    made = []
    for kind in (*KINDS, "any"):
        n = tried[kind] if kind in tried else sum(tried.values())
        hits = found[kind] if kind in tried else sum(found.values())
        name = f"flow of people: faults found, {kind}"
        made.append(Figure(name, hits / max(1, n), n, split, *wilson(hits, n)))
    return made


def _untouched(alarmed: dict[str, set[str]], articles: int) -> Figure:
    """Count the articles with an alarm that nobody has read and found true."""
    with LABELS.open(encoding="utf-8", newline="") as file:
        true = {
            (row["article"], row["rule"]) for row in csv.DictReader(file) if row["true"] == "yes"
        }
    doubtful = {
        key: rules
        for key, rules in alarmed.items()
        if any((key, rule) not in true for rule in rules)
    }
    for key, rules in sorted(doubtful.items()):
        print(f"  alarm not known to be true: {key}: {', '.join(sorted(rules))}")
    print(f"  {len(alarmed)} of {articles} articles raise an alarm untouched")
    return Figure(
        "flow of people: articles with an alarm not known to be true", len(doubtful), articles,
        "untouched articles, rules may be written on these", higher_is_better=False,
    )  # fmt: skip
