"""How many take part, held against each other over a whole article.

Two places contradict each other only where both must count the same people: the number randomised
said twice, arms that do not make it, columns of a table that hold more. What may be explained (a
difference that the article itself says left, several trials or periods, clusters, numbers far
apart, which count something else) cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from probatum.text.arm_sizes import ArmSize, HeaderCell, allotted_arms, header_arms
from probatum.text.head_counts import NUMBER, HeadCount, head_counts, whole_number
from probatum.text.number_checks import Check
from probatum.text.trial_size import near_analysis, near_chance, trial_sizes

_OWN = frozenset({"abstract", "methods", "results", "other"})
_RELAYED = re.compile(
    r"\bet al\b|\bprevious(?:ly)?\b|\bearlier (?:study|trial|report)", re.IGNORECASE
)
# Articles in which one number of people need not be the other.
_SEVERAL = re.compile(
    r"\bcross-?over|\bclusters?\b|\bcluster[- ]randomi|\bstepped[- ]wedge|\bmeta-?analys[ie]s of"
    r"|\bsystematic review|\bpooled (?:analysis|data)"
    r"|\b(?:two|three|both) (?:\w+ ){0,3}(?:trials|studies|experiments)\b"
    r"|\b(?:study|trial|experiment|part|cohort) (?:1|2|I|II|A|B)\b"
    r"|\bre-?randomi[sz]ed|\brandomi[sz]ed again|\bsecond randomi[sz]ation|\bsub-?stud(?:y|ies)\b"
    r"|\bsecondary analys[ie]s of|\bancillary|\bextension study|\brandomi[sz]ed withdrawal"
    r"|\b(?:schools|practices|villages|clinics|wards|households|centres|hospitals|communities)"
    r" were randomi[sz]ed"
    r"|\b(?:eyes|hips|knees|teeth|ears|limbs|feet|legs|shoulders|implants|lesions|fractures|defects)"
    r" (?:of|in|from) (?:\w+ )?(?:\d+|[\w-]+) (?:\w+ )?(?:patients|participants|subjects)",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"exclu|withdr|drop|lost|discontinu|died|declin|refus|did not|never|missing|fail|violat|moved"
    r"|left the|remaining|cancel|ineligib|replac|not (?:receive|treated|includ|analy|available)",
    re.IGNORECASE,
)
_WHOLE = re.compile(r"\b(?:total|overall|all|entire|whole)\b", re.IGNORECASE)
# Columns that are no arms, or arms not as allotted.
_NO_ARM = re.compile(
    r"healthy|as[- ]treated|safety|per[- ]protocol|not\b|non-?|declin|refus|reference|normal"
    r"|observ|event|visit|eyes|samples|cycles|respon|male|men\b|yes|\bno\b|lost|exclu|complete|drop"
    r"|withdr|phase|period|combined|pooled|both|any\b|month|year|baseline"
    r"|\d\s?(?:mo|w(?:ee)?k|h|min|day)",
    re.IGNORECASE,
)
_STAYED = re.compile(r"complet|finish|available", re.IGNORECASE)
_MOST = 200  # places of one kind; an article has few, time stays bounded
_MOST_COLUMNS = 12
_LONGEST = 20_000  # of one sentence; longer ones are dumps


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence: where it begins in the document, its text, the role of its section."""

    start: int
    text: str
    role: str


@dataclass(frozen=True, slots=True)
class Place:
    """A number of people and the words that print it, [start, end) of the document."""

    n: int
    start: int
    end: int
    quote: str

    def shown(self) -> str:
        """The number, its words and where they stand."""
        return f"{self.n} in {' '.join(self.quote.split())!r} [{self.start}:{self.end}]"


@dataclass(frozen=True, slots=True)
class FlowFinding:
    """Two places held against each other; the check quotes both."""

    here: Place
    other: Place
    check: Check


@dataclass(frozen=True, slots=True)
class _Read:
    sentence: Said
    counts: tuple[HeadCount, ...]
    arms: tuple[ArmSize, ...]
    sizes: tuple[HeadCount, ...]
    near: tuple[HeadCount, ...]
    later: tuple[HeadCount, ...]


def whole_flow(
    sentences: Sequence[Said], tables: Sequence[Sequence[HeaderCell]]
) -> Iterator[FlowFinding]:
    """Hold the numbers of people of an article against each other; linear in its text.

    ``tables`` are the cells of each table's first rows. The first number randomised is what the
    others are held against; without one, the sum of the arms first allotted, those enrolled, or
    how many the trial says it is of.

    >>> said = [Said(0, "Sixty adults were randomised.", "abstract"),
    ...         Said(40, "In all, 62 adults were randomised to X or Y.", "results")]
    >>> [(f.check.rule, f.check.verdict, f.here.n, f.other.n) for f in whole_flow(said, [])]
    [('randomised-said-twice', 'disagrees', 62, 60)]
    """
    own = [replace(s, text=s.text[:_LONGEST]) for s in sentences if s.role in _OWN]
    read = [
        one
        for one in map(_read, own)
        if one.counts or one.arms or one.sizes or one.near or one.later
    ]
    first, found = _first_and_twice(read)
    if first:
        found += [*_sums(first, read), *_stages(first, read), *_sizes(first, read)]
    for cells in tables:
        found += _columns(first, read, header_arms(cells)[: _MOST_COLUMNS + 1])
    if any(one.check.verdict == "disagrees" for one in found):
        several = any(_SEVERAL.search(s.text) for s in own)
        left, stayed = _beside(own, _LEFT), _beside(own, _STAYED)
        found = [_judged(one, left, stayed, several=several) for one in found]
        found = [_alone(one, own, tables) for one in found]
    yield from found


def _read(sentence: Said) -> _Read:
    text = sentence.text
    counts, arms = tuple(head_counts(text)), allotted_arms(text)
    # What a sentence counts by stage it need not count again.
    sizes = () if counts or arms else tuple(trial_sizes(text))
    stages = {count.stage for count in counts}
    near = () if arms or "randomised" in stages else tuple(near_chance(text))
    later = () if near or "analysed" in stages else tuple(near_analysis(text))
    return _Read(sentence, counts, arms, sizes, near, later)


def _first_and_twice(read: Sequence[_Read]) -> tuple[Place | None, list[FlowFinding]]:
    """Give the number that the others are held against, and the same said again."""
    totals = list(islice(_totals(read, "randomised"), _MOST))
    if totals:
        rule = "randomised-said-twice"
        return totals[0], [_held(rule, place, totals[0], "same") for place in totals[1:]]
    allotted = next((one for one in read if one.arms), None)
    if allotted:
        return _sum(allotted), []
    others = (_totals(read, "enrolled"), _all_sizes(read), _repeated(read))
    return next((place for places in others for place in places), None), []


def _all_sizes(read: Sequence[_Read]) -> Iterator[Place]:
    return (_place(one.sentence, size) for one in read for size in one.sizes)


def _repeated(read: Sequence[_Read]) -> Iterator[Place]:
    """Give the largest number that two sentences on randomisation say."""
    said: dict[int, list[Place]] = {}
    for one in read:
        for n, place in {near.n: _place(one.sentence, near) for near in one.near}.items():
            said.setdefault(n, []).append(place)
    yield from (said[n][0] for n in sorted(said, reverse=True) if len(said[n]) > 1)


def _totals(read: Sequence[_Read], stage: str) -> Iterator[Place]:
    """Give what sentences say that count this stage once."""
    for one in read:
        found = [count for count in one.counts if count.stage == stage]
        if len(found) == 1 and not _RELAYED.search(one.sentence.text):
            yield _place(one.sentence, found[0])


def _sums(first: Place, read: Sequence[_Read]) -> Iterator[FlowFinding]:
    """Add the arms of sentences other than the one that says the whole."""
    for one in islice((one for one in read if one.arms), _MOST):
        begin = one.sentence.start
        if not begin <= first.start < begin + len(one.sentence.text):
            yield _held("arms-of-randomised", _sum(one), first, "same")


def _stages(first: Place, read: Sequence[_Read]) -> Iterator[FlowFinding]:
    """No more are analysed than randomised, no more randomised than enrolled or assessed."""
    counts = ((one.sentence, count) for one in read for count in one.counts)
    for sentence, count in islice(counts, _MOST):
        place = _place(sentence, count)
        if place.start == first.start or _RELAYED.search(sentence.text):
            continue
        if count.stage in {"assessed", "enrolled"}:
            yield _held(f"randomised-of-{count.stage}", place, first, "more")
        elif count.stage in {"analysed", "completed"}:
            yield _held(f"{count.stage}-of-randomised", place, first, "less")


def _sizes(first: Place, read: Sequence[_Read]) -> Iterator[FlowFinding]:
    """Hold how many a trial says it is of, and numbers beside chance or analysis, against it."""
    for place in islice(_all_sizes(read), _MOST):
        if place.start != first.start:
            yield _held("trial-of-randomised", place, first, "same")
    loose = (one for one in read if (one.near and not one.sizes) or one.later)
    for one in islice(loose, _MOST):
        printed = {whole_number(m["n"]) for m in NUMBER.finditer(one.sentence.text)}
        for count in () if first.n in printed else (*one.near, *one.later):
            place, near = (
                _place(one.sentence, count),
                abs(count.n - first.n) <= _apart(count.n, first.n),
            )
            if count.stage == "studied" and near and place.start != first.start:
                yield _held("trial-of-randomised", place, first, "same")
            elif count.stage == "analysed" and near and count.n > first.n:
                yield _held("analysed-of-trial", place, first, "less")


def _alone(
    found: FlowFinding, own: Sequence[Said], tables: Sequence[Sequence[HeaderCell]]
) -> FlowFinding:
    """Take back a number read loosely, where another place prints it too: it is meant."""
    if (
        found.check.rule not in {"trial-of-randomised", "analysed-of-trial"}
        or found.check.verdict != "disagrees"
    ):
        return found
    if not _stands_elsewhere(found.here, own, tables):
        return found
    return replace(found, check=replace(found.check, verdict="cannot_tell"))


def _stands_elsewhere(
    place: Place, own: Sequence[Said], tables: Sequence[Sequence[HeaderCell]]
) -> bool:
    """Whether another sentence prints the number, or the columns of a table make it."""
    return any(sum(c.n for c in header_arms(cells)) == place.n for cells in tables) or any(
        whole_number(number["n"]) == place.n
        for s in own
        if not s.start <= place.start < s.start + len(s.text)
        for number in NUMBER.finditer(s.text)
    )


def _columns(
    first: Place | None, read: Sequence[_Read], columns: tuple[ArmSize, ...]
) -> Iterator[FlowFinding]:
    """Hold the sizes in a table's header against their total, the whole, and each arm's."""
    if len(columns) > _MOST_COLUMNS or any(_NO_ARM.search(c.label) for c in columns):
        return
    whole = [c for c in columns if _WHOLE.search(c.label)]
    parts = [c for c in columns if not _WHOLE.search(c.label)]
    labels = {c.label.lower() for c in parts}
    if len(parts) < 2 or len(whole) > 1 or len(labels) < len(parts) or _are_nested(parts):
        return
    place = _row(parts)
    if whole and not _hold(parts, whole[0].n):
        yield _held("columns-add-up", place, _cell(whole[0]), "same")
    elif first and not whole:
        yield _held("columns-of-randomised", place, first, "less")
    whole_arms = (one for one in read if one.arms and first and _sum(one).n == first.n)
    for one in islice(whole_arms, _MOST):
        yield from _of_arms(parts, one)


def _of_arms(parts: Sequence[ArmSize], one: _Read) -> Iterator[FlowFinding]:
    """Hold each column against the one arm of its name, where the sentence allots them all."""
    for column in parts:
        same = [arm for arm in one.arms if arm.is_like(column)]
        if len(same) == 1 and sum(same[0].is_like(c) for c in parts) == 1:
            arm, begin = same[0], one.sentence.start
            quote = one.sentence.text[arm.start : arm.end]
            other = Place(arm.n, begin + arm.start, begin + arm.end, quote)
            yield _held("column-of-arm", _cell(column), other, "less")


def _hold(parts: Sequence[ArmSize], total: int) -> bool:
    """Whether columns side by side, not all of them, make the total: a total of some."""
    most = len(parts)
    spans = ((a, b) for a in range(most) for b in range(a + 1, most + 1) if b - a < most)
    return any(sum(c.n for c in parts[a:b]) == total for a, b in spans)


def _are_nested(parts: Sequence[ArmSize]) -> bool:
    """Whether one column is the sum of others side by side."""
    most = len(parts)
    spans = [(a, b) for a in range(most) for b in range(a + 2, most + 1)] if most > 2 else []
    sums = {sum(c.n for c in parts[a:b]) for a, b in spans}
    return any(c.n in sums for c in parts)


def _judged(
    found: FlowFinding, left: frozenset[int], stayed: frozenset[int], *, several: bool
) -> FlowFinding:
    """Take an alarm back where the article may explain it."""
    if found.check.verdict != "disagrees":
        return found
    apart = abs(found.here.n - found.other.n)
    least = min(found.here.n, found.other.n)
    told = apart in left or (least in stayed and least != found.other.n)
    if found.check.rule in {"columns-of-randomised", "column-of-arm"}:
        told = False  # who left adds to no column
    if not (several or told or apart > _apart(found.here.n, found.other.n)):
        return found
    return replace(found, check=replace(found.check, verdict="cannot_tell"))


def _apart(one: int, other: int) -> float:
    """How far two counts of the same people may lie apart; others count something else."""
    return max(2, 0.2 * max(one, other))


def _beside(own: Sequence[Said], words: re.Pattern[str]) -> frozenset[int]:
    """Give the numbers that stand near some words."""
    near = (
        (sentence.text, word.start() - 60, word.end() + 60)
        for sentence in own
        for word in islice(words.finditer(sentence.text), _MOST)
    )
    return frozenset(
        whole_number(number["n"])
        for text, start, end in near
        for number in NUMBER.finditer(text, max(0, start), min(len(text), end))
    )


def _held(rule: str, here: Place, other: Place, must: str) -> FlowFinding:
    """Compare: ``here`` must be the same as ``other``, or no more, or no less."""
    fits = {"same": here.n == other.n, "less": here.n <= other.n, "more": here.n >= other.n}[must]
    bound = {"same": "", "less": "at most ", "more": "at least "}[must]
    shown = f"{bound}{other.shown()}"
    return FlowFinding(
        here, other, Check(rule, "agrees" if fits else "disagrees", shown, here.shown())
    )


def _place(sentence: Said, count: HeadCount) -> Place:
    quote = sentence.text[count.start : count.end]
    return Place(count.n, sentence.start + count.start, sentence.start + count.end, quote)


def _sum(one: _Read) -> Place:
    start, end = one.arms[0].start, one.arms[-1].end
    total = sum(arm.n for arm in one.arms)
    begin = one.sentence.start
    return Place(total, begin + start, begin + end, one.sentence.text[start:end])


def _row(parts: Sequence[ArmSize]) -> Place:
    quote = " | ".join(f"{c.label} (n = {c.n})" for c in parts)
    return Place(sum(c.n for c in parts), parts[0].start, parts[-1].end, quote)


def _cell(column: ArmSize) -> Place:
    return Place(column.n, column.start, column.end, f"{column.label} (n = {column.n})")
