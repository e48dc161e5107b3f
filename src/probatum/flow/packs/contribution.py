"""What a study row can give to a pool of a measure, and why it gives nothing."""

from __future__ import annotations

from probatum.model.pack import StudyRow

BINARY = frozenset({"RR", "OR", "RD"})
MEANS = frozenset({"MD", "SMD"})
_WITHOUT_COMPARISON = {
    "narrative": "words only: the source gives no numbers",
    "proportion": "one group only: no comparison",
    "pre-post": "before and after within one group: no comparison",
}


def gap(measure: str | None, row: StudyRow) -> str | None:
    """Return why a row cannot enter a pool of the measure, None where it can.

    Counts need both group sizes; means need both standard deviations and sizes; a contrast of
    the same measure needs a 95 % interval or a standard error.
    """
    if row.result_type in _WITHOUT_COMPARISON:
        return _WITHOUT_COMPARISON[row.result_type]
    if measure is None:
        return "this question shows rows, it pools none"
    if measure in BINARY and has_counts(row):
        return _ratio_without_events(measure, row)
    return None if _gives(measure, row) else _missing(measure, row)


def _gives(measure: str, row: StudyRow) -> bool:
    if measure in MEANS and has_means(row):
        return True
    return row.result_type != "binary %" and has_contrast(row, measure)


def has_counts(row: StudyRow) -> bool:
    """Tell whether events and sizes of both groups are known."""
    return None not in {row.events_exp, row.events_ctl, row.n_exp, row.n_ctl}


def has_means(row: StudyRow) -> bool:
    """Tell whether means, standard deviations and sizes of both groups are known."""
    means = {row.mean_exp, row.mean_ctl, row.sd_exp, row.sd_ctl}
    return None not in means | {row.n_exp, row.n_ctl}


def has_contrast(row: StudyRow, measure: str) -> bool:
    """Tell whether a contrast of the measure comes with its standard error or interval."""
    if row.contrast is None or row.measure != measure:
        return False
    interval = row.contrast_low is not None and row.contrast_high is not None
    return row.contrast_se is not None or interval


def _ratio_without_events(measure: str, row: StudyRow) -> str | None:
    if measure == "RD":
        return None
    if row.events_exp == 0 and row.events_ctl == 0:
        return "no event in either group: a ratio cannot be estimated"
    if row.events_exp == row.n_exp and row.events_ctl == row.n_ctl:
        return "the event in everyone of both groups: a ratio cannot be estimated"
    return None


def _percentages(row: StudyRow) -> str:
    if row.n_exp is None or row.n_ctl is None:
        return "a percentage without group sizes: shown, never pooled"
    return "counts cannot be recovered from rounded percentages"


def _missing(measure: str, row: StudyRow) -> str:
    only_percent = row.pct_exp is not None and row.events_exp is None
    if row.result_type == "binary %" or only_percent:
        return _percentages(row)
    return _without_contrast(row) if row.measure in {None, measure} else _other(measure, row)


def _other(measure: str, row: StudyRow) -> str:
    return (
        f"the source gives its effect as {row.measure}, which does not enter a pool of {measure}"
    )


def _without_contrast(row: StudyRow) -> str:
    if row.contrast is not None:
        return "an effect without an interval or a standard error"
    if row.mean_exp is not None:
        return "means without standard deviations or group sizes"
    if row.events_exp is not None:
        return "counts without group sizes"
    return "no numbers that give an effect"
