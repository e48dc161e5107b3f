"""The pack as pages need it: labels by id, rows by question, statements by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from probatum.model.claim import Claim
from probatum.model.pack import Pack, PackStatement, Question, Scale, StudyRow, Term, Window

Named = Sequence[Term] | Sequence[Scale] | Sequence[Window]


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels of the pack's vocabulary; an id without a term is shown as it is."""

    pack: Pack

    def of(self, kind: str, term: str | None) -> str | None:
        """Give the label of a term of a kind ("indications", ...); a harm is an outcome too."""
        vocabulary = self.pack.vocabulary
        terms: Named = getattr(vocabulary, kind)
        if kind == "outcomes":
            terms = (*vocabulary.outcomes, *vocabulary.harms)
        return next((t.label for t in terms if t.id == term), term)

    def scale_of(self, question: Question) -> str:
        """Name the scale that a question is asked on; empty where it fixes none."""
        return self.of("scales", question.scale) or ""

    def scale_in_full(self, scale: str | None) -> str | None:
        """Give a scale's label with the name it is short for and its range, as far as known."""
        known = next((one for one in self.pack.vocabulary.scales if one.id == scale), None)
        if known is None:
            return scale
        longest = max(known.synonyms, key=len, default="")
        told = [known.label]
        if longest.count(" ") > known.label.count(" ") and len(longest) > len(known.label):
            told = [f"{known.label} ({longest})"]
        if known.low is not None and known.high is not None and known.label[:1].isalpha():
            told.append(f"{known.low:g} to {known.high:g}")
        return ", ".join(told)

    def facts(self, question: Question) -> list[tuple[str, str]]:
        """Give what a question fixes, as (field, label) pairs, in the order people read it."""
        told = [
            ("Indication", self.of("indications", question.indication)),
            ("Population", question.population),
            ("Drug", self.of("drugs", question.drug)),
            ("Route", self.of("routes", question.route)),
            ("Compared with", self.of("comparators", question.comparator)),
            ("Outcome", self.of("outcomes", question.outcome)),
            ("Scale", self.scale_in_full(question.scale)),
            ("Time", self.of("windows", question.window)),
            ("Aspect", self.of("aspects", question.aspect)),
        ]
        return [(field, label) for field, label in told if label]

    def claimed(self, claim: Claim) -> str:
        """Say in the pack's words what a claim says; its own words are its quote."""
        outcome = self.of("mechanisms", self.of("outcomes", claim.outcome))
        condition = self.of("indications", claim.condition)
        against = self.of("comparators", self.of("drugs", claim.comparator))
        verb = claim.direction.replace("_", " ")
        if claim.negated:
            verb = f"does not {verb.removesuffix('s')}" if verb.endswith("s") else f"not {verb}"
        about = (
            verb,
            outcome,
            condition if claim.condition != claim.outcome else None,
            claim.dose,
            self.of("routes", claim.route),
            f"against {against}" if against else None,
            claim.time_point,
            *(f"in {(self.of('populations', one) or one).lower()}" for one in claim.population),
        )
        drug = self.of("drugs", claim.intervention) or "drug not named"
        return f"{drug}: {', '.join(part for part in about if part)}"


def rows_of(pack: Pack, question: str) -> list[StudyRow]:
    """Give the study rows that the pack assigns to a question, in the pack's order."""
    wanted = {a.row_id for a in pack.assignments if a.question == question}
    return [row for row in pack.studies if row.row_id in wanted]


def statements_named(pack: Pack, ids: Iterable[str]) -> list[PackStatement]:
    """Give the pack's statements with these ids, in the pack's order."""
    wanted = set(ids)
    return [statement for statement in pack.statements if statement.id in wanted]


def hierarchy(terms: Sequence[Term]) -> list[tuple[Term, int]]:
    """Order terms so that each stands below its parent, with its depth.

    A parent that is not in the list, or a circle of parents, makes a term a root.

    >>> pain, nerve, sleep = Term("p", "Pain"), Term("n", "Nerve", parent="p"), Term("s", "Sleep")
    >>> [(term.label, depth) for term, depth in hierarchy([nerve, sleep, pain])]
    [('Sleep', 0), ('Pain', 0), ('Nerve', 1)]
    """
    known = {term.id for term in terms}
    children: dict[str | None, list[Term]] = {}
    for term in terms:
        children.setdefault(term.parent if term.parent in known else None, []).append(term)
    ordered: list[tuple[Term, int]] = []
    waiting = [(term, 0) for term in reversed(children.get(None, []))]
    while waiting:
        term, depth = waiting.pop()
        ordered.append((term, depth))
        waiting += [(child, depth + 1) for child in reversed(children.get(term.id, []))]
    seen = {term.id for term, _ in ordered}
    return ordered + [(term, 0) for term in terms if term.id not in seen]
