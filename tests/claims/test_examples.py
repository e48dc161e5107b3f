"""The invented documents: each says so, and shows what the README of the folder promises."""

from __future__ import annotations

from pathlib import Path

import pytest

from probatum.claims.extract import extract
from probatum.documents.read import collect
from probatum.flow.packs import load_pack
from probatum.model.document import Document
from probatum.trust.appraise import appraise

FOLDER = Path(__file__).parent.parent.parent / "examples"
FILES = sorted(p for p in FOLDER.iterdir() if p.is_file() and p.name != "README.md")


@pytest.fixture(scope="module")
def pack():
    return load_pack("ketamine")


def documents(name: str) -> tuple[Document, ...]:
    return collect((FOLDER / name).read_bytes(), name).documents


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_each_is_read_and_says_that_it_is_invented(path: Path) -> None:
    found = documents(path.name)
    assert found
    assert all("invented" in ((d.metadata.title or "") + d.text).lower() for d in found)
    assert not [p for d in found for p in d.problems]


def test_support_and_contrast_of_one_trial(pack) -> None:
    stances = {}
    for name in ("harbour-trial.xml", "lakeside-study.xml", "meadow-retracted.xml"):
        (document,) = documents(name)
        for statement in extract(document, pack.vocabulary).statements:
            cited = {target.identifiers.doi for target in statement.targets}
            if "10.2147/ndt.s391096" in cited and statement.stance != "mentioning":
                stances[name] = (statement.stance, statement.own_evidence)
    assert stances == {
        "harbour-trial.xml": ("supporting", True),
        "lakeside-study.xml": ("contrasting", True),
        "meadow-retracted.xml": ("supporting", True),
    }


def test_the_trust_of_the_two_pages(pack) -> None:
    (shop,) = documents("vendor-page.html")
    (spun,) = documents("spun-page.txt")
    assert appraise(shop, pack, ()).profile.interest == "serious"
    assert appraise(spun, pack, ()).profile.spun
    assert "script" not in shop.text.lower().replace("description", "").replace("prescription", "")
