"""Which sentences of a page speak of a drug that they do not name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from probatum.model.pack import Pack
from probatum.trust.subject import subject


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        ("Drug X is given once. It is not addictive.", True),
        ("Drug X is given once. The room is quiet. You may drive home after the infusion.", True),
        ("Drug X is given once. The room is quiet. It is not addictive.", False),
        ("Drug X is given once. Yoga is safe during pregnancy.", False),
        ("You may drive home after the infusion.", False),
    ],
    ids=["it", "the infusion", "it, too far", "another thing", "nothing named"],
)
def test_carried(said: str, carried: bool, page, pack: Pack) -> None:
    given = subject(page(said), pack, ())
    last = given.sentences[-1].start
    assert (given.about.get(last) == frozenset({"x"})) == carried


def test_an_article_carries_nothing(page, pack: Pack) -> None:
    document = replace(page("Drug X is given once. It is not addictive."), kind="article")
    assert not subject(document, pack, ()).about
