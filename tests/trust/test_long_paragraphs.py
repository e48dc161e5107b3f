"""A paragraph without end is read in part, and the part is said."""

from __future__ import annotations

from probatum.model.pack import Pack
from probatum.trust.appraise import appraise
from probatum.trust.subject import LONGEST_PARAGRAPH, subject


def test_the_end_of_an_endless_paragraph_is_not_read_and_that_is_said(page, pack: Pack) -> None:
    text = "This row of words goes on and on. " * (LONGEST_PARAGRAPH // 30)
    flags = [f for f in appraise(page(text), pack, ()).flags if f.kind == "unread_text"]
    assert [f"{LONGEST_PARAGRAPH} of these" in f.evidence for f in flags] == [True]
    read = subject(page(text), pack, ()).sentences
    assert LONGEST_PARAGRAPH - 100 < read[-1].end <= LONGEST_PARAGRAPH


def test_a_usual_text_is_read_whole(page, pack: Pack) -> None:
    assert "unread_text" not in [f.kind for f in appraise(page("It helps."), pack, ()).flags]
