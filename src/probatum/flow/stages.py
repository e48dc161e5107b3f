"""The stages as the runner sees them: one shard in, one part written, its name returned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from probatum.claims.extract import extract
from probatum.documents.format import ReadOptions
from probatum.documents.read import collect
from probatum.flow.answering import AnswerInput, answer
from probatum.flow.ledger import Part, Place
from probatum.flow.networks import NetworkInput, network
from probatum.flow.packs import load_pack
from probatum.flow.sources import Found, opened
from probatum.model.answer import Answer
from probatum.model.claim import Claim, Result, Statement
from probatum.model.document import Document
from probatum.model.flag import Flag, Profile
from probatum.model.network import Network
from probatum.model.passage import Passage, PassageKey, Repeat
from probatum.model.source import Accounting, Problem
from probatum.model.work import Notice
from probatum.trust.appraise import appraise
from probatum.trust.lists import NO_LISTS, Lists
from probatum.trust.passages import by_document, passages


@dataclass(frozen=True, slots=True)
class ReadShard:
    """A source to read, and where its part goes."""

    place: Place
    source: Found
    max_source_mb: int

    def moved(self, place: Place, to: Callable[[Path], Path]) -> ReadShard:
        """Give the same shard for a worker that does not see the base."""
        path = str(to(Path(self.source.path)))
        return replace(self, place=place, source=replace(self.source, path=path))


@dataclass(frozen=True, slots=True)
class DocumentsShard:
    """The documents of one source, what they are held against, and where the part goes.

    The pack is named by its folder, since it pickles to a megabyte.
    """

    place: Place
    documents: Path
    pack: str
    notices: tuple[Notice, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    lists: Lists = NO_LISTS

    def moved(self, place: Place, to: Callable[[Path], Path]) -> DocumentsShard:
        """Give the same shard for a worker that does not see the base."""
        return replace(
            self,
            place=place,
            documents=to(self.documents),
            pack=str(to(Path(self.pack))),
            lists=self.lists.moved(lambda file: str(to(Path(file)))),
        )


@dataclass(frozen=True, slots=True)
class AnswerShard:
    """A question with all that its answer depends on, and where the part goes."""

    place: Place
    given: AnswerInput

    def moved(self, place: Place, to: Callable[[Path], Path]) -> AnswerShard:
        """Give the same shard for a worker that does not see the base."""
        return replace(self, place=place)


@dataclass(frozen=True, slots=True)
class NetworkShard:
    """Questions that ask the same of different treatments, and where their part goes."""

    place: Place
    given: NetworkInput

    def moved(self, place: Place, to: Callable[[Path], Path]) -> NetworkShard:
        """Give the same shard for a worker that does not see the base."""
        return replace(self, place=place)


def read_source(shard: ReadShard) -> str:
    """Read one source into its part: documents, and where every byte went."""
    options = ReadOptions(max_source_mb=shard.max_source_mb)
    with opened(Path(shard.source.path)) as data:
        reading = collect(data, shard.source.name, options=options)
    return shard.place.write({Document: reading.documents, Accounting: [reading.accounting]})


def refuse_source(shard: ReadShard, failure: str) -> str:
    """Write the part of a source that no reader survived: all its bytes rejected."""
    source = shard.source
    reason = f"reading failed ({failure}); convert the file, or report this as a defect"
    accounting = Accounting(
        name=source.name,
        sha256=source.sha256,
        format=None,
        encoding=None,
        bytes=source.size,
        parsed=0,
        ignored=0,
        rejected=source.size,
        records=0,
        problems=(Problem("reader-failed", reason, 0),),
    )
    return shard.place.write({Document: [], Accounting: [accounting]})


def extract_documents(shard: DocumentsShard) -> str:
    """Extract statements, claims and results from the documents of one source."""
    statements, claims, results = list[Statement](), list[Claim](), list[Result]()
    vocabulary = load_pack(shard.pack).vocabulary
    for document in Part(shard.documents).read(Document):
        extraction = extract(document, vocabulary)
        statements.extend(extraction.statements)
        claims.extend(extraction.claims)
        results.extend(extraction.results)
    return shard.place.write({Statement: statements, Claim: claims, Result: results})


def mark_passages(shard: DocumentsShard) -> str:
    """Give the sentences of one source's documents the hashes by which repeats are found."""
    found, keyed = list[Passage](), list[PassageKey]()
    for document in Part(shard.documents).read(Document):
        for passage, keys in passages(document):
            found.append(passage)
            keyed.extend(PassageKey(key, passage.id) for key in keys)
    return shard.place.write({Passage: found, PassageKey: keyed})


def appraise_documents(shard: DocumentsShard) -> str:
    """Appraise the documents of one source: their flags and profiles."""
    flags, profiles = list[Flag](), list[Profile]()
    repeated, pack = by_document(shard.repeats), load_pack(shard.pack)
    for document in Part(shard.documents).read(Document):
        told = repeated.get(document.id, ())
        appraisal = appraise(document, pack, shard.notices, told, shard.lists)
        flags.extend(appraisal.flags)
        profiles.append(appraisal.profile)
    return shard.place.write({Flag: flags, Profile: profiles})


def answer_question(shard: AnswerShard) -> str:
    """Answer one question: effects, pooled, certainty, sentence."""
    return shard.place.write({Answer: [answer(shard.given)]})


def answer_network(shard: NetworkShard) -> str:
    """Answer questions together as a network of treatments."""
    return shard.place.write({Network: network(shard.given)})
