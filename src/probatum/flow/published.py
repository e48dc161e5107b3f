"""Published pools as tables: what reviews printed, what this base computes, how near that is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from probatum.certainty.wording import number, ratio
from probatum.effects.review_trials import matrix
from probatum.flow import answering
from probatum.flow.cards import named, pack_cards
from probatum.flow.graph import Graph, rows_by_question
from probatum.flow.packs import load_pack, shipped_packs
from probatum.model.answer import Answer
from probatum.model.effect import ModelFit, Pooled
from probatum.model.pack import Pack
from probatum.model.published import PublishedPool, Reproduction, ReviewBeside
from probatum.works.link import link

RATIOS = ("RR", "OR", "HR", "IRR")
HEAD = """# Published pools

What published reviews printed (`published.csv` of the shipped pack), and what this base makes of
the same question from its own rows. Ratios and differences are therapy against control, intervals
of 95 %. Where the question is only near to the review's, what differs is said.

"""
AGAIN = """
## Computed again from the rows that the review pooled

As the review pooled them: DerSimonian and Laird with a Wald interval, an empty cell filled with
one half, crossover trials as they were entered. The weights are recomputed; in brackets what the
review prints.

"""
HELD = """
## What this base holds of the trials of the others

A pool that does not name its rows cannot be computed again. Here stand the trials that this base
holds on the same question: those published by the year of the review, which it may have pooled,
and later ones, which it cannot have. In brackets: held, with numbers that no pool takes.

"""
APART = """
## Attached to no question

"""
TRIALS = """
## Reviews by trials

From the pools whose rows are named. "Not known" is not "missed": a review may have left a trial
out, pooled it elsewhere, or searched before it was published.

"""


def answers(pack: Pack) -> list[Answer]:
    """Answer the questions of a pack from its own rows, without any document."""
    graph = Graph(named(link(pack_cards(pack), [])).works, (), ())
    return [answering.answer(one) for one in answering.inputs(pack, graph, ())]


def sections(pack: Pack) -> Iterator[tuple[str, Sequence[str], list[tuple[object, ...]]]]:
    """Yield each section of the page: text before it, head and rows of its table."""
    besides = [(one, review) for one in answers(pack) for review in one.reviews]
    besides.sort(key=lambda pair: pair[1].pool.id)
    yield (
        HEAD,
        ("", "review", "what", "printed", "here", ""),
        [_beside(one, review) for one, review in besides],
    )
    again = [(r.pool, r.reproduction) for _, r in besides if r.reproduction is not None]
    yield (
        AGAIN,
        ("", "printed", "computed again", "weights, percent", "to 0.01"),
        [_again(pool, found) for pool, found in again],
    )
    yield (
        HELD,
        ("", "review", "k printed", "held, published by then", "held, later"),
        [_held(pack, one, r.pool) for one, r in besides if not r.pool.rows],
    )
    yield (
        APART,
        ("", "review", "what", "printed", "why"),
        [
            (pool.id, pool.review, _what(pool), _printed(pool), pool.not_attached)
            for pool in pack.published
            if pool.question is None
        ],
    )
    found = matrix(pack.published, pack.studies)
    yield (
        TRIALS,
        ("trial", *found.reviews),
        [(trial, *(cells[at] for cells in found.cells)) for at, trial in enumerate(found.trials)],
    )


def _held(pack: Pack, one: Answer, pool: PublishedPool) -> tuple[object, ...]:
    """Name the trials of a question by whether a review of its year can have known them."""
    taken = {effect.study for effect in one.pooled.effects if effect.left_out is None}
    years = {row.study: row.year for row in rows_by_question(pack).get(one.question.id, ())}
    then, later = list[str](), list[str]()
    for study, year in sorted(years.items(), key=lambda pair: (pair[1] or 9999, pair[0])):
        known = pool.year is None or year is None or year <= pool.year
        (then if known else later).append(study if study in taken else f"({study})")
    k = "not printed" if pool.k is None else f"{pool.k:.0f}"
    return pool.id, pool.review, k, "; ".join(then) or "none", "; ".join(later) or "none"


def _what(pool: PublishedPool) -> str:
    parts = (pool.comparison_printed, pool.outcome_printed, pool.timepoint_printed)
    return ", ".join(part for part in parts if part)


def _read(measure: str | None, *values: float | None) -> list[str]:
    return [ratio(v) if measure in RATIOS else number(v) for v in values]


def _printed(pool: PublishedPool) -> str:
    """Say a pool with all the digits that are printed."""
    size = "" if pool.k is None else f"; k {pool.k:.0f}"
    if pool.estimate is None:
        return f"{pool.measure_printed} {pool.estimate_printed or 'not printed'}{size}"
    told = f"{pool.measure_printed} {pool.estimate:g}"
    if pool.ci_low is not None and pool.ci_high is not None:
        told += f" ({pool.ci_low:g} to {pool.ci_high:g})"
    return f"{told}{size}".replace(" -", " −").replace("(-", "(−")


def _ours(pooled: Pooled) -> str:
    if pooled.estimate is None:
        return "nothing is pooled"
    mean, low, high = _read(pooled.measure, pooled.estimate, pooled.ci_low, pooled.ci_high)
    return f"{pooled.measure} {mean} ({low} to {high}); k {pooled.k}, {pooled.model}"


def _beside(one: Answer, review: ReviewBeside) -> tuple[object, ...]:
    pool = review.pool
    said = review.text.removeprefix(pool.review).strip()
    near = f"near ({pool.fit_note}); " if pool.fit == "near" else ""
    flag = f" Flag: {pool.flag}." if pool.flag else ""
    place = f"{_ours(one.pooled)} (`{one.question.id}`)"
    return pool.id, pool.review, _what(pool), _printed(pool), place, f"{near}{said}.{flag}"


def _again(pool: PublishedPool, found: Reproduction) -> tuple[object, ...]:
    weights = "; ".join(
        f"{one.study} {one.weight:.2f} ({'not printed' if one.printed is None else one.printed})"
        for one in found.weights
    )
    reached = {True: "yes", False: "no", None: "no estimate is printed"}[found.reached]
    return pool.id, _printed(pool), _model(pool, found.model), weights, reached


def _model(pool: PublishedPool, model: ModelFit | None) -> str:
    if model is None:
        return "no row gives an effect"
    ends = (model.estimate, model.ci_low, model.ci_high)
    if pool.measure in RATIOS:
        return "{} {} ({} to {})".format(pool.measure, *_read(pool.measure, *ends))
    return "{} {:.2f} ({:.2f} to {:.2f})".format(pool.measure, *ends).replace("-", "−")


def shipped() -> Pack:
    """Load the shipped pack, whose published pools the page shows."""
    return load_pack(shipped_packs()[0])
