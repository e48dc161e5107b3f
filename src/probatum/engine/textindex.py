"""Full-text search over short entries, by tantivy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import tantivy

from probatum.model.answer import Hit

_HEAP = 50_000_000  # bytes; tantivy's least is 15 MB, more saves merges on large bases
_TITLE_BOOST = 2.0
_SNIPPET = 200


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: its kind, id, title and body text."""

    kind: str
    id: str
    title: str
    body: str


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("kind", stored=True, tokenizer_name="raw")
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", stored=True, tokenizer_name="en_stem")
    builder.add_text_field("body", stored=True, tokenizer_name="en_stem")
    return builder.build()


def write_index(folder: Path, entries: Iterable[Entry]) -> None:
    """Write a new index of the entries into an existing, empty folder."""
    index = tantivy.Index(_schema(), path=str(folder))
    writer = index.writer(_HEAP, num_threads=1)
    for entry in entries:
        writer.add_document(
            tantivy.Document(kind=entry.kind, id=entry.id, title=entry.title, body=entry.body)
        )
    writer.commit()
    writer.wait_merging_threads()


def _query(index: tantivy.Index, text: str, kind: str | None) -> tantivy.Query:
    words, _ = index.parse_query_lenient(text, ["title", "body"], {"title": _TITLE_BOOST})
    if kind is None:
        return words
    only = tantivy.Query.term_query(index.schema, "kind", kind)
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, words), (tantivy.Occur.Must, only)])


def search_index(
    folder: Path, text: str, *, kind: str | None = None, limit: int = 20
) -> list[Hit]:
    """Find the entries that match best; scores are BM25, higher is better.

    Words are stemmed in English and any of them may match; quotes ask for a phrase. Equal scores
    come in the order of kind and id.
    """
    index = tantivy.Index.open(str(folder))
    searcher, query = index.searcher(), _query(index, text, kind)
    snippets = tantivy.SnippetGenerator.create(searcher, query, index.schema, "body")
    snippets.set_max_num_chars(_SNIPPET)
    hits = []
    for score, address in searcher.search(query, limit).hits:
        found = searcher.doc(address)
        snippet = snippets.snippet_from_doc(found).fragment() or str(found["body"][0])[:_SNIPPET]
        hits.append(
            Hit(found["kind"][0], found["id"][0], found["title"][0], snippet, round(score, 6))
        )
    return sorted(hits, key=lambda hit: (-hit.score, hit.kind, hit.id))
