"""The verdict on one pair of keys: same, related or to be looked at, with score and reasons."""

from __future__ import annotations

from dataclasses import dataclass

from probatum.model.work import DuplicateVerdict
from probatum.works.agree import abstract, hopeless, signs, title
from probatum.works.normalise import Key

#: Sum of weights from which two documents are one work, and from which a person should look.
SAME, REVIEW = 4.0, 2.2
#: Every relation and its other direction.
INVERSE = {
    "retracts": "retracted-by",
    "corrects": "corrected-by",
    "raises-concern-about": "concern-raised-by",
    "comments-on": "commented-on-by",
    "preprint-of": "has-preprint",
    "report-of": "has-report",
    "other-report": "other-report",
    "same-trial": "same-trial",
    "related": "related",
}
INVERSE.update({passive: active for active, passive in INVERSE.items()})
_PLACE = ("container", "volume", "page", "issue", "doi", "pmid", "pmcid", "year")
_ONE_PLACE = ("doi", "pmid", "pmcid", "nct")
#: Weight of a title long enough to tell one study from others ("Editorial" is not).
_TELLING = 2.6


@dataclass(frozen=True, slots=True)
class Match:
    """What was found out about two keys; ``relation`` reads from left to right."""

    verdict: DuplicateVerdict
    relation: str | None
    score: float
    why: tuple[str, ...]


def match(left: Key, right: Key) -> Match | None:
    """Compare two keys; None means that they are different works.

    Related: a notice and what it is about, one title in two places (abstract and article,
    preprint and article), or one trial registration. Same: the weights reach ``SAME``. Review:
    they come near.
    """
    titles = title(left, right)
    if hopeless(left, right, titles):
        return None
    found = signs(left, right, titles)
    score = sum(sign.weight for sign in found)
    if REVIEW - 1 <= score < SAME + 0.5 and (begins := abstract(left, right)) is not None:
        found.append(begins)
        score += begins.weight
    relation = _relation(left, right, {sign.field: sign.weight for sign in found})
    verdict = _verdict(score, relation)
    if verdict is None:
        return None
    return Match(verdict, relation, round(score, 2), tuple(sign.why for sign in found))


def _verdict(score: float, relation: str | None) -> DuplicateVerdict | None:
    if relation is not None:
        return "related"
    if score >= SAME:
        return "same"
    return "review" if score >= REVIEW else None


def _relation(left: Key, right: Key, weights: dict[str, float]) -> str | None:
    like = weights.get("title", 0.0) >= 1.0
    if like and (kind := _notice(left, right, weights)):
        return kind
    if weights.get("page", 0.0) > 1 or any(weights.get(name, 0.0) > 0 for name in _ONE_PLACE):
        return None
    if weights.get("title", 0.0) >= _TELLING and weights.get("authors", 0.0) > 0:
        return _elsewhere(left, right, weights)
    trial = not set(left.identifiers.nct).isdisjoint(right.identifiers.nct)
    return "same-trial" if trial and weights.get("title", 0.0) < 0 else None


def _notice(left: Key, right: Key, weights: dict[str, float]) -> str | None:
    if left.notice == right.notice:
        return None
    kind = left.notice or INVERSE[right.notice]
    # An erratum on the article's own page is a remark that a database put behind the title.
    return kind if weights.get("page", 0.0) <= 1 or kind.startswith("comment") else None


def _elsewhere(left: Key, right: Key, weights: dict[str, float]) -> str | None:
    """One title and author, but another place of publication."""
    if left.preprint != right.preprint and weights.get("container", 0.0) <= 0:
        return "preprint-of" if left.preprint else "has-preprint"
    against = sum(weights.get(name, 0.0) <= -1.5 for name in _PLACE)
    return "other-report" if against >= 2 else None
