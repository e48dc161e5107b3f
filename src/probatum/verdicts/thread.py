"""What a text is about as it runs on: the drug that "it" stands for, the condition last named."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from probatum.text.anaphora import BARE, NOUN
from probatum.text.concepts import Concept, nearest
from probatum.verdicts.speech import cue, is_title

_FAR = 4  # sentences: further back a noun stands for something else
_NEAR = 1
_SUBJECT = 25
_INNER_STOP = re.compile(r"[a-z]\.\d{1,3} (?=[A-Z])")


@dataclass(frozen=True, slots=True)
class Thread:
    """The drug last named, how many sentences ago, whether it was the subject; the condition.

    ``default`` is the drug that a text without any name of one speaks of as "the infusion",
    ``forms`` the form of it that alone is answered by a route, "the nasal spray"; beside a
    comparator that is ``inert`` such a noun still stands for the drug.
    """

    drug: str | None = None
    topic: str | None = None
    ago: int = 0
    subject: bool = True
    default: str | None = None
    forms: Mapping[str, str] = field(default_factory=dict)
    inert: frozenset[str] = frozenset()

    def implied(self, sentence: str, found: list[Concept]) -> str | None:
        """Give the drug that a sentence without its name is about; None where that is open."""
        others = any(c.kind in {"drug", "comparator"} for c in found)
        if self.drug is None:
            return self._unnamed(sentence, found)
        if BARE.match(sentence):
            return self.drug if self.ago <= _NEAR and self.subject else None
        near = self.ago <= _NEAR + 1 and not others and cue("people_subject").match(sentence)
        return self.drug if near or (self.ago <= _FAR and NOUN.match(sentence)) else None

    def _unnamed(self, sentence: str, found: list[Concept]) -> str | None:
        rivals = {c.id for c in found if c.kind in {"drug", "comparator"}} - self.inert
        if rivals or not cue("therapy_noun").search(sentence):
            return None
        told = {self.forms[c.id] for c in found if c.kind == "route" and c.id in self.forms}
        return told.pop() if len(told) == 1 else self.default

    def after(self, sentence: str, found: list[Concept], implied: str | None) -> Thread:
        """Give the thread behind a sentence; a heading does not lengthen the way to a drug."""
        drugs = [c for c in found if c.kind == "drug"]
        named = nearest(found, ("indication",), 0)
        topic = named.id if named else self.topic
        if drugs:
            return replace(
                self, drug=drugs[0].id, topic=topic, ago=1, subject=_leads(sentence, found)
            )
        if implied is not None:
            return replace(self, topic=topic, ago=1, subject=True)
        return replace(self, topic=topic, ago=self.ago + (not is_title(sentence)))


def _leads(sentence: str, found: list[Concept]) -> bool:
    """Whether no other thing is what the sentence, or its last part, begins with."""
    inner = [m.end() for m in _INNER_STOP.finditer(sentence)]
    start = inner[-1] if inner else 0
    first = next((c for c in found if c.start >= start), None)
    other = first is not None and first.kind in {"mechanism", "comparator"}
    return not (other and first is not None and first.start - start < _SUBJECT)
