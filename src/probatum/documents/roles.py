"""What a section is for, told by its type or its heading."""

from __future__ import annotations

import re
from functools import lru_cache

from probatum.model.document import SectionRole

# Order matters: "results and discussion" is taken for results, "methods summary" for methods.
_ROLES: tuple[tuple[SectionRole, re.Pattern[str]], ...] = (
    ("abstract", re.compile(r"abstract\b|summary$|synopsis$")),
    (
        "introduction",
        re.compile(r"intro(?:duction)?\b|background\b|rationale\b|objectives?\b|aims?\b"),
    ),
    (
        "methods",
        re.compile(
            r"(?:materials?|patients?|subjects?|participants?|study|experimental|statistical|data"
            r"|search|research|trial)?\s?(?:and|&|\|)?\s?"
            r"(?:methods?|methodology|design|procedures?|analys[ei]s|statistics)\b"
            r"|materials?\b.{0,20}methods?\b|participants?\b|patients and methods\b|subjects\b"
            r"|interventions?\b|outcomes? measures?\b"
        ),
    ),
    ("results", re.compile(r"results?\b|findings?\b|outcomes?$")),
    (
        "discussion",
        re.compile(
            r"(?:general |brief )?discussions?\b|conclusions?\b|conclud|limitations?\b"
            r"|implications?\b|interpretation\b|comments?$"
        ),
    ),
)
_NUMBERING = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}|[ivxIVX]{1,5}|[A-H])[.):]?\s+")
_TYPES: dict[str, SectionRole] = {
    "intro": "introduction",
    "introduction": "introduction",
    "background": "introduction",
    "methods": "methods",
    "materials": "methods",
    "subjects": "methods",
    "cases": "results",
    "results": "results",
    "discussion": "discussion",
    "conclusions": "discussion",
    "conclusion": "discussion",
}


@lru_cache(maxsize=2048)  # headings are few, and their patterns many
def role_of(title: str, section_type: str | None = None) -> SectionRole:
    """Tell the role of a section; "other" when neither type nor heading says it.

    >>> role_of("2.1. Patients and methods"), role_of("Funding"), role_of("", "results|discussion")
    ('methods', 'other', 'results')
    """
    for part in (section_type or "").lower().split("|"):
        if part in _TYPES:
            return _TYPES[part]
    heading = _NUMBERING.sub("", title.strip()[:100]).lower().rstrip(" :.")
    return next((role for role, pattern in _ROLES if pattern.match(heading)), "other")
