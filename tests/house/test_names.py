"""Names, exports and what must never stand in a file of the project."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import probatum

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "probatum"

VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "process", "stuff"}

# The only Python that may name the therapy that ships: where a default says so.
MAY_NAME_THE_THERAPY = {"cli.py", "flow/settings.py"}

# Put together from halves, so that this file does not hold them itself.
OF_A_MACHINE = [
    r"/wo" r"rk/(main|shared|brief|venv|\.lib)",
    r"/fa" r"rm/",
    r"/ro" r"ot/",
    r"/op" r"t/(wheels|pypi)",
    r"/ho" r"me/[a-z]",
    r"/va" r"r/t" r"mp/",  # noqa: S108 - a pattern, no file is made
    r"pyp" r"i\.org|files\.python" r"hosted",
    r"registry\.np" r"mjs|deb\.deb" r"ian\.org|ghcr" r"\.io",
]


@cache
def tracked() -> tuple[Path, ...]:
    """Every file of the project that git knows, or would take."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if name)
    return tuple(path for path in paths if path.is_file())


def text_of(path: Path) -> str:
    """The text of a file, or "" for pictures and other bytes."""
    data = path.read_bytes()
    return "" if b"\0" in data[:8192] else data.decode("utf-8", errors="replace")


def test_no_name_says_nothing() -> None:
    vague = [
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*")
        if VAGUE & set(re.split(r"[_\W]+", path.stem.lower()))
    ]
    assert vague == []


def test_exports_are_sorted_typed_and_there() -> None:
    assert list(probatum.__all__) == sorted(set(probatum.__all__))
    for name in probatum.__all__:
        assert getattr(probatum, name).__doc__ or name == "__version__", name


def test_exports_are_listed_by_dir() -> None:
    assert set(probatum.__all__) <= set(dir(probatum))


def test_a_therapy_is_only_data() -> None:
    named = [
        path.relative_to(SRC).as_posix()
        for path in SRC.rglob("*")
        if path.is_file()
        and "packs" not in path.relative_to(SRC).parts[:-1]
        and path.suffix != ".pyc"
        and "ketamine" in text_of(path).lower()
    ]
    assert set(named) <= MAY_NAME_THE_THERAPY


def test_no_rule_is_written_for_a_known_document() -> None:
    """Nothing that names one of the documents the project started from stands in the code."""
    known = ["20451253231154125", "trippy world", "26766", "everything about ketamine"]
    hits = [
        f"{path.relative_to(SRC)}: {word}"
        for path in SRC.rglob("*.py")
        for word in known
        if word in text_of(path).lower()
    ]
    assert hits == []


def test_no_path_or_registry_of_one_machine() -> None:
    # After a letter it is part of an address, which may hold any of these words.
    pattern = re.compile(rf"(?<![\w.-])(?:{'|'.join(OF_A_MACHINE)})")
    hits = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in tracked()
        for number, line in enumerate(text_of(path).splitlines(), 1)
        if (match := pattern.search(line))
    ]
    assert hits == []


def test_nothing_unfinished_is_left_in_the_code() -> None:
    pattern = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|NotImplemented" r"Error)\b")
    hits = [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in SRC.rglob("*.py")
        if (match := pattern.search(text_of(path)))
    ]
    assert hits == []


def test_no_file_is_large_or_a_link_out_of_the_project() -> None:
    large = [path for path in tracked() if path.stat().st_size > 5_000_000]
    links = [path for path in tracked() if path.is_symlink()]
    assert (large, links) == ([], [])


def test_no_test_holds_a_clock_against_a_limit() -> None:
    """Speed is measured by bench/; a test compares costs by tests/growth.py, on any machine."""
    clock = re.compile(r"\b(process_time|perf_counter|timeit)\b")
    apart = {"growth.py", Path(__file__).name}
    timed = [
        path for path in (ROOT / "tests").rglob("*.py")
        if path.name not in apart and clock.search(text_of(path))
    ]  # fmt: skip
    assert timed == []
