"""The drug that a sentence of a page speaks of without its name, carried on from those before."""

from __future__ import annotations

import re
from collections.abc import Sequence

from probatum.text.anaphora import BARE, NOUN
from probatum.text.terms import Matcher
from probatum.trust.sentence import Sentence

_NEAR, _FAR = 1, 4  # sentences: further back a noun stands for something else
_LONGEST = 2_000
_OTHER = frozenset({"drug", "comparator"})
_ASIDE = re.compile(
    r"\b(?:unlike|than|instead of|besides|apart from|rather than) (?:\w+ )?$", re.IGNORECASE
)
_OBJECT = re.compile(
    r"\b(?:take|taking|use|using|have|having|try|trying|get|getting|receive|combine|avoid"
    r"|avoiding|on|to|with|of) (?:it|them)\b",
    re.IGNORECASE,
)
# What is said to the reader of a page on a treatment is said of the treatment.
_READER = re.compile(
    r"\b(?:you|your|yourself|(?:nobody|no one) (?:needs?|has)|drips?|infusions?)\b"
    r"|\b(?:each|a|every) session\b"
    r"|\bno (?:reason|obstacle|barrier|need)\b",
    re.IGNORECASE,
)
# Stems of names of medicines (WHO, INN): a vocabulary holds few of them.
_MEDICINE = re.compile(
    r"\b\w+(?:azepam|azolam|oxetine|opram|triptyline|vastatin|olol|sartan|idone|apine|gliptin|mab"
    r"|azole|cillin|parin|caine|profen|olone|pentin|gabalin|traline|pr[ai]mine|giline|faxine"
    r"|racetam|trigine|triptan|setron|prazole|(?<!\ba)pril|floxacin|mycin|cycline|[aio]vir|tinib"
    r"|glutide|gliflozin|codone|morphone|trexone|oxone|azenil|ocybin|dafinil|oxetine|phenidate"
    r"|sulpiride|peridol|barbital)\b"
    r"|\b(?:aspirin|paracetamol|acetaminophen|caffeine|nicotine|lithium|bupropion|trazodone|insulin"
    r"|metformin|steroids?|morphine|fentanyl|methadone|melatonin|amphetamines?|statins?|warfarin"
    r"|botulinum|electroconvulsive|vaccines?|antibiotics?)\b",
    re.IGNORECASE,
)
# Treatments that a page offers beside its medicine and soon leaves again.
_CARE = re.compile(
    r"\b(?:yoga|acupuncture|massage|physiotherapy|hypnosis|meditation|homeopathy|psychotherapy)\b",
    re.IGNORECASE,
)
_OF_PAGE = re.compile(
    r"\b(?:it|its|them|they|this|these|you|your|yours|yourself|we|our|us|i|my|me"
    r"|sprays?|drips?|infusions?|lozenges?|troches?|tablets?|sessions?|doses?|dosing|treatments?"
    r"|mists?|the (?:drug|medicine|molecule|product|form|gel|cream|drops))\b"
    r"|^\W*(?:no|both|just|feel|simply|skip|enjoy|take|drive|mix|leave|forget|combine)\b"
    r"|^\W*(?:FDA|EMA|MHRA|TGA|EU)[- ](?:approved|cleared|licen[sc]ed|certified)\b",
    re.IGNORECASE,
)
# What a page offers is what it is about, however far back that was named: "our tablets".
_OFFERED = re.compile(
    r"\b(?:our|the|this|these|each|every) (?:[\w'\u2019-]+ ){0,2}(?:tablets?|capsules?|lozenges?"
    r"|troches?|creams?|sprays?|drips?|infusions?|drops|protocols?|program(?:me)?s?|doses?"
    r"|treatments?|therap(?:y|ies)|courses?|methods?|products?)\b"
    r"|^\W*(?:(?:it|they)\b.{0,40}\b)?(?:approv|clear|licen[sc]|authori[sz])(?:ed|al)\b"
    r"|\b(?:approv|clear|licen[sc]|authori[sz])(?:es|ed|ing|e|s)? (?:it|them)\b"
    r"|\bwelcome\b|\b(?:you|your|we) (?:may|can|need|must|should|have|treat|see|give)\b"
    r"|^\W*(?:can|could|may|is|are|does|do|will|must|should) (?:i|we|it|you|this|my)\b[^?]*\?\W*$"
    r"|\bprescription\b|\bover[ -]the[ -]counter\b",
    re.IGNORECASE,
)


def carried(sentences: Sequence[Sentence], words: Matcher) -> dict[int, frozenset[str]]:
    """Give the drugs of sentences that name none, by where the sentence starts.

    A pronoun reaches one sentence back, a noun ("the infusion") or the word to the reader four;
    another medicine named between ends it. A heading does not lengthen the way. Where a page names
    no other medicine at all, what it offers ("our tablets") is that drug everywhere.
    """
    made: dict[int, frozenset[str]] = {}
    drugs: frozenset[str] = frozenset()
    ago = 0
    all_named = [_named(sentence.text[:_LONGEST], words) for sentence in sentences]
    only = _only(all_named)
    for sentence, named in zip(sentences, all_named, strict=True):
        text = sentence.text[:_LONGEST]
        if named:
            drugs = frozenset(
                n for at, k, n in named if k == "drug" and not _ASIDE.search(text[:at])
            )
            ago = 0 if len(drugs) == len({n for _, _, n in named}) else _NEAR
        elif drugs:
            ago += sentence.block.kind not in {"title", "heading"}
            if _speaks_of_it(text, ago):
                made[sentence.start] = drugs
                ago = min(ago, _NEAR)
        if only and not named and sentence.start not in made and _is_offered(text):
            made[sentence.start] = only
    return made


def names_medicine(text: str) -> bool:
    """Whether a word has the ending of a name of a medicine, or names another treatment.

    >>> names_medicine("Take diazepam."), names_medicine("Take the spray.")
    (True, False)
    """
    return bool(_MEDICINE.search(text) or _CARE.search(text))


def turns_to_a_medicine(text: str) -> bool:
    """Whether what follows a sentence may be about another medicine that it names.

    >>> turns_to_a_medicine("Take diazepam."), turns_to_a_medicine("A massage is included.")
    (True, False)
    """
    return bool(_MEDICINE.search(text))


def may_mean_its_page(text: str) -> bool:
    """Whether a sentence that names no medicine may be about the one that its page is on.

    It speaks to the reader, of the writer, of something known, or of a form of medicine.

    >>> may_mean_its_page("You may drive."), may_mean_its_page("Yoga is safe in pregnancy.")
    (True, False)
    """
    return bool(_OF_PAGE.search(text)) and not names_medicine(text)


def _is_offered(text: str) -> bool:
    """Whether a sentence speaks of what its page is about, and of no other medicine."""
    return bool(_OFFERED.search(text)) and not names_medicine(text)


def _named(text: str, words: Matcher) -> list[tuple[int, str, str]]:
    """Give the medicines of a sentence: where, which kind of term, which one."""
    return [(m.start, k, n) for m in words.find(text) for k, n in m.terms if k in _OTHER]


def _only(named: Sequence[Sequence[tuple[int, str, str]]]) -> frozenset[str]:
    """Give the drug of a page that names one drug and no other medicine."""
    found = {(kind, name) for some in named for _, kind, name in some}
    return frozenset(name for _, name in found) if len(found) == 1 else frozenset()


def _speaks_of_it(text: str, ago: int) -> bool:
    if BARE.match(text) or _OBJECT.search(text):
        return ago <= _NEAR
    return ago <= _FAR and bool(NOUN.match(text) or _READER.search(text))
