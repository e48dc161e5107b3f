"""The members of an archive, one by one: zip, tar and gzip, never more than the bounds allow."""

from __future__ import annotations

import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, NamedTuple

from probatum.model.source import Problem

MOST_MEMBERS = 10_000
MOST_UNPACKED = 2_000_000_000
#: Text packs to a tenth, tables to a fiftieth; what packs better than this is a bomb.
HIGHEST_RATIO = 250
_SMALL = 1_000_000
_STEP = 1 << 20
_BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, EOFError, OSError, ValueError)
_ENCRYPTED = 0x1


class Member(NamedTuple):
    """A member: name, bytes [start, end) of the archive, and its data or why there are none."""

    name: str
    start: int
    end: int
    data: bytes | None = None
    problem: Problem | None = None


@dataclass(slots=True)
class Allowance:
    """What may still be unpacked from an archive and all archives within it, in bytes."""

    each: int
    left: int = MOST_UNPACKED
    members: int = MOST_MEMBERS

    def take(self, handle: IO[bytes], packed: int) -> bytes | None:
        """Read a member to its end; None when it is larger than it may be."""
        most = min(self.each, self.left, max(_SMALL, packed * HIGHEST_RATIO))
        data = handle.read(most + 1)
        self.left -= min(len(data), self.left)
        return data if len(data) <= most else None

    def another(self) -> bool:
        """Count a member; False when there were too many."""
        self.members -= 1
        return self.members >= 0


def members(raw: bytes, name: str, allowance: Allowance) -> Iterator[Member]:
    """Yield the members of an archive in the order of their bytes; damage is one last Problem."""
    if raw.startswith(b"\x1f\x8b"):
        yield from _gzip(raw, name, allowance)
    elif raw.startswith(b"PK"):
        yield from _zip(raw, allowance)
    else:
        yield from _tar(raw, allowance)


def _zip(raw: bytes, allowance: Allowance) -> Iterator[Member]:
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        listed = sorted(archive.infolist(), key=lambda info: info.header_offset)
    except (*_BROKEN, UnicodeDecodeError):
        yield _broken(0, len(raw))
        return
    at = 0
    for count, info in enumerate(listed):
        start = min(max(info.header_offset, at), len(raw))
        if not allowance.another():
            yield _too_many(start, len(raw))
            return
        following = listed[count + 1].header_offset if count + 1 < len(listed) else None
        end = _zip_end(info, start, following, archive.start_dir, len(raw))
        at = end
        if not info.is_dir():
            yield _unzipped(archive, info, (start, end), allowance)


def _zip_end(
    info: zipfile.ZipInfo, start: int, following: int | None, directory: int, size: int
) -> int:
    limit = min(following if following is not None else directory, size)
    return max(start, limit)


def _unzipped(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, span: tuple[int, int], allowance: Allowance
) -> Member:
    name = _clean(info.filename)
    if info.flag_bits & _ENCRYPTED:
        reason = f"The member {name} has a password; pack it without one."
        return Member(name, *span, None, Problem("encrypted", reason, span[0]))
    try:
        with archive.open(info) as handle:
            data = allowance.take(handle, info.compress_size)
    except (*_BROKEN, RuntimeError):
        reason = f"The member {name} is damaged or packed in an unknown way; pack it again."
        return Member(name, *span, None, Problem("broken-member", reason, span[0]))
    return Member(name, *span, data, None if data is not None else _too_large(name, span[0]))


def _tar(raw: bytes, allowance: Allowance) -> Iterator[Member]:
    at = 0
    try:
        with tarfile.open(fileobj=BytesIO(raw), mode="r:") as archive:
            for info in archive:
                start, end = info.offset, min(info.offset_data + _padded(info.size), len(raw))
                if not allowance.another():
                    yield _too_many(at, len(raw))
                    return
                start, at = max(start, at), max(end, at)
                yield _untarred(archive, info, (start, at), allowance)
    except (*_BROKEN, RecursionError):
        yield _broken(at, len(raw))


def _padded(size: int) -> int:
    return (size + tarfile.BLOCKSIZE - 1) // tarfile.BLOCKSIZE * tarfile.BLOCKSIZE


def _untarred(
    archive: tarfile.TarFile, info: tarfile.TarInfo, span: tuple[int, int], allowance: Allowance
) -> Member:
    """Only plain files are read: links and devices point outside of the archive."""
    name = _clean(info.name)
    handle = archive.extractfile(info) if info.isreg() else None
    if handle is None:
        return Member(name, *span)
    data = allowance.take(handle, max(info.size, _SMALL))
    return Member(name, *span, data, None if data is not None else _too_large(name, span[0]))


def _gzip(raw: bytes, name: str, allowance: Allowance) -> Iterator[Member]:
    """One packed stream; when it is a tar, its members all have the bytes of the stream."""
    whole = (0, len(raw))
    short = name.rpartition("!")[2].rpartition("/")[2]
    inner = short.removesuffix(".gz").removesuffix(".tgz") or "member"
    data, broken = _inflated(raw, min(allowance.left, len(raw) * HIGHEST_RATIO + _SMALL))
    if data is None:
        yield Member(inner, *whole, None, _too_large(inner, 0))
    elif data[257:262] == b"ustar":
        for member in _tar(data, allowance):
            problem = member.problem
            yield Member(member.name, *whole, member.data, problem and _moved(problem))
    elif len(data) > allowance.each:
        yield Member(inner, *whole, None, _too_large(inner, 0))
    else:
        yield Member(inner, *whole, data)
    if broken:
        yield _broken(*whole)


def _moved(problem: Problem) -> Problem:
    return Problem(problem.code, problem.reason, 0)


def _inflated(raw: bytes, most: int) -> tuple[bytes | None, bool]:
    """Unpack gzip members one behind the other; damage ends the reading, what came is kept."""
    parts: list[bytes] = []
    size, stream = 0, zlib.decompressobj(wbits=31)
    try:
        for at in range(0, len(raw), _STEP):
            rest = raw[at : at + _STEP]
            while rest.strip(b"\0") if stream.eof else rest:
                if stream.eof:
                    stream = zlib.decompressobj(wbits=31)
                parts.append(stream.decompress(rest, _STEP))
                rest = stream.unused_data if stream.eof else stream.unconsumed_tail
                size += len(parts[-1])
                if size > most:
                    return None, False
    except zlib.error:
        return b"".join(parts), True
    return b"".join(parts), not stream.eof


def _clean(name: str) -> str:
    """A member's name as shown: no way upwards, no control characters, never a path to write."""
    shown = "".join(c if c.isprintable() else "\ufffd" for c in name.replace("\\", "/"))
    return "/".join(part for part in shown.split("/") if part not in {"", ".", ".."})[:300]


def _broken(start: int, end: int) -> Member:
    reason = "The archive is cut or damaged from here on; pack it again."
    return Member("", start, end, None, Problem("broken-archive", reason, start))


def _too_large(name: str, start: int) -> Problem:
    reason = f"The member {name} unpacks to more than the bounds allow; unpack it yourself."
    return Problem("unpacks-too-large", reason, start)


def _too_many(start: int, end: int) -> Member:
    reason = f"The archive has more than {MOST_MEMBERS} members; divide it."
    return Member("", start, end, None, Problem("too-many-members", reason, start))
