"""Where cells stand in the sheets of an .xlsx package: how far they reach, which are formulas.

Cell values are read by calamine; this looks only at what calamine does not tell, or must be known before it runs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from lxml import etree

from tasks.adapters.workbooks.safety import bomb, corrupt, too_wide

# The reader keeps a dense grid from A1 to the last filled cell; six columns down to the last row still fit.
LARGEST_AREA = 6 * (1 << 20)
_MOST_CELLS = 50_000
_MOST_TEXT = 400 << 20
# As Excel, LibreOffice, WPS and the usual libraries write a cell. Anything else is read the slow way.
_CELL = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: (?:s|t|cm|vm|ph)="[^"<>&/]*")*(?:(/>)|>(<f[ >/])?)'
)
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[1-9][0-9]{0,6}"(?: s="[0-9]+")?/>')
_PREFIXED = re.compile(rb"<[A-Za-z_][A-Za-z0-9_.-]*:")
_MERGED = re.compile(rb'<mergeCell ref="([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})"')


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """`formulas` and `merged` (top, left, bottom, right) in rows and columns from 0."""

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
    longest = max(map(len, parts.get("xl/sharedStrings.xml", b"").split(b"</si>")))
    if filled * longest > _MOST_TEXT:
        raise bomb()
    return marks


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet name → part; what is put together in an unusual way is left out."""
    try:
        book = etree.fromstring(parts["xl/workbook.xml"], _parser())
        links = etree.fromstring(parts["xl/_rels/workbook.xml.rels"], _parser())
    except (KeyError, etree.XMLSyntaxError):
        return {}
    targets = {link.get("Id"): link.get("Target") or "" for link in links}
    found = {}
    for sheet in book.iter("{*}sheet"):
        wanted = next((value for key, value in sheet.attrib.items() if str(key).endswith("}id")), "")
        target = targets.get(wanted, "")
        found[sheet.get("name") or ""] = (
            target.lstrip("/") if target.startswith(("/", "xl/")) else f"xl/{target}"
        )
    return found


@lru_cache(256)
def column_index(letters: bytes | str) -> int:
    """A → 0, XFD → 16383."""
    index = 0
    for letter in letters.encode() if isinstance(letters, str) else letters:
        index = index * 26 + letter - 64
    return index - 1


def cell_name(row: int, column: int) -> str:
    """(11, 3) → D12."""
    return f"{_column_name(column)}{row + 1}"


@lru_cache(256)
def _column_name(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(65 + digit) + letters
    return letters


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of one sheet that hold something: how many, how far down and across, which are formulas."""

    count: int
    height: int
    width: int
    formulas: frozenset[tuple[int, int]]


def _cells(part: bytes) -> _Cells:
    # Most cells of a form are empty frames; a million of them must cost no more than one pass.
    grid = _EMPTY_CELL.sub(b"", part[part.find(b"<sheetData") : part.rfind(b"</sheetData>")])
    found = _CELL.findall(grid)
    # Inside the grid nothing but cells begins with <c; an attribute or comment that says so only costs time.
    if len(found) != grid.count(b"<c") or _PREFIXED.search(grid) or part.count(b"sheetData") != 2:
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
        formulas=frozenset(
            (int(row) - 1, columns[letters]) for letters, row, _, formula in filled if formula
        ),
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
        root = etree.fromstring(part, _parser())
    except etree.XMLSyntaxError as error:
        raise corrupt() from error
    row, filled = -1, 0
    for line in root.iter("{*}row"):
        row = int(line.get("r") or row + 2) - 1
        column = -1
        for cell in line:
            said = re.fullmatch(r"\$?([A-Za-z]{1,4})\$?([0-9]{1,9})", cell.get("r") or "")
            column = column_index(said[1].upper()) if said else column + 1
            if len(cell):
                filled += 1
                if filled > _MOST_CELLS:
                    raise too_wide(cell_name(row, column))
                at = int(said[2]) - 1 if said else row
                yield at, column, cell.find("{*}f") is not None


def _check_reach(cells: _Cells) -> None:
    if cells.height * cells.width > LARGEST_AREA:
        raise too_wide(cell_name(cells.height - 1, cells.width - 1))


def _merged(part: bytes) -> Iterator[tuple[int, int, int, int]]:
    for left, top, right, bottom in _MERGED.findall(part, max(part.rfind(b"</sheetData>"), 0)):
        yield int(top) - 1, column_index(left), int(bottom) - 1, column_index(right)


@cache
def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
