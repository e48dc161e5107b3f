"""The tail is what differs between codebases that stay readable and those that do not."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

import sizes


@pytest.fixture(scope="module")
def found() -> tuple[sizes.Module, ...]:
    return sizes.modules()


def test_no_file_function_or_signature_passes_its_limit(found: tuple[sizes.Module, ...]) -> None:
    assert list(sizes.too_long(found)) == []


def test_the_medians_stay_small(found: tuple[sizes.Module, ...]) -> None:
    files = [module.lines for module in found if module.lines > 3]
    functions = [one.lines for module in found for one in module.functions]
    assert statistics.median(files) <= 110, sizes.summary(found)
    assert sizes.percentile(files, 0.9) <= 220, sizes.summary(found)
    assert statistics.median(functions) <= 10, sizes.summary(found)


def test_the_measure_sees_what_is_too_long(tmp_path: Path) -> None:
    body = "\n".join(f"    x{i} = {i}" for i in range(sizes.FUNCTION_LIMIT))
    options = ", ".join(f"b{i}" for i in range(8))
    long = tmp_path / "long.py"
    long.write_text(
        f'"""Doc."""\n\n\ndef grown():\n    """Doc.\n\n    More.\n    """\n    # why\n{body}\n\n\n'
        f"def wide(a, *, {options}): ...\n\n\ndef _wide(a, *, {options}): ...\n"
    )
    module = sizes.measure(long, tmp_path)
    assert [one.lines for one in module.functions] == [sizes.FUNCTION_LIMIT + 1, 1, 1]
    assert list(sizes.too_long((module,))) == [
        "long.py:4 grown: 41 code lines, at most 40",
        "long.py:55 _wide: 9 parameters, at most 6",
    ]
