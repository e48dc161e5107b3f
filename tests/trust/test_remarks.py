"""The learned remarks: what they read, that they are steady, and the flags they give."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.model.pack import Pack
from probatum.text.hashed import word_hash
from probatum.trust.appraise import appraise
from probatum.trust.remark_features import (
    Read,
    class_names,
    class_pairs,
    grams,
    letters,
    read,
    where,
)
from probatum.trust.remarks import (
    GRAMS,
    Table,
    known_runs,
    remarks,
    scores,
    shipped,
    word_weights,
)

CASES = tomllib.loads(
    (Path(__file__).parent.parent / "cases/trust/learned.toml").read_text(encoding="utf-8")
)
SALE = "Order your three-month supply today and get 25% off with code CALM25."
TAPPED = "Tap below to claim your free bottle before midnight."
PLAIN = "The clinic opened in the spring and has two rooms."
FAR = 9  # sentences: beyond what tells the topic of one


@given(st.lists(st.text(max_size=80), max_size=6))
def test_reading_takes_any_text(texts: list[str]) -> None:
    found = read(texts)
    assert found.count == len(texts)
    assert (np.diff(found.row) >= 0).all()
    places = [place for text in texts for place in where(text)]
    assert len(places) == len(found.words)
    assert all(start <= end for start, end in places)
    assert remarks(texts).chances.shape == (len(texts), len(shipped().kinds))


@given(st.lists(st.sampled_from(["pain", "fell", "by", "30%", "in", "we", "."]), max_size=30))
def test_no_run_of_words_crosses_two_sentences(words: list[str]) -> None:
    text = " ".join(words)
    one, two = grams(read([text]))[0], grams(read([text, text]))[0]
    assert sorted([*one.tolist(), *one.tolist()]) == sorted(two.tolist())


def test_runs_of_words_weigh_by_the_root_of_their_number() -> None:
    model = replace(shipped(), signs=shipped().signs * 0)  # asked only where words give a chance
    given = read([PLAIN, SALE])
    without = replace(model, grams=Table(model.grams.keys, model.grams.weights * 0))
    hits = known_runs(given, model)
    added = scores(given, hits, model) - scores(given, hits, without)
    alone = read([SALE])
    keys, _, _ = grams(alone)
    _, at = model.grams.find(keys)
    expected = GRAMS * model.grams.weights[at].sum(axis=0) / np.sqrt(len(keys))
    np.testing.assert_allclose(added[1], expected, rtol=1e-4, atol=1e-4)


def test_what_words_add_hangs_on_their_sentence_alone() -> None:
    kind = shipped().kinds.index("sales_link")
    alone, beside = remarks([SALE]), remarks([PLAIN, SALE, PLAIN])
    np.testing.assert_allclose(
        word_weights(alone, 0, kind), word_weights(beside, 1, kind), rtol=1e-5
    )


@given(st.lists(st.sampled_from(["pain", "schmerz", "übel", "naïve", "<0>", "!", "x"])))
def test_letters_are_those_of_each_word(words: list[str]) -> None:
    keys, of = letters(words)
    assert of.tolist() == sorted(of.tolist())
    for at, word in enumerate(words):
        edged = f" {word} " if word[0].isalpha() else ""
        runs = [edged[a : a + n] for n in (3, 4, 5) for a in range(len(edged) - n + 1)]
        assert sorted(keys[of == at].tolist()) == sorted(word_hash(f"#{run}") for run in runs)


def test_a_sentence_far_off_changes_nothing() -> None:
    some = [SALE, *[PLAIN] * FAR]
    alone, beside = remarks(some), remarks([*some, "Research has proven that it cures cancer."])
    assert np.allclose(alone.chances[0], beside.chances[0], atol=1e-5)


def test_the_words_behind_a_remark_are_its_own() -> None:
    found = remarks([PLAIN, SALE])
    kind = shipped().kinds.index("sales_link")
    weights = word_weights(found, 1, kind)
    words = [w for w, row in zip(found.given.words, found.given.row, strict=True) if row == 1]
    heavy = {words[at] for at in np.argsort(-weights)[:5]}
    assert heavy & {"order", "off", "code", "today", "get"}


@given(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=12), min_size=1, max_size=3))
def test_pairs_of_classes_are_those_at_most_four_words_apart(rows: list[list[int]]) -> None:
    row = np.repeat(np.arange(len(rows)), [len(words) for words in rows])
    kinds = np.array([kind for words in rows for kind in words])
    members = (kinds[:, None] == np.arange(1, 4)).astype(np.float32)  # class 0: none
    given_ = Read([""] * len(row), row, np.zeros((len(rows), 1), dtype=np.float32))
    wanted = {
        (at, 3 * (first - 1) + second - 1)
        for at, words in enumerate(rows)
        for place, first in enumerate(words)
        for second in words[place + 1 : place + 5]
        if first and second
    }
    found = [column.tolist() for column in class_pairs(given_, members)]
    assert list(zip(*found, strict=True)) == sorted(wanted)


def test_the_weights_fit_what_is_read() -> None:
    model, size = shipped(), len(class_names())
    assert model.one.shape == (size, len(model.kinds))
    assert model.pairs.shape == (size**2, len(model.kinds))
    assert (np.diff(model.grams.keys.astype(np.int64)) > 0).all()


def test_a_learned_flag_says_that_it_is_one(page, pack: Pack) -> None:
    flags = appraise(page(f"{PLAIN} {TAPPED} {PLAIN}"), pack, ()).flags
    (found,) = [f for f in flags if f.kind == "sales_link" and "learned" in f.rule]
    assert found.rule == "sales_link/learned-1"
    assert found.severity == "concern"  # a sale that is only learned is never serious
    assert "model, probability" in found.evidence
    assert "'" in found.evidence
    assert found.reference
    assert found.quote is not None
    assert found.quote in TAPPED


def test_what_a_rule_has_flagged_is_not_flagged_again(page, pack: Pack) -> None:
    text = "Experts agree that it works. It is risk-free. Buy it here today and save 20% now."
    flags = appraise(page(text), pack, ()).flags
    for kind in {f.kind for f in flags}:
        spans = sorted((f.start, f.end) for f in flags if f.kind == kind and f.start is not None)
        assert all(one[1] <= two[0] for one, two in pairwise(spans))
    assert len({f.id for f in flags}) == len(flags)


def test_against_a_label_the_pack_speaks_or_the_reader_is_told_to_check(page, pack: Pack) -> None:
    text = (
        "You may take it together with your warfarin and a glass of wine in complete safety. "
        "Drug X is fully FDA-approved for the treatment of asthma at home."
    )
    flags = [f for f in appraise(page(text), pack, ()).flags if "learned" in f.rule]
    for flag in flags:
        if flag.kind in {"safety_contradiction", "regulatory_misstatement"}:
            told = "Check it against the label" in flag.explanation
            assert told == ("against it:" not in flag.evidence)
            assert not told or flag.severity == "concern"


@pytest.mark.parametrize("kind", ["vague_attribution", "sales_link", "testimonial"])
def test_of_articles_less_is_asked(kind: str, page, pack: Pack) -> None:
    for text in CASES[kind]["hits"]:
        flags = appraise(page(text, kind="article"), pack, ()).flags
        assert not [f for f in flags if f.kind == kind and "learned" in f.rule]


def test_invented_sentences_in_a_third_hand(page, pack: Pack) -> None:
    found = {"hits": [0, 0], "misses": [0, 0]}
    for kind, case in CASES.items():
        for part, sentences in case.items():
            for text in sentences:
                flags = appraise(page(f"{PLAIN} {text} {PLAIN}"), pack, ()).flags
                flagged = any(f.kind == kind and f.quote and f.quote in text for f in flags)
                found[part][0] += flagged
                found[part][1] += 1
    assert found["hits"][0] >= 0.8 * found["hits"][1], found
    assert found["misses"][0] <= 0.15 * found["misses"][1], found


CUT = "The heron was treated at dawn. There are four kinds of foot ulcer that need surgery, namely"


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        (CUT, True),
        ("The nurse of the harbour, who was not in the study, said:\n\n\u201cCold.\u201d", False),
        ("MORE: The Quiet Answer: Why The Best Sort Of Rest Is The One No One Takes", False),
    ],
)  # fmt: skip
def test_what_goes_on_is_not_cut_off(text: str, cut: bool, page, pack: Pack) -> None:
    kinds = {flag.kind for flag in appraise(page(text), pack).flags}
    assert ("truncated_text" in kinds) == cut
