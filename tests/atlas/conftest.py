"""The invented base for the pages."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

INVENTED = runpy.run_path(str(Path(__file__).with_name("invented.py")))


@pytest.fixture(scope="session")
def invented():
    """The names of invented.py, since tests are no package."""
    return INVENTED


@pytest.fixture(scope="session")
def view():
    """A base in memory about an invented remedy."""
    return INVENTED["InventedBase"]()
