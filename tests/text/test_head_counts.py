"""What a sentence says of how many: whole groups in digits and in words, no parts."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.text.head_counts import head_counts, whole_number


def _read(text: str) -> list[tuple[str, int]]:
    return [(count.stage, count.n) for count in head_counts(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Sixty patients were randomised.", [("randomised", 60)]),
        ("Of 90 screened, 62 were randomised.", [("randomised", 62)]),
        ("We randomly assigned 1,204 adults to X or placebo.", [("randomised", 1204)]),
        ("Patients (n = 44) with pain were randomised.", [("randomised", 44)]),
        ("There were 92 patients randomised.", [("randomised", 92)]),
        ("A total of 70 adults underwent randomization.", [("randomised", 70)]),
        ("40 adults were divided randomly into two groups.", [("randomised", 40)]),
        ("One hundred and three women aged 18 to 65 were randomised.", [("randomised", 103)]),
        ("81 patients were screened and 60 patients were enrolled.",
         [("assessed", 81), ("enrolled", 60)]),
        ("58 patients completed the study and 57 patients were analysed.",
         [("completed", 58), ("analysed", 57)]),
        ("31 were randomised to X and 30 to placebo.", []),
        ("Another 20 patients were randomised.", []),
        ("About 20 patients were randomised.", []),
        ("Thirty patients in each group were randomised.", []),
        ("Patients with type 2 diabetes were randomised.", []),
        ("In 2011 were randomised those who came.", []),
        ("Seven patients were randomised but withdrew.", []),
        ("12 samples were analysed.", []),
        ("20.5 patients were randomised and 30% were randomised.", []),
    ],
)  # fmt: skip
def test_a_sentence(text: str, found: list[tuple[str, int]]) -> None:
    assert _read(text) == found


_ONES = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@settings(max_examples=100)
@given(st.integers(20, 999).filter(lambda n: n % 100 >= 20))
def test_a_number_in_words(n: int) -> None:
    hundreds = f"{_ONES[n // 100]} hundred and " if n >= 100 else ""
    ones = f"-{_ONES[n % 10]}" if n % 10 else ""
    words = f"{hundreds}{_TENS[n % 100 // 10]}{ones}"
    assert whole_number(words) == n
    assert _read(f"{words.capitalize()} patients were randomised.") == [("randomised", n)]
    assert _read(f"{n} patients were randomised.") == [("randomised", n)]


@settings(max_examples=150)
@given(st.text(alphabet="patients were randomised 0123456789(n=),.%to", max_size=200))
def test_any_sentence_is_taken(text: str) -> None:
    for count in head_counts(text):
        assert 0 <= count.start < count.end <= len(text)
        assert count.n >= 0
