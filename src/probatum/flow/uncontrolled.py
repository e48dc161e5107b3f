"""The results without a comparison that stand beside a question, whether it holds them or none."""

from __future__ import annotations

from collections.abc import Sequence

from probatum.model.pack import Pack, Question, StudyRow, Term

ONE_GROUP = ("pre-post", "proportion")


def uncontrolled(pack: Pack, question: Question) -> tuple[StudyRow, ...]:
    """Give the rows of one group on the question's condition (or a kind of it) and outcome.

    Rows of another question are left to it. Of the others those count whose route, drug and
    population are not known to be other than the question names; time and comparator do not
    matter, since no comparison is made.
    """
    if question.outcome is None:
        return ()
    homes = {found.row_id: found.question for found in pack.assignments}
    within = subtree(pack.vocabulary.indications, question.indication)
    drugs = {None, *subtree(pack.vocabulary.drugs, question.drug or "")}
    return tuple(
        row
        for row in pack.studies
        if row.result_type in ONE_GROUP
        and row.outcome == question.outcome
        and homes.get(row.row_id) in {None, question.id}
        and row.indication in within
        and (question.drug is None or row.drug in drugs)
        and question.route in {None, row.route or question.route}
        and question.population in {None, row.population}
    )


def subtree(terms: Sequence[Term], top: str) -> set[str]:
    """Give a term and all terms below it.

    >>> sorted(subtree([Term("crps", "CRPS", parent="pain"), Term("pain", "Pain")], "pain"))
    ['crps', 'pain']
    """
    within = {top}
    while more := {term.id for term in terms if term.parent in within} - within:
        within |= more
    return within
