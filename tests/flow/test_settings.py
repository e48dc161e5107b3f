"""Settings are checked against one table, and every refusal names what is known."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probatum.errors import NotABaseError, SettingsError
from probatum.flow.settings import (
    FILE_NAME,
    SETTINGS,
    find_base,
    load_settings,
    settings_text,
)


def write(folder: Path, text: str) -> Path:
    """Write a probatum.toml."""
    (folder / FILE_NAME).write_text(text, encoding="utf-8")
    return folder


def test_defaults_are_filled_in(tmp_path: Path) -> None:
    settings = load_settings(write(tmp_path, '[base]\ntitle = "Mine"\n'))
    assert (settings.title, settings.paths, settings.max_source_mb) == (
        "Mine",
        ("sources/**",),
        100,
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[base]\ncolour = 'red'\n", "unknown setting base.colour; known: base.title"),
        ("[nonsense]\nx = 1\n", "unknown setting nonsense.x"),
        ("title = 'x'\n", "stands outside a table"),
        ("[limits]\nmax_source_mb = 'many'\n", "limits.max_source_mb must be int"),
        ("[limits]\nmax_source_mb = 0\n", "must be 1 or more"),
        ("[sources]\npaths = [1]\n", "sources.paths must be a list of strings"),
        ("[base\n", "not valid TOML"),
    ],
)
def test_wrong_settings_are_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SettingsError, match=message):
        load_settings(write(tmp_path, text))


def test_the_nearest_base_upwards_is_found(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    write(tmp_path, "")
    assert find_base(inner) == tmp_path
    (tmp_path / FILE_NAME).unlink()
    with pytest.raises(NotABaseError, match="probatum init"):
        find_base(inner)
    with pytest.raises(NotABaseError, match="probatum init"):
        load_settings(inner)


@given(st.text(max_size=60))
def test_any_title_survives(tmp_path_factory: pytest.TempPathFactory, title: str) -> None:
    folder = write(tmp_path_factory.mktemp("base"), settings_text(title, "p", "2026-01-01"))
    printable = "".join(c if c.isprintable() else " " for c in title)
    assert load_settings(folder).title == printable


def test_every_setting_is_documented(project_root: Path) -> None:
    page = (project_root / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    for setting in SETTINGS:
        assert f"`{setting.table}.{setting.key}`" in page
