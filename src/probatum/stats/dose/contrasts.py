"""Contrasts of doses with a shared control: effects and their full covariance.

The control arm enters every contrast of its study, so that two contrasts covary by its variance
(Crippa & Orsini 2016, BMC Med Res Methodol 16:91, for mean differences).
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from probatum.errors import StatsError, UsageError
from probatum.stats.curves.fit import Effects
from probatum.stats.inputs import Floats, one_of, require, same_length, vector

MEASURES = ("MD", "SMD", "RR", "OR", "RD", "IRR")


@dataclass(frozen=True, slots=True)
class DoseContrasts:
    """m contrasts: effects, covariance (m, m; blocks of studies), dose, reference dose, study."""

    yi: Floats
    v: Floats
    dose: Floats
    reference: Floats
    study: tuple[str, ...]

    @property
    def studies(self) -> tuple[str, ...]:
        """The studies in the order of their first contrast."""
        return tuple(dict.fromkeys(self.study))

    def effects(self) -> list[Effects]:
        """Return one block a study."""
        names = np.array(self.study)
        out = []
        for name in self.studies:
            at = np.flatnonzero(names == name)
            block = self.v[np.ix_(at, at)]
            out.append(Effects(self.yi[at], block, self.dose[at], self.reference[at]))
        return out


def dose_contrasts(  # noqa: PLR0913, keyword-only options
    measure: str,
    dose: ArrayLike,
    study: Sequence[Hashable],
    *,
    n: ArrayLike,
    mean: ArrayLike | None = None,
    sd: ArrayLike | None = None,
    events: ArrayLike | None = None,
) -> DoseContrasts:
    """Return the contrasts of arms with their study's lowest dose.

    One element an arm. MD and SMD (Hedges' correction, pooled SD of all arms) need ``mean``,
    ``sd`` and ``n``; RR, OR, RD need ``events`` of ``n``; IRR ``events`` in person-time ``n``
    (logs for ratios). The lowest dose of a study must be one arm; add 0.5 to empty cells first.

    >>> arms = dose_contrasts("MD", [0, 28, 56], ["A", "A", "A"], n=[40, 41, 39],
    ...                       mean=[-10, -12, -14], sd=[12, 12, 13])
    >>> arms.yi.tolist(), arms.v.round(3).tolist()
    ([-2.0, -4.0], [[7.112, 3.6], [3.6, 7.933]])
    """
    one_of(measure, MEASURES, "measure of doses")
    given = {"n": n, "mean": mean, "sd": sd} if measure in {"MD", "SMD"} else {
        "n": n, "events": events,
    }  # fmt: skip
    lacking = [name for name, values in given.items() if values is None]
    if lacking:
        raise UsageError(f"{measure} of doses needs {', '.join(given)}; {lacking[0]} is missing")
    fields = {name: vector(values, name) for name, values in given.items() if values is not None}
    fields["dose"] = vector(dose, "dose")
    if same_length(fields) != len(study):
        raise UsageError("study: one entry an arm is needed")
    _checked(fields, measure, [f"{s}, arm {i + 1}" for i, s in enumerate(study)])
    parts = [
        _one(measure, name, {key: values[rows] for key, values in fields.items()})
        for name, rows in _rows(study).items()
    ]
    return _joined(parts)


def _rows(study: Sequence[Hashable]) -> dict[str, list[int]]:
    out: dict[str, list[int]] = {}
    for i, name in enumerate(study):
        out.setdefault(str(name), []).append(i)
    return out


def _checked(fields: dict[str, Floats], measure: str, labels: list[str]) -> None:
    for name, values in fields.items():
        require(np.isfinite(values), values, name, "a finite number", labels)
    for name in ("n", "sd"):
        if name in fields:
            require(fields[name] > 0, fields[name], name, "above 0", labels)
    require(fields["dose"] >= 0, fields["dose"], "dose", "0 or more", labels)
    if "events" in fields:
        events, n = fields["events"], fields["n"]
        good = events > 0 if measure == "IRR" else (events > 0) & (events < n)
        require(good, events, "events", "above 0 and below n (IRR: above 0)", labels)


def _one(measure: str, name: str, arm: dict[str, Floats]) -> DoseContrasts:
    order = np.argsort(arm["dose"], kind="stable")
    arm = {key: values[order] for key, values in arm.items()}
    d = arm["dose"]
    if len(d) < 2 or d[0] == d[1]:
        raise StatsError(
            f"study {name!r}: two or more arms are needed, one of them at the lowest dose"
        )
    value, spread = _arms(measure, arm)
    y = value[1:] - value[0]
    v = np.full((len(y), len(y)), spread[0]) + np.diag(spread[1:])
    if measure == "SMD":
        y, v = _standardised(y, arm)
    return DoseContrasts(y, v, d[1:], np.full(len(y), d[0]), (name,) * len(y))


def _arms(measure: str, arm: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return each arm's own number and its variance on the scale of the measure."""
    n = arm["n"]
    if measure in {"MD", "SMD"}:
        return arm["mean"], arm["sd"] ** 2 / n
    e = arm["events"]
    table = {
        "RR": (np.log(e / n), 1 / e - 1 / n),
        "OR": (np.log(e / np.where(n > e, n - e, 1)), 1 / e + 1 / np.where(n > e, n - e, 1)),
        "RD": (e / n, e * (n - e) / n**3),
        "IRR": (np.log(e / n), 1 / e),
    }
    return table[measure]


def _standardised(y: Floats, arm: dict[str, Floats]) -> tuple[Floats, Floats]:
    """Return standardised differences and covariances 1/n0 + d_i d_j/(2 N) (Gleser & Olkin)."""
    n = arm["n"]
    df = float((n - 1).sum())
    pooled = np.sqrt(float(((n - 1) * arm["sd"] ** 2).sum()) / df)
    d = y / pooled
    v = 1 / n[0] + np.diag(1 / n[1:]) + np.outer(d, d) / (2 * n.sum())
    correction = 1 - 3 / (4 * df - 1)
    return d * correction, v * correction**2


def _joined(parts: Sequence[DoseContrasts]) -> DoseContrasts:
    m = sum(len(part.yi) for part in parts)
    v, at = np.zeros((m, m)), 0
    for part in parts:
        v[at : at + len(part.yi), at : at + len(part.yi)] = part.v
        at += len(part.yi)
    return DoseContrasts(
        np.concatenate([part.yi for part in parts]), v,
        np.concatenate([part.dose for part in parts]),
        np.concatenate([part.reference for part in parts]),
        tuple(name for part in parts for name in part.study),
    )  # fmt: skip


def given_contrasts(
    yi: ArrayLike,
    v: ArrayLike,
    dose: ArrayLike,
    study: Sequence[Hashable],
    *,
    reference: ArrayLike = 0.0,
) -> DoseContrasts:
    """Return contrasts with a known covariance: ``v`` (m, m), or (m,) for one contrast a study.

    ``reference`` is the dose they are against, one number or one a contrast.
    """
    y, x = vector(yi, "yi"), vector(dose, "dose")
    m = same_length({"yi": y, "dose": x})
    if m != len(study) or m == 0:
        raise UsageError("study: one entry a contrast is needed, and at least one contrast")
    names = tuple(str(name) for name in study)
    labels = [f"{name}, dose {value:g}" for name, value in zip(names, x, strict=True)]
    require(np.isfinite(y), y, "yi", "a finite number", labels)
    require(np.isfinite(x) & (x >= 0), x, "dose", "0 or more", labels)
    base = np.broadcast_to(np.asarray(reference, dtype=np.float64), (m,)).copy()
    require(base != x, x, "dose", "a dose other than the reference", labels)
    matrix = np.asarray(v, dtype=np.float64)
    if matrix.ndim == 1 and len(set(names)) < m:
        raise UsageError(
            "several contrasts of a study share their control: give v as a matrix (dose_contrasts,"
            " greenland_longnecker or hamling make it)"
        )
    matrix = np.diag(matrix) if matrix.ndim == 1 else matrix
    if matrix.shape != (m, m):
        raise UsageError(f"v: shape ({m}, {m}) or ({m},) is needed, not {matrix.shape}")
    require(np.diag(matrix) > 0, np.diag(matrix), "v", "a variance above 0", labels)
    if not np.isfinite(matrix).all() or np.linalg.eigvalsh(matrix)[0] <= 0:
        raise StatsError("v: a positive definite covariance matrix is needed")
    return DoseContrasts(y, matrix, x, base, names)
