"""Docs are tests: links lead somewhere, commands exist, the reference says what the code says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import typer.main

import measured
import reference
from probatum.cli.app import app

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\]\(([^)\s]+)\)")
# A command in running text or at the start of a line of a block of code.
COMMAND = re.compile(r"(?:`|^|\$ |\| )probatum ([a-z][a-z-]+)", re.MULTILINE)
TARGET = re.compile(r"(?:`|^)(?:[A-Z_]+=\S+ )?make ([a-z-]+)", re.MULTILINE)


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_links_lead_to_files_of_the_project(path: Path) -> None:
    broken = [
        target
        for target in LINK.findall(path.read_text())
        if not target.startswith(("http", "#", "mailto:"))
        and not (path.parent / target.split("#")[0]).exists()
    ]
    assert broken == []


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_commands_in_the_docs_exist(path: Path) -> None:
    known = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    assert set(COMMAND.findall(path.read_text())) - known == set()


@pytest.mark.parametrize("path", PAGES, ids=named)
def test_make_targets_in_the_docs_exist(path: Path) -> None:
    known = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    known |= {f"bench-{path.stem}" for path in (ROOT / "bench").glob("*.py")}  # bench-%
    assert set(TARGET.findall(path.read_text())) - known == set()


@pytest.mark.parametrize("name", reference.PAGES)
def test_the_reference_says_what_the_code_says(name: str) -> None:
    file = ROOT / "docs" / "reference" / f"{name}.md"
    assert file.exists(), "run `make reference`"
    assert file.read_text() == reference.page(name), "the code has changed: run `make reference`"


def test_the_methods_page_tells_the_measured_figures() -> None:
    told = measured.FILE.read_text("utf-8")
    assert told == measured.measured(), "a floor has changed: run `make reference`"
    assert {line.partition(",")[0] for line in told.splitlines()[1:]} == {
        model for model, _, _ in measured.CHOSEN
    }


def test_every_decision_stands_in_the_index() -> None:
    folder = ROOT / "docs" / "decisions"
    index = (folder / "README.md").read_text()
    decisions = sorted(folder.glob("[0-9]*.md"))
    assert [d.name for d in decisions if f"]({d.name})" not in index] == []
    numbers = [int(d.name[:4]) for d in decisions]
    assert numbers == list(range(1, len(decisions) + 1))
