"""Which statement of the pack a sentence is nearest to in content: units, weights, an index."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from probatum.model.pack import PackStatement
from probatum.text.concepts import concepts
from probatum.text.figures import quantities
from probatum.text.lexicon import load
from probatum.verdicts.gist import Gist, Signs, gist
from probatum.verdicts.known import Known, KnownBy
from probatum.verdicts.ways import SAID

_CUT = re.compile(
    r";\s|,\s(?![\d-])|\s(?=but )|\sand (?=not |\w+ (?:is|are|was|were) )|(?<=%)\sand\s"
    r"|(?<=[a-z%)])\.\s"
)
_HEAD = re.compile(r"[^:;]{3,160}:\s")
_ASIDE = re.compile(r"\([^()]{0,120}\)")
_UNKNOWN = 0.7  # weight of content that no statement has, as a share of the rarest

_COMPARED = frozenset({"change", "benefit", "speed"})
_BY_KIND = 0.8  # what is of one kind, in other words
_CONTEXT = frozenset(
    {"=iv", "=oral", "=nasal", "=placebo", "=injection", "=uk", "=us", "=regulator", "=boxed"}
)
_ASIDE_WEIGHT = 0.35  # of what only names a way of giving, an authority or a comparator
_SUBORDINATE = re.compile(r"\s*(?:where|when|which|who|whose)\s")
_GOES_ON = re.compile(r"\s*(?:with|in|by|after|during|and|or)\s")


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a statement holds, with what the rest of the statement says about it.

    ``drugs`` is empty where it holds of every form. ``around`` are all keys of the statement.
    """

    statement: str
    gist: Gist
    around: frozenset[str]
    drugs: frozenset[str]
    comparators: frozenset[str]
    conditions: frozenset[str]
    routes: frozenset[str]
    compared: bool


@dataclass(frozen=True, slots=True)
class Near:
    """A unit beside a sentence: shares of weight that the other covers, and the score of both."""

    unit: Unit
    core: float
    covered: float
    joint: int
    score: float


@dataclass(frozen=True, slots=True)
class Index:
    """Units by the keys of their content."""

    units: tuple[Unit, ...]
    places: Mapping[str, tuple[int, ...]]
    weights: Mapping[str, float]
    unknown: float

    def nearest(self, said: Gist) -> list[Near]:
        """Give the units that share content with a sentence, best first; ties by statement."""
        keys = frozenset().union(*said.slots)
        at = {place for key in keys for place in self.places.get(key, ())}
        found = [self._beside(self.units[place], said, keys) for place in sorted(at)]
        return sorted(found, key=lambda near: (-near.score, near.unit.statement))

    def _beside(self, unit: Unit, said: Gist, keys: frozenset[str]) -> Near:
        own = [(self._own(slot), _met(slot & keys)) for slot in unit.gist.slots]
        theirs = [(self._weight(slot), _met(slot & unit.around)) for slot in said.slots]
        core = _share(own)
        covered = _share(theirs)
        joint = sum(met > 0 for _, met in theirs)
        score = 2 * core * covered / (core + covered) if core + covered else 0.0
        return Near(unit, core, covered, joint, score)

    def _own(self, slot: frozenset[str]) -> float:
        return self._weight(slot) * (_ASIDE_WEIGHT if _is_aside(slot) else 1.0)

    def _weight(self, slot: frozenset[str]) -> float:
        return max(self.weights.get(key, 0.0) for key in slot) or self.unknown


def _met(shared: frozenset[str]) -> float:
    """Tell how well a piece of content is met: in words, or only by being of one kind."""
    if not shared:
        return 0.0
    return 1.0 if any(":" not in key for key in shared) else _BY_KIND


def _share(slots: list[tuple[float, float]]) -> float:
    total = sum(weight for weight, _ in slots)
    return sum(weight * met for weight, met in slots) / total if total else 0.0


def index_of(known: Known) -> Index:
    """Make the index over the statements of a pack; it is kept for the next text."""
    return _index(KnownBy(known, ("by_id", "facts", "drugs")))


@lru_cache(maxsize=4)
def _index(key: KnownBy) -> Index:
    known = key.known
    units = tuple(
        unit for name in sorted(known.by_id) for unit in _units(known.by_id[name], known)
    )
    df: Counter[str] = Counter()
    for name in {unit.statement for unit in units}:
        df.update(next(u.around for u in units if u.statement == name))
    many = len(known.by_id) + 1
    weights = {k: math.log(many / (n + 0.5)) / math.log(many) for k, n in df.items()}
    places: dict[str, list[int]] = {}
    for place, unit in enumerate(units):
        for one in sorted(frozenset().union(*unit.gist.slots)):
            places.setdefault(one, []).append(place)
    return Index(units, {k: tuple(v) for k, v in places.items()}, weights, _UNKNOWN)


def _units(statement: PackStatement, known: Known) -> Iterator[Unit]:
    whole = _read(statement.text, known)
    bare = [c for c in concepts(known.matcher, statement.text) if c.kind != "drug"]
    around = frozenset().union(*gist(statement.text, bare, known.parents).slots)
    facts = [f for f in known.facts if f.statement == statement.id]
    drugs = _forms(whole, known)
    drugs = drugs or frozenset(f.drug for f in facts if f.drug)
    coded = frozenset(f.condition for f in facts if f.condition)
    asked = {statement.indication} - {None, "any"}
    conditions = frozenset({*coded, *asked, *whole.named.get("indication", ())})
    others = frozenset(whole.named.get("comparator", ()))
    for read in _things(statement, known):
        yield Unit(
            statement.id,
            read,
            around | {f"indication:{c}" for c in conditions},
            _forms(read, known) or drugs,
            others,
            conditions,
            frozenset(whole.named.get("route", ())),
            bool(others) and bool(_COMPARED & set(read.signs)),
        )


def _forms(read: Gist, known: Known) -> frozenset[str]:
    """Give the forms of the drug that are named; a metabolite does not say what it is of."""
    named = read.named.get("drug", frozenset())
    return frozenset(
        drug for drug in named if known.parents.get(drug) or drug in {known.root, *known.drugs}
    )


def _things(statement: PackStatement, known: Known) -> Iterator[Gist]:
    """Give the things that a statement holds, one after the other."""
    head, body = _headed(statement.text, known)
    before: Signs = SAID
    subject: tuple[frozenset[str], ...] = ()
    for chunk in _chunks(body):
        if _SUBORDINATE.match(chunk):
            continue
        read = _read(chunk, known)
        if dict(read.signs) == SAID and _GOES_ON.match(chunk):
            read = replace(read, signs=before)
        if not read.slots and dict(read.signs) != SAID:
            read = replace(read, slots=subject)  # "...; gone by 120 min"
        before, subject = read.signs, read.slots or subject
        if all(_is_context(slot) for slot in read.slots):
            if not head or dict(read.signs) == SAID:
                continue  # only names what the statement is about
            read = replace(read, slots=(head,))
        yield _by_aspect(read, statement.aspect)


def _headed(text: str, known: Known) -> tuple[frozenset[str], str]:
    """Split off what a statement says first that it is about: "Chronic pain: ..."."""
    head = _HEAD.match(text)
    read = _read(head.group(), known) if head else None
    if head is None or read is None or dict(read.signs) != SAID:
        return frozenset(), text
    return frozenset().union(*read.slots), text[head.end() :]


def _is_aside(slot: frozenset[str]) -> bool:
    return bool(slot & _CONTEXT) or any(key.startswith("comparator:") for key in slot)


def _is_context(slot: frozenset[str]) -> bool:
    """Whether content only names a condition, a way of giving, or a comparator."""
    kinds = {key.partition(":")[0] for key in slot if ":" in key}
    return (bool(kinds) and kinds <= {"indication", "comparator"}) or bool(slot & _CONTEXT)


def _chunks(body: str) -> Iterator[str]:
    asides = [m.span() for m in _ASIDE.finditer(body)]
    at = 0
    for cut in _CUT.finditer(body):
        if not any(a < cut.start() < b for a, b in asides):
            yield body[at : cut.start()]
            at = cut.end()
    yield body[at:]


def _by_aspect(read: Gist, aspect: str) -> Gist:
    said = load("probatum.verdicts", "alignment.toml")["aspect"].get(aspect)
    if said is None or dict(read.signs) != SAID:
        return read
    return replace(read, signs={**read.signs, said[0]: said[1]})


def _read(text: str, known: Known) -> Gist:
    """Read a part of a statement; of what stands in brackets only the quantities."""
    plain = _ASIDE.sub("", text)
    read = gist(plain, concepts(known.matcher, plain), known.parents)
    return replace(read, quantities=quantities(text))
