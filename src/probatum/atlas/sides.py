"""What lies on either side of no difference in a figure."""

from __future__ import annotations

from textwrap import shorten

from probatum.atlas.labels import Labels
from probatum.model.answer import Answer

LONGEST = 38


def sides(answer: Answer, labels: Labels) -> tuple[str, str]:
    """Say whom low and high values favour; two empty words where benefit is not stated."""
    question = answer.question
    drug = labels.of("drugs", question.drug) or labels.pack.name
    other = labels.of("comparators", question.comparator) or "comparator"
    better, worse = (
        shorten(f"favours {_inside(name)}", LONGEST, placeholder="\u2026")
        for name in (drug, other)
    )
    if question.benefit is None:
        return "", ""
    return (better, worse) if question.benefit == "lower" else (worse, better)


def _inside(name: str) -> str:
    """Give a name as it stands inside a sentence: a capital stays where it means something."""
    return name[0].lower() + name[1:] if name[1:2].islower() else name
