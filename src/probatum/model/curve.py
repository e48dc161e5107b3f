"""Effects along a quantity: dose or time."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.effect import Exclusion


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """An observed effect at ``x`` (a dose, or days), back-transformed, with a 95 % interval.

    ``flagged``: its source contradicts itself, so the first curves do not take it.
    """

    row_id: str
    study: str
    x: float
    estimate: float
    low: float
    high: float
    n: float | None
    flagged: bool = False


@dataclass(frozen=True, slots=True)
class CurveValue:
    """A value of a fitted curve, or of all studies at one place, with its 95 % limits."""

    x: float
    estimate: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class CurveFit:
    """One shape fitted to the effects: its coefficients (name, value, standard error) and fit.

    ``between`` tells whether coefficients may differ between studies; ``aic`` is by maximum
    likelihood, comparable among the fits of one set; ``determined`` is False where the data do
    not bend enough to tell the shape's own parameter. ``values`` draw the curve.
    """

    shape: str
    between: str
    k: int
    m: int
    terms: tuple[tuple[str, float, float], ...]
    q: float
    q_df: int
    q_p: float | None
    aic: float
    determined: bool
    values: tuple[CurveValue, ...]


@dataclass(frozen=True, slots=True)
class DoseSet:
    """What one choice of rows says of dose: flagged rows out, or in.

    ``by_dose`` are the effects at each dose against no treatment, pooled without any curve;
    ``steps`` the changes from each dose to the next higher (x: the higher dose). ``slope_p``
    tests the straight line from no treatment, ``equal_p`` that all doses above none do the same.
    ``turn`` says which way a quadratic curve bends between the lowest
    and the highest dose given ("benefit rises, then falls", ...), ``turn_p`` tests that it turns
    there, ``peak`` is where; ``monotone_p`` tests against a benefit that never falls with dose.
    """

    flagged: str
    doses: tuple[float, ...]
    studies: tuple[str, ...]
    by_dose: tuple[CurveValue, ...]
    steps: tuple[CurveValue, ...]
    fits: tuple[CurveFit, ...]
    best: str
    slope_p: float | None
    equal_p: float | None
    turn: str
    turn_p: float | None
    peak: float | None
    monotone_p: float | None
    text: str


@dataclass(frozen=True, slots=True)
class DoseResponse:
    """Effect against dose; ``sets`` holds flagged rows out first, then in where there are any.

    ``text`` says what the data show of more benefit with more dose and of a turn, ``limits`` what
    they cannot show.
    """

    measure: str
    unit: str
    points: tuple[CurvePoint, ...]
    sets: tuple[DoseSet, ...]
    text: str
    limits: str
    notes: tuple[str, ...] = ()
    excluded: tuple[Exclusion, ...] = ()


@dataclass(frozen=True, slots=True)
class TimeCourse:
    """Effect against time in days; repeated times of one study have correlated errors.

    ``phi`` is the assumed correlation of two visits of a study one day apart; ``others`` are the
    end points of the best curve under other assumptions (text, last value). ``best`` names the
    curve that is drawn.
    """

    measure: str
    points: tuple[CurvePoint, ...]
    fits: tuple[CurveFit, ...]
    best: str
    phi: float
    others: tuple[tuple[float, CurveValue], ...]
    questions: tuple[str, ...]
    text: str
    notes: tuple[str, ...] = ()
    excluded: tuple[Exclusion, ...] = ()
