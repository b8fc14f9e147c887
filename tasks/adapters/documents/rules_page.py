"""Paper, margins, page numbers, type: Nghị định 30/2020, Phụ lục I, mục I."""

from collections.abc import Iterator
from typing import Final

from models.nd30 import FONT, MARGINS_MM, PAGE_NUMBER_PT, PAPER_MM
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import TWIPS_PER_MM, Check, Finding, excerpt, vietnamese
from tasks.adapters.documents.word_view import Para

# Word keeps whole twips and rounds centimetres; a third of a millimetre is nobody's mistake.
_SLACK_MM: Final = 0.3
_SIDES: Final = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_BLACK: Final = (None, "auto", "000000")
_ARABIC: Final = ("decimal", "decimalZero", "numberInDash")
# An appendix with more lines than this fills a second page in any type that can be read: a line of 10 pt type takes
# 4 mm, the paper less its margins is 257 mm high, or 170 mm across.
_LINES_OF_A_PAGE: Final = {"portrait": 65, "landscape": 45}


def paper(parts: Anatomy) -> Iterator[Finding]:
    for place, section in enumerate(parts.sections, start=1):
        size = sorted((section.width / TWIPS_PER_MM, section.height / TWIPS_PER_MM))
        if any(abs(found - wanted) > 1 for found, wanted in zip(size, PAPER_MM, strict=True)):
            found = " × ".join(f"{side:.0f}" for side in size)
            yield Finding("page.paper", f"phần {place}", f"{found} mm", "A4 (210 × 297 mm)")


def margin(side: str) -> Check:
    def check(parts: Anatomy) -> Iterator[Finding]:
        span = MARGINS_MM[side]
        for place, section in enumerate(parts.sections, start=1):
            found = section.margins[side] / TWIPS_PER_MM
            if not span.low - _SLACK_MM <= found <= span.high + _SLACK_MM:
                where = f"phần {place}, lề {_SIDES[side]}"
                yield Finding(f"page.margin.{side}", where, f"{vietnamese(found)} mm", f"{span} mm")

    return check


def orientation(parts: Anatomy) -> Iterator[Finding]:
    # Across is allowed where the main text holds its tables itself.
    first = parts.sections[0]
    heads = {para.cell.table for para in (parts.national, parts.recipients_title) if para and para.cell}
    tables = {para.cell.table for para in parts.everything if para.cell and para.section == 0} - heads
    if first.width > first.height and not tables:
        yield Finding("page.orientation", "phần 1", "khổ giấy nằm ngang", "khổ giấy đứng")


def _numbers(parts: Anatomy) -> list[Para]:
    """The paragraphs with a page number of all sections; a header several sections share counts once."""
    headers = {para for section in parts.sections for para in section.headers.get("default", ())}
    return sorted((para for para in headers if para.has_page_number), key=lambda para: para.number)


def number_shown(parts: Anatomy) -> Iterator[Finding]:
    # A document of one page shows no number; we know its pages only if the writing program noted them.
    if not _shows_number(parts, 0) and parts.pages != 1:
        in_footer = any(para.has_page_number for para in parts.sections[0].footers.get("default", ()))
        found = "số trang ở lề dưới" if in_footer else "không có số trang"
        yield Finding("page.number", "đầu trang", found, "số trang ở giữa lề trên")


def _shows_number(parts: Anatomy, section: int) -> bool:
    return any(para.has_page_number for para in parts.sections[section].headers.get("default", ()))


def appendix_numbered(parts: Anatomy) -> Iterator[Finding]:
    for appendix in parts.appendices:
        section = appendix.heading.section
        if section and not _shows_number(parts, section) and _surely_long(parts, section):
            where = excerpt(appendix.heading)
            yield Finding("page.number.appendix", where, "không có số trang", "số trang ở giữa lề trên")


def _surely_long(parts: Anatomy, section: int) -> bool:
    own = [para for para in parts.everything if para.section == section]
    page = parts.sections[section]
    lines = {(para.cell.table, para.cell.row) if para.cell else para.number for para in own}
    most = _LINES_OF_A_PAGE["landscape" if page.width > page.height else "portrait"]
    return len(lines) > most or any(para.breaks for para in own)


def number_from_one(parts: Anatomy) -> Iterator[Finding]:
    start = parts.sections[0].restarts_at
    if _shows_number(parts, 0) and start not in (None, 1):
        yield Finding("page.number.start", "phần 1", f"bắt đầu từ {start}", "bắt đầu từ 1")


def number_arabic(parts: Anatomy) -> Iterator[Finding]:
    for place, section in enumerate(parts.sections):
        if _shows_number(parts, place) and section.number_format not in _ARABIC:
            yield Finding(
                "page.number.form", f"phần {place + 1}", section.number_format, "chữ số Ả Rập (1, 2, 3)"
            )


def number_centred(parts: Anatomy) -> Iterator[Finding]:
    for para in _numbers(parts):
        if para.align != "center":
            yield Finding("page.number.centre", "đầu trang", "không canh giữa", "canh giữa")


def number_set(parts: Anatomy) -> Iterator[Finding]:
    for run in (run for para in _numbers(parts) for run in para.inked):
        if run.points not in PAGE_NUMBER_PT:
            found = f"cỡ chữ {vietnamese(run.points)}"
            yield Finding("page.number.size", "đầu trang", found, f"cỡ chữ {PAGE_NUMBER_PT}")
        if run.italic:
            yield Finding("page.number.style", "đầu trang", "in nghiêng", "kiểu chữ đứng")


def number_hidden_first(parts: Anatomy) -> Iterator[Finding]:
    first = parts.sections[0]
    repeated = any(para.has_page_number for para in first.headers.get("first", ()))
    if _shows_number(parts, 0) and (not first.hides_first or repeated):
        yield Finding("page.number.first", "trang đầu", "có số trang", "không hiển thị số trang thứ nhất")


def font(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.everything:
        others = sorted({name for run in para.inked for name in run.fonts} - {FONT})
        if others:
            yield Finding("font.name", excerpt(para), others[0], FONT)


def color(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.everything:
        odd = next((run.color for run in para.inked if run.color not in _BLACK), None)
        if odd is not None and para not in parts.marks:
            yield Finding("font.color", excerpt(para), f"màu {odd}", "màu đen")


PAGE_RULES: Final[tuple[Check, ...]] = (
    paper,
    *(margin(side) for side in _SIDES),
    orientation,
    number_shown,
    appendix_numbered,
    number_from_one,
    number_arabic,
    number_centred,
    number_set,
    number_hidden_first,
    font,
    color,
)
