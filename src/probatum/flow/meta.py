"""A meta-analysis of a table in a file: no base needed."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from math import exp
from pathlib import Path
from typing import Any

from probatum.atlas.figures.forest import forest
from probatum.documents.decoded import decode
from probatum.engine.storage import plain_errors, write_atomic
from probatum.errors import UsageError
from probatum.model.effect import Effect, Pooled
from probatum.stats.compiled import numpy_only
from probatum.stats.report import MetaReport, meta_analysis

_Z = 1.959963984540054  # for the studies' own 95 % intervals


def read_columns(path: str | Path) -> dict[str, list[str]]:
    """Read a CSV or TSV table as columns of text; raises UsageError for what is not one."""
    file = Path(path)
    if file.is_dir():
        raise UsageError(f"{path}: is a folder; name a CSV table")
    if not file.is_file():
        raise UsageError(f"{path}: no such file; name a CSV table")
    with plain_errors(file):
        text = decode(file.read_bytes()).text
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    if len(rows) < 2:
        raise UsageError(f"{path}: needs a line of column names and one line a study")
    header = [name.strip() for name in rows[0]]
    uneven = [at for at, row in enumerate(rows, 1) if len(row) != len(header)]
    if uneven:
        raise UsageError(f"{path}: row {uneven[0]} has not {len(header)} fields as the header has")
    return {name: [row[at] for row in rows[1:]] for at, name in enumerate(header)}


def meta_file(
    path: str | Path,
    *,
    measure: str | None = None,
    method: str = "REML",
    test: str = "knha",
    mapping: Mapping[str, str] | None = None,
) -> MetaReport:
    """Pool the studies of a table in a file; errors as in ``probatum.stats.report``."""
    columns = read_columns(path)
    with numpy_only():  # loading the compiler takes 2 s, pooling a table some milliseconds
        return meta_analysis(columns, measure=measure, method=method, test=test, mapping=mapping)


def meta_shape(report: MetaReport) -> dict[str, Any]:
    """Give the ``meta`` line of a report; ratios are back-transformed, yi and vi are not."""
    model = report.model
    studies = [
        {"label": label, "yi": float(yi), "vi": float(vi), "weight": float(weight)}
        for label, yi, vi, weight in zip(
            report.labels, model.yi, model.vi, report.weights, strict=True
        )
    ]
    return {
        "type": "meta",
        "measure": report.measure,
        "method": model.method,
        "test": model.test,
        "k": model.k,
        "estimate": report.value,
        "se": float(model.se[0]),
        "ci_low": report.low,
        "ci_high": report.high,
        "pi_low": report.pi_low,
        "pi_high": report.pi_high,
        "tau2": model.tau2,
        "i2": model.I2,
        "q": model.QE,
        "q_p": model.QEp,
        "studies": studies,
        "left_out": [{"label": label, "reason": reason} for label, reason in report.left_out],
        "solver": model.solver,
        "methods_text": report.methods_text,
    }


def write_forest(report: MetaReport, path: Path) -> None:
    """Write the forest plot of a report as SVG."""
    shape = meta_shape(report)
    pooled = Pooled(
        question=report.measure,
        measure=report.measure,
        model=f"{shape['method']}, {shape['test']}",
        k=shape["k"],
        n=None,
        n_known=False,
        **{name: shape[name] for name in ("estimate", "ci_low", "ci_high", "pi_low", "pi_high")},
        **{name: shape[name] for name in ("tau2", "i2", "q", "q_p")},
        effects=tuple(_effect(report, study) for study in shape["studies"]),
        models=(),
        excluded=(),
    )
    write_atomic(path, str(forest(pooled, f"Forest plot: {report.measure}")).encode())


def _effect(report: MetaReport, study: Mapping[str, Any]) -> Effect:
    half = _Z * study["vi"] ** 0.5
    read = (study["yi"], study["yi"] - half, study["yi"] + half)
    value, low, high = (exp(x) for x in read) if report.log else read
    return Effect(
        row_id=study["label"],
        study=study["label"],
        label=study["label"],
        measure=report.measure,
        yi=study["yi"],
        vi=study["vi"],
        value=value,
        low=low,
        high=high,
        n=None,
        weight=study["weight"],
    )
