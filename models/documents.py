"""What an official document says, as plain values: Vietnamese text that is already final.

Nothing here knows a figure's origin or Word's format. The document capitalises what the decree wants in
capitals, numbers headings and appendices, and closes the body with `./.`; so names and titles are given
as they are written in running text (`Sở Lao động - Thương binh và Xã hội`).
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right", "justify"]


@dataclass(frozen=True, slots=True)
class Head:
    """Ô 1–4: who issues, under which symbol, where and when.

    `agency` and `parent_agency` may hold a line break where the name has to be split; without one a long
    name is broken into lines of like length. `number` and `day` stay None until the document is signed:
    room is left for them. `year` is printed in the open date when `day` is None.
    """

    agency: str
    symbol: str
    place: str
    parent_agency: str | None = None
    number: str | None = None
    day: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """Ô 7: `authority` lines such as ("TM. Ủy ban nhân dân", "KT. Chủ tịch"), the signer's post and name.

    The head of an agency with one head signs under the post alone: `authority` is then empty.
    """

    authority: tuple[str, ...]
    post: str
    full_name: str | None = None


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text; `basis` is a căn cứ line, set in italics."""

    text: str
    basis: bool = False
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """Level 1, 2, 3 = `I.`, `1.`, `a)`, numbered by the document; `number` overrides ("" for none)."""

    level: Literal[1, 2, 3]
    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class BulletList:
    """Lines that each begin with a dash."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: `width` is its share, in any unit; neighbours with one `group` get a common head."""

    title: str
    width: float = 1.0
    align: Align = "left"
    group: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a table, with a cell for every column."""

    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table; its head is repeated on every page. `compact` sets it in smaller type.

    `caption` stands above, centred; `unit_note` (`Đơn vị tính: …`) above right; `note` below.
    Raises ValueError where a row has not as many cells as there are columns.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    caption: str | None = None
    unit_note: str | None = None
    note: str | None = None
    compact: bool = False

    def __post_init__(self) -> None:
        if not self.columns:
            raise ValueError("a table needs at least one column")
        for place, row in enumerate(self.rows, start=1):
            if len(row.cells) != len(self.columns):
                raise ValueError(
                    f"table row {place} has {len(row.cells)} cells, there are {len(self.columns)} columns"
                )


@dataclass(frozen=True, slots=True)
class Series:
    """One row of bars: `labels` is what is printed at each, so that no program's own way of writing numbers shows."""

    name: str
    values: tuple[Decimal, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side, one or two for each category. `description` says the same in words, for those who cannot see it.

    Raises ValueError where a series has not as many values or labels as there are categories.
    """

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    description: str

    def __post_init__(self) -> None:
        count = len(self.categories)
        if any(len(each.values) != count or len(each.labels) != count for each in self.series):
            raise ValueError(f"a series of the chart {self.title!r} has not {count} values and labels")


Block: TypeAlias = Paragraph | Heading | BulletList | Table | Chart


@dataclass(frozen=True, slots=True)
class Appendix:
    """One Phụ lục: its own section, page numbers from 1. The body must refer to it (Phụ lục I of the decree)."""

    title: str
    blocks: tuple[Block, ...]
    landscape: bool = False


def _require_closing_text(blocks: tuple[Block, ...]) -> None:
    # "./." closes running text; after a table or a heading there is nothing for it to close.
    last = blocks[-1] if blocks else None
    if not (isinstance(last, Paragraph) or (isinstance(last, BulletList) and last.items)):
        raise ValueError("the body must end in a paragraph or a list, which the closing './.' ends")


@dataclass(frozen=True, slots=True)
class ReportDocument:
    """A Báo cáo, the lead unit's or a unit's own. `addressees` only where it goes from lower to higher (§4.5).

    Raises ValueError where the body does not end in running text.
    """

    head: Head
    subject: str
    blocks: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    appendices: tuple[Appendix, ...] = ()
    type_name: str = "Báo cáo"

    def __post_init__(self) -> None:
        _require_closing_text(self.blocks)


@dataclass(frozen=True, slots=True)
class LetterDocument:
    """A công văn: no type name, `subject` is the text after `V/v`. Raises ValueError like ReportDocument."""

    head: Head
    subject: str
    addressees: tuple[str, ...]
    blocks: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    appendices: tuple[Appendix, ...] = ()

    def __post_init__(self) -> None:
        _require_closing_text(self.blocks)
        if not self.addressees:
            raise ValueError("a công văn is addressed to somebody")


OfficialDocument: TypeAlias = ReportDocument | LetterDocument


def charts_of(document: OfficialDocument) -> tuple[Chart, ...]:
    """All of them, each once, in reading order."""
    blocks = [*document.blocks, *(block for each in document.appendices for block in each.blocks)]
    return tuple(dict.fromkeys(block for block in blocks if isinstance(block, Chart)))
