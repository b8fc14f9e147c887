"""Where cells stand in the sheets of an .ods: how far they reach, which are formulas.

Values are read by calamine; this looks only at what calamine does not tell, or must be known before it runs.
"""

from collections.abc import Iterator

from lxml import etree

from tasks.adapters.workbooks.cells_xlsx import LARGEST_AREA, SheetMarks, cell_name
from tasks.adapters.workbooks.safety import corrupt, too_wide

_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
# OpenDocument writes a plain TRUE or FALSE as a formula.
_CONSTANTS = ("of:=TRUE()", "of:=FALSE()")


def scan_tables(content: bytes) -> dict[str, SheetMarks]:
    """Sheet name → marks. Raises NotAWorkbookError where repeated cells unfold beyond what fits in memory."""
    try:
        root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError as error:
        raise corrupt() from error
    marks = {}
    for table in root.iter(f"{_TABLE}table"):
        formulas, merged = set(), []
        height = width = 0
        for row, last_row, column, last_column, cell in _filled(table):
            height, width = max(height, last_row + 1), max(width, last_column + 1)
            if height * width > LARGEST_AREA:
                raise too_wide(cell_name(height - 1, width - 1))
            formula = cell.get(f"{_TABLE}formula")
            if formula and formula not in _CONSTANTS:
                formulas.add((row, column))
            down = _times(cell, "number-rows-spanned")
            if down > 1:
                merged.append(
                    (row, column, row + down - 1, column + _times(cell, "number-columns-spanned") - 1)
                )
        marks[table.get(f"{_TABLE}name") or ""] = SheetMarks(frozenset(formulas), tuple(merged))
    return marks


def _filled(table: etree._Element) -> Iterator[tuple[int, int, int, int, etree._Element]]:
    """(row, last row, column, last column, cell) of cells that hold or span something, repeats unfolded."""
    row = 0
    for line in table.iter(f"{_TABLE}table-row"):
        rows = _times(line, "number-rows-repeated")
        column = 0
        for cell in line:
            columns = _times(cell, "number-columns-repeated")
            if len(cell) or cell.get(f"{_OFFICE}value-type") or cell.get(f"{_TABLE}formula"):
                yield row, row + rows - 1, column, column + columns - 1, cell
            column += columns
        row += rows


def _times(element: etree._Element, name: str) -> int:
    said = element.get(_TABLE + name) or "1"
    if not said.isascii() or not said.isdigit() or len(said) > 9:
        raise corrupt()
    return int(said)
