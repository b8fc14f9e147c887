"""Zip packages from parts that are packed already: the same parts, the same bytes, and no part packed twice.

`zipfile` packs every part anew each time it writes one; of a document or a form most parts never change. What is
written here is what `zipfile` writes for entries of no time and no system, byte for byte.
"""

import struct
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_STORED, _DEFLATED = 0, 8
_VERSION: Final = 20
_NO_TIME, _NO_DAY = 0, 33  # 1 January 1980: zip cannot say "no time"
_UTF8_NAME: Final = 0x800
_OWN_FILE: Final = 0o600 << 16
_LOCAL: Final = struct.Struct("<4s5H3L2H")
_CENTRAL: Final = struct.Struct("<4s6H3L5H2L")
_END: Final = struct.Struct("<4s4H2LH")


@dataclass(frozen=True, slots=True)
class Packed:
    """One part as it lies in the package: `data` is packed already, `size` is that of the content."""

    name: bytes
    data: bytes
    method: int
    crc: int
    size: int


def deflated(name: str, content: bytes) -> Packed:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    data = packer.compress(content) + packer.flush()
    return Packed(name.encode(), data, _DEFLATED, zlib.crc32(content), len(content))


def stored(name: str, content: bytes) -> Packed:
    """As it is: for a package that is read again at once."""
    return Packed(name.encode(), content, _STORED, zlib.crc32(content), len(content))


def package(parts: Iterable[Packed]) -> bytes:
    """The zip of these parts, in this order. Parts and names of the size of documents: no 64-bit forms."""
    pieces: list[bytes] = []
    directory: list[bytes] = []
    at = 0
    for part in parts:
        flags = 0 if part.name.isascii() else _UTF8_NAME
        told = (flags, part.method, _NO_TIME, _NO_DAY, part.crc, len(part.data), part.size, len(part.name), 0)
        pieces += (_LOCAL.pack(b"PK\x03\x04", _VERSION, *told), part.name, part.data)
        directory += (
            _CENTRAL.pack(b"PK\x01\x02", _VERSION, _VERSION, *told, 0, 0, 0, _OWN_FILE, at),
            part.name,
        )
        at += _LOCAL.size + len(part.name) + len(part.data)
    listed = b"".join(directory)
    count = len(directory) // 2
    return b"".join((*pieces, listed, _END.pack(b"PK\x05\x06", 0, 0, count, count, len(listed), at, 0)))
