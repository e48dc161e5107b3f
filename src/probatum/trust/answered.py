"""Questions of a page and what it answers them: "Can I drive home? Of course."

A question asserts nothing and a bare "yes" names nothing; together they say what is allowed, what
is not needed, or that a harm does not exist.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from probatum.text.hazards import named_hazards
from probatum.trust.sentence import Sentence

_LONGEST = 300  # characters: a longer one is no question that a word answers
_OPEN = (
    r"^[\W\d]*(?:(?:a|answer)\s?[:.]\s*)?(?:well|oh|honestly|happily|great news|good news)?,?\s*"
)
_YES = re.compile(
    _OPEN + r"(?:yes|yep|yeah|sure|certainly(?! not)|absolutely(?! not)|definitely(?! not)"
    r"|of course(?! not)|naturally|by all means|no (?:problem|obstacle|barrier|worr(?:y|ies))"
    r"|go ahead|feel free|(?:most|many|plenty)\b[^.]{0,30}\b(?:do|have|did)\b|you (?:can|may)\b"
    r"|(?:it|that|this)(?: is|['\u2019]s) (?:\w+ )?(?:safe|fine|harmless|ok(?:ay)?|all right))",
    re.IGNORECASE,
)
_NO = re.compile(
    _OPEN + r"(?:no(?! (?:problem|obstacle|barrier|worr))|not (?:at all|really|a bit|with us|even)"
    r"|nope|never|none|certainly not|absolutely not|definitely not|of course not|hardly)\b",
    re.IGNORECASE,
)
_HOWEVER = re.compile(
    r"\b(?:but|however|unless|until|only|provided|if|except|although|though|depends)\b",
    re.IGNORECASE,
)
_TAKEN_BACK = re.compile(r"\b(?:not?|never)\b|n['\u2019]t\b", re.IGNORECASE)
_OF_YES_OR_NO = re.compile(
    r"^\W*(?:can|could|may|is|are|does|do|did|will|would|must|should|has|have|was)\b",
    re.IGNORECASE,
)
_OF_MORE = re.compile(r"\b(?:what|how|who|whom|why|when|where|which)\b", re.IGNORECASE)
_NEEDED = re.compile(r"\b(?:need|needed|have to|must|necessary|required?|should)\b", re.IGNORECASE)
_ALLOWED = re.compile(
    r"\b(?:can|may|could) (?:i|we|you|my|people|patients|someone|it be|they)\b|\ballowed\b"
    r"|\b(?:is|are) (?:it|this|they) (?:\w+ )?(?:safe|ok(?:ay)?|fine|all right|suitable)\b",
    re.IGNORECASE,
)
_DUTIES = frozenset({"supervision"})


def denied_by_answers(sentences: Sequence[Sentence]) -> Iterator[tuple[Sentence, Sentence, str]]:
    """Give (question, answer, hazard) where an answer denies a hazard that its question names.

    Yes to what is asked leave for, no to what is asked whether it is needed or harms. An answer
    that goes on with a condition denies nothing.
    """
    for question, answer in pairwise(sentences):
        asked = question.text.rstrip("\"'\u201d\u2019) ")
        if not asked.endswith("?") or len(asked) > _LONGEST or _OF_MORE.search(asked):
            continue
        yes, no = bool(_YES.match(answer.text)), bool(_NO.match(answer.text))
        rest = _behind(answer.text, _YES if yes else _NO)
        if yes == no or _HOWEVER.search(rest) or (yes and _TAKEN_BACK.search(rest)):
            continue
        for name in named_hazards(asked):
            if _denies(asked, name, yes=yes):
                yield question, answer, name


def _denies(asked: str, name: str, *, yes: bool) -> bool:
    needed, allowed = _NEEDED.search(asked), _ALLOWED.search(asked)
    if name in _DUTIES:
        return bool(needed) and not yes
    if not _OF_YES_OR_NO.match(asked):  # "High blood pressure?"
        return yes
    return yes if allowed else not yes and not needed


def _behind(text: str, answer: re.Pattern[str]) -> str:
    found = answer.match(text)
    return text[found.end() :] if found else text
