"""What every test may ask for: the project's folder, the shared data, a browser.

What is missing skips its tests with a line that says so; with ``CI=true`` it fails them, since a
machine that tests a submission must have everything.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from ctypes.util import find_library
from pathlib import Path

import pytest
from hypothesis import settings
from tests.patience import patience

ROOT = Path(__file__).resolve().parent.parent
# Begun first, so that two workers end together: files of a minute and more, whole builds in them.
LONG = (
    "tests/cli/test_commands.py",
    "tests/web/test_browser_atlas.py",
    "tests/flow/test_crashes.py",
    "tests/docs/test_tutorial.py",
    "tests/flow/test_cluster_build.py",
    "tests/flow/test_linking.py",
    "tests/engine/test_runner_conformance.py",
    "tests/flow/test_pipeline.py",
    "tests/flow/test_printing.py",
)
IN_CI = os.environ.get("CI", "").lower() in {"true", "1"}

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("ci" if IN_CI else "here")


def missing(what: str) -> None:
    """Skip the test that needs ``what``, or fail it where nothing may be missing."""
    if IN_CI:
        pytest.fail(f"{what}; CI=true, so this is a failure")
    pytest.skip(what)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests of long files first; all others stay in their order."""
    places = {name: place for place, name in enumerate(LONG)}
    items.sort(key=lambda item: places.get(item.nodeid.partition("::")[0], len(LONG)))


def _patient(item: pytest.Item) -> Iterator[None]:
    """Let a part of a test run for twice the time after which faulthandler says where it is."""
    with patience(2 * float(item.config.getini("faulthandler_timeout"))):
        return (yield)


pytest_runtest_setup = pytest.hookimpl(wrapper=True)(_patient)
pytest_runtest_call = pytest.hookimpl(wrapper=True)(_patient)
pytest_runtest_teardown = pytest.hookimpl(wrapper=True)(_patient)


@pytest.fixture(scope="session")
def project_root() -> Path:
    """The folder that holds pyproject.toml."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data: PROBATUM_DATA, else ../shared/data beside the project."""
    folder = Path(os.environ.get("PROBATUM_DATA") or ROOT.parent / "shared" / "data")
    if not folder.is_dir():
        missing(
            f"the shared data are not at {folder}; set PROBATUM_DATA to the folder that holds them"
        )
    return folder


@pytest.fixture(scope="session")
def seeds(shared_data: Path) -> Path:
    """The five documents that the project started from, beside the shared data."""
    folder = shared_data.parent / "seeds"
    if not folder.is_dir():
        missing(f"the seed documents are not at {folder}")
    return folder


@pytest.fixture(scope="session")
def chromium() -> Path:
    """Debian's chromium, for tests that look at pages as a person does."""
    found = shutil.which("chromium")
    if found is None:
        missing("chromium is not installed (apt-get install chromium)")
    if sys.platform == "linux" and find_library("atomic") is None:
        missing("playwright's driver needs libatomic (apt-get install libatomic1)")
    return Path(str(found))
