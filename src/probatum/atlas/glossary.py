"""The words of the pages that a newcomer may not know, each with what it means here."""

from __future__ import annotations

# Terms as they stand on the pages, in the order of the alphabet.
WORDS: tuple[tuple[str, str], ...] = (
    (
        "95% interval",
        "Where the true average effect plausibly lies. An interval that includes no difference "
        "does not show that there is none.",
    ),
    (
        "absolute effect",
        "How many of 1,000 people something happens to, without and with the treatment.",
    ),
    (
        "certainty",
        "How sure one may be that the estimate is near the truth: high, moderate, low or very "
        "low, judged by the rules of GRADE.",
    ),
    (
        "citation statement",
        "A sentence of a later paper that cites a study: it supports it (\u2713), contrasts with "
        "it (\u2715) or only mentions it (\u25cb).",
    ),
    (
        "comparator",
        "What the treatment was compared with. A \u201cv\u201d stands before it: IV v placebo.",
    ),
    (
        "contested",
        "Answers or published reviews do not agree on the direction, or statements stand on both "
        "sides.",
    ),
    (
        "flag",
        "A sign that a source needs care: a retraction, an invitation to buy, a number that "
        "cannot be. It leads to the words it is about.",
    ),
    (
        "forest plot",
        "A figure with a line a study: the square is its effect, the line its 95% interval, the "
        "diamond all studies together.",
    ),
    ("gap", "A cell of the map for which this base holds nothing; more may exist elsewhere."),
    (
        "heterogeneity (I\u00b2, \u03c4\u00b2, Q)",
        "How much the effects of the studies differ by more than chance.",
    ),
    (
        "k and n",
        "How many studies, how many participants. \u201c+\u201d: at least so many, since some "
        "study does not print its number.",
    ),
    (
        "mean difference (MD)",
        "The difference of two averages, in the units of the scale: \u22123 on a scale where "
        "lower is better is three points better.",
    ),
    (
        "minimal important difference",
        "The smallest difference on a scale that patients are thought to notice.",
    ),
    (
        "network",
        "Several treatments compared at once, also those that no study compared with each other.",
    ),
    (
        "pooled",
        "Computed from two or more studies together, each weighed by how much it tells.",
    ),
    (
        "prediction interval",
        "Where the effect found by a new, similar study would lie; wider than the 95% interval.",
    ),
    (
        "risk of bias",
        "How far the way a study was done may have turned its result.",
    ),
    (
        "risk ratio (RR), odds ratio (OR), hazard ratio (HR)",
        "How many times as often, or as fast, something happens with the treatment. 1 is no "
        "difference.",
    ),
    (
        "row",
        "One printed result of a study, as a person entered it with its source (T115, U049).",
    ),
    (
        "standardised mean difference (SMD)",
        "A difference in standard deviations, so that studies with different scales can be put "
        "together.",
    ),
    (
        "work",
        "A study or paper, however many documents report it.",
    ),
)
