"""An answer in a notebook: the sentence, the numbers and the forest plot, in one piece of HTML."""

from __future__ import annotations

import re

from markupsafe import Markup

from probatum.atlas.evidence_map import LEANING, lean_of
from probatum.atlas.figures.forest import forest
from probatum.atlas.figures.glyph import FILLED
from probatum.atlas.figures.svg import element
from probatum.atlas.labels import Labels
from probatum.atlas.sides import sides
from probatum.atlas.wording import effect, number, sentence, typeset
from probatum.model.answer import Answer
from probatum.model.pack import Pack

_SIZE = re.compile(r' width="[\d.]+" height="[\d.]+"(?= role="img")')
# A notebook sets tables flush right and in the middle; attributes hold where classes do not reach.
_LEFT = "text-align:left;vertical-align:top"


def notebook_html(answer: Answer, pack: Pack) -> str:
    """Draw an answer for a notebook; everything is escaped and nothing is fetched."""
    pooled = answer.pooled
    people = number(pooled.n, 0)
    lowered = [f"{step.domain}: {step.reason}" for step in answer.certainty.steps if step.change]
    facts = [
        ("Effect", effect(pooled)),
        ("Direction", LEANING[lean_of(answer)]),
        ("Studies", str(pooled.k)),
        ("Participants", people if pooled.n is None or pooled.n_known else f"at least {people}"),
        ("Certainty", _level(answer)),
        *(("", typeset(told)) for told in lowered),
        ("Statements", _statements(answer)),
    ]
    if answer.analyses and answer.analyses.conclusion:
        facts.append(("Robustness", sentence(answer.analyses.conclusion)))
    rows = [
        element("tr", element("th", name, style=_LEFT), element("td", told, style=_LEFT))
        for name, told in facts
    ]
    labels = Labels(pack)
    figure = forest(
        pooled,
        answer.question.label,
        sides(answer, labels),
        scale=labels.scale_of(answer.question),
    )
    parts = [
        element("h3", answer.question.label),
        element("p", typeset(answer.sentence)),
        element("table", *rows, style="margin:0 0 1em 0"),
        element("div", _shrinking(figure), style="max-width:980px"),
        element("p", element("small", f"{pack.title}, pack {pack.version}, as of {pack.as_of}.")),
    ]
    return str(element("div", *parts, class_="probatum"))


def _level(answer: Answer) -> str:
    level = answer.certainty.level
    return f"{level}, {FILLED[level]} of 4" if level in FILLED else level


def _statements(answer: Answer) -> str:
    told = f"{answer.supporting} supporting, {answer.contrasting} contrasting"
    return f"{told}, {answer.uncertain} uncertain" if answer.uncertain else told


def _shrinking(figure: Markup) -> Markup:
    """Let a figure take the width that its place has, in its own proportions."""
    return Markup(_SIZE.sub(' width="100%"', figure, count=1))  # noqa: S704, drawn and escaped
