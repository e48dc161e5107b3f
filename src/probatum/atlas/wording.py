"""Numbers and names as a reader sees them."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from probatum.model.answer import Answer
from probatum.model.document import Identifiers
from probatum.model.effect import MEASURES, Pooled
from probatum.model.pack import Pack, SourceLink

MINUS = "\u2212"
NOTHING = "\u2013"
_MINUS = re.compile(r"(?<![\w-])-(?=\d)")
_PERCENT = re.compile(r"(?<=\d) %")
_NUMBERS = re.compile(r" \([^()]*95 % interval[^()]*\)")
_CERTAINTY = re.compile(r" Certainty: [^.]*\.")
# What a level says of the truth (GRADE guidelines 3, Balshem et al. 2011), in our words.
MEANS = {
    "high": "The true effect is very likely close to the estimate.",
    "moderate": "The true effect is probably close to the estimate, but may well differ from it.",
    "low": "The true effect may be far from the estimate.",
    "very low": "The true effect is likely far from the estimate.",
}
RATIOS = frozenset({"OR", "RR", "HR", "IRR", "ROM"})
LEVELS = ("high", "moderate", "low", "very low", "none")
_ARCHIVED = re.compile(
    r"https://(?:pmc\.ncbi\.nlm\.nih\.gov|www\.ncbi\.nlm\.nih\.gov/pmc)/articles/(PMC\d+)\b"
    r"|https://pubmed\.ncbi\.nlm\.nih\.gov/(\d+)\b",
    re.ASCII,
)
_PLACE = re.compile(r"([0-9a-f]{4,64}):(\d{1,12})-(\d{1,12})", re.ASCII)


def null_of(measure: str | None) -> float:
    """Give the value of a measure that means no difference."""
    return 1.0 if measure in RATIOS else 0.0


_DESIGNS = {
    "SR": "systematic review", "RCT": "randomised trial", "RCTs": "randomised trials",
}  # fmt: skip
_SHORT = re.compile(r"\b(?:SR|RCTs?)\b")


def number(value: float | str | None, digits: int = 2) -> str:
    """Write a number for reading: at most what a reader can use, with a true minus sign.

    >>> number(-15.7961), number(1234.0, 0), number(None), number(0.00004), number(176626.99)
    ('−15.80', '1,234', '–', '<0.001', '176,627')
    """
    if value is None or isinstance(value, str):
        return NOTHING if value is None else value
    if not math.isfinite(value):
        return "not finite"
    if digits and 0 < abs(value) < 0.001:
        return "<0.001" if value > 0 else f">{MINUS}0.001"
    if digits and abs(value) < 0.01 and value:
        digits = 4
    if abs(value) >= 100:
        digits = 0
    return f"{value:,.{digits}f}".replace("-", MINUS)


def printed(value: float | str | None) -> str:
    """Write a number with the digits it was given, as a source prints it.

    >>> printed(60.033898), printed(30.0), printed(-1.5), printed("NS")
    ('60.033898', '30', '−1.5', 'NS')
    """
    if value is None or isinstance(value, str):
        return value or NOTHING
    return f"{value:.12g}".replace("-", MINUS)


def brief(value: float | str | None) -> str:
    """Write a number with three significant digits, or as a whole number above a thousand.

    >>> brief(222.0), brief(-12.2461), brief(0.09543), brief(1129.0), brief("k < 10")
    ('222', '−12.2', '0.0954', '1,129', 'k < 10')
    """
    if value is None or isinstance(value, str):
        return value or NOTHING
    text = f"{value:,.0f}" if 1000 <= abs(value) < 1e9 else f"{value:.3g}"
    return text.replace("-", MINUS)


_MODELS = {
    "REML": "REML, random effects", "DL": "DerSimonian-Laird, random effects",
    "EE": "equal effects (fixed)", "PM": "Paule-Mandel, random effects",
    "ML": "maximum likelihood, random effects", "MH": "Mantel-Haenszel, equal effects",
}  # fmt: skip
_TESTS = {"knha": "Hartung-Knapp", "adhoc": "Hartung-Knapp, not narrower", "z": "normal (z)"}
_BEHIND = {"i2": "I\u00b2", "tau2": "\u03c4\u00b2", "q p": "p of Q"}
_PAIRS = {
    "pi low": ("pi high", "prediction interval"),
    "unimportant from": ("unimportant to", "unimportant difference"),
}
_SECOND = frozenset(other for other, _ in _PAIRS.values())


def model_name(method: str) -> str:
    """Name a model in full; another name stays as it is.

    >>> model_name("DL"), model_name("Bayes")
    ('DerSimonian-Laird, random effects', 'Bayes')
    """
    return _MODELS.get(method, method)


def interval_by(test: str) -> str:
    """Name how an interval was made; another name stays as it is.

    >>> interval_by("knha"), interval_by("posterior")
    ('Hartung-Knapp', 'posterior')
    """
    return _TESTS.get(test, test)


def behind(numbers: Sequence[tuple[str, float | str]], measure: str | None) -> list[str]:
    """Write the numbers behind a step of certainty, the ends of a range together.

    Bounds of an unimportant ratio come as logarithms and are written as ratios.

    >>> behind([("i2", 46.6), ("pi_low", -7.69), ("pi_high", 0.74)], "MD")
    ['I\u00b2 46.6%', 'prediction interval \u22127.69 to 0.74']
    >>> behind([("unimportant from", -0.2877), ("unimportant to", 0.2231)], "RR")
    ['unimportant difference 0.75 to 1.25']
    """
    at = {name.replace("_", " "): value for name, value in numbers}
    told = []
    for name, value in at.items():
        if name in _PAIRS:
            other, words = _PAIRS[name]
            ends = [value, at.get(other)]
            if words.startswith("unimportant") and measure in RATIOS:
                ends = [math.exp(end) if isinstance(end, float) else end for end in ends]
            told.append(f"{words} {brief(ends[0])} to {brief(ends[1])}")
        elif name not in _SECOND:
            unit = "%" if name == "i2" else ""
            told.append(f"{_BEHIND.get(name, name)} {brief(value)}{unit}")
    return told


def typeset(words: str) -> str:
    """Give a sentence true minus signs before its numbers, and no space before a percent sign.

    >>> typeset("MD -2.71 (95 % interval -7.35 to 1.93), Hartung-Knapp, 1-2")
    'MD −2.71 (95% interval −7.35 to 1.93), Hartung-Knapp, 1-2'
    """
    return _PERCENT.sub("%", _MINUS.sub(MINUS, words)).replace("I2 ", "I\u00b2 ")


def finding(words: str) -> str:
    """Give what an answer's sentence says, without the numbers and the certainty beside it.

    >>> finding("A may reduce pain (risk ratio 0.8, 95 % interval 0.7 to 0.9; 2 studies)."
    ...         " Lower is better: the studies favour A. Certainty: low, 2 of 4.")
    'A may reduce pain. Lower is better: the studies favour A.'
    """
    return typeset(_CERTAINTY.sub("", _NUMBERS.sub("", words)))


def sentence(words: str) -> str:
    """Make a remark a sentence: a capital first, a full stop last, true minus signs.

    >>> sentence("one study; k is -1")
    'One study; k is −1.'
    """
    told = typeset(words.strip())
    return told[:1].upper() + told[1:] + ("" if told.endswith((".", "!", "?")) else ".")


def interval(low: float | None, high: float | None, digits: int = 2) -> str:
    """Write an interval.

    >>> interval(-49.81, 18.21)
    '−49.81 to 18.21'
    """
    if low is None or high is None:
        return NOTHING
    return f"{number(low, digits)} to {number(high, digits)}"


def p_value(value: float | None) -> str:
    """Write a p value.

    >>> p_value(0.00001), p_value(0.0421)
    ('< 0.001', '0.042')
    """
    if value is None:
        return NOTHING
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def effect(pooled: Pooled) -> str:
    """Write the estimate of a question with its interval in one line."""
    if pooled.estimate is None:
        return "no estimate"
    values = f"{number(pooled.estimate)} ({interval(pooled.ci_low, pooled.ci_high)})"
    return f"{pooled.measure or ''} {values}".strip()


def below(label: str, heading: str | None) -> str:
    """Give the label of a question as it stands under a heading that names its condition.

    >>> below("Pain: relief, v placebo", "Pain"), below("Pain: relief", None)
    ('Relief, v placebo', 'Pain: relief')
    """
    rest = label.removeprefix(f"{heading}: ")
    return label if heading is None or not rest else rest[0].upper() + rest[1:]


def spelled(words: str) -> str:
    """Write the short names of designs in full, which a newcomer does not know.

    >>> spelled("SR (Cochrane)"), spelled("RCT; open")
    ('systematic review (Cochrane)', 'randomised trial; open')
    """
    return _SHORT.sub(lambda found: _DESIGNS[found[0]], words)


def in_full(answer: Answer, pack: Pack) -> str:
    """Write the estimate of an answer, its measure in words and a difference with its scale."""
    pooled, asked = answer.pooled, answer.question
    told = effect(replace(pooled, measure=MEASURES.get(pooled.measure or "", pooled.measure)))
    scales = {one.id: one.label for one in pack.vocabulary.scales}
    on = f" on {scales[asked.scale]}" if pooled.measure == "MD" and asked.scale in scales else ""
    return told[:1].upper() + told[1:] + on


def resolver(identifiers: Identifiers) -> list[tuple[str, str, str]]:
    """Give (scheme, value, address) for each identifier that can be resolved."""
    found = []
    if identifiers.doi:
        found.append(("DOI", identifiers.doi, f"https://doi.org/{quote(identifiers.doi)}"))
    if identifiers.pmid:
        found.append(
            ("PMID", identifiers.pmid, f"https://pubmed.ncbi.nlm.nih.gov/{identifiers.pmid}/")
        )
    if identifiers.pmcid:
        pmc = f"https://pmc.ncbi.nlm.nih.gov/articles/{identifiers.pmcid}/"
        found.append(("PMCID", identifiers.pmcid, pmc))
    found += [("NCT", n, f"https://clinicaltrials.gov/study/{n}") for n in identifiers.nct]
    return found


def web_address(url: str | None) -> str | None:
    """Give an address back only if it is one that a browser may follow safely.

    >>> web_address("javascript:alert(1)") is None
    True
    """
    if url and url.lower().startswith(("https://", "http://")):
        return url
    return None


def host(url: str) -> str:
    """Name the host of an address, which tells a reader where a link leads.

    >>> host("https://example.org/a/b")
    'example.org'
    """
    return url.split("://", 1)[-1].split("/", 1)[0]


def place_of(source: SourceLink) -> tuple[str, int, int] | None:
    """Give (document, start, end) of a source that is a place in a document of the base.

    >>> place_of(SourceLink("a.xml", "00ff:3-9", kind="document of the base"))
    ('00ff', 3, 9)
    """
    found = _PLACE.fullmatch(source.locator or "")
    if found is None or source.kind != "document of the base":
        return None
    return found[1], int(found[2]), int(found[3])


def source_name(source: SourceLink) -> str:
    """Name a source shortly: its DOI, its PMID, its PMCID, or the host of its address.

    >>> source_name(SourceLink("https://pmc.ncbi.nlm.nih.gov/articles/PMC12/table/T2"))
    'PMC12'
    """
    if source.doi:
        return f"doi:{source.doi}"
    if source.pmid:
        return f"PMID {source.pmid}"
    archived = _ARCHIVED.match(source.url)
    if archived:
        return archived[1] or f"PMID {archived[2]}"
    return host(source.url) or "source"
