"""Write docs/reference from the code: commands, settings, formats, checks, measures, library.

A test compares the files with what this script would write, so nothing that a user can name goes
undocumented.
"""

from __future__ import annotations

import inspect
import json
import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import typer.main

import probatum
from probatum import errors, stats
from probatum.cli.app import app
from probatum.documents.table import FORMATS, load
from probatum.flow import published
from probatum.flow.settings import SETTINGS
from probatum.stats.measures.table import MEASURES
from probatum.trust.checks import CHECKS, Check

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "reference"
NOTE = "<!-- Written by `make reference` from the code; do not edit. -->\n\n"


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return a Markdown table; bars in cells are escaped.

    >>> print(table(["a", "b"], [(1, "x|y")]), end="")
    | a | b |
    |---|---|
    | 1 | x\|y |
    """
    lines = [list(head), ["---"] * len(head), *rows]
    shown = [" | ".join(str(cell).replace("|", "\\|") for cell in line) for line in lines]
    shown[1] = shown[1].replace(" ", "")
    return "".join(f"|{line}|\n" if n == 1 else f"| {line} |\n" for n, line in enumerate(shown))


def _wanted(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        name = str(parameter.metavar or parameter.name.upper())
        return f"`{name}{'...' if parameter.nargs == -1 else ''}`"
    value = "" if parameter.is_flag else f" {parameter.name.upper()}"
    return f"`{'/'.join(parameter.opts)}{value}`"


def _default(parameter: Any) -> str:
    if parameter.param_type_name == "argument" or parameter.is_flag or parameter.default is None:
        return ""
    return f"`{parameter.default}`"


def commands() -> str:
    """Return the page of the commands."""
    parts = [
        "# Commands\n\nEvery command says `--help`. Exit codes: 0 done; 1 input was rejected, or"
        " something was found that a check looks for; 2 a bad call.\n"
    ]
    for name, command in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        rows = [
            (_wanted(one), getattr(one, "help", None) or "", _default(one))
            for one in command.params
            if one.name != "help"
        ]
        text = inspect.cleandoc(command.help or "")
        parts.append(f"\n## probatum {name}\n\n{text}\n\n{table(['', '', 'default'], rows)}")
    return "".join(parts)


def _toml(value: str | int | tuple[str, ...]) -> str:
    return f"`{json.dumps(value, ensure_ascii=False)}`" if value else "none"


def settings() -> str:
    """Return the page of the settings."""
    rows = [(f"`{s.table}.{s.key}`", _toml(s.default), s.meaning) for s in SETTINGS]
    head = "# Settings\n\nThe keys of `probatum.toml`; an unknown one is refused.\n\n"
    return head + table(["setting", "default", "what it does"], rows)


def formats() -> str:
    """Return the page of the formats."""
    rows = [
        (
            f"`{e.name}`",
            e.summary,
            e.reference,
            "any size" if load(e.name).streaming else "bounded",
        )
        for e in FORMATS
    ]
    head = (
        "# Formats\n\nThe format is told by content. *Bounded* formats are held in memory: a"
        " source above `limits.max_source_mb` becomes one problem that names the setting.\n\n"
    )
    return head + table(["format", "what it is", "reference", "size"], rows)


def checks() -> str:
    """Return the page of the trust checks."""
    rows = [
        (f"`{c.kind}`", c.summary, f"{c.scope}, {c.severity}", c.dimension, _follows(c))
        for c in CHECKS
    ]
    head = "# Trust checks\n\nA flag is a sign about a source, never a verdict on it.\n\n"
    return head + table(["kind of flag", "what it is", "scope", "line", "follows"], rows)


def _follows(check: Check) -> str:
    return f"{check.reference}; {check.instrument}" if check.instrument else check.reference


def measures() -> str:
    """Return the page of the effect measures."""
    rows = [
        (f"`{m.name}`", m.label, f"`{', '.join(m.needs)}`", m.scale, m.range, m.reference)
        for m in MEASURES.values()
    ]
    head = "# Effect measures\n\nWhat `probatum meta --measure` and `stats.escalc` take.\n\n"
    return head + table(["measure", "", "fields", "read back", "range", "reference"], rows)


def _signature(name: str, thing: Any) -> str:
    # Annotations are strings in our modules; quotes around defaults stay.
    return name + re.sub(r"(: |-> )'([^']*)'", r"\1\2", str(inspect.signature(thing)))


def _described(level: str, title: str, name: str, thing: Any) -> str:
    doc = inspect.getdoc(thing) or ""
    return (
        f"\n{level} {title}\n\n```python\n{_signature(name, thing)}\n```\n\n```text\n{doc}\n```\n"
    )


def _entry(prefix: str, name: str, thing: Any) -> str:
    title = f"{prefix}.{name}"
    if inspect.ismodule(thing):
        return f"\n## {title}\n\n{(inspect.getdoc(thing) or '').splitlines()[0]}\n"
    if not callable(thing):
        return f"\n## {title}\n\nA constant.\n"
    methods = inspect.getmembers(thing, inspect.isfunction) if inspect.isclass(thing) else []
    return _described("##", title, name, thing) + "".join(
        _described("###", f"{title}.{method}", method, function)
        for method, function in methods
        if not method.startswith("_")
    )


def library() -> str:
    """Return the page of the library: the public verbs, the numbers, the errors."""
    parts = ["# Library\n\nExamples are run by the tests.\n"]
    parts += [_entry("probatum", name, getattr(probatum, name)) for name in probatum.__all__]
    parts += [_entry("probatum.stats", name, getattr(stats, name)) for name in stats.__all__]
    return "".join(
        [*parts, "\n## probatum.errors\n\n", f"```text\n{inspect.getdoc(errors)}\n```\n"]
    )


def published_pools() -> str:
    """Return the page of what published reviews concluded."""
    parts = published.sections(published.shipped())
    return "".join(text + table(head, rows) for text, head, rows in parts)


PAGES: dict[str, Callable[[], str]] = {
    "commands": commands,
    "settings": settings,
    "formats": formats,
    "checks": checks,
    "measures": measures,
    "library": library,
    "published": published_pools,
}


def page(name: str) -> str:
    """Return the content of one file of docs/reference."""
    return NOTE + PAGES[name]()


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for each in PAGES:
        (FOLDER / f"{each}.md").write_text(page(each))
