"""What a language model may say: verbatim quotes of numbered sentences, and nothing more.

A row passes when its quote stands in the sentence that it names, every number in it stands in the
quote, and its terms are the vocabulary's and named in the sentence. It never replaces what a rule
read: where the two differ a person decides.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, cast, get_args

from probatum.claims import named, parts, people
from probatum.claims.passages import Passage, section_name
from probatum.claims.words import Words
from probatum.model.claim import Claim, Direction, PartName, Strength
from probatum.text.digest import short_id

_NUMBER = re.compile(r"\d+(?:[.,\u00b7]\d+)*")
_TERMS = {
    "intervention": ("drug",), "condition": ("indication",), "comparator": ("comparator", "drug"),
    "outcome": ("outcome", "harm", "mechanism"),
}  # fmt: skip
_TEXTS = ("hedge", "dose", "time_point")
_PLACED: tuple[PartName, ...] = (
    "intervention", "condition", "comparator", "outcome", "hedge", "dose", "time_point",
)  # fmt: skip
_MOST = 400  # rows of one answer
SCHEMA = """Answer with JSON only: {"claims": [{"sentence": 1, "quote": "words copied from it",
"intervention": "...", "condition": null, "outcome": null, "comparator": null, "direction":
"improves|worsens|no_difference|increases|decreases|causes|treats|contraindicated|interacts|requires|other",
"negated": false, "hedge": null, "strength": "none|correlational|conditional|causal", "dose": null,
"time_point": null}]}. Terms and numbers must be words of the quote. Leave out what is not said."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A row that the gate turned away, as received (shortened), and why."""

    row: str
    reason: str


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A sentence of which a rule and a language model say different things."""

    rule: Claim
    model: Claim


@dataclass(frozen=True, slots=True)
class Gated:
    """What came through: new claims, disagreements for a person, and what was turned away."""

    claims: tuple[Claim, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    rejected: tuple[Rejected, ...] = ()


def numbered(sentences: Sequence[Passage]) -> str:
    """Write sentences as a model gets them: one a line, numbered from 1."""
    return "\n".join(f"{i}. {' '.join(p.text.split())}" for i, p in enumerate(sentences, 1))


def gated(
    document: str, sentences: Sequence[Passage], known: Sequence[Claim], answer: str, words: Words
) -> Gated:
    """Read a model's answer about numbered sentences; bad JSON is one rejected row.

    ``known`` are the claims that rules read in the document.
    """
    rows, broken = _rows(answer)
    fresh: list[Claim] = []
    disagreements: list[Disagreement] = []
    rejected = [Rejected(answer[:200], broken)] if broken else []
    for number, row in enumerate(rows[:_MOST]):
        made = _claim(document, sentences, row, words, number)
        if isinstance(made, str):
            rejected.append(Rejected(json.dumps(row, ensure_ascii=False)[:200], made))
            continue
        rules = [claim for claim in known if (claim.start, claim.end) == (made.start, made.end)]
        rival = next((rule for rule in rules if _about_same(rule, made)), None)
        if rival is None and not rules:
            fresh.append(made)
        elif rival is not None and _says(rival) != _says(made):
            disagreements.append(Disagreement(rival, made))
    return Gated(tuple(fresh), tuple(disagreements), tuple(rejected))


def _rows(answer: str) -> tuple[list[Any], str]:
    try:
        parsed = json.loads(answer)
    except (ValueError, RecursionError):
        return [], "not JSON"
    rows = parsed.get("claims") if isinstance(parsed, dict) else None
    return (rows, "") if isinstance(rows, list) else ([], "no list of claims")


def _claim(
    document: str, sentences: Sequence[Passage], row: Any, words: Words, number: int
) -> Claim | str:
    """Make a claim of a row, or say why it may not pass."""
    reason = _refused(sentences, row)
    if reason:
        return reason
    passage = sentences[row["sentence"] - 1]
    terms = {field: _term(row.get(field), kinds, words) for field, kinds in _TERMS.items()}
    unknown = [field for field, name in terms.items() if row.get(field) and name is None]
    if unknown:
        return f"{unknown[0]} is no term of the vocabulary"
    if terms["intervention"] is None or not (terms["outcome"] or terms["condition"]):
        return "no intervention, or nothing that it acts on"
    hedge, strength = row.get("hedge"), row.get("strength", "none")
    terms_found = named.terms(words.matcher, passage.text)
    whom = people.named_groups(words.people, passage.text, terms_found)
    placed = [*_placed(passage.text, row), *parts.named(("population", one) for one in whom)]
    return Claim(
        id=short_id(document, passage.start, passage.end, f"llm{number}"),
        document=document,
        start=passage.start,
        end=passage.end,
        quote=passage.text,
        aspect=None,
        direction=cast("Direction", row["direction"]),
        negated=bool(row.get("negated")),
        hedge=hedge.lower() if hedge else None,
        strength=cast("Strength", strength if strength in get_args(Strength) else "none"),
        dose=row.get("dose"),
        time_point=row.get("time_point"),
        section=section_name(passage.block),
        method="llm",
        population=tuple(sorted({one.id for one in whom})),
        parts=parts.parts(passage.start, placed),
        intervention=terms["intervention"],
        condition=terms["condition"],
        outcome=terms["outcome"],
        comparator=terms["comparator"],
    )


def _placed(text: str, row: dict[str, Any]) -> Iterator[parts.Placed]:
    """Find the words of a row in its sentence, whatever the white space between them."""
    for field in _PLACED:
        words = str(row.get(field) or "").split()
        found = re.search(r"\s+".join(map(re.escape, words)), text, re.IGNORECASE)
        if words and found:
            yield field, found.span()


def _refused(sentences: Sequence[Passage], row: Any) -> str:
    """Say why a row does not pass the gate, or nothing."""
    if not isinstance(row, dict):
        return "not an object"
    at, quote = row.get("sentence"), row.get("quote")
    if not isinstance(at, int) or isinstance(at, bool) or not 1 <= at <= len(sentences):
        return "no such sentence"
    said = " ".join(sentences[at - 1].text.split())
    if not isinstance(quote, str) or not quote.strip() or quote not in said:
        return "the quote is not in the sentence, word for word"
    direction = row.get("direction")
    known = isinstance(direction, str) and direction in get_args(Direction)
    return _unfounded(row, quote) if known else "no such direction"


def _unfounded(row: dict[str, Any], quote: str) -> str:
    """Say which term or number of a row its quote lacks."""
    fields = [(field, row.get(field)) for field in (*_TERMS, *_TEXTS)]
    for field, value in fields:
        if value is not None and not isinstance(value, str):
            return f"{field} is not text"
        if value and str(value).lower() not in quote.lower():
            return f"{field} is not in the quote"
    numbers = set(_NUMBER.findall(json.dumps({k: v for k, v in row.items() if k not in _PLACE})))
    missing = numbers - set(_NUMBER.findall(quote))
    return f"the number {min(missing)} is not in the quote" if missing else ""


_PLACE = ("sentence", "quote")


def _term(value: object, kinds: tuple[str, ...], words: Words) -> str | None:
    """Give the vocabulary's id of a term as the model wrote it."""
    if not isinstance(value, str):
        return None
    found = [t for match in words.matcher.find(value[:200]) for t in match.terms]
    return next((name for kind, name in found if kind in kinds), None)


def _about_same(rule: Claim, model: Claim) -> bool:
    same_drug = rule.intervention == model.intervention
    return (same_drug and (rule.outcome, rule.condition) == (model.outcome, model.condition)) or (
        same_drug and rule.outcome is not None and rule.outcome == model.outcome
    )


def _says(claim: Claim) -> tuple[str, bool]:
    return claim.direction, claim.negated
