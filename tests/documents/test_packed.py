"""Archives and workbooks: bounds, hostile members, every byte accounted for.

The workbook and the archives are built here and in tests/golden from the published formats
(ECMA-376, APPNOTE, POSIX): no real workbook is among the shared data.
"""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from pathlib import Path

import pytest

from probatum.documents.members import MOST_MEMBERS
from probatum.documents.read import collect, read
from probatum.documents.tiling import tiling_fault

GOLDEN = Path(__file__).resolve().parent.parent / "golden" / "documents"
RIS = b"TY  - JOUR\nTI  - An invented title %d\nDO  - 10.5555/a%d\nER  - \n"


def packed(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def codes(data: bytes) -> list[str]:
    assert tiling_fault(list(read(data, "x.zip")), len(data)) is None
    return [problem.code for problem in collect(data, "x.zip").accounting.problems]


def test_documents_of_members_are_named_after_both() -> None:
    reading = collect(packed({"../../a.ris": RIS % (1, 1), "b/c.ris": RIS % (2, 2)}), "x.zip")
    assert [d.source.name for d in reading.documents] == ["x.zip!a.ris", "x.zip!b/c.ris"]
    assert len({d.id for d in reading.documents}) == 2


def test_equal_members_are_two_documents() -> None:
    same = RIS % (1, 1)
    documents = collect(packed({"a.ris": same, "b.ris": same}), "x.zip").documents
    assert documents[0].id != documents[1].id


def test_a_bomb_is_refused() -> None:
    assert codes(packed({"bomb.ris": b"\0" * 50_000_000})) == ["unpacks-too-large"]
    assert codes(gzip.compress(b"\0" * 50_000_000)) == ["unpacks-too-large"]


def test_archives_within_archives_end() -> None:
    data = RIS % (1, 1)
    for level in range(6):
        data = packed({f"{level}.zip" if level else "a.ris": data})
    assert codes(data) == ["too-deep"]


def test_too_many_members() -> None:
    assert codes(packed({f"{n}.ris": b"" for n in range(MOST_MEMBERS + 2)})) == [
        "too-many-members"
    ]


def test_a_member_with_a_password_is_told() -> None:
    data = bytearray(packed({"a.ris": RIS % (1, 1), "b.ris": RIS % (2, 2)}))
    directory = data.index(b"PK\x01\x02")
    data[directory + 8] |= 1
    reading = collect(bytes(data), "x.zip")
    assert [problem.code for problem in reading.accounting.problems] == ["encrypted"]
    assert len(reading.documents) == 1


def test_a_link_in_a_tar_is_not_followed() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        link = tarfile.TarInfo("secrets.ris")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert collect(out.getvalue(), "x.tar").documents == ()


@pytest.mark.parametrize("name", ["exports.zip", "exports.tar", "exports.tar.gz"])
def test_a_cut_archive_keeps_what_can_be_read(name: str) -> None:
    data = (GOLDEN / "archive" / name).read_bytes()
    for size in range(1, len(data), 97):
        assert tiling_fault(list(read(data[:size], name)), size) is None


def test_a_locked_workbook_is_told() -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")
    assert [p.code for p in collect(data, "a.xlsx").accounting.problems] == ["encrypted"]


def test_columns_of_a_workbook_can_be_named() -> None:
    data = (GOLDEN / "xlsx" / "records.xlsx").read_bytes()
    reading = collect(data, "a.xlsx")
    assert reading.accounting.encoding is None
    assert [d.source.record for d in reading.documents] == ["r1", "r3"]
