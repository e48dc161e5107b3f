"""Effect sizes of studies from their summary numbers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UnknownNameError
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.measures.families import FAMILIES, Options
from probatum.stats.measures.table import MEASURES, Measure


@dataclass(frozen=True, slots=True)
class EffectSizes:
    """Effects ``yi`` and sampling variances ``vi`` of k studies on the analysis scale.

    NaN where a study carries no information on the measure (such as a double-zero table left
    out by ``drop00``). ``added`` marks studies whose counts were adjusted.
    """

    yi: Floats
    vi: Floats
    measure: Measure
    added: Floats

    @property
    def sei(self) -> Floats:
        """Standard errors."""
        return np.sqrt(self.vi)


def escalc(
    measure: str,
    *,
    vtype: str | None = None,
    add: float = 0.5,
    to: str = "only0",
    drop00: bool = False,
    slab: inputs.Labels = None,
    **fields: ArrayLike,
) -> EffectSizes:
    """Return the effect size and sampling variance of each study.

    ``measure`` names a row of :data:`probatum.stats.measures.MEASURES`; ``fields`` are its
    summary numbers under metafor's argument names (``ai bi ci di`` or ``ai n1i ci n2i``;
    ``m1i sd1i n1i m2i sd2i n2i``; …), one number a study, NaN where unknown. ``add``, ``to``
    (only0, all, if0all, none) and ``drop00`` are the zero-cell options; ``vtype`` the kind of
    variance; ``slab`` labels for messages. Raises UsageError for wrong or missing fields,
    UnknownNameError for an unknown measure, StatsError for impossible numbers.

    >>> es = escalc("OR", ai=[12], n1i=[40], ci=[24], n2i=[42])
    >>> es.yi.round(4).tolist(), es.vi.round(4).tolist()
    ([-1.135], [0.2163])
    """
    arrays = {name: inputs.vector(values, name) for name, values in fields.items()}
    return compute(measure, arrays, Options(vtype, add, to, drop00, slab))


def compute(measure: str, fields: dict[str, Floats], options: Options) -> EffectSizes:
    """Return effect sizes of fields that already are arrays; see :func:`escalc`."""
    row = _row(measure)
    default = row.variances[0]
    kind = inputs.one_of(options.vtype or default, row.variances, f"vtype of {row.name}")
    if inputs.same_length(fields) == 0:
        raise StatsError(f"{row.name}: there is no study (k = 0); at least one is needed")
    family = FAMILIES[row.family]
    with np.errstate(divide="ignore", invalid="ignore"):
        material, added = family(row, fields, options)
        yi, vi = row.formula(material, kind)
    bad = ~(np.isfinite(yi) & np.isfinite(vi))
    yi, vi = np.where(bad, np.nan, yi), np.where(bad, np.nan, vi)
    return EffectSizes(yi, vi, row, added)


def _row(measure: str) -> Measure:
    if measure in MEASURES:
        return MEASURES[measure]
    raise UnknownNameError(f"unknown measure {measure!r}; known: {', '.join(sorted(MEASURES))}")
