"""What published reviews concluded, and what this base makes of the same question and rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from probatum.model.effect import ModelFit

Fit = Literal["same", "near"]
Place = Literal["pooled", "cited", "missed", "not cited", "not known"]
Stand = Literal["benefit", "no clear benefit", "no clear difference", "harm", "not told"]


@dataclass(frozen=True, slots=True)
class PublishedPool:
    """One pooled result as a review printed it.

    ``question`` is the pack's question that asks the same (``fit`` "same") or nearly the same
    ("near", ``fit_note`` says what differs), None where none does (``not_attached`` says why).
    ``rows`` are the study rows that the review pooled, as far as they are known. Ratios are as
    printed; ``method`` is how the review pooled ("DL", ...), ``certainty`` its GRADE level,
    ``searched_to`` the last date of its search (ISO 8601). ``flag`` says what contradicts itself.
    """

    id: str
    review: str
    year: int | None = None
    doi: str | None = None
    searched_to: str | None = None
    question: str | None = None
    fit: Fit | None = None
    fit_note: str = ""
    not_attached: str = ""
    indication_printed: str = ""
    comparison_printed: str = ""
    outcome_printed: str = ""
    timepoint_printed: str = ""
    k: float | None = None
    n: float | None = None
    measure: str | None = None
    measure_printed: str = ""
    estimate: float | None = None
    estimate_printed: str = ""
    ci_low: float | None = None
    ci_high: float | None = None
    ci_level: float | None = None
    i2: float | None = None
    tau2: float | None = None
    method: str = ""
    certainty: str = ""
    rows: tuple[str, ...] = ()
    source_url: str = ""
    source_locator: str = ""
    flag: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ReviewWeight:
    """The weight (percent) of one row in a recomputed pool, and the one that the review prints."""

    row_id: str
    study: str
    weight: float
    printed: float | None


@dataclass(frozen=True, slots=True)
class Reproduction:
    """A published pool computed again from the rows that it names, as the review did (DL, z).

    ``reached`` tells whether estimate and limits agree to 0.01; None where none is printed.
    ``missing`` are named rows that give no effect here, each with the reason.
    """

    pool: str
    model: ModelFit | None
    weights: tuple[ReviewWeight, ...]
    reached: bool | None
    missing: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ReviewBeside:
    """A published pool beside the answer of this base: what each says of no difference."""

    pool: PublishedPool
    reproduction: Reproduction | None
    text: str


@dataclass(frozen=True, slots=True)
class Voice:
    """One conclusion on a question: who, when, in what words, and how it stands to benefit.

    ``stand`` of a pooled result is what its interval says of no difference; of a statement of the
    pack what a person coded; "not told" where neither is known.
    """

    id: str
    kind: str
    who: str
    year: int | None
    says: str
    stand: Stand
    url: str | None


@dataclass(frozen=True, slots=True)
class CitedList:
    """The reference list of a systematic review in the base.

    ``cited`` holds identifiers as ``doi:...`` and ``pmid:...``; ``identified`` of ``entries`` have
    one. ``conditions`` are those that the title names; ``searched_to`` is as told, ISO 8601 as
    far as known.
    """

    review: str
    work: str
    doi: str | None
    year: int | None
    searched_to: str | None
    conditions: tuple[str, ...]
    cited: tuple[str, ...]
    entries: int
    identified: int


@dataclass(frozen=True, slots=True)
class ReviewMatrix:
    """Reviews by trials: ``cells[i][j]`` says what is known of trial j in review i.

    "pooled": among the named rows of its pools; "cited": in its reference list; "missed": not
    there, though on its condition and published before the year of its search; "not cited": not
    there, otherwise; "not known": its list is not in the base, or too few of its entries carry an
    identifier. ``works`` are the reviews' works, empty where the base holds none.
    """

    reviews: tuple[str, ...]
    trials: tuple[str, ...]
    cells: tuple[tuple[Place, ...], ...]
    works: tuple[str, ...] = ()
    searched: tuple[str | None, ...] = ()
