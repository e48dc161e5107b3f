"""Write the clean texts that the trust room is trained and measured on, as JSON Lines.

Usage: python validation/clean_texts.py SHARED_DATA OUT. One file a set: ``trials`` (CC-BY articles
of jats_trials, the only ones that anything is trained on; every fifth is held out), ``abstracts``
(records of PubMed, nbib and RIS exports whose DOI and PMID are of none of the articles),
``ketamine`` (articles that mention the drug, without those among the trials), ``fields`` (English
CC-BY articles of publishers in many fields; trained on), ``news`` (lay health news, only measured
on). A line holds id, title and paragraphs. Nothing of it ships.
"""

from __future__ import annotations

import json
import re
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

from probatum.documents.read import collect
from probatum.model.document import Document
from probatum.trust.field import is_english

CC_BY = re.compile(rb"creativecommons\.org/licenses/by/\d")
FORMATS = re.compile(r"/(?:pubmed_xml|nbib|ris)/.*\.(?:xml|nbib|txt|ris)$")
LARGEST = 3_000_000
FEWEST_WORDS = 20
Text = dict[str, object]


def members(path: Path) -> Iterator[tuple[str, bytes]]:
    """Give the files of an archive."""
    with tarfile.open(path) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            if file is not None and member.size <= LARGEST:
                yield member.name, file.read()


def text_of(document: Document) -> Text:
    """Give a document's prose, references left out."""
    parts = [
        document.text[b.start : b.end]
        for b in document.blocks
        if b.kind == "paragraph" and b.role not in {"references", "back"}
    ]
    long = [part for part in parts if part.count(" ") >= FEWEST_WORDS]
    ids = document.metadata.identifiers
    return {
        "id": ids.doi or ids.pmid or document.id,
        "pmid": ids.pmid,
        "title": document.metadata.title,
        "paragraphs": long,
    }


def articles(path: Path, *, only_cc_by: bool) -> Iterator[Text]:
    """Give the articles of an archive of JATS files."""
    for name, data in members(path):
        if name.endswith("xml") and not (only_cc_by and not CC_BY.search(data)):
            for document in collect(data, name).documents:
                yield text_of(document)


def abstracts(path: Path, taken: set[str]) -> Iterator[Text]:
    """Give the English abstracts of exported records, each once."""
    for name, data in members(path):
        if not FORMATS.search("/" + name):
            continue
        for document in collect(data, name).documents:
            text, ids = text_of(document), document.metadata.identifiers
            keys = {key for key in (ids.doi, ids.pmid, document.metadata.title) if key}
            parts = [
                s.text for s in document.metadata.abstract if s.text.count(" ") > FEWEST_WORDS
            ]
            if keys and parts and not keys & taken:
                taken |= keys
                yield {**text, "paragraphs": parts}


def news(path: Path) -> Iterator[Text]:
    """Give the lay news, paragraph by paragraph."""
    for name, data in members(path):
        if name.endswith(".json"):
            page = json.loads(data)
            body = str(page.get("text") or "")
            if len(body) > 400:
                parts = [p for p in body.split("\n\n") if p.strip()]
                yield {"id": name, "title": page.get("title"), "paragraphs": parts}


def write(out: Path, name: str, texts: Iterator[Text]) -> list[Text]:
    """Write a set and return it."""
    kept = [text for text in texts if text["paragraphs"]]
    lines = "".join(json.dumps(text, ensure_ascii=False) + "\n" for text in kept)
    (out / f"{name}.jsonl").write_text(lines, encoding="utf-8")
    held = [parts for text in kept if isinstance(parts := text["paragraphs"], list)]
    words = sum(len(str(paragraph).split()) for parts in held for paragraph in parts)
    sys.stdout.write(f"{name}: {len(kept)} texts, {words:,} words\n")
    sys.stdout.flush()
    return kept


def main(shared: Path, out: Path) -> None:
    """Write the five sets."""
    out.mkdir(parents=True, exist_ok=True)
    documents = shared / "documents"
    write(out, "news", news(shared / "trust/lay_health_news.tar.gz"))
    trials = write(out, "trials", articles(documents / "jats_trials.tar.gz", only_cc_by=True))
    taken = {str(t[key]) for t in trials for key in ("id", "pmid", "title") if t[key]}
    drug = (
        t for t in articles(documents / "jats_ketamine.tar.gz", only_cc_by=False)
        if t["id"] not in taken
    )  # fmt: skip
    ketamine = write(out, "ketamine", drug)
    taken |= {str(t[key]) for t in ketamine for key in ("id", "pmid", "title") if t[key]}
    exports = shared / "records/bibliographic_exports.tar.gz"
    records = write(out, "abstracts", abstracts(exports, taken))
    taken |= {str(t[key]) for t in records for key in ("id", "pmid", "title") if t[key]}
    others = (
        t for t in articles(documents / "jats_publishers.tar.gz", only_cc_by=True)
        if t["id"] not in taken and is_english(str(t["paragraphs"])[:20_000])
    )  # fmt: skip
    write(out, "fields", others)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
