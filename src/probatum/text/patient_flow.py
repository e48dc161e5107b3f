"""How many take part: arms add up to those who were allotted, and no more are analysed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from probatum.text.number_checks import Check, Verdict

_PEOPLE = (
    r"(?:[a-z][a-z-]{1,20}\s){0,3}?"
    r"(?:patients|participants|subjects|women|men|adults|children|people|individuals)"
)
_N = r"(?P<{0}>\d{{1,3}}(?:,\d{{3}})+|\d{{1,6}})"
_ALLOTTED = re.compile(
    r"(?<![\d.,/])" + _N.format("n") + rf"\s(?:{_PEOPLE}\s)?(?:were|was)\s(?:then\s)?"
    r"(?:randomly (?:assigned|allocated|divided)|randomi[sz]ed|randomi[sz]ed and allocated)\b"
    r"|\b[Ww]e (?:randomly (?:assigned|allocated)|randomi[sz]ed) "
    + _N.format("m")
    + rf"\s{_PEOPLE}\b"
)
_ARM = re.compile(r"[(\[]\s?[nN]\s?=\s?" + _N.format("n") + r"\s?[)\]]")
_TAKEN = re.compile(
    _N.format("a")
    + rf"\s(?:{_PEOPLE}\s)?(?:received|were given|got)\s(?:[a-z]+\s){{1,3}}and "
    + _N.format("b")
    + r"\s(?:received |were given |got )?[a-z]+"
)
_ANALYSED = re.compile(
    r"(?<![\d.,/])" + _N.format("n") + rf"\s(?:{_PEOPLE}\s)?(?:were|was)\s(?:finally\s)?"
    r"(?:analy[sz]ed|included in the (?:\w+ ){0,3}analys[ei]s)\b"
)
# What else a sentence may count beside the arms.
_OTHER = re.compile(
    r"exclu|withdr|drop|lost|complet|analy|strat|subgroup|discontinu|died|declin|screen|eligib"
    r"|cross|per group|each|respectively|respond|centre|center|hospital|male",
    re.IGNORECASE,
)


def flow_checks(text: str) -> Iterator[tuple[int, int, Check]]:
    """Give (start, end, check) for the numbers of people that a sentence allots and analyses.

    >>> said = "In all, 60 patients were randomised to drug X (n = 31) or placebo (n = 30)."
    >>> [(c.rule, c.verdict, c.expected) for *_, c in flow_checks(said)]
    [('arms-add-up', 'disagrees', '61')]
    """
    if "random" not in text:  # nine sentences of ten, at a hundredth of the cost
        return
    allotted = list(_ALLOTTED.finditer(text))
    if len(allotted) != 1:
        return
    whole = _whole(allotted[0]["n"] or allotted[0]["m"])
    yield from _sum(text, allotted[0], whole)
    for taken in _TAKEN.finditer(text, allotted[0].end()):
        treated = _whole(taken["a"]) + _whole(taken["b"])  # fewer are: some are never treated
        within: Verdict = "agrees" if treated <= whole else "disagrees"
        check = Check("treated-of-randomised", within, f"at most {whole}", str(treated))
        yield allotted[0].start(), taken.end(), check
    for found in _ANALYSED.finditer(text, allotted[0].end()):
        verdict: Verdict = "agrees" if _whole(found["n"]) <= whole else "disagrees"
        check = Check("analysed-of-randomised", verdict, f"at most {whole}", found["n"])
        yield found.start(), found.end(), check


def _sum(text: str, allotted: re.Match[str], whole: int) -> Iterator[tuple[int, int, Check]]:
    """Add the arms named after the whole; one alone, or other counts between, tell nothing."""
    arms = list(_ARM.finditer(text, allotted.end()))
    if len(arms) < 2:
        return
    total = sum(_whole(arm["n"]) for arm in arms)
    verdict: Verdict = "agrees"
    if total != whole:
        # Sums far off count something else: pairs, parts of arms, times.
        near = abs(total - whole) <= max(2, 0.2 * whole)
        clear = near and not _OTHER.search(text, allotted.end(), arms[-1].end())
        verdict = "disagrees" if clear else "cannot_tell"
    check = Check("arms-add-up", verdict, str(total), str(whole))
    yield allotted.start(), arms[-1].end(), check


def _whole(printed: str) -> int:
    return int(printed.replace(",", ""))
