"""A meta-analysis of a table of text columns, with the paragraph that says what was done."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from probatum.errors import StatsError, UsageError
from probatum.stats.conversions import se_from_ci
from probatum.stats.effect_sizes import EffectSizes, compute
from probatum.stats.inputs import Floats
from probatum.stats.measures.families import Options
from probatum.stats.measures.table import MEASURES, Measure
from probatum.stats.methods_text import methods_text
from probatum.stats.models.fit import rma
from probatum.stats.models.result import Rma

LABELS = ("study", "label", "slab", "author", "trial")
MISSING = frozenset({"", "na", "nan", "n/a", "null", "none", "."})


@dataclass(frozen=True, slots=True)
class MetaReport:
    """A pooled table: the model, its studies, what was left out and why, and the methods.

    ``value``, ``low``, ``high``, ``pi_low``, ``pi_high`` read on the reader's scale (ratios
    back-transformed); ``model`` keeps the analysis scale. ``left_out`` pairs a study's label
    with the reason. ``added`` lists the studies to which a zero-cell constant was added.
    """

    measure: str
    model: Rma
    labels: tuple[str, ...]
    value: float
    low: float
    high: float
    pi_low: float
    pi_high: float
    left_out: tuple[tuple[str, str], ...]
    added: tuple[str, ...]
    methods_text: str
    log: bool

    @property
    def weights(self) -> Floats:
        """Weights of the studies in percent."""
        return self.model.weights


def meta_analysis(
    columns: Mapping[str, Sequence[str]],
    *,
    measure: str | None = None,
    method: str = "REML",
    test: str = "knha",
    mapping: Mapping[str, str] | None = None,
    level: float = 95,
) -> MetaReport:
    """Pool the studies of a table given as columns of text.

    ``mapping`` names the column of a field (``{"yi": "effect"}``); other fields are taken from
    columns of their own name. Fields: yi with vi, sei or ci_lb and ci_ub; else those that
    ``measure`` needs (without a measure: cells give OR, means SMD). Rows with an unknown number
    are left out with a reason; a text that is no number is refused with its row and column.

    >>> table = {"study": ["A", "B"], "yi": ["0.2", "0.5"], "vi": ["0.04", "0.05"]}
    >>> report = meta_analysis(table, method="EE", test="z")
    >>> round(report.value, 4), report.labels
    (0.3333, ('A', 'B'))
    """
    table = _Table(columns, dict(mapping or {}))
    effects, name, log = _effects(table, measure, level)
    known = np.isfinite(effects.yi) & np.isfinite(effects.vi) & (effects.vi > 0)
    left_out = tuple(
        (table.labels[i], _reason(effects, i)) for i in np.flatnonzero(~known).tolist()
    )
    if not known.any():
        raise StatsError("no study of the table has an effect with a variance above 0")
    keep = np.flatnonzero(known).tolist()
    model = rma(effects.yi[known], effects.vi[known], method=method, test=test, level=level)
    added = tuple(table.labels[i] for i in keep if effects.added[i])
    text = methods_text(model, effects.measure if name in MEASURES else None, left_out, added)
    read = [math.exp(x) if log else x for x in _headline(model)]
    labels = tuple(table.labels[i] for i in keep)
    return MetaReport(
        name,
        model,
        labels,
        read[0],
        read[1],
        read[2],
        read[3],
        read[4],
        left_out,
        added,
        text,
        log,
    )


def _headline(model: Rma) -> tuple[float, float, float, float, float]:
    low, high = float(model.ci_lb[0]), float(model.ci_ub[0])
    return model.estimate, low, high, model.pi_lb, model.pi_ub


class _Table:
    """Columns by field, parsed on demand."""

    def __init__(self, columns: Mapping[str, Sequence[str]], mapping: dict[str, str]) -> None:
        unknown = [column for column in mapping.values() if column not in columns]
        if unknown:
            known = ", ".join(columns)
            raise UsageError(f"no column {unknown[0]!r} in the table; columns: {known}")
        self.columns, self.mapping = columns, mapping
        rows = {len(values) for values in columns.values()}
        if len(rows) > 1:
            raise UsageError("the columns of the table have unequal lengths")
        self.k = rows.pop() if rows else 0
        self.labels = self._labels()

    def has(self, *fields: str) -> bool:
        return all(self.mapping.get(f, f) in self.columns for f in fields)

    def numbers(self, field: str) -> Floats:
        column = self.mapping.get(field, field)
        out = np.full(self.k, np.nan)
        for i, text in enumerate(self.columns[column]):
            if text.strip().lower() in MISSING:
                continue
            try:
                out[i] = float(text.strip().replace("\u2212", "-"))
            except ValueError:
                raise StatsError(
                    f"row {i + 1} ({self.labels[i]}), column {column!r}: {text!r} is not a number"
                ) from None
        return out

    def _labels(self) -> list[str]:
        asked = self.mapping.get("study")
        names = [asked] if asked else [n for n in self.columns if n.strip().lower() in LABELS]
        if not names:
            return [f"study {i + 1}" for i in range(self.k)]
        return [text.strip() or f"study {i + 1}" for i, text in enumerate(self.columns[names[0]])]


def _effects(table: _Table, measure: str | None, level: float) -> tuple[EffectSizes, str, bool]:
    row = MEASURES.get(measure) if measure else None
    if table.has("yi"):
        yi, vi = table.numbers("yi"), _given_variance(table, level)
        base = row or MEASURES["MD"]
        log = row is not None and row.ratio
        return EffectSizes(yi, vi, base, np.zeros(table.k)), measure or "GEN", log
    name = measure or _guess(table)
    fields = _fields(table, MEASURES.get(name))
    effects = compute(name, fields, Options(labels=table.labels))
    return effects, name, effects.measure.ratio


def _given_variance(table: _Table, level: float) -> Floats:
    if table.has("vi"):
        return table.numbers("vi")
    if table.has("sei"):
        return table.numbers("sei") ** 2
    if table.has("ci_lb", "ci_ub"):
        return se_from_ci(table.numbers("ci_lb"), table.numbers("ci_ub"), level=level) ** 2
    raise UsageError("yi needs vi, sei, or ci_lb and ci_ub beside it (name them with --map)")


def _guess(table: _Table) -> str:
    if table.has("m1i", "sd1i", "n1i", "m2i", "sd2i", "n2i"):
        return "SMD"
    if table.has("ai", "ci") and (table.has("bi", "di") or table.has("n1i", "n2i")):
        return "OR"
    raise UsageError(
        "the table needs columns yi and vi (or sei), or ai bi ci di (or ai n1i ci n2i), or "
        "m1i sd1i n1i m2i sd2i n2i, or a measure with its fields; it has: "
        + ", ".join(table.columns)
    )


def _fields(table: _Table, row: Measure | None) -> dict[str, Floats]:
    if row is None:
        return {}
    wanted = list(row.needs)
    if row.family == "2x2" and not table.has("bi", "di"):
        wanted = ["ai", "n1i", "ci", "n2i"]
    missing = [field for field in wanted if not table.has(field)]
    if missing:
        raise UsageError(
            f"measure {row.name} needs columns {', '.join(wanted)}; missing: "
            f"{', '.join(missing)} (name them with --map)"
        )
    return {field: table.numbers(field) for field in wanted}


def _reason(effects: EffectSizes, i: int) -> str:
    if math.isfinite(float(effects.yi[i])) and math.isfinite(float(effects.vi[i])):
        return f"its variance is {effects.vi[i]:g}; allowed: above 0"
    return "a number is missing, or the table says nothing about the effect"
