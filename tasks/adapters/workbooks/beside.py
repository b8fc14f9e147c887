"""What an .xlsx says beside its cells: notes, text boxes, and the data a pivot table brings along. None of it is a report, but
all of it is kept with the file.
"""

from collections.abc import Iterator, Mapping
from itertools import zip_longest

from lxml import etree

from models.reading import RawGrid
from tasks.adapters.workbooks.safety import corrupt
from tasks.adapters.workbooks.sheet_names import xml_parser

_TEXTS = ("xl/comments", "xl/threadedcomments/", "xl/drawings/")
_PIVOTS = "xl/pivotcache/pivotcachedefinition"
_PARAGRAPHS = ("{*}comment", "{*}threadedComment", "{*}p")


def grids_beside(parts: Mapping[str, bytes]) -> Iterator[RawGrid]:
    """One for all texts, and one for each pivot table: its columns, each under its name."""
    texts = [text for name in parts if name.startswith(_TEXTS) for text in _paragraphs(parts[name])]
    if texts:
        yield RawGrid("Ghi chú", [[text] for text in texts])
    for name in parts:
        if name.startswith(_PIVOTS):
            columns = [
                [
                    field.get("name") or "",
                    *(item.get("v") or "" for item in field.iter() if item is not field),
                ]
                for field in _parsed(parts[name]).iter("{*}cacheField")
            ]
            yield RawGrid("PivotTable", [list(row) for row in zip_longest(*columns, fillvalue="")])


def _paragraphs(part: bytes) -> Iterator[str]:
    if part:
        for paragraph in _parsed(part).iter(*_PARAGRAPHS):
            yield "".join(map(str, paragraph.itertext()))


def _parsed(part: bytes) -> etree._Element:
    try:
        return etree.fromstring(part, xml_parser())
    except etree.XMLSyntaxError as error:
        raise corrupt() from error
