"""Results: numbers with their place, what they are about, and their checks."""

from __future__ import annotations

from probatum.claims.extract import extract
from probatum.model.pack import Vocabulary


def test_a_contrast_is_tied_to_its_words(make, vocabulary: Vocabulary) -> None:
    text = "Drug X lowered VAS v placebo at 4 weeks (MD -1.5, 95% CI -2.0 to -1.0; p < 0.001)."
    (found,) = extract(make(text, role="results"), vocabulary).results
    assert (
        found.quote == text[found.start : found.end] == "MD -1.5, 95% CI -2.0 to -1.0; p < 0.001"
    )
    assert found.effect is not None
    assert (found.effect.measure, found.effect.value, found.effect.p) == ("MD", -1.5, "< 0.001")
    assert (found.intervention, found.comparator, found.scale) == ("x", "placebo", "vas")
    assert (found.outcome, found.time_point) == ("pain-score", "4 weeks")
    assert {c.verdict for c in found.checks} == {"agrees"}


def test_a_wrong_percentage_is_found(make, vocabulary: Vocabulary) -> None:
    text = "Nausea occurred in 28 of 71 patients (49.4%) with drug X."
    (found,) = extract(make(text, role="results"), vocabulary).results
    assert found.arms[0].n == 71
    assert found.arms[0].events == 28
    verdicts = {c.rule: (c.verdict, c.expected) for c in found.checks}
    assert verdicts["percentage-of-counts"] == ("disagrees", "39.44%")


def test_introductions_relay_numbers_of_others(make, vocabulary: Vocabulary) -> None:
    assert not extract(make("3/4 (75%) improved.", role="introduction"), vocabulary).results
