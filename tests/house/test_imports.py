"""What an import costs, and that the contracts between rooms are in force."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

HEAVY = {"duckdb", "pyarrow", "numba", "scipy", "fastapi", "lxml", "tantivy", "jinja2", "numpy"}

LAYERS = [
    "cli",
    "web",
    "flow",
    "documents | works | claims | trust | effects | certainty | verdicts | atlas",
    "engine",
    "model | stats | text",
    "registry",
    "errors",
]


def loaded_after(code: str) -> set[str]:
    """The heavy packages that a new Python has loaded after running ``code``."""
    report = "import sys as _s; print('LOADED', *sorted({m.split('.')[0] for m in _s.modules}))"
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", f"{code}\n{report}"],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    lines = [line for line in done.stdout.splitlines() if line.startswith("LOADED")]
    assert lines, done.stderr
    return HEAVY & set(lines[-1].split())


@pytest.mark.parametrize("arguments", [["--version"], ["--help"]], ids=" ".join)
def test_the_command_line_starts_light(arguments: list[str]) -> None:
    code = (
        f"import sys; sys.argv = ['probatum', *{arguments!r}]\n"
        "from probatum.cli import main\n"
        "try: main()\n"
        "except SystemExit as end: assert not end.code, end.code"
    )
    assert loaded_after(code) == set()


def test_the_package_itself_loads_nothing_heavy() -> None:
    assert loaded_after("import probatum") == set()


def test_the_numbers_need_only_numpy_until_they_are_used() -> None:
    assert loaded_after("import probatum.stats") <= {"numpy"}


def test_the_contracts_stand(project_root: Path) -> None:
    settings = tomllib.loads((project_root / "pyproject.toml").read_text())["tool"]["importlinter"]
    assert settings["exclude_type_checking_imports"] is False
    contracts = {contract["type"]: contract for contract in settings["contracts"]}
    assert contracts["layers"]["exhaustive"] is True
    layers = contracts["layers"]["layers"]
    assert layers[layers.index("cli") :] == LAYERS
    assert contracts["acyclic_siblings"]["ancestors"] == ["probatum"]
    assert not any("ignore_imports" in contract for contract in settings["contracts"])
