"""How two keys agree field by field: each comparison gives a weight and says why.

Weights are in the spirit of Fellegi and Sunter (1969, J Am Stat Assoc 64:1183): roughly log10 of
how much more often the outcome is seen in one work's records than in two works'. They were set by
hand and adjusted on four labelled sets; docs/explanation names the sets kept apart.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from probatum.works.normalise import Key, fold, given_words
from probatum.works.places import container, place
from probatum.works.sign import Sign

#: Words in a title that are worth full weight; shorter ones ("Editorial") prove little.
_FULL_TITLE = 6
#: A title must have this many spaces before being held in another one means something.
_HELD_SPACES = 3
_TITLE_STEPS = ((97, 3.5), (93, 2.8), (88, 1.5), (80, 0.0), (65, -2.5))


def title_likeness(left: Key, right: Key) -> float:
    """Likeness of two titles in 0..100, whichever of order and spacing is kinder.

    A title that the other begins with counts 94 (its subtitle was cut, or a translation follows);
    one that the other holds anywhere counts 93.
    """
    one, two = left.compact, right.compact
    if one == two:
        return 100.0
    likeness = fuzz.ratio(one, two, score_cutoff=50)
    if 55 < likeness < 95:
        likeness = max(likeness, fuzz.token_sort_ratio(left.title, right.title))
    if likeness >= 93 or min(left.title.count(" "), right.title.count(" ")) < _HELD_SPACES:
        return likeness
    return max(likeness, _held(one, two))


def _held(one: str, two: str) -> float:
    short, long = (one, two) if len(one) <= len(two) else (two, one)
    if len(long) < 1.15 * len(short):
        return 0.0
    if fuzz.ratio(short, long[: len(short)]) >= 93:
        return 94.0
    return 93.0 if len(short) >= 30 and short in long else 0.0


def title(left: Key, right: Key) -> Sign | None:
    """Weight of the titles: up to +4 when equal and long, down to -4.5 when unlike."""
    if not left.compact or not right.compact:
        return None
    likeness = title_likeness(left, right)
    words = min(left.title.count(" "), right.title.count(" ")) + 1
    share = min(1.0, words / _FULL_TITLE)
    if likeness == 100:
        return Sign("title", 4.0 * share, "titles equal")
    for floor, weight in _TITLE_STEPS:
        if likeness >= floor:
            return Sign("title", weight * share, f"titles alike ({likeness:.0f} of 100)")
    # A title of a word or two beside a long one is no translation of it.
    weight = -4.5 if share > 0.4 else -6.0
    return Sign("title", weight, f"titles unlike ({likeness:.0f} of 100)")


def hopeless(left: Key, right: Key, titles: Sign | None) -> bool:
    """Tell that two records are of two works: unlike titles, and no page or identifier shared.

    Two thirds of all pairs end here, at some 3 microseconds each.
    """
    if titles is None or titles.weight > -2.5 or left.page == right.page:
        return False
    one, two = left.identifiers, right.identifiers
    if (one.doi and one.doi == two.doi) or (one.pmid and one.pmid == two.pmid):
        return False
    return not (one.pmcid and one.pmcid == two.pmcid) and not (one.nct and two.nct)


def authors(left: Key, right: Key) -> Sign | None:
    """Weight of the authors: the first ones, then any in common, then names turned round."""
    if not left.names or not right.names:
        return None
    if not left.names[0].isdisjoint(right.names[0]):
        return Sign("authors", 1.5, "first author agrees")
    return _further_authors(left, right)


def _further_authors(left: Key, right: Key) -> Sign:
    one, two = frozenset().union(*left.names), frozenset().union(*right.names)
    if not one.isdisjoint(two):
        return Sign("authors", 0.5, "authors overlap")
    given, other = given_words(left.authors), given_words(right.authors)
    if not given.isdisjoint(two) or not other.isdisjoint(one):
        return Sign("authors", 0.5, "authors agree when given and family names are turned round")
    if fuzz.partial_ratio(" ".join(sorted(one)), " ".join(sorted(two))) >= 85:
        return Sign("authors", 0.0, "authors alike")
    return Sign("authors", -3.0, "authors differ")


def year(left: Key, right: Key) -> Sign | None:
    """Weight of the years; one apart is usual between online and print, but then proves little.

    Without any page or volume to compare, years one apart weigh more.
    """
    if not left.year or not right.year:
        return None
    apart = abs(left.year - right.year)
    if apart == 0:
        return Sign("year", 0.5, "year agrees")
    placed = (left.page and right.page) or (left.volume and right.volume)
    weight = -3.0 if apart > 1 else -0.7 if placed else -2.3
    return Sign("year", weight, f"years {left.year} and {right.year}")


def identifiers(left: Key, right: Key, titles: Sign | None) -> list[Sign]:
    """Weight of identifiers; a DOI under unlike titles proves little (supplements share one)."""
    one, two = left.identifiers, right.identifiers
    found = []
    for scheme, mine, theirs in (
        ("doi", one.doi, two.doi),
        ("pmid", one.pmid, two.pmid),
        ("pmcid", one.pmcid, two.pmcid),
    ):
        if not mine or not theirs:
            continue
        if mine != theirs:
            weight = -1.5 if scheme == "doi" else -4.0
            found.append(Sign(scheme, weight, f"{scheme.upper()}s differ"))
        else:
            found.append(Sign(scheme, _shared(scheme, titles), f"{scheme.upper()} agrees"))
    if left.registered and right.registered and one.nct == two.nct:
        found.append(Sign("nct", 5.0, "registration agrees"))
    return found


def _shared(scheme: str, titles: Sign | None) -> float:
    if titles is None:
        return 5.0
    if titles.weight >= 0:
        return 4.0
    return 0.0 if scheme == "doi" else 4.0


def abstract(left: Key, right: Key) -> Sign | None:
    """Weight of how the abstracts begin; at 30 microseconds only asked near the line."""
    one, two = fold(left.abstract)[:160], fold(right.abstract)[:160]
    if len(one) < 60 or len(two) < 60:
        return None
    likeness = fuzz.partial_ratio(one[:100], two)
    if likeness >= 90:
        return Sign("abstract", 1.0, "abstracts begin alike")
    return Sign("abstract", -0.5, "abstracts begin differently") if likeness < 60 else None


def wording(left: Key, right: Key) -> Sign | None:
    """Weight of words and numbers that stand in each title and have no match in the other.

    "Part 1" is not "Part 2", nor "in adults" "in children"; a misspelt word has its match.
    """
    if left.compact == right.compact:
        return None
    if sorted("".join(left.numbers)) != sorted("".join(right.numbers)):
        return Sign("numbers", -2.5, "numbers in the titles differ")
    one, two = set(left.title.split()), set(right.title.split())
    mine, theirs = _unmatched(one - two, right.compact), _unmatched(two - one, left.compact)
    if not mine or not theirs or _misspelt(mine, theirs):
        return None
    return Sign("wording", -1.5, f"titles differ in {min(mine)!r} and {min(theirs)!r}")


def _misspelt(mine: list[str], theirs: list[str]) -> bool:
    return all(any(fuzz.ratio(word, other) >= 60 for other in theirs) for word in mine)


def _unmatched(words: set[str], compact: str) -> list[str]:
    return [word for word in words if len(word) > 3 and word not in compact]


def signs(left: Key, right: Key, titles: Sign | None) -> list[Sign]:
    """All comparisons that both records allow but the abstract's; the title's is given."""
    found = [titles] if titles else []
    found += identifiers(left, right, titles)
    placed = place(left, right, titles)
    found += placed
    found += [sign for compare in _REST if (sign := compare(left, right)) is not None]
    one_range = any(sign.weight >= 5 for sign in placed)
    worth = titles is not None and titles.weight >= (0 if one_range else -2.5)
    if worth and (words := wording(left, right)) is not None:
        found.append(words)
    return found


_REST = (authors, year, container)
