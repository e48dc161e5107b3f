"""The command that pools a table of studies."""

from __future__ import annotations

from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import Annotated, Any

import typer

from probatum.cli.files import Json
from probatum.cli.output import emit, print_wrapped, say, table
from probatum.errors import UsageError


def meta(  # noqa: PLR0913  # keyword-only: each is an option of the command
    path: Annotated[Path, typer.Argument(metavar="FILE.csv", help="One line a study.")],
    *,
    measure: Annotated[str | None, typer.Option(help="RR, OR, RD, MD, SMD, ...")] = None,
    method: Annotated[str, typer.Option(help="How tau2 is found; EE for none.")] = "REML",
    test: Annotated[str, typer.Option(help="z, t, knha or adhoc.")] = "knha",
    columns: Annotated[
        str | None, typer.Option("--map", help="Columns of the fields: yi=COL,vi=COL,...")
    ] = None,
    forest: Annotated[
        Path | None, typer.Option(help="Write the forest plot here, as SVG.")
    ] = None,
    as_json: Json = False,
) -> None:
    """Pool the studies of a table."""
    from probatum.flow.meta import meta_file, meta_shape, write_forest

    report = meta_file(path, measure=measure, method=method, test=test, mapping=_mapping(columns))
    if forest is not None:
        write_forest(report, forest)
        say(f"wrote {forest}")
    shape = meta_shape(report)
    if as_json:
        emit(shape)
    else:
        _print(shape)


def _mapping(text: str | None) -> dict[str, str]:
    pairs = [part.partition("=") for part in text.split(",")] if text else []
    if not all(field.strip() and sign and column.strip() for field, sign, column in pairs):
        raise UsageError(f"--map {text!r}: write field=column, with commas between")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _interval(low: float, high: float) -> str:
    """Write an interval; one study has none where the test takes its width from several."""
    return "not estimable" if isnan(low) or isnan(high) else f"{low:.4f} to {high:.4f}"


def _print(shape: dict[str, Any]) -> None:
    rows = [
        (s["label"], f"{s['yi']:.4f}", f"{s['vi']:.4f}", f"{s['weight']:.1f}")
        for s in shape["studies"]
    ]
    table(("study", "yi", "vi", "weight%"), rows, right="yi vi weight%")
    low, high = shape["ci_low"], shape["ci_high"]
    expected = _interval(shape["pi_low"], shape["pi_high"])
    print_wrapped(
        [
            "",
            f"{shape['measure']} {shape['estimate']:.4f} ({_interval(low, high)}), k {shape['k']}",
            f"prediction interval {expected}",
            f"tau2 {shape['tau2']:.4f}, I2 {shape['i2']:.1f} %, Q {shape['q']:.2f}"
            f" (p {shape['q_p']:.3g})",
            "",
            shape["methods_text"],
        ]
    )
    print_wrapped(f"left out: {row['label']}: {row['reason']}" for row in shape["left_out"])


COMMANDS: dict[str, Callable[..., None]] = {"meta": meta}
