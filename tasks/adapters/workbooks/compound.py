"""The old container of binary Office files: a small file system of sectors chained by a table ([MS-CFB])."""

import struct
from collections.abc import Iterator

from tasks.adapters.workbooks.safety import corrupt

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SMALLEST = 4096
"""Bytes of a stream kept in ordinary sectors; shorter ones live elsewhere, and no real workbook is so short."""
_END = 0xFFFFFFFC  # sector numbers from here on mean end of chain, free, or part of the table itself
_TABLE, _LAST, _FREE = 0xFFFFFFFD, 0xFFFFFFFE, 0xFFFFFFFF
_SIZE, _PER = 512, 128  # of a sector, and numbers of the table in it
_NONE = 0xFFFFFFFF  # no other entry beside or below
_IN_HEADER = 109


class Container:
    """What a file holds: its streams by name. Raises NotAWorkbookError, or struct.error and IndexError, where it is broken."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._size not in (512, 4096):
            raise corrupt()
        self._next = self._table()
        first = struct.unpack_from("<I", data, 48)[0]
        self.entries = dict(self._directory(self._chain(first)))
        if any(size > len(data) for _, size in self.entries.values()):
            raise corrupt()

    def read(self, name: str) -> bytes:
        """A stream kept in ordinary sectors; empty where there is none of this name."""
        if name not in self.entries:
            return b""
        start, size = self.entries[name]
        if size < SMALLEST:
            raise corrupt()
        return self._chain(start)[:size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _table(self) -> list[int]:
        blocks = list(struct.unpack_from(f"<{_IN_HEADER}I", self._data, 76))
        following, left = struct.unpack_from("<2I", self._data, 68)
        per = self._size // 4
        while following < _END and left and len(blocks) < 100_000:
            more = struct.unpack(f"<{per}I", self._sector(following))
            blocks, following, left = [*blocks, *more[:-1]], more[-1], left - 1
        table: list[int] = []
        for block in blocks:
            if block < _END:
                table.extend(struct.unpack(f"<{per}I", self._sector(block)))
        return table

    def _chain(self, sector: int) -> bytes:
        pieces: list[bytes] = []
        while sector < _END:
            if len(pieces) > len(self._next):
                raise corrupt()
            pieces.append(self._sector(sector))
            sector = self._next[sector]
        return b"".join(pieces)

    @staticmethod
    def _directory(raw: bytes) -> Iterator[tuple[str, tuple[int, int]]]:
        if len(raw) % 128:
            raise corrupt()
        for at in range(0, len(raw), 128):
            length = struct.unpack_from("<H", raw, at + 64)[0]
            if 2 <= length <= 64:
                name = raw[at : at + length - 2].decode("utf-16-le", "replace")
                yield name, struct.unpack_from("<2I", raw, at + 116)


def compound(name: str, stream: bytes) -> bytes:
    """A container of this one stream: all there is to find in it for whoever reads it next. Up to 7 MB."""
    stream = stream.ljust(SMALLEST, b"\0")
    sectors = -(-len(stream) // _SIZE)
    tables = 1
    while tables * _PER < sectors + 1 + tables:
        tables += 1
    assert tables <= _IN_HEADER
    chained = [*range(1, sectors), _LAST, _LAST, *[_TABLE] * tables]
    chained += [_FREE] * (tables * _PER - len(chained))
    at = [*range(sectors + 1, sectors + 1 + tables)]
    header = SIGNATURE + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, tables, sectors, 0, SMALLEST, _LAST, 0, _LAST, 0)
    header += struct.pack(f"<{_IN_HEADER}I", *at, *[_FREE] * (_IN_HEADER - tables))
    directory = _entry("Root Entry", 5, 1, _LAST, 0) + _entry(name, 2, _NONE, 0, len(stream)) + bytes(256)
    table = struct.pack(f"<{len(chained)}I", *chained)
    return b"".join((header, stream.ljust(sectors * _SIZE, b"\0"), directory, table))


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    told = struct.pack("<H2B3I", len(written) + 2, kind, 1, _NONE, _NONE, child)
    return written.ljust(64, b"\0") + told + bytes(36) + struct.pack("<IQ", start, size)
