"""Where cells stand in the sheets of an .ods: how far they reach, how much they say, which are formulas.

Values are read by calamine; this looks only at what calamine does not tell, or must be known before it runs.
"""

from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from tasks.adapters.workbooks.cells_xlsx import LARGEST_AREA, MOST_TEXT, SheetMarks, cell_name
from tasks.adapters.workbooks.safety import bomb, corrupt, too_wide

_NAMESPACES = {
    each: f"urn:oasis:names:tc:opendocument:xmlns:{each}:1.0" for each in ("table", "office", "text")
}
_TABLE, _OFFICE, _TEXT = (f"{{{name}}}" for name in _NAMESPACES.values())
# OpenDocument writes a plain TRUE or FALSE as a formula.
_CONSTANTS = ("of:=TRUE()", "of:=FALSE()")


def scan_tables(content: bytes) -> dict[str, SheetMarks]:
    """Sheet name → marks. Raises NotAWorkbookError where repeated cells unfold beyond what fits in memory. The reader holds
    all sheets at once.
    """
    marks: dict[str, SheetMarks] = {}
    area = said = 0
    for table in _parsed(content).iter(f"{_TABLE}table"):
        formulas, merged = set(), []
        height = width = 0
        for row, last_row, column, last_column, cell in _filled(table):
            height, width = max(height, last_row + 1), max(width, last_column + 1)
            if area + height * width > LARGEST_AREA:
                raise too_wide(cell_name(height - 1, width - 1))
            said += _length(cell) * (last_row + 1 - row) * (last_column + 1 - column)
            if said > MOST_TEXT:
                raise bomb()
            formula = cell.get(f"{_TABLE}formula")
            if formula and formula not in _CONSTANTS:
                formulas.add((row, column))
            down = _times(cell, "number-rows-spanned")
            if down > 1:
                merged.append(
                    (row, column, row + down - 1, column + _times(cell, "number-columns-spanned") - 1)
                )
        area += height * width
        marks[table.get(f"{_TABLE}name") or ""] = SheetMarks(frozenset(formulas), tuple(merged))
    return marks


def _parsed(content: bytes) -> etree._Element:
    """The reader knows elements by their prefixes alone, so a prefix means what it always means."""
    try:
        parsing = etree.iterparse(
            BytesIO(content), events=("start-ns",), resolve_entities=False, no_network=True
        )
        bound = {named for _, named in parsing}
    except etree.XMLSyntaxError as error:
        raise corrupt() from error
    if any(
        _NAMESPACES.get(prefix, uri) != uri or (uri in _NAMESPACES.values() and prefix not in _NAMESPACES)
        for prefix, uri in bound
    ):
        raise corrupt()
    root: etree._Element = parsing.root
    return root


def _filled(table: etree._Element) -> Iterator[tuple[int, int, int, int, etree._Element]]:
    """(row, last row, column, last column, cell) of cells that hold or span something, repeats unfolded."""
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        rows = _times(line, "number-rows-repeated")
        column = 0
        for cell in line:
            columns = _times(cell, "number-columns-repeated")
            if (
                len(cell)
                or cell.get(f"{_TABLE}formula")
                or any(str(key).startswith(_OFFICE) for key in cell.attrib)
            ):
                yield row, row + rows - 1, column, column + columns - 1, cell
            column += columns
        row += rows


def _length(cell: etree._Element) -> int:
    """Bytes the text of a cell may take, at most."""
    blanks = sum(_number(space.get(f"{_TEXT}c")) for space in cell.iter(f"{_TEXT}s"))
    letters = sum(map(len, cell.values())) + sum(map(len, cell.itertext())) + sum(1 for _ in cell.iter())
    return blanks + 4 * letters


def _times(element: etree._Element, name: str) -> int:
    return _number(element.get(_TABLE + name))


def _number(said: str | None) -> int:
    said = said or "1"
    if not said.isascii() or not said.isdigit() or len(said) > 9:
        raise corrupt()
    return int(said)
