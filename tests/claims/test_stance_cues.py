"""Cues: trying only the branches that begin with a word's letter finds what trying all does."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from probatum.claims.stance_context import said
from probatum.claims.stance_cues import cues
from probatum.text.lexicon import load

_ROWS = load("probatum.claims", "stance.toml")["cue"]
_ALL = re.compile(
    "|".join(rf"(?P<c{i}>\b(?:{'|'.join(row['patterns'])})\b)" for i, row in enumerate(_ROWS))
)
_SAID = (
    "in contrast to line with our results are not consistent however but no found others similar"
    " the same as reported higher than previous studies confirm supported by these agree unlike"
    " whereas did show is lower earlier also been observed could never less fail different from"
    " unable replicate very within range published adds to evidence chimes doubt questioned"
    " exceeded opposite previously compared trial"
)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(_SAID.split()), max_size=25))
def test_letters_lose_no_cue(words: list[str]) -> None:
    text = " ".join(words)
    expected = [
        (_ROWS[int((m.lastgroup or "")[1:])]["name"], m.group()) for m in _ALL.finditer(text)
    ]
    assert [(cue.name, cue.words) for cue in cues(said(text))] == expected
