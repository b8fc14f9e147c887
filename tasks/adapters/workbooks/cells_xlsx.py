"""Where cells stand in the sheets of an .xlsx package: how far they reach, which are formulas.

Cell values are read by calamine; this looks only at what calamine does not tell, or must be known before it runs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from tasks.adapters.workbooks.safety import bomb, corrupt, too_wide
from tasks.adapters.workbooks.sheet_names import xml_parser

# The reader keeps a dense grid from A1 to the last filled cell; six columns down to the last row still fit.
LARGEST_AREA = 6 * (1 << 20)
_MOST_CELLS = 50_000
MOST_TEXT = 400 << 20
# A form stands near A1; where every cell does, that is all there is to know of their places.
_NEAR_HEIGHT, _NEAR_WIDTH = 999, 26 + 26 * 26
_LOOKS = rb'(?: (?:s|t|cm|vm|ph)="[^"<>&/]*")*'
_NOT_NEAR = re.compile(rb'<c(?! r="[A-Z]{1,2}[1-9][0-9]{0,2}"' + _LOOKS + rb"/?>)")
_SHORT_GRID = 10 * _MOST_CELLS  # bytes; no cell is written in fewer than eleven
_PLACED = rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"'
_PLACE = re.compile(_PLACED)
_FORMULA = re.compile(rb"<f[\s>/]")
_ERROR = re.compile(_PLACED + rb'(?: (?:s|cm|vm|ph)="[^"<>&/]*")* t="e"' + _LOOKS + b">")
# As Excel, LibreOffice, WPS and the usual libraries write a cell. Anything else is read the slow way.
_CELL = re.compile(_PLACED + _LOOKS + rb"(?:(/>)|>)")
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]+")?/>')
_PREFIXED = re.compile(rb"<[^\s<>/:]*:")
_CLAIMS_MANY = re.compile(rb"""uniqueCount\s*=\s*["']?\+?0*[1-9][0-9]{7}""")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """`formulas` (cells with an error such as #N/A among them: neither has a value of its own) and `merged` (top, left, bottom, right) in rows and columns from 0."""

    formulas: frozenset[tuple[int, int]]
    merged: tuple[tuple[int, int, int, int], ...]
    fonts: Mapping[tuple[int, int], str] = field(default_factory=dict)
    """Cells drawn in a font of before Unicode, and its name."""


def scan_sheets(parts: Mapping[str, bytes]) -> dict[str, SheetMarks]:
    """Part name → marks, for every part that can be read as a sheet.

    Raises NotAWorkbookError where the filled cells reach further than a reader can hold in memory.
    """
    sheets = {name: part for name, part in parts.items() if b"sheetData" in part}
    marks, filled = {}, 0
    for name, part in sheets.items():
        cells = _cells(part)
        filled += cells.count
        _check_reach(cells)
        marks[name] = SheetMarks(cells.formulas, tuple(_merged(part)))
    # A small file can refer to one long text from very many cells.
    texts = parts.get("xl/sharedstrings.xml", b"")
    if _CLAIMS_MANY.search(texts):  # the reader sets memory aside for as many as are claimed
        raise bomb()
    if filled * len(texts) > MOST_TEXT and filled * max(map(len, texts.split(b"</si>"))) > MOST_TEXT:
        raise bomb()
    return marks


@lru_cache(256)
def column_index(letters: bytes | str) -> int:
    """A → 0, XFD → 16383."""
    index = 0
    for letter in letters.encode() if isinstance(letters, str) else letters:
        index = index * 26 + letter - 64
    return index - 1


def cell_name(row: int, column: int) -> str:
    """(11, 3) → D12."""
    return f"{column_name(column)}{row + 1}"


@lru_cache(256)
def column_name(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one sheet that hold something: how many and how far down and across at most, which are formulas."""

    count: int
    height: int
    width: int
    formulas: frozenset[tuple[int, int]]


def _cells(part: bytes) -> _Cells:
    start, end = part.find(b"<sheetData"), part.rfind(b"</sheetData>")
    grid = part[start:end]
    # An attribute or comment that says so only costs time.
    if not 0 <= start < end or part.count(b"sheetData") != 2 or _PREFIXED.search(grid):
        return _summed_up(_cells_slowly(part))
    if len(grid) < _SHORT_GRID and not _NOT_NEAR.search(grid):
        return _Cells(grid.count(b"<v"), _NEAR_HEIGHT, _NEAR_WIDTH, frozenset(_formulas(grid)))
    return _cells_far(part, grid)


def _formulas(grid: bytes) -> Iterator[tuple[int, int]]:
    """Where formulas stand, each in the cell that began last before it, and errors."""
    for letters, row in _ERROR.findall(grid) if b't="e"' in grid else ():
        yield int(row) - 1, column_index(letters)
    for found in _FORMULA.finditer(grid):
        begun = grid.rfind(b'<c r="', 0, found.start())
        if place := _PLACE.match(grid, begun):
            yield int(place[2]) - 1, column_index(place[1])


def _cells_far(part: bytes, grid: bytes) -> _Cells:
    # Most cells of a form are empty frames; a million of them must cost no more than one pass.
    grid = _EMPTY_CELL.sub(b"", grid)
    found = _CELL.findall(grid)
    # Inside the grid nothing but cells begins with <c.
    if len(found) != grid.count(b"<c"):
        return _summed_up(_cells_slowly(part))
    filled = [cell for cell in found if not cell[2]]
    if len(filled) > _MOST_CELLS:
        letters, row, *_ = filled[_MOST_CELLS]
        raise too_wide((letters + row).decode())
    columns = {letters: column_index(letters) for letters in {cell[0] for cell in filled}}
    return _Cells(
        count=len(filled),
        height=max(map(int, {cell[1] for cell in filled}), default=0),
        width=max(columns.values(), default=-1) + 1,
        formulas=frozenset(_formulas(grid)),
    )


def _summed_up(cells: Iterator[tuple[int, int, bool]]) -> _Cells:
    count = height = width = 0
    formulas = set()
    for row, column, is_formula in cells:
        count, height, width = count + 1, max(height, row + 1), max(width, column + 1)
        if is_formula:
            formulas.add((row, column))
    return _Cells(count, height, width, frozenset(formulas))


def _cells_slowly(part: bytes) -> Iterator[tuple[int, int, bool]]:
    """(row, column, is formula) by a real parser, with the places of cells that do not say where they stand."""
    try:
        root = etree.fromstring(part, xml_parser())
    except etree.XMLSyntaxError as error:
        raise corrupt() from error
    # The reader takes a cell wherever it meets one, in a row or not.
    row, column, filled = -1, -1, 0
    for element in root.iter("{*}row", "{*}c"):
        if etree.QName(element).localname == "row":
            row, column = _row_number(element.get("r"), row), -1
            continue
        said = re.fullmatch(r"\$?([A-Za-z]{1,4})\$?([0-9]{1,9})", element.get("r") or "")
        column = column_index(said[1].upper()) if said else column + 1
        if len(element):
            filled += 1
            if filled > _MOST_CELLS:
                raise too_wide(cell_name(row, column))
            is_formula = element.find("{*}f") is not None or element.get("t") == "e"
            yield int(said[2]) - 1 if said else row, column, is_formula


def _row_number(said: str | None, before: int) -> int:
    if not said:
        return before + 1
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise corrupt()
    return int(said) - 1


def _check_reach(cells: _Cells) -> None:
    if cells.height * cells.width > LARGEST_AREA:
        raise too_wide(cell_name(cells.height - 1, cells.width - 1))


def _merged(part: bytes) -> Iterator[tuple[int, int, int, int]]:
    begun = part.find(b"<mergeCells", max(part.rfind(b"</sheetData>"), 0))
    if begun < 0:
        return
    listed = part[begun:].partition(b"</mergeCells")[0]
    for left, top, right, bottom in _MERGED.findall(listed):
        yield int(top) - 1, column_index(left), int(bottom) - 1, column_index(right)
