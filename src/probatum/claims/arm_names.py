"""Which words of a document name an arm, and what that arm was given."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Literal

from probatum.claims.words import Words
from probatum.model.document import Document
from probatum.text.abbreviations import abbreviations
from probatum.text.concepts import concepts
from probatum.text.quantities import DOSE

_STOP = (
    r"(?!(?i:each|both|either|all|other|two|three|four|same|this|that|these|those|respective|between"
    r"|in|of|and|or|the|a|an|for|to|with|than|was|were|is|vs|versus|by|among|from|per|at|on|within"
    r"|our|study|treatment|whole|age|while|when|as|no|any|its|their|into|but|had|patients)\b)"
)
_WORD = rf"(?<![\d,.]){_STOP}[A-Za-z0-9](?:[\w+/.\u2010\u2011-]|,(?=\d)){{0,25}}"
_GROUPED = re.compile(
    rf"\b(?P<label>{_WORD}(?:\s{_WORD}){{0,3}}?)[\s-](?:groups?|arms?|cohorts?)\b"
)
_LETTERED = re.compile(
    r"\b(?:[Gg]roup|[Aa]rm|[Cc]ohort)\s?(?P<label>[A-Z]{1,4}\d?|\d|[IVX]{1,4})\b(?![.,\u00b7]\d)"
)
# "those treated with X", "patients who received Y": what follows names the arm.
_TREATED = re.compile(
    r"\b(?:groups?|patients|those|participants|subjects|women|men|children|rats|mice|animals"
    rf"|infants)\s(?:who (?:were )?|that )?(?:treated with|receiving|received|given|assigned to"
    rf"|allocated to|randomi[sz]ed to|on|taking)\s(?:the\s)?"
    rf"(?P<label>{_WORD}(?:\s{_WORD}){{0,2}}?)"
    r"(?=[\s,.;:()\[]|$)"
)
# "in the low, middle and high dose group": words that share the noun behind the last of them.
_LISTED = re.compile(
    rf"\b(?i:in|for|of|between|among|with|than)\s(?:the\s)?(?:both\s)?"
    rf"(?P<all>{_WORD}(?:,\s(?:the\s)?{_WORD}){{0,4}}),?\s(?:and|or)\s(?:the\s)?$"
)
_BARE = re.compile(r"\b(?P<label>controls?|placebo|sham|vehicle)\b", re.IGNORECASE)
_COMPARED = re.compile(
    r"\b(?:compared (?:with|to)|versus|vs\.?|relative to|than|over)\s(?:in\s|with\s|for\s)?"
    r"(?:the\s)?(?:those (?:in|of|given)\s|that (?:of|in|with)\s)?(?:the\s)?(?:patients \w+\s)?$",
    re.IGNORECASE,
)
_LETTER = re.compile(r"\W*(?:[Gg]roup|[Aa]rm|[Cc]ohort)?\s?-?([IVX]{1,4}|[A-Z]{1,3}\d?|\d)\b\W*")
_PLUS = re.compile(r"\s?[-+/\u2010\u2011\u2013]\s?|\s(?:plus|with|combined with)\s")
_OVER = re.compile(r"\s(?:infused\s)?over\s\d{1,3}\s?(?:min(?:ute)?s?|h(?:ours?)?)\b")
_FILLER = re.compile(r"\b(?:the|groups?|arms?|patients?|cohorts?)\b|[\W_]+")
_SIZE = re.compile(r"[(\[]?\s?\b[nN]\s?=\s?\d[\d,]*\s?[)\]]?")
# "Mean propofol dose" measures a drug; it names no arm.
_MEASURED = re.compile(
    r"\s(?:dos(?:e|es|age)|consumption|requirements?|use|usage|concentrations?|levels?"
    r"|infusion rate|administered|intake)\b"
)
_REACH, _NEAR, _MOST_TOLD, _MOST_NAMES = 110, 60, 12, 400


@dataclass(frozen=True, slots=True)
class Mention:
    """An arm where a sentence names it: code points, its label, and one key for all its names.

    ``second``: the sentence holds another arm against it ("than placebo").
    """

    start: int
    end: int
    label: str
    key: str
    second: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """What an arm was given: the id in the vocabulary and its kind, and the dose as printed."""

    id: str | None = None
    kind: Literal["drug", "comparator"] | None = None
    dose: str | None = None


class ArmNames:
    """The names of a document's arms; what was told of a label once is kept."""

    __slots__ = ("_given", "_short", "_text", "_words")

    def __init__(self, document: Document, words: Words) -> None:
        self._text = document.text
        self._words = words
        self._short: dict[str, str] | None = None
        self._given: dict[str, Given] = {}

    def mentions(self, text: str) -> list[Mention]:
        """Find what names an arm in a sentence, left to right."""
        found = [(m.start(), m.end(), m["label"]) for m in _LETTERED.finditer(text)]
        for m in _GROUPED.finditer(text):
            found += [(m.start(), m.end(), m["label"]), *_listed(text, m.start())]
        for pattern in (_TREATED, _BARE):
            found += [(m.start("label"), m.end(), m["label"]) for m in pattern.finditer(text)]
        found += _again(text, {label for _, _, label in found})
        made = self._apart(text, found)
        if len({mention.key for mention in made}) >= 2:
            return made  # a drug that is named without its group is what they needed
        return self._apart(text, [*found, *_compounds(text, self._drugs(text))])

    def _drugs(self, text: str) -> list[tuple[int, int]]:
        found = concepts(self._words.matcher, text)
        named = [c for c in found if c.kind in {"drug", "comparator"}]
        return [(c.start, c.end) for c in named if not _MEASURED.match(text, c.end)]

    def _apart(self, text: str, found: list[tuple[int, int, str]]) -> list[Mention]:
        made: list[Mention] = []
        for start, end, label in found:
            if not any(start < m.end and m.start < end for m in made):
                second = bool(_COMPARED.search(text, max(0, start - 60), start))
                made.append(Mention(start, end, label.strip(" ."), self._key(label), second))
        return sorted(made, key=lambda m: m.start)

    def given(self, label: str) -> Given:
        """Tell what the arm of a label was given, from the label or from where it is explained."""
        if label not in self._given and len(self._given) < _MOST_NAMES:
            self._given[label] = self._told(label)
        return self._given.get(label, Given())

    def _key(self, label: str) -> str:
        given = self.given(label)
        ids = sorted({c.id for c in concepts(self._words.matcher, label) if c.kind == "drug"})
        if len(ids) > 1:
            return "+".join(ids)
        if given.id is not None:
            return f"{given.id} {given.dose or ''}"
        bare = " ".join(_FILLER.sub(" ", label.lower()).split())
        return "control" if bare == "controls" else bare or label

    def _told(self, label: str) -> Given:
        bare = _SIZE.sub("", label)
        named = self._of(bare)
        if named.id is not None:
            return named
        if self._short is None:
            self._short = abbreviations(self._text)
        for word in re.findall(r"[A-Z][\w-]{0,9}", bare):
            if word in self._short and (long := self._of(self._short[word])).id is not None:
                return Given(long.id, long.kind, named.dose or long.dose)
        lettered = _LETTER.fullmatch(bare)
        return self._explained(lettered[1]) if lettered else named

    def _of(self, text: str) -> Given:
        """Give the drug of some words before their comparator: "X in saline" is X."""
        found = concepts(self._words.matcher, text)
        dose = DOSE.search(text)
        over = _OVER.match(text, dose.end()) if dose else None
        printed = f"{dose[0]}{over[0] if over else ''}" if dose else None
        for kind in ("drug", "comparator"):
            for concept in found:
                if concept.kind == kind:
                    return Given(concept.id, "drug" if kind == "drug" else "comparator", printed)
        return Given(dose=printed)

    def _explained(self, name: str) -> Given:
        """Read what stands behind "group A", or before "(group A)", most often."""
        seen: Counter[Given] = Counter()
        pattern = re.compile(rf"\b(?:[Gg]roup|[Aa]rm|[Cc]ohort)s?\s?-?{re.escape(name)}\b")
        for m, _ in zip(pattern.finditer(self._text), range(_MOST_TOLD), strict=False):
            after = re.split(r"[.;]\s|\b[Gg]roups?\b", self._text[m.end() : m.end() + _REACH])[0]
            before = self._text[max(0, m.start() - 60) : m.start()]
            inside = before.rstrip().endswith("(")
            told = re.split(r"[.;]\s|\b[Gg]roups?\b|,\s", before)[-1] if inside else after
            if (given := self._of(told[-_NEAR:] if inside else told[:_NEAR])).id is not None:
                seen[given] += 1
        best = seen.most_common(2)
        clear = best and (
            len(best) == 1 or best[0][1] > best[1][1] or best[0][0].id == best[1][0].id
        )
        return best[0][0] if clear else Given()


def _listed(text: str, at: int) -> list[tuple[int, int, str]]:
    """Give the labels that a list before ``at`` holds, all with the noun that follows there."""
    found = _LISTED.search(text, max(0, at - 90), at)
    if found is None:
        return []
    words = re.finditer(_WORD, text[: found.end("all")][found.start("all") :])
    base = found.start("all")
    return [(base + w.start(), base + w.end(), w[0]) for w in words]


def _again(text: str, labels: set[str]) -> list[tuple[int, int, str]]:
    """Find labels such as "HIP" where they stand alone, without the word "group"."""
    made: list[tuple[int, int, str]] = []
    for label in sorted(labels):
        if len(label) > 1 and any(c.isupper() for c in label[1:]):
            found = re.finditer(rf"(?<![\w-]){re.escape(label)}(?![\w-])", text)
            made += [(m.start(), m.end(), label) for m in found]
    return made


def _differ(one: Given, two: Given) -> bool:
    return one.id != two.id


def _compounds(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """Join names that a sign joins: "X-Y", "X + Y" and "X plus Y" are one arm."""
    made: list[tuple[int, int]] = []
    for start, end in spans:
        if made and _PLUS.fullmatch(text, made[-1][1], start):
            made[-1] = made[-1][0], end
        elif not made or start >= made[-1][1]:
            made.append((start, end))
    return [(start, end, text[start:end]) for start, end in made]


def sides(given: list[Given]) -> tuple[str | None, str | None]:
    """Give intervention and comparator of arms: the drug that not all got, and what another got.

    >>> sides([Given("placebo", "comparator"), Given("x", "drug")])
    ('x', 'placebo')
    """
    drugs = [g.id for g in given if g.kind == "drug"]
    alone = [d for d in dict.fromkeys(drugs) if drugs.count(d) < len(given)]
    mine = next(iter(alone or drugs), None)
    controls = list(dict.fromkeys(g.id for g in given if g.kind == "comparator"))
    if mine is None:  # of two other treatments neither is the one compared with
        return None, controls[0] if len(controls) == 1 else None
    others = [g.id for g in given if g.id is not None and g.id != mine]
    return mine, next(iter((*controls, *others)), None)
