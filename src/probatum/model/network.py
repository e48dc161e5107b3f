"""Several treatments compared at once: what a network of comparisons says."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.answer import Certainty, Level, Step
from probatum.model.effect import Exclusion


@dataclass(frozen=True, slots=True)
class Treatment:
    """A treatment of a network, with its studies and people.

    ``p_score`` (0 to 1) is how certain it is to be better than another of the network, averaged
    over the others (Rücker and Schwarzer 2015); None where no direction is better.
    """

    id: str
    label: str
    studies: int
    people: float | None
    p_score: float | None


@dataclass(frozen=True, slots=True)
class StudyContrast:
    """What one study says of a pair: on the analysis scale, log for ratios."""

    study: str
    rows: tuple[str, ...]
    yi: float
    vi: float


@dataclass(frozen=True, slots=True)
class Compared:
    """Two treatments that studies compare directly: ``first`` minus (or over) ``second``.

    ``effect`` with its limits is from these studies alone, at the network's heterogeneity.
    ``indirect`` is from all other paths and ``p`` of the difference between the two; None where
    there is no other path. ``share`` is the part of the direct evidence in the whole.
    """

    first: str
    second: str
    studies: tuple[str, ...]
    rows: tuple[str, ...]
    effect: float
    low: float
    high: float
    share: float
    indirect: float | None = None
    indirect_low: float | None = None
    indirect_high: float | None = None
    p: float | None = None
    contrasts: tuple[StudyContrast, ...] = ()


@dataclass(frozen=True, slots=True)
class PairCertainty:
    """GRADE for the network's estimate of a pair, the better rank ``first``.

    ``certainty`` starts at the higher of ``direct`` and ``indirect`` (None where there is no such
    evidence), whose own steps stand beside; ``path`` names the treatments on the indirect path.
    Evidence whose risk of bias nobody assessed is at most moderate, which is no step: the start
    is the level before it.
    """

    first: str
    second: str
    certainty: Certainty
    direct: Level | None
    indirect: Level | None
    path: tuple[str, ...]
    direct_steps: tuple[Step, ...]
    indirect_steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class LeagueCell:
    """The network's effect of ``row`` minus (or over) ``column``; ``direct`` where studies do so.

    The prediction limits are those of a new study; None where heterogeneity is not estimable.
    """

    row: str
    column: str
    effect: float
    low: float
    high: float
    p: float
    direct: bool
    pi_low: float | None = None
    pi_high: float | None = None


@dataclass(frozen=True, slots=True)
class Network:
    """A network meta-analysis over questions that ask the same of different treatments.

    ``treatments`` stand with the best first; ``league`` holds every ordered pair, row by row in
    that order. ``loops`` counts the independent closed loops between designs; ``inconsistency``
    says what is known of disagreement between direct and indirect evidence. Ratios are
    back-transformed. ``q`` splits into ``q_within`` designs (heterogeneity) and ``q_between``.
    ``graded`` rates the estimate of every pair once.
    """

    id: str
    label: str
    indication: str
    aspect: str
    outcome: str | None
    window: str | None
    measure: str
    scale: str | None
    benefit: str | None
    questions: tuple[str, ...]
    treatments: tuple[Treatment, ...]
    compared: tuple[Compared, ...]
    league: tuple[LeagueCell, ...]
    studies: tuple[str, ...]
    people: float | None
    method: str
    tau2: float | None
    i2: float | None
    q: float
    q_df: int
    q_p: float | None
    loops: int
    q_between: float | None
    q_between_p: float | None
    inconsistency: str
    text: str
    notes: tuple[str, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
    graded: tuple[PairCertainty, ...] = ()
