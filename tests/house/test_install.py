"""What an install brings along: not too much, and each package in the one place of versions."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

LIMIT_MB = 800


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def needed(name: str, extra: str = "") -> set[str]:
    """Everything that installing ``name`` brings along, itself included."""
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    waiting = [(canonical(name), extra)]
    while waiting:
        name, extra = asked = waiting.pop()
        if asked in seen:  # extras may ask for each other
            continue
        seen.add(asked)
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        found.add(name)
        for text in requires:
            one = Requirement(text)
            if one.marker is None or one.marker.evaluate({"extra": extra}):
                waiting.append((canonical(one.name), ""))
                waiting.extend((canonical(one.name), more) for more in one.extras)
    return found


def megabytes(name: str) -> float:
    """The size of a package as installed, without byte code."""
    return sum(file.size or 0 for file in distribution(name).files or []) / 1_000_000


def test_the_core_is_not_too_large() -> None:
    sizes = {name: megabytes(name) for name in needed("probatum")}
    assert len(sizes) > 20
    assert sum(sizes.values()) < LIMIT_MB, sorted(sizes.items(), key=lambda item: -item[1])[:5]


def test_everything_installed_has_its_version_in_one_place(project_root: Path) -> None:
    lines = (project_root / "constraints.txt").read_text().splitlines()
    pins = {canonical(line.split("==")[0]): line.split("==")[1] for line in lines if "==" in line}
    wanted = needed("probatum") | needed("probatum", "test") | needed("probatum", "check")
    assert wanted - pins.keys() == {"probatum"}
    other = {n: distribution(n).version for n in wanted - {"probatum"}}
    assert {n: v for n, v in other.items() if pins[n] != v} == {}


def test_no_version_is_pinned_elsewhere(project_root: Path) -> None:
    for name in ("pyproject.toml", "Makefile", "scripts/bootstrap", ".ci/run"):
        assert "==" not in (project_root / name).read_text(), name
