"""The graph of works: which work each statement is about, and which statements count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from probatum.model.claim import Statement
from probatum.model.flag import Profile
from probatum.model.passage import Repeat
from probatum.model.work import Citing, Work
from probatum.text.similarity import twins
from probatum.works.resolve import resolve

_ALIKE = 0.8  # Jaccard resemblance of word pairs from which two statements are one
_UNDATED = 9999  # a citing work without a year comes after all that have one


def place_statements(
    statements: Sequence[Statement],
    works: Sequence[Work],
    profiles: Iterable[Profile],
    repeats: Sequence[Repeat] = (),
) -> list[Citing]:
    """Place each statement between its citing and its cited works, sorted by statement id.

    Statements that say nearly the same about the same work, in whichever documents, count once:
    the first by citing year and id is kept, later ones are its twins; so are those in a sentence
    that ``repeats`` gives as said before, in other words too. Statements of a source with
    a serious flag on integrity or interest are shown but never counted.
    """
    work_of = {document: work for work in works for document in work.documents}
    barred = _barred(profiles)
    ordered = sorted(
        statements, key=lambda s: (work_of[s.document].year or _UNDATED, s.document, s.start, s.id)
    )
    cited = _cited(ordered, works)
    twins = _retold(ordered, repeats) | _twins(ordered, cited)
    placed = []
    for statement, targets in zip(ordered, cited, strict=True):
        citing = "" if statement.label_origin == "printed" else work_of[statement.document].id
        twin = statement.twin_of or twins.get(statement.id)
        why_not = _why_not(statement, twin, barred, targets == (citing,))
        placed.append(_edge(statement, citing, targets, (twin, why_not)))
    return sorted(placed, key=lambda edge: edge.statement)


def _edge(
    statement: Statement,
    citing: str,
    cited: tuple[str, ...],
    found: tuple[str | None, str | None],
) -> Citing:
    twin, why_not = found
    return Citing(
        statement=statement.id,
        document=statement.document,
        citing_work=citing,
        cited_works=cited,
        # Below the threshold of confidence a stance is shown and never tallied.
        stance="mentioning" if statement.abstained else statement.stance,
        own_evidence=statement.own_evidence,
        counts=why_not is None,
        why_not=why_not,
        twin_of=twin,
        leaning=statement.stance if statement.abstained else None,
        relation=statement.relation,
    )


def _cited(statements: Sequence[Statement], works: Sequence[Work]) -> list[tuple[str, ...]]:
    """Give the works that each statement is about, as far as the base has them."""
    found = iter(resolve([t for s in statements for t in s.targets], works))
    return [
        tuple(sorted({work for _ in statement.targets if (work := next(found)) is not None}))
        for statement in statements
    ]


def _twins(statements: Sequence[Statement], cited: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """Find the statements that repeat an earlier one about the same work."""
    by_work: dict[str, list[Statement]] = {}
    for statement, works in zip(statements, cited, strict=True):
        for work in works:
            by_work.setdefault(work, []).append(statement)
    found: dict[str, str] = {}
    for group in by_work.values():
        for twin in twins([statement.quote for statement in group], _ALIKE):
            found.setdefault(group[twin.later].id, group[twin.earlier].id)
    return found


def _retold(statements: Sequence[Statement], repeats: Sequence[Repeat]) -> dict[str, str]:
    """Find the statements in sentences that repeat a sentence with a statement elsewhere."""
    by_document: dict[str, list[Statement]] = {}
    for statement in statements:
        by_document.setdefault(statement.document, []).append(statement)
    found: dict[str, str] = {}
    for repeat in repeats:
        later = _inside(by_document.get(repeat.document, ()), repeat.start, repeat.end)
        earlier = _inside(
            by_document.get(repeat.source, ()), repeat.source_start, repeat.source_end
        )
        found.update({twin.id: first.id for twin, first in zip(later, earlier, strict=False)})
    return found


def _inside(statements: Sequence[Statement], start: int, end: int) -> list[Statement]:
    return [s for s in statements if s.start < end and s.end > start]


def _barred(profiles: Iterable[Profile]) -> dict[str, str]:
    """Give the documents whose statements never count, with the line of the profile."""
    barred = {}
    for profile in profiles:
        for line in ("integrity", "interest"):
            if getattr(profile, line) == "serious":
                barred[profile.document] = f"the source has a serious flag on {line}"
    return barred


def _why_not(
    statement: Statement, twin: str | None, barred: Mapping[str, str], own: bool
) -> str | None:
    if twin is not None:
        return "repeats an earlier statement"
    if statement.document in barred:
        return barred[statement.document]
    return "cites only itself" if own else None
