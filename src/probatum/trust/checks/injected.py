"""Words of a link that were planted in a text on something else.

A run of words that offer and name goods, where no sentence is made of them: it stands right before
the beginning of a sentence, or between words that it tears apart, or is a line by itself; and
nothing else on the page speaks of such goods.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from probatum.text.lexicon import load
from probatum.trust.phrases import phrase
from probatum.trust.sentence import Sentence
from probatum.trust.sign import Sign
from probatum.trust.subject import Subject

_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9'\u2019-]*")
_LEAST, _MOST = 2, 7  # words of a run
_SMALL_START = re.compile(r"(?<=[.!?]) (?=[a-z])")
_SURE = 3  # words of a run that is out of place behind any word that asks for nothing
_LONGEST = 1_000
_NAMED = re.compile(r"[A-Z][a-z'\u2019]+(?:-[a-z]+)*|[AI]")  # how a sentence begins
_VERB = re.compile(r"[a-z]{3,}(?:s|ed)|[a-z]{2,4}")


def planted(subject: Subject) -> Iterator[Sign]:
    """Give runs of link words that stand where they belong to no sentence."""
    if subject.document.kind != "web-page":
        return
    for sentence in subject.sentences:
        if sentence.block.kind in {"title", "heading"} or len(sentence.text) > _LONGEST:
            continue
        found = _first_run(sentence.text)
        if found is not None and not _spoken_of(subject, sentence, found[2]):
            start, end = sentence.start + found[0], sentence.start + found[1]
            words = subject.document.text[start:end]
            if phrase("buttons").match(words):  # the page's own, flagged as such
                continue
            yield Sign(
                "Words of a link were set into the text.", f"the words {words!r}", start, end
            )


def _first_run(text: str) -> tuple[int, int, list[str]] | None:
    """Look in each part of a sentence: a link in small letters does not end the one before it."""
    at = 0
    for part in _SMALL_START.split(text):
        found = _run(part)
        if found is not None:
            return at + found[0], at + found[1], found[2]
        at += len(part) + 1
    return None


def _run(text: str) -> tuple[int, int, list[str]] | None:
    """Give the first misplaced run of a sentence: its place and the goods that it names."""
    if _words("telling").isdisjoint(text.lower().split()):
        return None
    words = list(_WORD.finditer(text))
    kinds = [_kind(word.group()) for word in words]
    at = 0
    while at < len(words):
        first, last = place = _longest(text, words, kinds, at)
        link = _LEAST <= last - first <= _MOST and _is_link(kinds[first:last])
        if link and _is_misplaced(text, words, place, kinds):
            return _found(words, kinds, place)
        at = max(last, at + 1)
    head = _head(text, words, kinds)
    return _found(words, kinds, (0, head)) if head else None


def _found(
    words: list[re.Match[str]], kinds: list[str], place: tuple[int, int]
) -> tuple[int, int, list[str]]:
    first, last = place
    goods = [words[at].group().lower() for at in range(first, last) if kinds[at] == "goods"]
    return words[first].start(), words[last - 1].end(), goods


def _longest(text: str, words: list[re.Match[str]], kinds: list[str], at: int) -> tuple[int, int]:
    """Give the run of link words from a place on, without loose words at its ends."""
    end = at
    while end < len(words) and kinds[end] and _joined(text, words, at, end):
        end += 1
    if "goods" in kinds[at:end] and end < len(words) and _is_place(text, words, end):
        end += 1  # "cheap flights to Cancun"
    else:
        while end > at and kinds[end - 1] == "between":
            end -= 1
    while at < end and kinds[at] == "between" and words[at].group()[0].islower():
        at += 1
    return at, end


def _is_place(text: str, words: list[re.Match[str]], at: int) -> bool:
    """Whether a name ends a run: "locksmith Leeds", with a sentence going on behind it."""
    name, gap = words[at].group(), text[words[at - 1].end() : words[at].start()]
    follows = words[at + 1].group() if at + 1 < len(words) else ""
    named = _NAMED.fullmatch(name) is not None and len(name) > 2 and not _kind(name)
    return (
        gap == " " and named and (follows[:1].islower() or _NAMED.fullmatch(follows) is not None)
    )


def _head(text: str, words: list[re.Match[str]], kinds: list[str]) -> int:
    """Give how many words stand before the beginning of a sentence and are none; 0 for none.

    They need not all be known: they offer something, hold no verb of a statement, and a whole
    sentence follows them without a sign between.
    """
    for at in range(1, min(len(words), _MOST)):
        gap = text[words[at - 1].end() : words[at].start()]
        before = words[at - 1].group()
        if gap not in {" ", ": "} or before.lower() in _words("stating"):
            return 0
        if gap == " " and _NAMED.fullmatch(words[at].group()) and before == before.lower():
            told = at >= _LEAST and any(kinds[:at]) and kinds[at - 1] != "between"
            offered = {"goods", "offers", "command"} & set(kinds[:at])
            bids = words[at].group().lower() in _words("bidding")
            whole = text.rstrip().endswith((".", "!")) and (
                bids or _states(words[at + 1 : at + 6])
            )
            plain = not {words[0].group().lower(), before} & _words("loose")
            return at if told and offered and whole and plain else 0
    return 0


def _states(words: list[re.Match[str]]) -> bool:
    """Whether a verb of a statement follows within some words."""
    return any(
        word.group().lower() in _words("stating") or _VERB.fullmatch(word.group())
        for word in words
    )


def _joined(text: str, words: list[re.Match[str]], first: int, at: int) -> bool:
    """Whether a word follows the one before it with nothing but a space or a colon."""
    if at == first:
        return True
    gap = text[words[at - 1].end() : words[at].start()]
    begins = words[at].group()[0].isupper() and _kind(words[at].group()) in {"between", "command"}
    return gap in {" ", ": "} and not begins


@lru_cache(maxsize=1 << 14)
def _kind(word: str) -> str:
    """Tell what a word is to a link; "" for nothing."""
    small = word.lower().removesuffix("'s").removesuffix("\u2019s")
    for name in ("goods", "commands", "offers", "between"):
        if small in _words(name):
            return "command" if name == "commands" else name
    return ""


def _is_link(kinds: list[str]) -> bool:
    """Whether goods are offered, or something is bidden."""
    said = set(kinds)
    bidden = said >= {"command", "offers"}
    named = "goods" in said and bool(said & {"offers", "command"} or kinds.count("goods") > 1)
    return bidden or named


def _is_misplaced(
    text: str, words: list[re.Match[str]], place: tuple[int, int], kinds: list[str]
) -> bool:
    """Whether a run is a line, the head of a sentence that goes on without it, or tears one."""
    first, last = place
    before = text[: words[first].start()].rstrip()
    after = text[words[last - 1].end() :]
    goods = "goods" in kinds[first:last]
    alone = not before and not after.strip()
    if alone:
        return kinds[first] != "between"
    follows = words[last].group() if last < len(words) else ""
    next_gap = text[words[last - 1].end() : words[last].start()] if follows else after
    begins = next_gap == " " and bool(_NAMED.fullmatch(follows)) and _goes_on(words, last)
    if not before:
        return begins
    inside = goods and (before[-1].isalnum() or before[-1] == ",") and next_gap == " "
    if not inside or not follows.islower():
        return False
    ahead = words[first - 1].group().lower()
    asks = ahead in _words("asking") | _words("taking") or _kind(ahead)
    return (last - first >= _SURE and not asks) or not _fits(ahead, follows)


def _goes_on(words: list[re.Match[str]], at: int) -> bool:
    """Whether two words follow the one at which a sentence begins, one in small letters."""
    rest = [word.group() for word in words[at + 1 :]]
    return len(rest) > 1 and any(word.islower() for word in rest[:3])


def _fits(before: str, after: str) -> bool:
    """Whether the run may be what the word before asks for, or the words about it a phrase."""
    return before not in _words("open") or (
        before in _words("asking") and after in _words("ending")
    )


def _spoken_of(subject: Subject, sentence: Sentence, goods: list[str]) -> bool:
    """Whether the page speaks of these goods elsewhere."""
    small = subject.small
    return any(
        small.count(name) > sentence.text.lower().count(name) for name in goods if len(name) > 3
    )


@cache
def _words(name: str) -> frozenset[str]:
    lists = load("probatum.trust", "data/anchors.toml")
    if name == "telling":
        return frozenset((*lists["goods"], *lists["offers"], *lists["commands"]))
    return frozenset(lists[name])
