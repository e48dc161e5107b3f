"""All that a base holds as units to set a sentence beside: statements, answers, single results."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import log, sqrt

from probatum.model.answer import Answer, Evidence
from probatum.text.concepts import concepts
from probatum.text.figures import quantities
from probatum.verdicts.alignment import Unit, index_of
from probatum.verdicts.gist import Gist, Signs, gist
from probatum.verdicts.items import of_answer, of_statement
from probatum.verdicts.known import LEVELS, Known, KnownBy, Sign, sign
from probatum.verdicts.results import Result, results_of, some
from probatum.verdicts.speech import cues_in

_CODED: dict[str, Sign] = {
    "improves": "benefit", "rapid": "benefit", "lasting": "benefit", "no-benefit": "unclear",
    "as-good-as": "unclear", "not-causes": "unclear", "worse-than": "harm", "causes": "harm",
}  # fmt: skip
_MOST = 24  # units that are looked at closely
_EVEN = 2.0  # added to a unit's weight, so that tiny ones do not come first
_UNKNOWN = 0.7  # weight of content that no unit has
_INTERVAL = re.compile(r"(?:OR|RR|HR) (\d+(?:\.\d+)?) \((\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)\)")
_PRINTED = re.compile(r"(?<![\w.])\d{1,4}(?:\.\d{1,3})?(?![\w])")
_TIMES = ((180.0, "hour"), (4400.0, "day"), (21000.0, "week"), (88000.0, "month"))  # minutes


@dataclass(frozen=True, slots=True)
class Held:
    """A unit with what kind of evidence it is, its outcomes, numbers, certainty and direction.

    ``kind`` is statement, pooled, study or published; ``level`` a place in
    :data:`probatum.verdicts.known.LEVELS`; ``sign`` which way its interval or its coding points,
    None where nobody coded it; ``ratios`` are low end, estimate and high end, ``shares`` the
    percentages of the treated and the other group, ``measure`` what kind of ratio or difference
    it is.
    """

    unit: Unit
    kind: str
    outcomes: frozenset[str]
    numbers: tuple[float, ...]
    level: int
    sign: Sign | None
    evidence: Evidence
    ratios: tuple[tuple[float, float, float], ...] = ()
    shares: tuple[float | None, float | None] = (None, None)
    measure: str | None = None


@dataclass(frozen=True, slots=True)
class Beside:
    """A unit beside a sentence: how much of either's weight the other has."""

    held: Held
    core: float
    covered: float
    joint: int

    @property
    def score(self) -> float:
        """The harmonic mean of both shares, 0 to 1."""
        both = self.core + self.covered
        return 2 * self.core * self.covered / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Units:
    """Units by the keys of their content, with the weight of each key."""

    held: tuple[Held, ...]
    places: dict[str, tuple[int, ...]]
    weights: dict[str, float]
    own: tuple[float, ...]
    slots: tuple[tuple[tuple[frozenset[str], float], ...], ...]

    def nearest(self, said: Gist, most: int = _MOST) -> list[Beside]:
        """Give the units that share most weight with a sentence, best first."""
        mine = [(slot, _weight(slot, self.weights)) for slot in said.slots]
        rough: dict[int, float] = {}
        for slot, _ in mine:
            at: dict[int, float] = {}
            for key in slot:
                weight = self.weights.get(key, 0.0)
                for place in self.places.get(key, ()):
                    if weight > at.get(place, 0.0):
                        at[place] = weight
            for place, weight in at.items():
                rough[place] = rough.get(place, 0.0) + weight
        own = self.own
        ranked = sorted(rough, key=lambda p: (-rough[p] / (own[p] + _EVEN), p))[: most + most // 2]
        keys = frozenset().union(*said.slots)
        total = sum(weight for _, weight in mine)
        beside = [self._beside(place, mine, keys, total) for place in ranked]
        beside.sort(key=lambda one: (-one.score, one.held.evidence.id))
        return beside[:most]

    def _beside(
        self, place: int, mine: list[tuple[frozenset[str], float]], keys: frozenset[str],
        total: float,
    ) -> Beside:  # fmt: skip
        held = self.held[place]
        around = held.unit.around
        met = [weight for slot, weight in mine if not slot.isdisjoint(around)]
        core = sum([w for slot, w in self.slots[place] if not slot.isdisjoint(keys)])
        return Beside(held, core / self.own[place], sum(met) / total, len(met))


def _weight(slot: frozenset[str], weights: dict[str, float]) -> float:
    return max((weights.get(key, 0.0) for key in slot), default=0.0) or _UNKNOWN


def timed(read: Gist, text: str) -> Gist:
    """Add the times that a wording names to its content, by their order of size."""
    made = {
        f"time:{next((name for limit, name in _TIMES if q.low <= limit), 'long')}"
        for q in read.quantities
        if q.kind == "time"
    }
    made |= {f"time:{name}" for name in cues_in("times", text)}
    return replace(read, slots=(*read.slots, *(frozenset({one}) for one in sorted(made))))


def units_of(known: Known) -> Units:
    """Make the units of all evidence; they are kept for the next text."""
    return _units(KnownBy(known, ("by_id", "facts", "answers", "studies", "published")))


@lru_cache(maxsize=4)
def _units(key: KnownBy) -> Units:
    known = key.known
    held = (
        *_statements(known),
        *(_answer(a, known) for a in known.answers),
        *(_result(r, known) for r in results_of(known)),
    )
    held = tuple(sorted(held, key=lambda one: (one.evidence.id, one.unit.gist.signs != {})))
    df: Counter[str] = Counter()
    for one in held:
        df.update(one.unit.around)
    many = len(held) + 1
    weights = {k: max(0.05, log(many / (n + 0.5)) / log(many)) for k, n in df.items()}
    places: dict[str, list[int]] = {}
    for place, one in enumerate(held):
        for name in sorted(one.unit.around):
            places.setdefault(name, []).append(place)
    slots = tuple(
        tuple((slot, _weight(slot, weights)) for slot in one.unit.gist.slots) for one in held
    )
    own = tuple(sum(weight for _, weight in one) or 1.0 for one in slots)
    return Units(held, {k: tuple(v) for k, v in places.items()}, weights, own, slots)


def _statements(known: Known) -> Iterator[Held]:
    for part in (*index_of(known).units, *_whole(known)):
        statement = known.by_id[part.statement]
        read = timed(part.gist, statement.text)
        unit = replace(part, gist=read, around=part.around.union(*read.slots))
        facts = [f for f in known.facts if f.statement == unit.statement]
        coded = [LEVELS.index(f.certainty) for f in facts]
        told = statement.strength.lower()
        named = next((i for i, level in enumerate(LEVELS) if i and level in told), 3)
        outcomes = frozenset(f.thing for f in facts if f.thing) | _outcomes(unit.gist)
        numbers = tuple(q.low / 2 + q.high / 2 for q in unit.gist.quantities)
        level = max(coded) if coded else named
        coded_signs = {_CODED[f.relation] for f in facts if f.relation in _CODED}
        way = coded_signs.pop() if len(coded_signs) == 1 else None
        evidence = of_statement(statement, supports=True)
        ratios = tuple(
            (float(m[2]), float(m[1]), float(m[3])) for m in _INTERVAL.finditer(statement.text)
        )
        numbers += tuple(float(m) for m in _PRINTED.findall(statement.text))
        yield Held(unit, "statement", outcomes, numbers, level, way, evidence, ratios)


def _whole(known: Known) -> Iterator[Unit]:
    """Give each statement as one unit, for sentences that tell all of it."""
    parts: dict[str, list[Unit]] = {}
    for unit in index_of(known).units:
        parts.setdefault(unit.statement, []).append(unit)
    for name, units in parts.items():
        text = known.by_id[name].text
        read = gist(text, concepts(known.matcher, text), known.parents)
        axes = {axis for unit in units for axis in unit.gist.signs}
        told = {a: {u.gist.signs[a] for u in units if a in u.gist.signs} for a in axes}
        signs = {axis: next(iter(values)) for axis, values in told.items() if len(values) == 1}
        facts = [f for f in known.facts if f.statement == name and f.comparator]
        others = units[0].comparators | {str(f.comparator) for f in facts}
        whole = replace(read, signs=signs)
        yield replace(units[0], gist=whole, comparators=others)


def _outcomes(read: Gist) -> frozenset[str]:
    return frozenset().union(*(read.named.get(k, frozenset()) for k in ("outcome", "harm")))


def _answer(answer: Answer, known: Known) -> Held:
    question, item = answer.question, of_answer(answer, known)
    text = f"{question.label}. {_plain(question.outcome)}. {_plain(question.window)}"
    read = _read(text, _signs(sign(answer), question.benefit), known)
    compared = some(question.comparator)
    pooled = answer.pooled
    numbers = tuple(
        abs(n) for n in (pooled.estimate, pooled.ci_low, pooled.ci_high) if n is not None
    )
    unit = _unit(
        question.id, read, some(question.drug), compared,
        some(question.indication) - {"any"}, some(question.route),
    )  # fmt: skip
    outcome = some(question.outcome)
    ratios = _ratio(pooled.measure, pooled.estimate, (pooled.ci_low, pooled.ci_high))
    shares = tuple(
        100 * events / people if people else None
        for events, people in (known.treated([answer]), known.controls([answer]))
    )
    numbers += tuple(share for share in shares if share is not None)
    return Held(unit, "pooled", outcome, numbers, item.level, sign(answer), item.evidence, ratios,
                (shares[0], shares[1]), pooled.measure)  # fmt: skip


def _result(result: Result, known: Known) -> Held:
    read = _read(result.words, _signs(result.sign, result.benefit), known)
    unit = _unit(
        result.id, read, some(result.drug), result.comparators,
        result.conditions, result.routes,
    )  # fmt: skip
    outcome = some(result.outcome)
    kind = "study" if result.single else "published"
    evidence = result.evidence(supports=True)
    middle = result.numbers[0] if result.numbers and not result.single else None
    ratios = _ratio(result.measure, middle, result.limits or (None, None))
    return Held(unit, kind, outcome, result.numbers, result.level, result.sign, evidence, ratios,
                result.shares, result.measure)  # fmt: skip


def _ratio(
    measure: str | None, value: float | None, ends: tuple[float | None, float | None]
) -> tuple[tuple[float, float, float], ...]:
    low, high = ends
    if measure not in {"RR", "OR", "HR", "IRR"} or low is None or high is None or low <= 0:
        return ()
    return ((low, value or sqrt(low * high), high),)


def _plain(outcome: str | None) -> str:
    return (outcome or "").replace("-", " ")


def _read(text: str, signs: Signs, known: Known) -> Gist:
    read = gist(text, concepts(known.matcher, text), known.parents)
    return timed(replace(read, signs=signs, quantities=quantities(text)), text)


def _unit(
    name: str, read: Gist, drugs: frozenset[str], others: frozenset[str],
    conditions: frozenset[str], routes: frozenset[str],
) -> Unit:  # fmt: skip
    around = frozenset().union(*read.slots)
    around |= {f"indication:{c}" for c in conditions} | {f"comparator:{c}" for c in others}
    return Unit(name, read, around, drugs, others, conditions, routes, bool(others))


def _signs(way: Sign, benefit: str | None) -> Signs:
    """Give the signs of a result: what it changed, and whether that is a benefit."""
    if way == "unclear" or benefit is None:
        return {"change": "level", "benefit": "level"}
    lower = (way == "benefit") == (benefit == "lower")
    made = {
        "change": "less" if lower else "more",
        "benefit": "more" if way == "benefit" else "less",
    }
    return {**made, "presence": "less" if lower else "more"}
