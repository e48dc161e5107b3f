"""The columns of studies.csv: what each may hold and how a cell is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from math import isfinite
from typing import get_args

from probatum.model.pack import Benefit, DesignClass, FlagKind, Identity, ResultType

Cell = Callable[[str], object]

_NUMBER = re.compile(r"[+-]?\d{1,15}(\.\d{1,15})?([eE][+-]?\d{1,3})?", re.ASCII)
_DOI = re.compile(r"10\.\d{4,9}/\S{1,200}")


def text(cell: str) -> str:
    """Take the cell as it stands.

    >>> text("28 mg twice weekly")
    '28 mg twice weekly'
    """
    return cell


def optional(cell: str) -> str | None:
    """Take the cell, or None where it is empty."""
    return cell or None


def required(cell: str) -> str:
    """Take the cell; an empty one is an error."""
    if not cell:
        raise ValueError("is empty and must not be")
    return cell


def number(cell: str) -> float | None:
    """Read a finite decimal number with a point; None where the cell is empty.

    >>> number("-3.5"), number("")
    (-3.5, None)
    """
    if not cell:
        return None
    if not _NUMBER.fullmatch(cell) or not isfinite(float(cell)):
        raise ValueError(f"{cell[:40]!r} is not a number; write it like -3.5")
    return float(cell)


def whole(cell: str) -> float | None:
    """Read a whole number of people or events, 0 or more."""
    value = number(cell)
    if value is not None and (value < 0 or value != int(value)):
        raise ValueError(f"{cell[:40]!r} is not a whole number of 0 or more")
    return value


def percent(cell: str) -> float | None:
    """Read a percentage from 0 to 100."""
    value = number(cell)
    if value is not None and not 0 <= value <= 100:
        raise ValueError(f"{cell[:40]!r} is not a percentage from 0 to 100")
    return value


def positive(cell: str) -> float | None:
    """Read a number above 0."""
    value = number(cell)
    if value is not None and value <= 0:
        raise ValueError(f"{cell[:40]!r} is not above 0")
    return value


def year(cell: str) -> int | None:
    """Read a year from 1900 to 2100."""
    if not cell:
        return None
    if not re.fullmatch(r"\d{4}", cell, re.ASCII) or not 1900 <= int(cell) <= 2100:
        raise ValueError(f"{cell[:40]!r} is not a year from 1900 to 2100")
    return int(cell)


def yes(cell: str) -> bool:
    """Read yes or no; empty is no."""
    if cell not in {"", "yes", "no"}:
        raise ValueError(f"{cell[:40]!r} is neither yes nor no")
    return cell == "yes"


def items(cell: str) -> tuple[str, ...]:
    """Read a list with semicolons between its items.

    >>> items("T118; T119")
    ('T118', 'T119')
    """
    return tuple(part for part in (piece.strip() for piece in cell.split(";")) if part)


def doi(cell: str) -> str | None:
    """Read a DOI without its resolver."""
    if cell and not _DOI.fullmatch(cell):
        raise ValueError(f"{cell[:60]!r} is not a DOI; write it from '10.' on")
    return cell or None


def pmid(cell: str) -> str | None:
    """Read a PubMed identifier."""
    if cell and not re.fullmatch(r"\d{1,8}", cell, re.ASCII):
        raise ValueError(f"{cell[:40]!r} is not a PubMed identifier (1 to 8 digits)")
    return cell or None


def new_id(name: str, taken: Container[str]) -> str:
    """Give an id back, or refuse it where it is taken."""
    if name in taken:
        raise ValueError(f"{name!r} stands twice; ids are unique")
    return name


def one_of(allowed: tuple[str, ...], default: str | None = None) -> Cell:
    """Make a reader that takes one of the words; an empty cell gives the default.

    >>> one_of(("lower", "higher"))("lower")
    'lower'
    """

    def read(cell: str) -> str | None:
        if not cell:
            return default
        if cell not in allowed:
            raise ValueError(f"{cell[:40]!r} is not one of: {', '.join(allowed)}")
        return cell

    return read


REQUIRED = ("row_id", "study", "indication", "outcome", "result_type")

# In the order of the file. Columns that only the loader uses stand in LOADER_ONLY.
COLUMNS: Mapping[str, Cell] = {
    "row_id": required,
    "study": required,
    "year": year,
    "doi": doi,
    "pmid": pmid,
    "registration": optional,
    "identity": one_of(get_args(Identity), "not confirmed"),
    "design": text,
    "design_class": one_of(get_args(DesignClass), "unclear"),
    "indication": required,
    "indication_printed": text,
    "indication_detail": text,
    "drug": optional,
    "drug_printed": text,
    "route": optional,
    "route_printed": text,
    "dose_value": positive,
    "dose_unit": optional,
    "dose_printed": text,
    "comparator": optional,
    "comparator_printed": text,
    "population": text,
    "population_subset": optional,
    "stratum": optional,
    "outcome": required,
    "outcome_printed": text,
    "scale": optional,
    "scale_printed": text,
    "time_days": number,
    "window": optional,
    "timepoint_printed": text,
    "result_type": one_of(get_args(ResultType)),
    "value_kind": text,
    "n_exp": whole,
    "n_ctl": whole,
    "events_exp": whole,
    "events_ctl": whole,
    "pct_exp": percent,
    "pct_ctl": percent,
    "mean_exp": number,
    "sd_exp": positive,
    "mean_ctl": number,
    "sd_ctl": positive,
    "effect_measure": optional,
    "effect": number,
    "se": positive,
    "ci_low": number,
    "ci_high": number,
    "ci_level": percent,
    "ci_method": optional,
    "p_reported": optional,
    "direction_printed": text,
    "measure": optional,
    "contrast": number,
    "contrast_low": number,
    "contrast_high": number,
    "contrast_se": positive,
    "benefit": one_of(get_args(Benefit)),
    "reversed_in_source": yes,
    "complement": yes,
    "crossover": yes,
    "shared_control": optional,
    "overlaps": items,
    "flag_kind": one_of(get_args(FlagKind)),
    "quality_flag": optional,
    "set_aside": optional,
    "not_pooled": optional,
    "computed": items,
    "derived": text,
    "second_reading": text,
    "source_url": text,
    "source_locator": text,
    "source_kind": text,
    "more_sources": items,
    "notes": text,
}
LOADER_ONLY = (
    "complement",
    "source_url",
    "source_locator",
    "source_kind",
    "more_sources",
)
