"""Where a base lies: a folder, also as a file:// address; no object store."""

from __future__ import annotations

from pathlib import Path

import pytest

from probatum.errors import NotABaseError, UsageError
from probatum.flow.base import open_base
from probatum.flow.folder import place
from probatum.flow.making import init_base


def test_a_file_address_is_the_folder(tmp_path: Path, invented_pack: Path) -> None:
    made = init_base(tmp_path.as_uri() + "/base", pack=str(invented_pack), as_of="2026-01-01")
    assert made.path == tmp_path / "base"
    assert open_base((tmp_path / "base").as_uri()).folder == made
    # A path of the command line has lost one of the slashes.
    assert place(Path("file:///shared/base")) == Path("/shared/base")


@pytest.mark.parametrize("address", ["s3://bucket/base", "gs://b", "memory://base", "https://x/y"])
def test_another_address_is_told_with_what_to_do(address: str) -> None:
    for path in (address, Path(address)):
        with pytest.raises(UsageError, match="folder that all machines share"):
            open_base(path)


def test_a_colon_in_a_name_is_no_address(tmp_path: Path) -> None:
    with pytest.raises(NotABaseError):
        open_base(tmp_path / "a: b")
    assert place("notes:2026").name == "notes:2026"
