"""Compiled templates are kept, checked, and never in the way."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from probatum.atlas.kept_templates import KeptTemplates

TEXT = "Hello, {{ name }}."


@pytest.fixture
def maker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A module that makes environments, where byte code may be written."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    path = tmp_path / "maker.py"
    path.write_text("first state")
    return path


def drawn(maker: Path, text: str = TEXT) -> str:
    """What a new environment draws."""
    environment = Environment(
        loader=DictLoader({"a.html": text}), autoescape=True, bytecode_cache=KeptTemplates(maker)
    )
    return environment.get_template("a.html").render(name="<b>")


def known(maker: Path, text: str = TEXT) -> bool:
    """Whether a new process would find the template compiled."""
    environment = Environment(autoescape=True)
    return KeptTemplates(maker).get_bucket(environment, "a.html", None, text).code is not None


def test_what_was_compiled_is_found_until_its_text_or_its_maker_changes(maker: Path) -> None:
    assert not known(maker)
    assert drawn(maker) == "Hello, &lt;b&gt;."
    assert known(maker)
    assert drawn(maker) == "Hello, &lt;b&gt;."
    assert not known(maker, "Other text.")
    maker.write_text("second state")
    assert not known(maker)


@pytest.mark.parametrize("damage", [b"", b"\0" * 40])
def test_a_damaged_file_is_made_anew(maker: Path, damage: bytes) -> None:
    drawn(maker)
    (kept,) = (maker.parent / "__pycache__").iterdir()
    whole = kept.read_bytes()
    for spoilt in (damage, whole[:-9]):
        kept.write_bytes(spoilt)
        assert drawn(maker) == "Hello, &lt;b&gt;."
        assert kept.read_bytes() == whole


def test_a_folder_that_cannot_be_written_only_costs_time(maker: Path) -> None:
    (maker.parent / "__pycache__").write_text("a file where the folder should be")
    assert drawn(maker) == "Hello, &lt;b&gt;."
    assert not known(maker)


def test_nothing_is_written_where_python_may_not(
    maker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert drawn(maker) == "Hello, &lt;b&gt;."
    assert list(maker.parent.iterdir()) == [maker]
