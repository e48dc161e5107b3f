"""Near duplicates: found, verified, and never quadratic."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.growth import in_proportion

from probatum.text.similarity import resemblance, shingles, twins

SENTENCES = st.lists(
    st.lists(st.sampled_from(["one", "two", "three", "four", "five", "six"]), max_size=8).map(
        " ".join
    ),
    max_size=12,
)


@settings(max_examples=100)
@given(SENTENCES)
def test_twins_are_earlier_and_verified(texts: list[str]) -> None:
    for twin in twins(texts):
        assert twin.earlier < twin.later
        left, right = shingles(texts[twin.later]), shingles(texts[twin.earlier])
        assert resemblance(left, right) == twin.resemblance >= 0.8


@settings(max_examples=60)
@given(SENTENCES)
def test_an_exact_repeat_is_always_found(texts: list[str]) -> None:
    long = [t for t in texts if len(t.split()) > 2]
    found = {twin.later for twin in twins([*long, *long])}
    assert found.issuperset(range(len(long), 2 * len(long)))


def test_thousands_of_equal_texts_take_no_quadratic_time() -> None:
    def found(size: int) -> None:
        assert len(twins(["the same sentence again and again"] * size)) == size - 1

    in_proportion(found, 2_000)
