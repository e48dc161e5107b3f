"""Writing a base out for others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from probatum.atlas.exports.annotations import export_annotations
from probatum.atlas.exports.crate import export_crate
from probatum.atlas.exports.fhir import export_fhir
from probatum.atlas.exports.parquet import export_parquet
from probatum.atlas.exports.references import export_csl, export_ris
from probatum.atlas.figures.prisma import export_prisma
from probatum.atlas.site import export_csv, export_site
from probatum.engine.storage import plain_errors
from probatum.errors import UnknownNameError, UsageError
from probatum.flow.base import Base
from probatum.model.view import BaseView

KINDS: dict[str, Callable[[BaseView, Path], int]] = {
    "site": export_site,
    "csv": export_csv,
    "parquet": export_parquet,
    "ris": export_ris,
    "csl": export_csl,
    "annotations": export_annotations,
    "ro-crate": export_crate,
    "fhir": export_fhir,
    "prisma": export_prisma,
}


def export_base(base: Base, kind: str, out: Path) -> int:
    """Write a base out and give the number of files; the folder must be empty or new.

    Raises UnknownNameError naming the kinds, UsageError for a folder that holds something.
    """
    if kind not in KINDS:
        raise UnknownNameError(f"unknown export {kind!r}; known: {', '.join(KINDS)}")
    with plain_errors(out):
        if out.is_file() or (out.is_dir() and any(out.iterdir())):
            raise UsageError(f"{out} is not an empty folder; name a new one")
        out.mkdir(parents=True, exist_ok=True)
        return KINDS[kind](base.view(), out)
