"""Texts that are no pages of medicine: few flags, none of paraphrase, in linear time."""

from __future__ import annotations

import random

import pytest
from tests.growth import in_proportion

from probatum.model.pack import Pack
from probatum.trust.appraise import appraise
from probatum.trust.passages import repeats

POEM = (
    "O rose that under snow hath slept\nthy scarlet heart unseen,\n"
    "what moon hath o'er thy slumber wept\nits silver and its green?\n\n"
    "I asked the wind, I asked the rain,\nthe rain had naught to tell;\n"
    "the wind but sang the old refrain\nof buoy and of bell.\n\n"
) * 6
CODE = (
    "def f(x, y=None):\n    if x[1] < 3 and y:\n        return {'a': x[2], 'b': y}\n"
    "    raise ValueError(f'{x!r} &amp; {y}')\n\nfor i in range(10):\n    print(i, f(i))\n\n"
) * 40
TABLE = "\n".join(f"{i}\t{i * 3 % 7}\t{i / 7:.3f}\tp<0.05\tNaN" for i in range(900))
ODD = "abc defgh ijkl mnop qrst uvw xyz l1 rn vv 0f tl1e aud wilh nol ils"
RUIN = " ".join(random.Random(4).choice(ODD.split()) for _ in range(3_000))  # noqa: S311
GERMAN = "Die Behandlung mit dem Mittel wurde von allen Kranken gut vertragen. " * 60
CHINESE = "\u8fd9\u662f\u4e00\u79cd\u836f\u7269\u3002" * 800


@pytest.mark.parametrize(
    ("text", "most"),
    [(POEM, 20), (CODE, 60), (TABLE, 10), (RUIN, 20), (GERMAN, 8), (CHINESE, 8), ("", 0)],
    ids=["poem", "code", "table", "ruin", "german", "chinese", "empty"],
)
def test_few_flags(text: str, most: int, page, pack: Pack) -> None:
    appraisal = appraise(page(text), pack)
    marked = [f for f in appraisal.flags if f.dimension != "identity"]
    assert len(marked) <= most, [(f.kind, f.quote) for f in marked][:30]
    assert not appraisal.profile.spun


@pytest.mark.parametrize(
    "piece",
    ["so the drug works and ", "buy now ", "from 3 to 4, ", "(((=0.1 ", "1,2,3,4,5,6,7,", "a.1 "],
)
def test_one_long_line_takes_time_in_proportion(piece: str, page, pack: Pack) -> None:
    def read(size: int) -> None:
        assert len(appraise(page(piece * (size // len(piece))), pack).flags) < 600

    in_proportion(read, 40_000)


def test_repeats_of_odd_texts_are_none(page) -> None:
    documents = [page(text) for text in (CODE, TABLE, RUIN, CHINESE, "")]
    assert repeats(documents, {}) == {}
