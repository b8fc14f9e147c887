"""What an old binary .xls holds: macros, links, passwords, how far its cells reach, which are formulas.

Only the records that answer these questions are looked at ([MS-XLS]); values are read by calamine afterwards, which holds
all sheets at once.
"""

import struct
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tasks.adapters.workbooks.cells_xlsx import LARGEST_AREA, MOST_TEXT, SheetMarks, cell_name
from tasks.adapters.workbooks.compound import Container
from tasks.adapters.workbooks.safety import bomb, corrupt, external_links, locked, macros, too_wide
from tasks.adapters.workbooks.texts_xls import text_sizes

_BOF, _EOF, _BOUNDSHEET, _FILEPASS, _SUPBOOK = 0x0809, 0x000A, 0x0085, 0x002F, 0x01AE
_SST, _CONTINUE, _DIMENSIONS = 0x00FC, 0x003C, 0x0200
_FORMULA, _MULRK, _MERGED, _LABEL_SST = 0x0006, 0x00BD, 0x00E5, 0x00FD
_BOOL_ERROR = 0x0205
_FILLED = {_FORMULA, _MULRK, _BOOL_ERROR, 0x0203, _LABEL_SST, 0x027E, 0x0204, 0x00D6}
_SAYING = {0x0204: 6, 0x00D6: 6, 0x0207: 0}
"""Records of texts, and where each says how many letters it has."""
_MOST_SHEETS = 200
_LONGEST_RECORD = 8000  # a text that is longer goes on in the next record


def scan_book(data: bytes) -> tuple[bytes, dict[str, SheetMarks]]:
    """The workbook's stream, and sheet name → marks. Raises NotAWorkbookError for macros, links to other files, passwords,
    far cells, and texts repeated beyond what fits in memory.
    """
    try:
        streams = Container(data)
        names = {name.casefold() for name in streams.entries}
        if "encryptedpackage" in names:
            raise locked()
        if any("vba" in name or "macros" in name for name in names):
            raise macros()
        book = next(filter(None, map(streams.read, ("Workbook", "Book", "WORKBOOK", "BOOK"))), b"")
        return book, _scan_records(book)
    except (struct.error, IndexError, OverflowError, MemoryError) as error:
        raise corrupt() from error


@dataclass(slots=True)
class _Held:
    """What the reader will hold of all sheets together."""

    area: int = 0
    looked_at: int = 0
    texts: Counter[int] = field(default_factory=Counter)
    """Number of a shared text → cells that show it."""


def _scan_records(book: bytes) -> dict[str, SheetMarks]:
    if not book:
        raise corrupt()
    names, texts = _of_book(book)
    if len(names) > _MOST_SHEETS:
        raise corrupt()
    held = _Held()
    marks = {name: _scan_sheet(book, start, held) for start, name in names}
    sizes = text_sizes(texts) if held.texts else []
    if sum(sizes[text] * times for text, times in held.texts.items() if text < len(sizes)) > MOST_TEXT:
        raise bomb()  # a small file can show one long text in very many cells
    return marks


def _of_book(book: bytes) -> tuple[list[tuple[int, str]], list[bytes]]:
    """(where it begins, name) of each sheet; the records of shared texts."""
    names = []
    texts: list[bytes] = []
    before = 0
    for kind, body in _records(book, 0):
        if kind == _EOF:
            break
        if kind == _FILEPASS:
            raise locked()
        if kind == _SUPBOOK and len(body) != 4:  # four bytes: the book itself, or an add-in
            raise external_links()
        if kind == _SST:
            if struct.unpack_from("<I", body, 4)[0] > len(book):
                raise corrupt()
            texts = [body]  # of two the last one counts
        elif kind == _CONTINUE and before == _SST:
            texts.append(body)
        elif kind == _BOUNDSHEET:
            names.append(_named(body))
        before = before if kind == _CONTINUE else kind
    return names, texts


def _named(body: bytes) -> tuple[int, str]:
    """Where a sheet begins, and its name as the reader tells it."""
    start, length, looks = struct.unpack_from("<I2xBB", body)
    width, letters = (2, "utf-16-le") if looks & 1 else (1, "latin-1")
    name: str = body[8 : 8 + length * width].decode(letters, "replace")
    return start, name.replace("\0", "")


def _scan_sheet(book: bytes, start: int, held: _Held) -> SheetMarks:
    formulas = set()
    merged: list[tuple[int, int, int, int]] = []
    height = width = 0
    for kind, body, is_own in _of_sheet(book, start, held):
        if kind == _DIMENSIONS:
            _check_dimensions(body)
        elif kind in _FILLED:
            row, column, last = _place(kind, body)
            height, width = max(height, row + 1), max(width, last + 1)
            if last < column or held.area + height * width > LARGEST_AREA:
                raise too_wide(cell_name(height - 1, width - 1))
            if is_own and (kind == _FORMULA or (kind == _BOOL_ERROR and body[7:8] == b"\1")):
                formulas.add((row, column))
            elif kind == _LABEL_SST:
                held.texts[struct.unpack_from("<I", body, 6)[0]] += 1
        elif kind == _MERGED:
            merged += _ranges(body)
    held.area += height * width
    return SheetMarks(frozenset(formulas), tuple(merged))


def _of_sheet(book: bytes, start: int, held: _Held) -> Iterator[tuple[int, bytes, bool]]:
    """(kind, body, does it belong to the sheet itself: a chart within it has cells of its own)."""
    depth = 0
    for kind, body in _records(book, start):
        held.looked_at += 4 + len(body)
        if held.looked_at > len(book):  # two sheets of the same records
            raise corrupt()
        depth += (kind == _BOF) - (kind == _EOF)
        if kind == _EOF and depth <= 0:
            return
        if kind in _SAYING:
            _check_length(body, _SAYING[kind])
        yield kind, body, depth <= 1


def _place(kind: int, body: bytes) -> tuple[int, int, int]:
    """Row, column and last column."""
    row, column = struct.unpack_from("<2H", body)
    return row, column, struct.unpack_from("<H", body, len(body) - 2)[0] if kind == _MULRK else column


def _ranges(body: bytes) -> Iterator[tuple[int, int, int, int]]:
    for at in range(struct.unpack_from("<H", body)[0]):
        top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * at)
        yield top, left, bottom, right


def _check_length(body: bytes, at: int) -> None:
    """The reader sets memory aside for as many letters as a text claims to have."""
    claimed = struct.unpack_from("<H", body, at)[0]
    if claimed > len(body) and len(body) < _LONGEST_RECORD:
        raise corrupt()


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
