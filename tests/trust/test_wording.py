"""Expected wording: ill-fitting words, terms behind pairs, spun documents and their places."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.model.pack import Pack
from probatum.trust.appraise import appraise
from probatum.trust.bound import NONE, behind, fixed_terms
from probatum.trust.counted import counted
from probatum.trust.spun import limit_for, log_ratio
from probatum.trust.tokens import tokens
from probatum.trust.wording import Spoken, places

CLEAN = (
    "Patients were randomly assigned to the treatment group or the control group. Blood pressure "
    "was measured at baseline and after six weeks. There was no significant difference between "
    "the two groups in adverse events. The results suggest that the treatment is safe. "
)
SPUN = (
    "Sufferers had been haphazardly allotted to the remedy crowd or the command crowd. Blood "
    "strain was gauged at groundwork and succeeding six weeks. There was no notable divergence "
    "amid the couple crowds in hostile happenings. The outcomes hint that the remedy is secure. "
    "Clinicians really should seek expert belief when weighing use in this placing, Though the "
    "nursing squad ought to watch the important signals and the coronary beat intently. "
)


def test_a_clean_text_fits_and_a_spun_one_does_not(page, pack: Pack) -> None:
    clean, spun = (appraise(page(text), pack, ()) for text in (CLEAN * 2, SPUN))
    assert not clean.profile.spun
    assert not [f for f in clean.flags if f.kind == "spun_wording"]
    assert spun.profile.spun
    marked = [f for f in spun.flags if f.kind in {"spun_wording", "tortured_phrase"}]
    assert len(marked) >= 9  # the two kinds are one family
    assert all(f.quote == SPUN[f.start : f.end] and f.evidence for f in marked)
    assert any("vital signs" in f.suggestion for f in marked)


@given(words=st.integers(1, 5_000), more=st.integers(1, 5_000), near=st.floats(-3, 0))
def test_the_limit_falls_with_length_and_rises_with_research_and_other_fields(
    words: int, more: int, near: float
) -> None:
    limit = limit_for(words, near, on_health=True)
    assert limit_for(words + more, near, on_health=True) < limit
    assert limit_for(words, near + 0.3, on_health=True) >= limit
    assert limit_for(words, near, on_health=False) > limit


@pytest.mark.parametrize("of", ["document", "paragraph"])
@given(sure=st.lists(st.floats(-15, -5), max_size=60), put=st.lists(st.floats(3, 9), min_size=3))
def test_replaced_words_raise_the_ratio_and_sure_ones_do_not(
    of: str, sure: list[float], put: list[float]
) -> None:
    clean = log_ratio(np.array(sure), of)
    assert clean <= 0.0
    assert log_ratio(np.array([*sure, *put]), of) > clean
    assert log_ratio(np.array(put), of) > log_ratio(np.array([*put, -9.0]), of) > 0.0


@pytest.mark.parametrize(
    ("pair", "meant"),
    [
        (("important", "signals"), "vital signs"),
        (("danger", "factors"), "risk factors"),
        (("dosing", "program"), "dosing regimen"),
        (("blurred", "eyesight"), "blurred vision"),
        (("blood", "strain"), "blood pressure"),
        (("bosom", "malignancy"), "breast cancer"),
        (("standard", "mistake"), "standard error"),
    ],
)
def test_fixed_terms_behind_a_pair(pair: tuple[str, str], meant: str) -> None:
    assert meant in fixed_terms(*pair)


@pytest.mark.parametrize("pair", [("vital", "signs"), ("heart", "problem"), ("main", "results")])
def test_no_fixed_term_behind_usual_pairs(pair: tuple[str, str]) -> None:
    assert fixed_terms(*pair) == ()


def test_a_pair_of_usual_words_is_likelier_a_broken_term() -> None:
    row = tokens([(0, "They saw bosom malignancy and blood pressure and nice weather.")])
    before, after = behind(row, counted(row), np.arange(len(row.keys)))
    assert after[2] == before[3] > 2  # bosom malignancy
    assert after[5] == before[6] == NONE  # seen as it stands
    assert after[8] < 1  # nice weather: no term behind it
    assert before[0] == after[-1] == NONE


def test_a_word_is_scored_alike_as_itself_and_as_one_that_might_stand_there() -> None:
    row = tokens([(0, CLEAN), (len(CLEAN), SPUN)])
    at = np.flatnonzero(row.weighed)
    counts = counted(row)
    spoken = Spoken(row, counts, at)
    as_near = spoken.near(row.keys[at], counts.words[at], np.arange(len(at)))
    assert (counts.triples > 0).sum() > 20
    assert np.allclose(as_near, spoken.own())


def test_pairs_parted_by_a_sign_are_none() -> None:
    row = tokens([(0, "It was bosom, malignancy.")])
    assert (behind(row, counted(row), np.arange(len(row.keys)))[1] == NONE).all()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_text(texts: list[str]) -> None:
    found = places([(1000 * i, text) for i, text in enumerate(texts)])
    assert len(found.start) == len(found.gain) == len(found.odds)
    assert all(len(found.better(at)) <= 3 for at in range(len(found.start)))
    assert np.isfinite(found.gain).all()
    assert (found.start < found.end).all()
