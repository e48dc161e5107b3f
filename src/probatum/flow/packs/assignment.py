"""Which question a study row belongs to, and which rows of a question pool.

A row falls in exactly one question or in none, with the reason. A question takes rows of its
indication and of the indications below it; the question that is nearest to the row wins (nearest
indication, then nearest comparator, drug and scale, then the one with more fields, then the
first). A question on a scale also takes rows of scales that convert to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from probatum.flow.packs.choice import choose
from probatum.model.pack import Assignment, Question, Scale, StudyRow, Term, Vocabulary, Window

_UNRANDOMISED = frozenset({"non-randomised", "uncontrolled"})
_FIELDS = ("outcome", "comparator", "route", "window", "drug", "population", "scale", "design")


class Ranks:
    """How far above a term each of its ancestors stands, for the kinds that have parents.

    >>> ranks = Ranks((Term("pain", "Pain"), Term("crps", "CRPS", parent="pain")))
    >>> ranks.distance("crps", "pain"), ranks.distance("pain", "crps")
    (1, None)
    """

    def __init__(self, *kinds: Iterable[Term]) -> None:
        self._parents = {term.id: term.parent for kind in kinds for term in kind}

    @classmethod
    def of_scales(cls, scales: Iterable[Scale]) -> Ranks:
        """Rank scales: the one that others convert to also takes those."""
        return cls([Term(scale.id, scale.label, parent=scale.linear_to) for scale in scales])

    def distance(self, term: str | None, ancestor: str | None) -> int | None:
        """Steps from a term up to an ancestor; None where it is not one of them."""
        steps = 0
        current = term
        while current is not None:
            if current == ancestor:
                return steps
            current, steps = self._parents.get(current), steps + 1
        return None


def assign(
    questions: Sequence[Question], rows: Sequence[StudyRow], vocabulary: Vocabulary
) -> tuple[tuple[Assignment, ...], tuple[StudyRow, ...]]:
    """Put each row in its question and mark the rows that are only shown.

    Returns the assignments and the rows, both in the order given; a row's ``not_pooled`` then
    says why it does not pool, for reasons of its own and of its place in the question.
    """
    askers = [question for question in questions if question.outcome is not None]
    ranks = _ranks(vocabulary)
    windows = {window.id: window for window in vocabulary.windows}
    by_outcome: dict[str | None, list[Question]] = {}
    for question in askers:
        by_outcome.setdefault(question.outcome, []).append(question)
    placed = {
        row.row_id: _place(row, by_outcome.get(row.outcome, []), ranks, windows) for row in rows
    }
    members: dict[str, list[StudyRow]] = {question.id: [] for question in askers}
    for row in rows:
        if (home := placed[row.row_id]) is not None:
            members[home.id].append(row)
    reasons: dict[str, str | None] = {}
    for question in askers:
        reasons |= choose(question, members[question.id], windows.get(question.window or ""))
    marked = tuple(_marked(row, reasons.get(row.row_id, row.not_pooled)) for row in rows)
    labels = {term.id: term.label for term in _labelled(vocabulary)}
    return tuple(_assignment(row, placed[row.row_id], askers, labels) for row in marked), marked


def _marked(row: StudyRow, reason: str | None) -> StudyRow:
    return row if row.not_pooled == reason else replace(row, not_pooled=reason)


def _ranks(vocabulary: Vocabulary) -> Mapping[str, Ranks]:
    return {
        "indication": Ranks(vocabulary.indications),
        "comparator": Ranks(vocabulary.comparators),
        "drug": Ranks(vocabulary.drugs),
        "scale": Ranks.of_scales(vocabulary.scales),
    }


def _place(
    row: StudyRow,
    questions: Sequence[Question],
    ranks: Mapping[str, Ranks],
    windows: Mapping[str, Window],
) -> Question | None:
    if row.set_aside is not None:
        return None
    best: tuple[tuple[int, ...], Question] | None = None
    for question in questions:
        distances = _distances(question, row, ranks)
        if distances is None or not _fits(question, row, windows):
            continue
        given = sum(getattr(question, field) is not None for field in _FIELDS)
        score = (*distances, -given)
        if best is None or score < best[0]:
            best = (score, question)
    return best and best[1]


def _distances(
    question: Question, row: StudyRow, ranks: Mapping[str, Ranks]
) -> tuple[int, ...] | None:
    found = []
    for field, rank in ranks.items():
        wanted = getattr(question, field)
        steps = 0 if wanted is None else rank.distance(getattr(row, field), wanted)
        if steps is None:
            return None
        found.append(steps)
    return tuple(found)


def _fits(question: Question, row: StudyRow, windows: Mapping[str, Window]) -> bool:
    if not _fits_design(question, row):
        return False
    same = (
        (question.route, row.route),
        (question.population, row.population),
    )
    if any(wanted is not None and wanted != found for wanted, found in same):
        return False
    return question.window is None or in_window(row, windows[question.window])


def _fits_design(question: Question, row: StudyRow) -> bool:
    if question.design is None:
        return row.design_class not in _UNRANDOMISED
    return row.design_class == question.design


def in_window(row: StudyRow, window: Window) -> bool:
    """Tell whether a row's time is in a window: by the coded window, else by its days.

    A window whose ``low`` equals ``high`` takes only rows that name it.
    """
    if row.window is not None:
        return row.window == window.id
    return row.time_days is not None and window.low <= row.time_days < window.high


def _assignment(
    row: StudyRow, question: Question | None, askers: Sequence[Question], labels: Mapping[str, str]
) -> Assignment:
    if question is not None:
        return Assignment(row.row_id, question.id, row.not_pooled or "")
    return Assignment(row.row_id, None, row.set_aside or _unasked(row, askers, labels))


def _unasked(row: StudyRow, askers: Sequence[Question], labels: Mapping[str, str]) -> str:
    """Say what no question asks for: the outcome, or the outcome in this form."""
    outcome = labels.get(row.outcome or "", row.outcome)
    if not any(question.outcome == row.outcome for question in askers):
        return f"no question asks for this outcome ({outcome})"
    form = [row.indication, row.comparator, row.route, row.scale]
    words = ", ".join(labels.get(word, word) for word in form if word is not None)
    time = row.timepoint_printed or "time not stated"
    return f"no question asks for {outcome} in this form ({words}, {time}, {row.design_class})"


def _labelled(vocabulary: Vocabulary) -> Iterable[Term | Scale]:
    kinds = ("indications", "comparators", "routes", "outcomes", "harms", "scales")
    return (term for kind in kinds for term in getattr(vocabulary, kind))
