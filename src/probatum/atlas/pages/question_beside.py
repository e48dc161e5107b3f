"""What stands beside a question: the same asked otherwise, and its comparison in a network."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.atlas.figures.glyph import FILLED
from probatum.model.answer import Answer, Step
from probatum.model.network import LeagueCell, Network, PairCertainty
from probatum.model.pack import Question

MOST_NEAR = 8


@dataclass(frozen=True, slots=True)
class Joined:
    """The comparison of a question as a network estimates and rates it: ``label`` names the pair.

    ``lowered`` are the steps that cost the pair a level.
    """

    network: Network
    label: str
    cell: LeagueCell
    graded: PairCertainty
    lowered: tuple[Step, ...]


def near(answers: Sequence[Answer], asked: Question) -> list[Answer]:
    """Give the answers nearest to a question, those with an estimate, the most certain first.

    Near is the same condition with the same outcome, or with the same treatment and comparator:
    who finds nothing here finds there what is known.
    """
    found = [a for a in answers if a.pooled.estimate is not None and _near(a.question, asked)]
    ordered = sorted(
        found,
        key=lambda a: (
            a.question.outcome != asked.outcome,
            -FILLED[a.certainty.level],
            -a.pooled.k,
        ),
    )
    return ordered[:MOST_NEAR]


def _near(other: Question, asked: Question) -> bool:
    if other.id == asked.id or other.indication != asked.indication:
        return False
    given = (asked.drug, asked.route, asked.comparator)
    same = (other.drug, other.route, other.comparator) == given
    alike = same and asked.comparator is not None and other.aspect == asked.aspect
    return alike or (asked.outcome is not None and other.outcome == asked.outcome)


def joined(networks: Sequence[Network], answer: Answer) -> list[Joined]:
    """Give the pairs of treatments that a question's own rows compare, as networks rate them."""
    rows = {effect.row_id for effect in answer.pooled.effects if effect.left_out is None}
    found = []
    for network in networks:
        if answer.question.id not in network.questions:
            continue
        names = {one.id: one.label for one in network.treatments}
        graded = {frozenset((one.first, one.second)): one for one in network.graded}
        for pair in network.compared:
            one = graded.get(frozenset((pair.first, pair.second)))
            treated = _treated((pair.first, pair.second), answer.question.comparator)
            if one is None or treated is None or not rows & set(pair.rows):
                continue
            control = answer.question.comparator
            for cell in network.league:
                if (cell.row, cell.column) == (treated, control):
                    label = f"{names[cell.row]} v {names[cell.column]}"
                    found.append(Joined(network, label, cell, one, lowered(one)))
    return found


def _treated(pair: tuple[str, str], control: str | None) -> str | None:
    """Give the other treatment of a pair, None where the comparator is none of the two."""
    return next((name for name in pair if name != control), None) if control in pair else None


def lowered(pair: PairCertainty) -> tuple[Step, ...]:
    """Give the steps that cost a pair levels: of the better evidence first, then together."""
    better = pair.direct_steps
    if FILLED[pair.indirect or "none"] > FILLED[pair.direct or "none"]:
        better = pair.indirect_steps
    return tuple(step for step in (*better, *pair.certainty.steps) if step.change)
