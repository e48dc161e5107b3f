"""What a base is about: probatum.toml, read and checked against one table of settings."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from probatum.engine.storage import plain_errors
from probatum.errors import NotABaseError, SettingsError

FILE_NAME = "probatum.toml"
DEFAULT_PACK = "ketamine"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its table and key in probatum.toml, default, and what it does."""

    table: str
    key: str
    default: str | int | tuple[str, ...]
    meaning: str


SETTINGS = (
    Setting("base", "title", "An evidence base", "what the base is called on its pages"),
    Setting(
        "base", "pack", DEFAULT_PACK, "a shipped pack's name, or a folder relative to the base"
    ),
    Setting("base", "as_of", "", "the date the base speaks for (YYYY-MM-DD); the only 'now'"),
    Setting("sources", "paths", ("sources/**",), "globs of the documents, relative to the base"),
    Setting("limits", "max_source_mb", 100, "largest source of a format that is not streamed, MB"),
    Setting(
        "trust",
        "journal_lists",
        (),
        'lists of journals or publishers as opinions, "name and year = file.csv"; none by default',
    ),
    Setting(
        "trust",
        "domain_ratings",
        (),
        'ratings of domains as opinions, "name and year = file.csv"; none by default',
    ),
    Setting("retrieval", "contact", "", "e-mail address that services are told who asks"),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of one base, each with its default filled in."""

    title: str
    pack: str
    as_of: str
    paths: tuple[str, ...]
    max_source_mb: int
    journal_lists: tuple[str, ...]
    domain_ratings: tuple[str, ...]
    contact: str


def find_base(start: Path) -> Path:
    """Find the nearest folder upwards that holds probatum.toml; raises NotABaseError."""
    for folder in (start, *start.parents):
        if (folder / FILE_NAME).is_file():
            return folder
    raise NotABaseError(
        f"no {FILE_NAME} in {start} or above; make a base with 'probatum init DIR' or name one"
        " with --base DIR"
    )


def load_settings(folder: Path) -> Settings:
    """Read probatum.toml; raises SettingsError naming the setting and what is known."""
    path = folder / FILE_NAME
    if not path.is_file():
        raise NotABaseError(f"{folder}: no {FILE_NAME} here; make a base with 'probatum init DIR'")
    try:
        with plain_errors(path):
            content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: not valid TOML ({error}); mend that line") from error
    _refuse_unknown(path, content)
    values = {s.key: _value(path, s, content) for s in SETTINGS}
    return Settings(**values)


def _refuse_unknown(path: Path, content: dict[str, Any]) -> None:
    known = {(s.table, s.key) for s in SETTINGS}
    for table, entries in content.items():
        if not isinstance(entries, dict):
            raise SettingsError(f"{path}: {table!r} stands outside a table; {_known()}")
        for key in entries:
            if (table, key) not in known:
                raise SettingsError(f"{path}: unknown setting {table}.{key}; {_known()}")


def _known() -> str:
    return "known: " + ", ".join(f"{s.table}.{s.key}" for s in SETTINGS)


def _value(path: Path, setting: Setting, content: dict[str, Any]) -> Any:
    value = content.get(setting.table, {}).get(setting.key, setting.default)
    if isinstance(setting.default, tuple) and isinstance(value, list):
        value = tuple(value)
    wrong_items = isinstance(value, tuple) and not all(isinstance(v, str) for v in value)
    if type(value) is not type(setting.default) or wrong_items:
        kind = "a list of strings" if isinstance(setting.default, tuple) else None
        wanted = kind or type(setting.default).__name__
        raise SettingsError(f"{path}: {setting.table}.{setting.key} must be {wanted}")
    if isinstance(value, int) and value < 1:
        raise SettingsError(f"{path}: {setting.table}.{setting.key} must be 1 or more")
    return value


def settings_text(title: str, pack: str, as_of: str) -> str:
    """Write the probatum.toml of a new base."""
    return (
        "# What this base is about. The known settings stand in docs/reference/settings.md.\n"
        f"[base]\ntitle = {_quoted(title)}\npack = {_quoted(pack)}\nas_of = {_quoted(as_of)}\n\n"
        '[sources]\npaths = ["sources/**"]\n'
    )


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{"".join(c if c.isprintable() else " " for c in escaped)}"'
