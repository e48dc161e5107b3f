"""An answer in a notebook: the sentence, the numbers and the forest plot, in one piece of HTML."""

from __future__ import annotations

from probatum.atlas.evidence_map import LEANING, lean_of
from probatum.atlas.figures.forest import forest
from probatum.atlas.figures.svg import element
from probatum.atlas.labels import Labels
from probatum.atlas.sides import sides
from probatum.atlas.wording import effect, number, sentence, typeset
from probatum.model.answer import Answer
from probatum.model.pack import Pack


def notebook_html(answer: Answer, pack: Pack) -> str:
    """Draw an answer for a notebook; everything is escaped and nothing is fetched."""
    pooled = answer.pooled
    facts = [
        ("Effect", effect(pooled)),
        ("Direction", LEANING[lean_of(answer)]),
        ("Studies", str(pooled.k)),
        ("Participants", number(pooled.n, 0)),
        ("Certainty", answer.certainty.level),
        ("Statements", f"{answer.supporting} supporting, {answer.contrasting} contrasting"),
    ]
    if answer.analyses and answer.analyses.conclusion:
        facts.append(("Robustness", sentence(answer.analyses.conclusion)))
    rows = [element("tr", element("th", name), element("td", told)) for name, told in facts]
    figure = forest(pooled, answer.question.label, sides(answer, Labels(pack)))
    parts = [
        element("h3", answer.question.label),
        element("p", typeset(answer.sentence)),
        element("table", *rows),
        figure,
    ]
    return str(element("div", *parts, class_="probatum"))
