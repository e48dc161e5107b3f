"""Against the pack: approvals that do not exist, warnings contradicted, harms left out."""

from __future__ import annotations

from collections.abc import Iterator

from probatum.model.pack import PackStatement
from probatum.text.positions import Topic, opposed
from probatum.trust.facts import facts
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_FEWEST_WORDS = 150


def regulatory_misstatement(subject: Subject) -> Iterator[Sign]:
    """An approval or an indication that does not exist, with the opposing statement."""
    yield from _against(
        subject, ("approval",), "What is said of approval is against a regulator's statement."
    )


def safety_contradiction(subject: Subject) -> Iterator[Sign]:
    """A sentence against a warning, a duty to monitor or a contraindication."""
    topics: tuple[Topic, ...] = ("monitoring", "contraindication")
    if subject.document.kind == "web-page":  # in articles a denied harm is most often a finding
        topics = (*topics, "harm")
    yield from _against(subject, topics, "This contradicts a warning.")


def _against(subject: Subject, topics: tuple[Topic, ...], explanation: str) -> Iterator[Sign]:
    known = facts(subject.pack)
    for sentence, said in subject.positions:
        if said.topic not in topics:
            continue
        against = opposed(said, known.positions, known.related)
        if against:
            evidence = _opposing(known.statements[against[0]])
            yield Sign(explanation, evidence, sentence.start, sentence.end)


def _opposing(statement: PackStatement) -> str:
    source = statement.sources[0].url if statement.sources else "no source"
    return f"{statement.id} ({statement.source_type}): {statement.text!r}; source: {source}"


def omitted_information(subject: Subject) -> Iterator[Sign]:
    """A page on the therapy that names no harm at all."""
    if subject.document.kind != "web-page" or subject.words < _FEWEST_WORDS:
        return
    words = facts(subject.pack).matcher
    found = words.find(subject.document.text)
    kinds = [kind for match in found for kind, _ in match.terms]
    if kinds.count("drug") >= 2 and "harm" not in kinds:
        yield Sign(
            "A reader is told of the therapy and of no harm.",
            f"looked for {len(subject.pack.vocabulary.harms)} harms in {subject.words} words",
        )
