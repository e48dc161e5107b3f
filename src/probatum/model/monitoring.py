"""A pool as it grew, study by study, held against how much evidence would be enough."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """The pool once a study was in: the headline model over all studies up to it.

    ``fraction`` is the share of the required information, ``z`` the statistic of the monitored
    model and ``boundary`` what |z| must reach there; None where the boundary is out of reach, or
    nothing can be monitored. ``note`` is what must be said of the interval.
    """

    study: str
    year: int | None
    k: int
    estimate: float
    low: float
    high: float
    z: float | None = None
    fraction: float | None = None
    boundary: float | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A cumulative meta-analysis with O'Brien-Fleming-type bounds (trial sequential analysis).

    ``delta`` is the effect worth finding, as it reads, and ``delta_from`` where it is from; None
    where none is known, and then only the cumulation is given. ``diversity`` is D², ``needed``
    the people still missing from the required information at the studies' own information per
    person. ``reached`` names the first study at which the bound was reached. ``smooth`` draws the
    bound for many looks as (fraction, z).
    """

    measure: str
    looks: tuple[Look, ...]
    delta: float | None
    delta_from: str
    alpha: float
    power: float
    diversity: float | None
    required_people: float | None
    people: float | None
    needed: float | None
    enough: bool | None
    reached: str | None
    smooth: tuple[tuple[float, float], ...]
    text: str
