"""Effect sizes of studies from their summary numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import UnknownNameError, UsageError
from probatum.stats import inputs
from probatum.stats.inputs import Floats
from probatum.stats.measures import binary, means
from probatum.stats.measures.table import MEASURES, Measure
from probatum.stats.measures.zeros import adjusted


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


@dataclass(frozen=True, slots=True)
class Options:
    """The kind of variance, how zero cells are treated, how messages call the studies."""

    vtype: str | None = None
    add: float = 0.5
    to: str = "only0"
    drop00: bool = False
    labels: inputs.Labels = None


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


def compute(measure: str, fields: dict[str, Floats], options: Options = Options()) -> EffectSizes:
    """Return effect sizes of fields that already are arrays; see :func:`escalc`."""
    row = _row(measure)
    default = row.variances[0]
    kind = inputs.one_of(options.vtype or default, row.variances, f"vtype of {row.name}")
    inputs.same_length(fields)
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


def _take(row: Measure, fields: dict[str, Floats], optional: tuple[str, ...] = ()) -> list[Floats]:
    missing = [name for name in row.needs if name not in fields]
    extra = sorted(set(fields) - set(row.needs) - set(optional))
    if missing or extra:
        told = f"missing: {', '.join(missing)}" if missing else f"not used: {', '.join(extra)}"
        raise UsageError(f"{row.name} needs {', '.join(row.needs)}; {told}")
    return [fields[name] for name in row.needs]


def _two_by_two(
    row: Measure, fields: dict[str, Floats], options: Options
) -> tuple[binary.Table, Floats]:
    cells = dict(fields)
    for events, others, total in (("ai", "bi", "n1i"), ("ci", "di", "n2i")):
        if total not in cells or events not in cells:
            continue
        n, x = cells.pop(total), cells[events]
        inputs.require(~(x > n), x, events, f"at most {total}", options.labels)
        cells.setdefault(others, n - x)
    counts = _take(row, cells)
    for name, values in zip(row.needs, counts, strict=True):
        _not_negative(values, name, options.labels)
    new = adjusted(counts, options.add, options.to)
    if options.drop00:
        a, b, c, d = counts
        empty = ((a == 0) & (c == 0)) | ((b == 0) & (d == 0))
        new = [np.where(empty, np.nan, values) for values in new]
        counts = [np.where(empty, np.nan, values) for values in counts]
    raw = (counts[0], counts[1], counts[2], counts[3])
    table = binary.Table(new[0], new[1], new[2], new[3], raw)
    return table, (new[0] != counts[0]).astype(np.float64)


def _not_negative(values: Floats, name: str, labels: inputs.Labels) -> None:
    inputs.require(~(values < 0) & ~np.isinf(values), values, name, "a count of 0 or more", labels)


def _two_means(
    row: Measure, fields: dict[str, Floats], options: Options
) -> tuple[means.TwoMeans, Floats]:
    taken = _take(row, fields)
    for name, values in zip(row.needs, taken, strict=True):
        if name.startswith("sd"):
            inputs.require(~(values < 0), values, name, "0 or more", options.labels)
        elif name.startswith("n"):
            inputs.require(~(values < 1), values, name, "1 or more", options.labels)
    return means.TwoMeans(*taken), np.zeros(len(taken[0]))


FAMILIES: dict[str, Callable[[Measure, dict[str, Floats], Options], tuple[Any, Floats]]] = {
    "2x2": _two_by_two,
    "means": _two_means,
}
