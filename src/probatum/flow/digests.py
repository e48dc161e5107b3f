"""Digests: of values, of the code that makes parts, of the code that makes pages."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import msgspec

HEX = 32  # 128 bits: no two of 10**12 parts share a name by chance
_ROOMS = "model stats text engine documents works claims trust effects certainty verdicts flow"


def digest(*values: object) -> str:
    """Digest values (strings, numbers, lists, dicts, nouns of such) to 32 hex digits."""
    plain = msgspec.to_builtins(values)  # nouns to dicts at a tenth of the cost of asdict
    text = json.dumps(plain, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:HEX]


@cache
def code_digest() -> str:
    """Digest the code that makes parts, so that no part outlives the code that made it."""
    return _of_rooms(_ROOMS)


@cache
def look_digest() -> str:
    """Digest the code that makes pages of parts: what they say, their style and their script."""
    return _of_rooms("atlas")


def _of_rooms(rooms: str) -> str:
    root = Path(__file__).parent.parent
    total = hashlib.sha256()
    for room in rooms.split():
        for path in sorted((root / room).rglob("*")):
            # numba, too, keeps what it compiles in __pycache__.
            if path.is_file() and "__pycache__" not in path.parts:
                total.update(str(path.relative_to(root)).encode())
                total.update(path.read_bytes())
    return total.hexdigest()[:HEX]
