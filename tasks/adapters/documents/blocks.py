"""Blocks of a document as Word XML, in the styles the template defines.

Only style names are fixed here; how a style looks is the template's business.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Final

from models.documents import Block, BulletList, Chart, Column, Heading, Paragraph, Row, Table
from models.nd30 import ENDING, heading_numbers
from tasks.adapters.documents.chart import drawing
from tasks.adapters.documents.markup import paragraph, run

# What each kind of paragraph is called in the template's list of styles.
STYLE_NAMES: Final = {
    "body": "Nội dung",
    "basis": "Căn cứ",
    "heading1": "heading 1",
    "heading2": "heading 2",
    "heading3": "heading 3",
    "agency": "Cơ quan ban hành",
    "subject": "Trích yếu",
    "line": "Kẻ ngang",
    "caption": "Tên bảng",
    "unit_note": "Đơn vị tính",
    "note": "Ghi chú bảng",
    "column_title": "Tiêu đề cột",
    "cell": "Chữ trong bảng",
    "small_cell": "Chữ nhỏ trong bảng",
    "grid": "Bảng số liệu",
    "appendix": "Phụ lục",
    "appendix_title": "Tên phụ lục",
    "attached": "Kèm theo",
    "section_end": "Hết phần",
}
_KEEP: Final = "<w:keepNext/>"

Styles = Mapping[str, str]


def closed(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The same blocks, the last one ending in `./.` as the body of a document must."""
    *before, last = blocks
    if isinstance(last, Paragraph):
        return (*before, Paragraph(_with_ending(last.text), last.basis, last.bold, last.italic))
    if isinstance(last, BulletList):
        return (*before, BulletList((*last.items[:-1], _with_ending(last.items[-1]))))
    raise TypeError("only running text can be closed")


def _with_ending(text: str) -> str:
    return text.rstrip().removesuffix(ENDING).rstrip(" .;,") + ENDING


def blocks_xml(blocks: Sequence[Block], styles: Styles, room: int, *, keep_last: bool = False) -> str:
    """The XML of the blocks, headings numbered; tables fill `room` twips.

    `keep_last` holds the last paragraph on the page of what follows: a signature never stands alone.
    """
    levels = (block.level for block in blocks if isinstance(block, Heading))
    numbers = heading_numbers(levels)
    parts = [_block_xml(block, styles, room, numbers.__next__) for block in blocks]
    for place, (block, following) in enumerate(pairwise(blocks)):
        if isinstance(block, Paragraph) and isinstance(following, Chart):
            parts[place] = _kept(parts[place])
    if keep_last and parts:
        parts[-1] = _kept(parts[-1])
    return "".join(parts)


def _kept(part: str) -> str:
    """Its last paragraph stays on the page of what follows."""
    head, mark, tail = part.rpartition("<w:pPr>")
    return head + mark + _after_style(tail)


def _after_style(tail: str) -> str:
    style, end, rest = tail.partition("/>")
    return style + end + _KEEP + rest


def _block_xml(block: Block, styles: Styles, room: int, next_number: Callable[[], str]) -> str:
    match block:
        case Paragraph():
            style = styles["basis" if block.basis else "body"]
            return paragraph(style, run(block.text, bold=block.bold, italic=block.italic))
        case Heading():
            return _heading_xml(block, styles, next_number())
        case BulletList():
            return "".join(paragraph(styles["body"], run(f"- {item}")) for item in block.items)
        case Table():
            return table_xml(block, styles, room)
        case Chart():
            around = '<w:spacing w:before="120" w:after="120"/><w:jc w:val="center"/>'
            return paragraph(styles["small_cell"], drawing(block, room), properties=around)


def _heading_xml(heading: Heading, styles: Styles, counted: str) -> str:
    number = counted if heading.number is None else heading.number
    text = heading.text.upper() if heading.level == 1 else heading.text
    return paragraph(styles[f"heading{heading.level}"], run(f"{number} {text}".lstrip()))


def table_xml(table: Table, styles: Styles, room: int) -> str:
    """The table with its caption, unit and note; its head rows repeat, its rows never break over a page."""
    above = ""
    if table.caption:
        above += paragraph(styles["caption"], run(table.caption), properties=_KEEP)
    if table.unit_note:
        above += paragraph(styles["unit_note"], run(table.unit_note), properties=_KEEP)
    below = paragraph(styles["note"], run(table.note)) if table.note else paragraph(styles["section_end"], "")
    widths = column_widths([column.width for column in table.columns], room)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    cell_style = styles["small_cell" if table.compact else "cell"]
    last = len(table.rows) - 1
    body = "".join(
        _row_xml(row, table.columns, widths, cell_style, keep=row.bold and place < last)
        for place, row in enumerate(table.rows)
    )
    properties = (
        f'<w:tblPr><w:tblStyle w:val="{styles["grid"]}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:jc w:val="center"/><w:tblLayout w:type="fixed"/><w:tblLook w:val="0000"/></w:tblPr>'
    )
    head = _head_xml(table, widths, styles["column_title"])
    return f"{above}<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>{below}"


def column_widths(shares: Sequence[float], room: int) -> list[int]:
    """Twips for each column, adding up to the room exactly."""
    total, widths, used, passed = sum(shares), [], 0, 0.0
    for share in shares:
        passed += share
        edge = round(room * passed / total)
        widths.append(edge - used)
        used = edge
    return widths


def _head_xml(table: Table, widths: Sequence[int], style: str) -> str:
    grouped = any(column.group for column in table.columns)
    first, second = [], []
    at = 0
    # Neighbours of one group stand under a common head; a column without a group spans both head rows.
    for group, same in groupby(enumerate(table.columns), key=lambda pair: pair[1].group or pair[0]):
        members = [column for _, column in same]
        own = widths[at : at + len(members)]
        at += len(members)
        if isinstance(group, str):
            span = f'<w:gridSpan w:val="{len(members)}"/>' if len(members) > 1 else ""
            first.append(_cell_xml(group, sum(own), style, properties=span))
            second += [
                _cell_xml(column.title, width, style) for column, width in zip(members, own, strict=True)
            ]
        else:
            start = '<w:vMerge w:val="restart"/>' if grouped else ""
            first.append(_cell_xml(members[0].title, own[0], style, properties=start))
            second.append(_cell_xml("", own[0], style, properties="<w:vMerge/>"))
    rows = [first, second] if grouped else [first]
    mark = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    return "".join(f"<w:tr>{mark}{''.join(cells)}</w:tr>" for cells in rows)


def _row_xml(row: Row, columns: Iterable[Column], widths: Iterable[int], style: str, *, keep: bool) -> str:
    """`keep`: on the page of the next row; the heading of a group never ends a page."""
    cells = "".join(
        _cell_xml(text, width, style, align=column.align, bold=row.bold, keep=keep)
        for text, column, width in zip(row.cells, columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr>"


def _cell_xml(
    text: str,
    width: int,
    style: str,
    *,
    properties: str = "",
    align: str | None = None,
    bold: bool = False,
    keep: bool = False,
) -> str:
    jc = f'<w:jc w:val="{"both" if align == "justify" else align}"/>' if align else ""
    inner = paragraph(style, run(text, bold=bold), properties=f"{_KEEP if keep else ''}{jc}")
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}<w:vAlign w:val="center"/></w:tcPr>'
        f"{inner}</w:tc>"
    )
