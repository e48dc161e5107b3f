"""The data and the command that make a pooled number again, outside of the base."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from probatum.atlas.page import DataTable
from probatum.model.effect import Effect, Pooled
from probatum.model.pack import StudyRow

NAME = "reproduce"


@dataclass(frozen=True, slots=True)
class Unit:
    """What enters a model once: a study, or a stratum of it, on the analysis scale."""

    study: str
    yi: float
    vi: float
    rows: tuple[str, ...]


def units(pooled: Pooled, rows: Sequence[StudyRow]) -> list[Unit]:
    """Join the arms of each study or stratum by inverse variance, as pooling does."""
    stratum = {row.row_id: row.stratum or "" for row in rows}
    grouped: dict[tuple[str, str], list[Effect]] = {}
    for effect in pooled.effects:
        if effect.left_out is None:
            key = effect.study, stratum.get(effect.row_id, "")
            grouped.setdefault(key, []).append(effect)
    return [
        _joined(" ".join(filter(None, (study, part))), found)
        for (study, part), found in grouped.items()
    ]


def _joined(name: str, effects: Sequence[Effect]) -> Unit:
    rows = tuple(effect.row_id for effect in effects)
    if len(effects) == 1:
        return Unit(name, effects[0].yi, effects[0].vi, rows)
    total = sum(1 / effect.vi for effect in effects)
    return Unit(name, sum(e.yi / e.vi for e in effects) / total, 1 / total, rows)


def table(pooled: Pooled, rows: Sequence[StudyRow]) -> DataTable:
    """Give the units as the table that ``probatum meta`` reads."""
    lines = tuple((u.study, u.yi, u.vi, " ".join(u.rows)) for u in units(pooled, rows))
    title = "What the model was fitted to"
    return DataTable(NAME, title, ("study", "yi", "vi", "rows"), lines)


def command(pooled: Pooled) -> str | None:
    """Give the command that makes the headline number of the table; None where none was made."""
    if not pooled.models or pooled.measure is None or pooled.k < 2:
        return None
    first = pooled.models[0]
    told = f"--measure {pooled.measure} --method {first.method} --test {first.test}"
    return f"probatum meta {NAME}.csv {told}"
