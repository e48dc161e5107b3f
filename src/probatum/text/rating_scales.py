"""Rating scales in common use whose totals are whole numbers: their names, items and range.

Ranges and numbers of items are those of the published forms. Scales with forms of several ranges
under one name (Rosenberg's, the Oswestry index, visual analogue scales) are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RatingScale:
    """A scale whose total is a whole number from ``low`` to ``high``, made of ``items`` items."""

    name: str
    items: int
    low: int
    high: int


# Name, items, range, and how it is written.
_SCALES: tuple[tuple[str, int, int, int, str], ...] = (
    ("HAM-A", 14, 0, 56, r"HAM-?A|HARS|Hamilton Anxiety"),
    ("PHQ-9", 9, 0, 27, r"PHQ-?9"),
    ("GAD-7", 7, 0, 21, r"GAD-?7"),
    ("HADS subscale", 7, 0, 21, r"HADS?-[AD]|HADS[ -](?:anxiety|depression)"),
    ("BDI-II", 21, 0, 63, r"BDI(?:-?(?:II|2))?|Beck Depression Inventory(?:[ -](?:II|2))?"),
    ("BAI", 21, 0, 63, r"BAI|Beck Anxiety Inventory"),
    ("CES-D", 20, 0, 60, r"CES-?D(?!-?10)"),
    ("EPDS", 10, 0, 30, r"EPDS|Edinburgh Postnatal"),
    ("GDS-15", 15, 0, 15, r"GDS-15"),
    ("YMRS", 11, 0, 60, r"YMRS|Young Mania"),
    ("MADRS", 10, 0, 60, r"MADRS|Montgomery"),
    ("PANSS", 30, 30, 210, r"PANSS(?=,? (?:total|score)|$)"),
    ("STAI form", 20, 20, 80, r"STAI[ -]?(?:[ST]|state|trait)"),
    ("PSQI", 7, 0, 21, r"PSQI|Pittsburgh Sleep Quality Index"),
    ("ISI", 7, 0, 28, r"Insomnia Severity Index|ISI"),
    ("Epworth", 8, 0, 24, r"Epworth"),
    ("MMSE", 30, 0, 30, r"MMSE|Mini[- ]Mental"),
    ("MoCA", 30, 0, 30, r"MoCA|Montreal Cognitive"),
    ("Glasgow Coma Scale", 3, 3, 15, r"GCS|Glasgow Coma"),
    ("Apgar", 5, 0, 10, r"Apgar"),
    ("NIHSS", 11, 0, 42, r"NIHSS"),
    ("Roland-Morris", 24, 0, 24, r"RMDQ|Roland[- ]Morris"),
    ("AUDIT", 10, 0, 40, r"AUDIT(?!-)"),
    ("FTND", 6, 0, 10, r"FTND|Fagerstr(?:o|\u00f6)m"),
    ("PCL-5", 20, 0, 80, r"PCL-5"),
    ("CAPS-5", 20, 0, 80, r"CAPS-5"),
    ("K10", 10, 10, 50, r"K-?10|Kessler 10"),
    ("PSS-10", 10, 0, 40, r"PSS-10"),
    ("IPSS", 7, 0, 35, r"IPSS|International Prostate Symptom"),
    ("Y-BOCS", 10, 0, 40, r"Y-?BOCS|Yale-Brown"),
    ("HIT-6", 6, 36, 78, r"HIT-6"),
    ("IIEF-5", 5, 5, 25, r"IIEF-5|SHIM"),
    ("Berg Balance Scale", 14, 0, 56, r"Berg Balance|BBS"),
    ("FMA upper limb", 33, 0, 66, r"FMA-UE|Fugl-Meyer.{0,20}upper"),
)
_NAMED = re.compile(
    "|".join(rf"(?P<s{at}>(?<![\w-])(?:{row[4]})(?![\w-]))" for at, row in enumerate(_SCALES))
)
_LONGEST = 2_000


def rating_scale(text: str) -> RatingScale | None:
    """Give the one scale that a label names; None where it names none, or several.

    >>> rating_scale("PHQ-9 at week 6")
    RatingScale(name='PHQ-9', items=9, low=0, high=27)
    >>> rating_scale("PHQ-9 and GAD-7") is None
    True
    """
    found = {str(match.lastgroup) for match in _NAMED.finditer(text[:_LONGEST])}
    if len(found) != 1:
        return None
    name, items, low, high, _ = _SCALES[int(found.pop()[1:])]
    return RatingScale(name, items, low, high)
