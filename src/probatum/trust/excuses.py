"""What takes a learned remark back: a source, a number, a status that the rules have read."""

from __future__ import annotations

import re
from bisect import bisect_left

from probatum.text.hazards import asserted, hazards, named_hazards
from probatum.text.positions import agreed, positions
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
        about = subject.about.get(sentence.start, frozenset())
        known = facts(subject.pack)
        said = [p for p in positions(sentence.text, known.matcher, about) if p.topic == "approval"]
        true = any(p.holds and agreed(p, known.positions, known.related) for p in said)
        denied = bool(said) and not any(p.holds for p in said) and not _ENDED.search(sentence.text)
        plain = not (names_product(sentence.text) or named_hazards(sentence.text))
        true = true or (plain and claims_what_is_approved(subject, sentence, known))
        held = any(p.holds and not p.things for p in said)
        true = true or (plain and held and names_no_use(sentence.text))
        other = bool(said) and not meant(subject, sentence, known)  # the pack cannot tell
        void = is_on_staff(sentence.text) or _UNLAWFUL.search(sentence.text)
        return true or denied or other or bool(void) or not asserted(sentence.text)
    if kind == "safety_contradiction":
        about = subject.about.get(sentence.start, frozenset())
        read_ = hazards(sentence.text, facts(subject.pack).matcher, about=about)
        warned = bool(read_) and all(hazard.holds for hazard in read_)
        return (
            warned or bool(_VISIT.search(sentence.text)) or bool(_LEFT_OPEN.search(sentence.text))
        )
    return False
