"""Write constraints.txt anew: the exact version of everything that .venv holds."""

from __future__ import annotations

import sys
from importlib.metadata import distributions
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "constraints.txt"
# The project itself, and what a new .venv brings along.
NOT_LOCKED = {"probatum", "pip", "setuptools", "wheel"}


def lock(old: str, installed: dict[str, str]) -> str:
    r"""Return the new content: the comments of the old one, then a line a package.

    >>> print(lock("# Why.\nb==1\n", {"b": "2", "a": "1", "pip": "26"}), end="")
    # Why.
    a==1
    b==2
    """
    head = [line for line in old.splitlines() if line.startswith("#")]
    pins = sorted(
        (f"{name}=={version}" for name, version in installed.items() if name not in NOT_LOCKED),
        key=str.lower,
    )
    return "\n".join([*head, *pins]) + "\n"


if __name__ == "__main__":
    found = {one.metadata["Name"]: one.version for one in distributions()}
    if missing := {"numpy", "ruff", "pytest"} - found.keys():
        sys.exit(f"lock: {sorted(missing)} not installed here; run `make check` first")
    FILE.write_text(lock(FILE.read_text(), found))
