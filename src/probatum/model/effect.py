"""A study's effect, and what pooling gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MEASURES = {
    "MD": "mean difference",
    "SMD": "standardised mean difference",
    "RR": "risk ratio",
    "OR": "odds ratio",
    "RD": "risk difference",
    "HR": "hazard ratio",
    "IRR": "rate ratio",
    "ROM": "ratio of means",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """The effect of one study row on the measure's analysis scale.

    ``yi`` and ``vi`` are on the scale that is pooled (log for ratios); ``value``, ``low``,
    ``high`` are back-transformed for reading, with a 95 % interval. ``weight`` is the percentage
    in the first model, 0 where the row is left out of it (``left_out`` says why). ``note`` says
    how the number was made ("shared control divided by 2", "0.5 added to each cell").
    """

    row_id: str
    study: str
    label: str
    measure: str
    yi: float
    vi: float
    value: float
    low: float
    high: float
    n: float | None
    weight: float
    left_out: str | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class ModelFit:
    """One model over the same effects, back-transformed; ``flagged`` rows in or out.

    ``variant`` says what it leaves out or assumes otherwise than the headline; empty: nothing.
    """

    method: str
    test: str
    flagged: Literal["in", "out"]
    k: int
    estimate: float
    ci_low: float
    ci_high: float
    tau2: float
    se: float | None = None
    note: str = ""
    variant: str = ""


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A row of the question that no model took, with the reason in words."""

    row_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class OnScale:
    """A pooled difference in the units of one scale, against its minimal important difference.

    A standardised difference is multiplied by ``sd``, the typical standard deviation of the
    control groups of ``sd_rows`` (Cochrane Handbook 15.5.3.2); a mean difference has neither.
    ``text`` says it in words.
    """

    scale: str
    label: str
    estimate: float
    ci_low: float
    ci_high: float
    sd: float | None = None
    sd_rows: tuple[str, ...] = ()
    mid: float | None = None
    mid_source: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class Pooled:
    """What the rows of one question say together.

    The headline numbers are those of the first model (REML with Hartung-Knapp) for k >= 2; for
    k = 1 they are the study's own and ``model`` is "single study"; for k = 0 they are None.
    Ratios are back-transformed. ``solver`` and ``converged`` tell how tau2 was found. ``scale`` is
    the one scale of a mean difference, ``on_scale`` the answer in the units of a known scale.
    """

    question: str
    measure: str | None
    model: str
    k: int
    n: float | None
    n_known: bool
    estimate: float | None
    ci_low: float | None
    ci_high: float | None
    pi_low: float | None
    pi_high: float | None
    tau2: float | None
    i2: float | None
    q: float | None
    q_p: float | None
    effects: tuple[Effect, ...]
    models: tuple[ModelFit, ...]
    excluded: tuple[Exclusion, ...]
    solver: str = ""
    converged: bool = True
    notes: tuple[str, ...] = ()
    scale: str | None = None
    on_scale: OnScale | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """One group of people, measured before and after or counted once: shown apart, never pooled.

    ``before``, ``after`` and ``change`` are means on the row's scale; ``percent`` with its 95 %
    limits is the share of the group with the event. ``why`` says why no pool takes it, ``text``
    what was found.
    """

    row_id: str
    study: str
    kind: Literal["pre-post", "proportion"]
    time: str
    n: float | None
    why: str
    text: str
    before: float | None = None
    after: float | None = None
    change: float | None = None
    percent: float | None = None
    percent_low: float | None = None
    percent_high: float | None = None


@dataclass(frozen=True, slots=True)
class Omission:
    """The headline model without one study, back-transformed; ``k`` studies are left."""

    study: str
    k: int
    estimate: float
    ci_low: float
    ci_high: float
    tau2: float


@dataclass(frozen=True, slots=True)
class SmallStudyTest:
    """A test whether small studies give other effects than large ones; ``p`` is two-sided."""

    name: str
    statistic: float
    p: float
    reference: str


@dataclass(frozen=True, slots=True)
class Analyses:
    """How far an answer hangs on single studies and on the model; ``note`` says the first.

    ``models`` are fits beside those of the pool, each with its ``variant``; ``not_run`` says which
    were not made and why. ``outliers`` are studies far from the others. ``survives`` tells whether
    every analysis, each study left out included, says the same of no difference as the headline
    (None: there is nothing to compare), and ``conclusion`` says so in one line.
    """

    question: str
    measure: str | None
    leave_one_out: tuple[Omission, ...]
    note: str
    models: tuple[ModelFit, ...] = ()
    outliers: tuple[str, ...] = ()
    small_study: tuple[SmallStudyTest, ...] = ()
    small_study_note: str = ""
    not_run: tuple[str, ...] = ()
    survives: bool | None = None
    conclusion: str = ""
