"""The graph of works: which work each statement is about, and which statements count."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from probatum.model.claim import Statement
from probatum.model.flag import Profile
from probatum.model.work import Citing, Work
from probatum.text.folding import fold
from probatum.works.resolve import resolve


def place_statements(
    statements: Sequence[Statement], works: Sequence[Work], profiles: Iterable[Profile]
) -> list[Citing]:
    """Place each statement between its citing and its cited works, sorted by statement id.

    A statement that repeats another one about the same work, in whichever document, counts once:
    the first by citing year and id is kept, later ones are its twins. Statements of a source with
    a serious flag on integrity or interest are shown but never counted.
    """
    work_of = {document: work for work in works for document in work.documents}
    barred = _barred(profiles)
    targets = [target for statement in statements for target in statement.targets]
    resolved = dict(zip(map(id, targets), resolve(targets, works), strict=True))
    years = {document: work.year or 9999 for document, work in work_of.items()}
    ordered = sorted(statements, key=lambda s: (years.get(s.document, 9999), s.document, s.id))
    seen: dict[tuple[str, str], str] = {}
    placed = []
    for statement in ordered:
        cited = sorted({w for t in statement.targets if (w := resolved[id(t)]) is not None})
        twin = statement.twin_of or _twin(seen, statement, cited)
        citing = work_of[statement.document].id
        why_not = _why_not(statement, twin, barred, cited == [citing])
        placed.append(
            Citing(
                statement.id,
                statement.document,
                citing,
                tuple(cited),
                statement.stance,
                statement.own_evidence,
                why_not is None,
                why_not,
                twin,
            )
        )
    return sorted(placed, key=lambda c: c.statement)


def _barred(profiles: Iterable[Profile]) -> dict[str, str]:
    """Give the documents whose statements never count, with the line of the profile."""
    barred = {}
    for profile in profiles:
        for line in ("integrity", "interest"):
            if getattr(profile, line) == "serious":
                barred[profile.document] = f"the source has a serious flag on {line}"
    return barred


def _twin(seen: dict[tuple[str, str], str], statement: Statement, cited: list[str]) -> str | None:
    """Find an earlier statement with the same words about the same work; else remember this."""
    folded, first = fold(statement.quote), None
    for work in cited:
        earlier = seen.setdefault((work, folded), statement.id)
        if earlier != statement.id:
            first = first or earlier
    return first


def _why_not(
    statement: Statement, twin: str | None, barred: Mapping[str, str], own: bool
) -> str | None:
    if twin is not None:
        return "repeats an earlier statement"
    if statement.document in barred:
        return barred[statement.document]
    if statement.abstained:
        return "the label is below the threshold of confidence"
    return "cites only itself" if own else None
