"""Look up the numbers of a trial: question in, two arms with their places out, or why not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from probatum.claims.lookup.arms import Arms, arms_of
from probatum.claims.lookup.asked import Found, Sought, nothing
from probatum.claims.lookup.entries import Sheet, sheets
from probatum.claims.lookup.none_told import none_candidates
from probatum.claims.lookup.prose import prose_candidates
from probatum.claims.lookup.sizes import Sizes, usual_sizes, with_sizes
from probatum.claims.lookup.tables import Candidate, table_candidates
from probatum.claims.lookup.topics import Wanted, same_but_for_time, wanted
from probatum.claims.lookup.wording import Wording, wording
from probatum.claims.passages import Passage, passages
from probatum.model.document import Document

THRESHOLD = 0.55
_NO_TIME = 1e5  # "after treatment"
_LEAST_FIT = 0.25
_LEAST_IN_PROSE = 0.65
_LEAST_LEAD = 0.04
_NEAR = 0.06  # candidates whose fit differs by less are as good as each other
_USUAL = re.compile(
    r"(?:mean|average|expressed|presented|reported|given|shown)[^.]{0,60}?"
    r"(?:\u00b1\s?(?:SDs?|SEM?)\b|\((?:SDs?|SEM?)\)|standard (?:deviations?|errors?)|\bSDs?\b"
    r"|\bSEM\b)",
)


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document made ready for questions: reading it costs more than asking."""

    document: Document
    sheets: tuple[Sheet, ...]
    wording: Wording
    usual: str
    passages: tuple[Passage, ...]


def prepare(document: Document) -> Prepared:
    """Make a document ready for questions."""
    found = _USUAL.search(document.text)
    usual = found.group() if found else ""
    return Prepared(
        document, tuple(sheets(document)), wording(document), usual, tuple(passages(document))
    )


def look_up(prepared: Prepared, sought: Sought, *, threshold: float = THRESHOLD) -> Found:
    """Find the numbers of both arms on an outcome, or say why none are given."""
    return look_up_times(prepared, sought, threshold=threshold)[0]


def look_up_times(
    prepared: Prepared, sought: Sought, *, threshold: float = THRESHOLD
) -> list[Found]:
    """Find the numbers of both arms at every time that is told: the best, then earlier ones.

    The others differ from the best in their time only, as far as their words tell, and have its
    confidence. Where nothing is given, the one entry says why.
    """
    arms = arms_of(sought, prepared.document.text, prepared.wording)
    want = wanted(sought, prepared.wording)
    sizes = usual_sizes(prepared.document, prepared.sheets, arms)
    ranked = _ranked(prepared, sought, arms, want, sizes)
    if not ranked:
        return [nothing("no table or sentence gives numbers of both arms")]
    fit, best = ranked[0]
    confidence, reasons = _confidence(ranked, want)
    if confidence < threshold:
        return [nothing(*(reasons or (f"the best fit is {fit:.2f}",)))]
    others = {_days(c): c for _, c in reversed(ranked) if _other_time(c, best)}
    each = [best, *(others[days] for days in sorted(others, reverse=True))]
    return [
        Found(with_sizes(c.arms, sizes), round(confidence, 3), c.where, c.start, c.end, reasons,
              _days(c) or None)
        for c in each
    ]  # fmt: skip


def _days(candidate: Candidate) -> float:
    """Give the time of a candidate in days; 0 where none is told, or only "after"."""
    days = candidate.about.days or 0.0
    return days if days < _NO_TIME else 0.0


def _other_time(candidate: Candidate, best: Candidate) -> bool:
    """Whether a candidate is the same as the best one at another time that is told."""
    one, two = candidate.about, best.about
    same = (one.prose, one.baseline, one.changes, one.subgroup, candidate.kind) == (
        two.prose, two.baseline, two.changes, two.subgroup, best.kind
    )  # fmt: skip
    told = 0 < _days(candidate) != _days(best) > 0
    return same and told and same_but_for_time(one, two)


def _ranked(
    prepared: Prepared, sought: Sought, arms: Arms, want: Wanted, sizes: Sizes
) -> list[tuple[float, Candidate]]:
    made = [
        candidate
        for sheet in prepared.sheets
        for candidate in table_candidates(sheet, arms, sought.kind, prepared.usual, sizes)
    ]
    made += prose_candidates(prepared.passages, arms, sought.kind, prepared.usual, sizes)
    if sought.kind != "continuous":
        made += none_candidates(prepared.passages, arms, want.words, sizes)
    fits = [(want.fit(c.about, c.spoken), c) for c in made]
    best = max((fit for fit, _ in fits), default=0.0)
    near = [(fit, c) for fit, c in fits if fit >= best - _NEAR]
    rest = sorted((x for x in fits if x[0] < best - _NEAR), key=lambda x: -x[0])
    near.sort(key=lambda x: (x[1].about.prose, -x[0]))
    if near:
        lead = near[0][1].about
        near.sort(key=lambda x: (x[1].about.prose, not same_but_for_time(x[1].about, lead),
                                 -(x[1].about.days or 0.0), -x[0]))  # fmt: skip
    return [*near, *rest]


def _confidence(
    ranked: list[tuple[float, Candidate]], want: Wanted
) -> tuple[float, tuple[str, ...]]:
    """Join how well the best fits, by how much it leads, and how sure its arms are."""
    fit, best = ranked[0]
    if best.about.prose:
        fit = fit * 0.9 if fit >= _LEAST_IN_PROSE else 0.01
    if fit < _LEAST_FIT:
        return 0.0, (f"no row fits the outcome (best {fit:.2f})",)
    rivals = [
        f for f, c in ranked[1:]
        if c.numbers != best.numbers and not _earlier(c, best) and not _part_of(c, best)
        and not _of_changes(c, best, want) and not want.tells_apart(best.about, c.about)
        and not want.holds(best.about, c.about)
        and (best.about.prose or not c.about.prose)
    ]  # fmt: skip
    lead = (fit - max(rivals, default=0.0)) / fit
    confidence = min(1.0, 0.6 * fit + 0.4 * min(1.0, lead * 1.5))
    confidence *= 0.7 + 0.3 * min(1.0, best.sides / 0.6)
    doubt = _doubt(best, want, lead)
    return (min(confidence, 0.3), (doubt,)) if doubt else (confidence, ())


def _doubt(best: Candidate, want: Wanted, lead: float) -> str:
    """Say why the best row must not be given, or nothing."""
    if best.about.baseline != want.baseline:
        return "values before treatment"
    if best.kind == "continuous" and best.about.changes and not want.change:
        return "the table gives changes, not values"
    return "two rows fit as well" if lead < _LEAST_LEAD else ""


def _part_of(other: Candidate, best: Candidate) -> bool:
    """Whether a rival is of some of the people only, and the best one of all."""
    return other.about.subgroup and not best.about.subgroup


def _of_changes(other: Candidate, best: Candidate, want: Wanted) -> bool:
    """Whether a rival gives changes, which nobody asked for, and the best one values."""
    return (other.about.change or other.about.changes) and not (
        best.about.change or best.about.changes or want.change
    )


def _earlier(other: Candidate, best: Candidate) -> bool:
    """Whether a rival is the same at an earlier time."""
    if best.about.days is None:
        return False
    return (other.about.days or 0.0) < best.about.days and other.kind == best.kind
