"""Which cells of an .xlsx are drawn in a font of before Unicode (.VnTime, VNI-Times): their letters mean others.

Only the font of a whole cell is looked at; a file without such a font costs one search.
"""

import re
from collections.abc import Mapping

from lxml import etree

from tasks.adapters.workbooks.cells_xlsx import column_index

Fonts = Mapping[tuple[int, int], str]
"""(row, column) from 0 → the name of the font."""

_OLD = re.compile(rb'<name val="(?:\.Vn|VNI-)')
_STYLED = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"[^>]* s="([0-9]{1,5})"')
_STYLED_FIRST = re.compile(rb'<c s="([0-9]{1,5})"[^>]* r="([A-Z]{1,3})([1-9][0-9]{0,6})"')


def old_fonts(parts: Mapping[str, bytes]) -> dict[str, Fonts]:
    """Part of a sheet → its cells in an old font."""
    styles = parts.get("xl/styles.xml", b"")
    if not _OLD.search(styles):
        return {}
    old = _styles_of(styles)
    return {name: _cells(part, old) for name, part in parts.items() if b"sheetData" in part}


def _styles_of(styles: bytes) -> dict[int, str]:
    """Number of a cell style → its font, of those in an old one."""
    try:
        root = etree.fromstring(styles, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return {}
    names = [
        next((str(name.get("val")) for name in font.iter("{*}name")), "")
        for font in root.iterfind("{*}fonts/{*}font")
    ]
    found = {}
    for at, style in enumerate(root.iterfind("{*}cellXfs/{*}xf")):
        number = style.get("fontId") or ""
        name = names[int(number)] if number.isdigit() and int(number) < len(names) else ""
        if name.startswith((".Vn", "VNI-")):
            found[at] = name
    return found


def _cells(part: bytes, old: Mapping[int, str]) -> Fonts:
    placed = [*_STYLED.findall(part), *((c, r, s) for s, c, r in _STYLED_FIRST.findall(part))]
    return {
        (int(row) - 1, column_index(letters)): old[int(style)]
        for letters, row, style in placed
        if int(style) in old
    }
