"""What a command costs before it does anything."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from bench.timing import Row, beside


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)


def rows() -> Iterator[Row]:
    """Yield the start of the command line beside that of Python itself."""
    yield beside(
        "probatum --version",
        lambda: _run("-c", "import sys; sys.argv = ['probatum', '--version']; "
                     "from probatum.cli import main; main()"),
        "python -c pass",
        lambda: _run("-c", "pass"),
    )  # fmt: skip
