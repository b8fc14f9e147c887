"""What an old binary .xls holds: macros, links, passwords, how far its cells reach, which are formulas.

Only the records that answer these questions are looked at ([MS-CFB] for the container, [MS-XLS] for the records);
values are read by calamine afterwards.
"""

import struct
from collections.abc import Iterator

from tasks.adapters.workbooks.cells_xlsx import LARGEST_AREA, SheetMarks, cell_name
from tasks.adapters.workbooks.safety import corrupt, external_links, locked, macros, too_wide

_END = 0xFFFFFFFC  # sector numbers from here on mean end of chain, free, or part of the table itself
_EOF, _BOUNDSHEET, _FILEPASS, _SUPBOOK, _SST, _DIMENSIONS = 0x000A, 0x0085, 0x002F, 0x01AE, 0x00FC, 0x0200
_FORMULA, _MULRK, _MERGED = 0x0006, 0x00BD, 0x00E5
_FILLED = {_FORMULA, _MULRK, 0x0203, 0x00FD, 0x027E, 0x0204, 0x0205, 0x00D6}
_MOST_SHEETS = 200


def scan_book(data: bytes) -> dict[str, SheetMarks]:
    """Sheet name → marks. Raises NotAWorkbookError for macros, links to other files, passwords, far cells."""
    try:
        streams = _Container(data)
        names = {name.casefold() for name in streams.entries}
        if "encryptedpackage" in names:
            raise locked()
        if any(name.startswith(("_vba_project", "vba", "macros")) for name in names):
            raise macros()
        book = streams.read("Workbook") or streams.read("Book")
        return _scan_records(book)
    except (struct.error, IndexError, OverflowError, MemoryError) as error:
        raise corrupt() from error


class _Container:
    """A compound file: a small file system of 512-byte sectors chained by a table."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = 1 << struct.unpack_from("<H", data, 30)[0]
        if self._size not in (512, 4096):
            raise corrupt()
        # The reader sets memory aside for what these counts claim, so they may claim no more than there is.
        claims = (struct.unpack_from("<I", data, at)[0] for at in (40, 44, 64, 72))
        if any(claim * self._size > len(data) for claim in claims):
            raise corrupt()
        self._next = self._table()
        first = struct.unpack_from("<I", data, 48)[0]
        self.entries = dict(self._directory(self._chain(first)))
        if any(size > len(data) for _, size in self.entries.values()):
            raise corrupt()

    def read(self, name: str) -> bytes:
        """A stream kept in ordinary sectors; a real workbook is never so small as to live in the mini stream."""
        start, size = self.entries.get(name, (_END, 0))
        return self._chain(start)[:size]

    def _sector(self, number: int) -> bytes:
        return self._data[(number + 1) * self._size : (number + 2) * self._size]

    def _table(self) -> list[int]:
        blocks = list(struct.unpack_from("<109I", self._data, 76))
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


def _scan_records(book: bytes) -> dict[str, SheetMarks]:
    if not book:
        raise corrupt()
    names = []
    for kind, body in _records(book, 0):
        if kind == _EOF:
            break
        if kind == _FILEPASS:
            raise locked()
        if kind == _SUPBOOK and len(body) != 4:  # four bytes: the book itself, or an add-in
            raise external_links()
        if kind == _SST and struct.unpack_from("<I", body, 4)[0] > len(book):
            raise corrupt()
        if kind == _BOUNDSHEET:
            start, length, is_wide = struct.unpack_from("<I2xBB", body)
            text = body[8 : 8 + length * (2 if is_wide & 1 else 1)]
            names.append((start, text.decode("utf-16-le" if is_wide & 1 else "latin-1", "replace")))
    if len(names) > _MOST_SHEETS:
        raise corrupt()
    return {name: _scan_sheet(book, start) for start, name in names}


def _scan_sheet(book: bytes, start: int) -> SheetMarks:
    formulas, merged = set(), []
    height = width = 0
    for kind, body in _records(book, start):
        if kind == _EOF:
            break
        if kind == _DIMENSIONS:
            _check_dimensions(body)
        elif kind in _FILLED:
            row, column = struct.unpack_from("<2H", body)
            last = struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULRK else column
            height, width = max(height, row + 1), max(width, last + 1)
            if last < column or height * width > LARGEST_AREA:
                raise too_wide(cell_name(height - 1, width - 1))
            if kind == _FORMULA:
                formulas.add((row, column))
        elif kind == _MERGED:
            count = struct.unpack_from("<H", body)[0]
            for at in range(count):
                top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * at)
                merged.append((top, left, bottom, right))
    return SheetMarks(frozenset(formulas), tuple(merged))


def _check_dimensions(body: bytes) -> None:
    """The reader sets memory aside for the range a sheet claims to fill, whatever it fills."""
    top, bottom, left, right = struct.unpack_from("<IIHH" if len(body) >= 12 else "<4H", body)
    if not (top <= bottom <= 65_536 and left <= right <= 256):
        raise corrupt()


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """(kind, body) of every record from `at` on; a record may not reach past the end."""
    while at + 4 <= len(book):
        kind, length = struct.unpack_from("<2H", book, at)
        if at + 4 + length > len(book):
            raise corrupt()
        yield kind, book[at + 4 : at + 4 + length]
        at += 4 + length
