"""What takes a learned remark back: a source, a number, a status that the rules have read."""

from __future__ import annotations

import re
from bisect import bisect_left

from probatum.text.hazards import asserted, hazards, named_hazards
from probatum.text.positions import Position, agreed, positions
from probatum.trust.approvals import is_on_staff, names_no_use, names_product
from probatum.trust.checks.support import is_sourced, is_unsaid
from probatum.trust.facts import facts
from probatum.trust.meant import claims_what_is_approved, meant
from probatum.trust.phrases import NEGATED_BEFORE
from probatum.trust.remark_features import class_names, classes, plain_words, read, where
from probatum.trust.sentence import Sentence
from probatum.trust.subject import Subject

_FIGURE = re.compile(r"\d")
_METRIC = re.compile(
    r"\b(?:impact factor|\w*-?cited|citations?|rank(?:s|ed|ing)?|quartile|percentile|h-index|tier"
    r"|prestig|altmetric|most-read|downloads?|downloaded|top|leading|finest|greatest|famous"
    r"|high-impact|accept|reject|Q1)",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:posted|written|published|reviewed|updated)\b.{0,60}\b(?:19|20)\d\d\b", re.IGNORECASE
)
_PURPOSE = re.compile(r"\bin order (?:to|that)\b", re.IGNORECASE)
_OFFERS = {"imperative", "reader", "price"}
# A kind of remark is void without a word of one of these classes.
_NEEDS = {
    "safety_statement": {"harm", "warn", "vulnerable"},
    "regulatory_statement": {"regulator"},
}
_SAYS = {"say", "proof"}
_VAGUE = {"vague_attribution", "vague_quantity"}
_DENIABLE = {"overclaim", "promotional_language"}
_STRONG = {"cure", "universal", "proof", "praise"}
# Too few words to judge by, but for what is short by nature.
_SHORT = {"boilerplate_ui", "sales_link", "vague_attribution", "vague_quantity"}
_FEWEST_SPACES = 6
_NEAR = 24  # characters

_ENDED = re.compile(
    r"\b(?:end|ends|ended|ending|no longer|not|over|behind|past|left)\b[^.;]{0,30}\boff-?label\b"
    r"|\boff-?label\b[^.;]{0,30}\b(?:over|ended|gone|behind|past)\b",
    re.IGNORECASE,
)
_UNLAWFUL = re.compile(r"\b(?:illegal|unlawful|criminal|counterfeit|fake|seiz)\w*", re.IGNORECASE)
# A danger of which nothing is said; "if you are pregnant, come" says something.
_LEFT_OPEN = re.compile(
    r"\?\W*$|\b(?:whether|unclear|unknown|uncertain|debated?|investigat\w+|hypothes\w+"
    r"|not (?:yet )?(?:been )?(?:known|clear|established|studied))\b",
    re.IGNORECASE,
)
_OWED = re.compile(
    r"\b(?:needs?|must|has|have|should|ought)\b(?: to)? (?:\w+ ){0,2}?(?:watch|stay|supervis\w+"
    r"|monitor|observ\w+|check|measure|look after|be (?:there|present|with))\b",
    re.IGNORECASE,
)
_NEXT_DAY = re.compile(
    r"\b(?:not before|once you have slept|until (?:you have slept|tomorrow)"
    r"|(?:the|until) (?:next|following) (?:day|morning)|the day after)\b",
    re.IGNORECASE,
)
# What one may do on a visit to a place is not said of its treatment.
_VISIT = re.compile(
    r"\b(?:talks?|lectures?|open (?:day|evening|house)s?|waiting (?:room|area)|reception|lobby"
    r"|parking|park(?:ed)? (?:for|in|beside|behind|at)|newsletter|car park)\b",
    re.IGNORECASE,
)
_DENIED = re.compile(r"\b(?:not|to)\s$", re.IGNORECASE)
_AMONG_OTHERS = re.compile(
    r"[A-Z]\w+ and (?:(?:his|her|their) )?(?:others|colleagues|co-?workers|team)\b"
)
_NOBODY = re.compile(r"\W*(?:neither|none of|nobody|no one|no author)\b", re.IGNORECASE)


def is_excused(subject: Subject, sentence: Sentence, kind: str) -> bool:
    """Whether what stands in or beside a sentence takes back a remark on it."""
    text = sentence.text
    short = kind not in _SHORT and text.count(" ") < _FEWEST_SPACES
    if short or (kind in _NEEDS and not _classes(text) & _NEEDS[kind]):
        return True
    missing = kind == "journal_metric_as_quality" and not _METRIC.search(text)
    whole = kind == "boilerplate_ui" and bool(
        text.rstrip().endswith((".", "!", "?")) or _BYLINE.search(text)
    )
    aim = kind == "sales_link" and _is_aim(text)
    goes_on = kind == "truncated_text" and _goes_on(subject, sentence)
    counted = kind == "vague_quantity" and bool(_FIGURE.search(text))
    free = kind == "conflict_of_interest" and bool(_NOBODY.match(text))
    void = missing or whole or aim or goes_on or counted or free
    return void or _is_denied(text, kind) or _has_judged(subject, sentence, kind)


def says_nothing(subject: Subject, sentence: Sentence, kind: str, span: tuple[int, int]) -> bool:
    """Whether the marked words hold nothing that a vague remark could be on, or it is known."""
    if kind not in _VAGUE:
        return False
    said = _classes(subject.document.text[slice(*span)])
    if kind == "vague_attribution":
        before = sentence.text[: span[0] - sentence.start]
        if _DENIED.search(before[-8:]) or is_unsaid(before) or _AMONG_OTHERS.search(before):
            return True
        return not said & _SAYS or _is_known(subject, sentence, span[0])
    return "many" not in said


def _goes_on(subject: Subject, sentence: Sentence) -> bool:
    """Whether nothing is cut off: it has its stop, a quotation follows, or it is a headline."""
    text = sentence.text.rstrip()
    after = subject.document.text[sentence.end : sentence.end + _NEAR].lstrip()
    spoken = bool(_classes(text[-_NEAR:]) & {"say", "quoting"})
    capitals = sum(word[:1].isupper() for word in text.split())
    return (
        text.endswith((".", "!", "?", "\u201d", '"'))
        or after.startswith(("\u201c", "\u2018", '"'))
        or (text.endswith(":") and spoken)
        or 2 * capitals > text.count(" ") + 1
    )


def _is_aim(text: str) -> bool:
    """Whether the order is that of "in order to", and nothing else is offered."""
    left = _PURPOSE.sub("", text)
    return left != text and not _classes(left) & _OFFERS


def _is_denied(text: str, kind: str) -> bool:
    """Whether a claim's first strong word stands behind a negation."""
    if kind not in _DENIABLE:
        return False
    names = class_names()
    for word, (start, _) in zip(read([text]).words, where(text), strict=True):
        if any(names[at] in _STRONG for at in classes(word)):
            return bool(NEGATED_BEFORE.search(text[max(0, start - 40) : start]))
    return False


def _is_known(subject: Subject, sentence: Sentence, start: int) -> bool:
    """Whether the authority that is named from a place on is known."""
    index = bisect_left(subject.starts, sentence.start)
    return is_sourced(subject, sentence, index, start - sentence.start)


def _classes(text: str) -> set[str]:
    """Name the classes of the words of a text."""
    names = class_names()
    return {names[at] for word in plain_words(text) for at in classes(word)}


def _has_judged(subject: Subject, sentence: Sentence, kind: str) -> bool:
    """Whether the rules read a true status or a warning there, or nothing that is asserted."""
    if kind == "regulatory_misstatement":
        return _is_true_status(subject, sentence)
    if kind == "safety_contradiction":
        about = subject.about.get(sentence.start, frozenset())
        read_ = hazards(sentence.text, facts(subject.pack).matcher, about=about)
        warned = bool(read_) and all(hazard.holds for hazard in read_)
        left_open = _VISIT.search(sentence.text) or _LEFT_OPEN.search(sentence.text)
        return warned or bool(left_open) or _is_owed(sentence.text)
    return False


def _is_owed(text: str) -> bool:
    """Whether a sentence says that somebody is to watch, or allows a thing for the next day."""
    owed = _OWED.search(text)
    held = owed is not None and not NEGATED_BEFORE.search(
        text[max(0, owed.start() - 40) : owed.end()]
    )
    return held or bool(_NEXT_DAY.search(text))


def _is_true_status(subject: Subject, sentence: Sentence) -> bool:
    """Whether a status is denied, approved by the pack's word, or of what the pack is not on."""
    text, known = sentence.text, facts(subject.pack)
    said = _approvals(subject, sentence)
    true = any(p.holds and agreed(p, known.positions, known.related) for p in said)
    listed = is_plain(text) and claims_what_is_approved(subject, sentence, known)
    denied = bool(said) and not any(p.holds for p in said) and not _ENDED.search(text)
    other = bool(said) and not meant(subject, sentence, known)
    void = is_on_staff(text) or bool(_UNLAWFUL.search(text)) or not asserted(text)
    return true or listed or denied or other or void


def is_bare_status(subject: Subject, sentence: Sentence) -> bool:
    """Whether a medicine is said to be approved, for no use in particular: most are for some."""
    held = any(p.holds and not p.things for p in _approvals(subject, sentence))
    return held and is_plain(sentence.text) and names_no_use(sentence.text)


def is_plain(text: str) -> bool:
    """Whether a status is told of a medicine, not of a seller's goods, and of no hazard.

    >>> is_plain("It was approved in 2019."), is_plain("Our lozenges were approved in 2019.")
    (True, False)
    """
    return not (names_product(text) or named_hazards(text))


def _approvals(subject: Subject, sentence: Sentence) -> list[Position]:
    about = subject.about.get(sentence.start, frozenset())
    read_ = positions(sentence.text, facts(subject.pack).matcher, about)
    return [position for position in read_ if position.topic == "approval"]
