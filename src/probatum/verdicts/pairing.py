"""A sentence beside a unit of evidence, as numbers that a small model weighs."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from probatum.text.concepts import Concept
from probatum.text.cues import HEDGE, NEGATION
from probatum.text.figures import Quantity
from probatum.verdicts.context import Said
from probatum.verdicts.finding import Finding
from probatum.verdicts.gist import Gist
from probatum.verdicts.known import Known, Sign
from probatum.verdicts.ratios import tells_ratio
from probatum.verdicts.speech import cue, cues_in
from probatum.verdicts.units import Beside, Held
from probatum.verdicts.ways import SAID, numbers, ways
from probatum.verdicts.wording import HYPE, STRONG

_NUMBER = re.compile(r"(?<![\w.,-])[-\u2212]?\d{1,4}(?:[.,]\d{1,3})?(?![\w])")
_UNITS = re.compile(
    r"\s?(?:mg|mcg|min|h\b|hours?|days?|weeks?|months?|years?|people|patients|children|adults"
    r"|trials?|studies|infusions?|doses?|sessions?)", re.IGNORECASE)  # fmt: skip
_YEAR = re.compile(r"(?:19|20)\d\d")
_LIKELY = re.compile(r"\b(?:more|less|as|equally|likely to|times as) likely\b", re.IGNORECASE)
_MOST_WORDS = 40.0
_LOW = 0.5  # of the highest level: low certainty
_CROSSED = (
    "way_same", "way_opposite", "way_level", "said_same", "said_against", "said_denies",
    "said_excess",
)  # fmt: skip
_MANNERS = ("hedged", "strong", "plain", "report", "uncertain")
_WRONG = ("share_above", "share_off", "ratio_beyond", "ratio_short", "swapped")
_NEAR = 1.35  # a ratio told roughly
_NAMED = frozenset({"indication", "outcome", "harm", "comparator", "mechanism", "route", "scale"})
_RELATIONS: dict[str, Sign] = {
    "improves": "benefit", "reduces": "benefit", "worsens": "harm", "causes": "harm",
    "no-benefit": "unclear", "not-causes": "unclear", "minimises": "unclear",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it is set beside units: content, what verbs say, what the rules find."""

    text: str
    found: Sequence[Concept]
    drug: str | None
    gist: Gist
    said: Sequence[Said]
    rules: Finding
    numbers: tuple[tuple[float, float], ...]
    ratio: float | None

    def manner(self) -> dict[str, float]:
        """Give how the sentence speaks: reserve, strength, report, denial."""
        text = self.text
        plain = _LIKELY.sub("", text)
        uncertain = cue("uncertain").search(text) is not None
        hedged = uncertain or HEDGE.search(plain) is not None
        strong = bool(STRONG.search(text) or cue("absolute").search(text))
        report = cue("report").search(text) is not None
        verdict = self.rules.verdict
        return {
            "hedged": float(hedged),
            "strong": float(strong),
            "hype": float(HYPE.search(text) is not None),
            "uncertain": float(uncertain),
            "universal": float(self.gist.universal),
            "denied": float(NEGATION.search(text) is not None),
            "report": float(report),
            "plain": float(not hedged and not strong and not report),
            "length": min(len(text.split()), _MOST_WORDS) / _MOST_WORDS,
            "ratio": float(tells_ratio(text)),
            "rules_supported": float(verdict == "supported"),
            "rules_overstated": float(verdict == "overstated"),
            "rules_contradicted": float(verdict == "contradicted"),
            "no_claim": float(verdict == "not_checkable"),
            **self._ruled(),
            **self._claims(),
        }

    def _ruled(self) -> dict[str, float]:
        """Give which rule decides, and on how much evidence of which kind."""
        rules = self.rules
        if not rules.rule or not rules.evidence:
            return {}
        kinds = [one.kind for one in rules.evidence if one.kind != "claim"]
        return {
            f"rule_{rules.rule}": 1.0,
            f"rule_{rules.rule}_{rules.verdict}": 1.0,
            "rule_pooled": float("pooled" in kinds),
            "rule_many": min(len(kinds), 4) / 4,
        }

    def _claims(self) -> dict[str, float]:
        """Give what tells a claim on the therapy from other talk that names it."""
        kinds = {c.kind for c in self.found}
        made = {f"names_{kind}": 1.0 for kind in kinds & _NAMED}
        made |= {f"talk_{name}": 1.0 for name in cues_in("talk", self.text)}
        made["bare"] = float(self.gist.signs == SAID)
        made["says_nothing"] = float(not self.said)
        made["has_number"] = float(bool(self.numbers))
        return made


def told_numbers(text: str) -> tuple[tuple[float, float], ...]:
    """Give the numbers of a text that may be results, each with half its last digit.

    >>> told_numbers("8.7 points lower in 17 patients at 24 h")
    ((8.7, 0.05),)
    """
    made = []
    for match in _NUMBER.finditer(text):
        if _UNITS.match(text, match.end()) or _YEAR.fullmatch(match.group()):
            continue
        plain = match.group().replace("\u2212", "-").replace(",", ".").lstrip("-")
        half = 0.5 * 10.0 ** -len(plain.partition(".")[2])
        made.append((float(plain), half))
    return tuple(made)


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence with what it names, kinds and parts of it included."""

    reading: Reading
    conditions: frozenset[str]
    outcomes: frozenset[str]
    others: frozenset[str]
    routes: frozenset[str]
    drugs: frozenset[str | None]
    signs: frozenset[Sign]


def asked_of(reading: Reading, known: Known) -> Asked:
    """Widen what a sentence names, once for all the units that it is set beside."""
    named = reading.gist.named
    outcomes = named.get("outcome", frozenset()) | named.get("harm", frozenset())
    others = named.get("comparator", frozenset())
    return Asked(
        reading,
        frozenset().union(*(known.family(c) for c in named.get("indication", ()))),
        outcomes | {known.scales.get(s) or s for s in named.get("scale", frozenset())},
        others | (known.inert if others & known.inert else frozenset()),
        named.get("route", frozenset()),
        frozenset({reading.drug, known.parents.get(reading.drug or "")}),
        frozenset(_RELATIONS[s.relation] for s in reading.said if s.relation in _RELATIONS),
    )


def pair_features(asked: Asked, beside: Beside, rank: int) -> dict[str, float]:
    """Give the numbers of one sentence beside one unit, by name."""
    held, reading = beside.held, asked.reading
    told = _way(asked, held)
    match = _matched(reading, held)
    return {
        "score": beside.score,
        "core": beside.core,
        "covered": beside.covered,
        "joint": min(beside.joint, 6) / 6,
        "first": float(rank == 0),
        f"kind_{held.kind}": 1.0,
        "level": held.level / 4,
        **_slots(asked, held),
        **told,
        **match,
        "rules_cite": float(_cites(reading.rules, held)),
    }


def _cites(rules: Finding, held: Held) -> bool:
    return any(one.id == held.evidence.id for one in rules.evidence)


def _slots(asked: Asked, held: Held) -> dict[str, float]:
    unit, drugs = held.unit, held.unit.drugs
    return {
        **_told("condition", asked.conditions, unit.conditions),
        **_told("outcome", asked.outcomes, held.outcomes),
        **_told("other", asked.others, unit.comparators),
        **_told("route", asked.routes, unit.routes),
        "other_form": float(bool(drugs) and asked.drugs.isdisjoint(drugs)),
        "same_form": float(asked.reading.drug in drugs),
    }


def _told(name: str, mine: frozenset[str], its: frozenset[str]) -> dict[str, float]:
    if mine and its:
        return {f"{name}_met": 1.0} if mine & its else {f"{name}_missed": 1.0}
    if mine:
        return {f"{name}_mine": 1.0}
    return {f"{name}_its": 1.0} if its else {}


def _way(asked: Asked, held: Held) -> dict[str, float]:
    """Tell whether both go the same way, by words and by what the rules read."""
    reading, signs = asked.reading, asked.signs
    found = ways(reading.gist.signs, held.unit.gist.signs)
    bare = SAID in (reading.gist.signs, held.unit.gist.signs)
    made = {f"way_{one}": 1.0 for one in found}
    if bare:
        made = {f"bare_{one}": 1.0 for one in found}
    if len(found) > 1:
        made = {"way_mixed": 1.0}
    if held.sign is not None and len(signs) == 1:
        (mine,) = signs
        same = mine == held.sign
        open_ = held.sign == "unclear"
        name = (
            "same" if same else "excess" if open_ else "denies" if mine == "unclear" else "against"
        )
        made[f"said_{name}"] = 1.0
    return made


def _matched(reading: Reading, held: Held) -> dict[str, float]:
    """Tell how many numbers of a sentence the unit prints too."""
    made = {**_ratio_met(reading, held), **_share_met(reading, held)}
    if not reading.numbers and not reading.gist.quantities:
        return made
    met = [any(abs(n - m) <= half + 1e-9 for m in held.numbers) for n, half in reading.numbers]
    told = numbers(reading.gist.quantities, held.unit.gist.quantities, _whole(held))
    return {
        **made,
        "swapped": float(_swapped(reading, held)),
        "number_met": float(any(met)),
        "number_all": float(bool(met) and all(met)),
        "number_missed": float(bool(met) and not any(met)),
        f"quantity_{told}": 1.0,
    }


def _ratio_met(reading: Reading, held: Held) -> dict[str, float]:
    """Tell where a ratio that is told lies to those that the unit prints."""
    told = reading.ratio
    if told is None or not held.ratios:
        return {}
    if any(middle / _NEAR <= told <= middle * _NEAR for _, middle, _ in held.ratios):
        return {"ratio_met": 1.0}
    beyond = all((told > m) if m > 1 else (told < m) for _, m, _ in held.ratios)
    return {"ratio_beyond": 1.0} if beyond else {"ratio_short": 1.0}


def _share_met(reading: Reading, held: Held) -> dict[str, float]:
    """Tell whether a share that is told is one that the unit prints, or lies above all."""
    told = [q for q in reading.gist.quantities if q.kind == "share"]
    printed = [s for s in held.shares if s is not None]
    printed += [q.low / 2 + q.high / 2 for q in held.unit.gist.quantities if q.kind == "share"]
    if not told or not printed:
        return {"share_told": 1.0} if told else {}
    if all(any(q.low - 2 <= p <= q.high + 2 for p in printed) for q in told):
        return {"share_met": 1.0}
    if any(any(q.low - 2 <= p <= q.high + 2 for p in printed) for q in told):
        return {"share_some": 1.0}
    above = all(q.low > max(printed) for q in told)
    return {"share_above": 1.0} if above else {"share_off": 1.0}


def _swapped(reading: Reading, held: Held) -> bool:
    """Whether a sentence gives the treated group the share of the other one."""
    ours, theirs = held.shares
    drugs = [c.start for c in reading.found if c.kind == "drug"]
    others = [c.start for c in reading.found if c.kind == "comparator"]
    if ours is None or theirs is None or not drugs or not others or not reading.numbers:
        return False
    votes = 0
    for match in _NUMBER.finditer(reading.text):
        value = abs(float(match.group().replace("\u2212", "-").replace(",", ".")))
        if min(abs(value - ours), abs(value - theirs)) > 1:
            continue
        near_drug = min(abs(match.start() - at) for at in drugs)
        near_other = min(abs(match.start() - at) for at in others)
        of_ours = abs(value - ours) < abs(value - theirs)
        votes += 1 if of_ours == (near_drug < near_other) else -1
    return votes < 0


def _whole(held: Held) -> Sequence[Quantity]:
    return held.unit.gist.quantities


def crossed(features: Mapping[str, float], manner: Mapping[str, float]) -> dict[str, float]:
    """Join the numbers of a pair with those of the sentence, and the products that matter."""
    made = {**features, **manner}
    score = features.get("score", 0.0)
    for way in _CROSSED:
        if way in features:
            made[f"{way}*score"] = score
            made |= {f"{way}*{how}": 1.0 for how in _MANNERS if how != "report" and manner[how]}
    if any(features.get(wrong) for wrong in _WRONG):
        made["numbers_wrong"] = 1.0
    sure = "low" if features.get("level", 0.0) <= _LOW else "sure"
    return {**made, **{f"{how}*{sure}": 1.0 for how in _MANNERS if manner[how]}}
