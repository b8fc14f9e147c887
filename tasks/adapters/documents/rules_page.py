"""Paper, margins, page numbers, type: Nghị định 30/2020, Phụ lục I, mục I."""

from collections.abc import Iterator
from typing import Final

from models.nd30 import FONT, MARGINS_MM, PAGE_NUMBER_PT, PAPER_MM
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import TWIPS_PER_MM, Check, Finding, excerpt, vietnamese
from tasks.adapters.documents.word_file import Para

# Word keeps whole twips and rounds centimetres; a third of a millimetre is nobody's mistake.
_SLACK_MM: Final = 0.3
_SIDES: Final = {"top": "trên", "bottom": "dưới", "left": "trái", "right": "phải"}
_BLACK: Final = (None, "auto", "000000")
_URGENT: Final = ("HỎA TỐC", "HOẢ TỐC", "THƯỢNG KHẨN", "KHẨN", "MẬT", "TỐI MẬT", "TUYỆT MẬT")


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


def _numbers(parts: Anatomy) -> list[Para]:
    headers = parts.sections[0].headers.get("default", ())
    return [para for para in headers if para.has_page_number]


def number_shown(parts: Anatomy) -> Iterator[Finding]:
    # A document of one page shows no number; we know its pages only if the writing program noted them.
    if not _numbers(parts) and parts.pages != 1:
        in_footer = any(para.has_page_number for para in parts.sections[0].footers.get("default", ()))
        found = "số trang ở lề dưới" if in_footer else "không có số trang"
        yield Finding("page.number", "đầu trang", found, "số trang ở giữa lề trên")


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
    if _numbers(parts) and (not first.hides_first or repeated):
        yield Finding("page.number.first", "trang đầu", "có số trang", "không hiển thị số trang thứ nhất")


def font(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.everything:
        others = sorted({name for run in para.inked for name in run.fonts} - {FONT})
        if others:
            yield Finding("font.name", excerpt(para), others[0], FONT)


def color(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.everything:
        odd = next((run.color for run in para.inked if run.color not in _BLACK), None)
        if odd is not None and para.text not in _URGENT:
            yield Finding("font.color", excerpt(para), f"màu {odd}", "màu đen")


PAGE_RULES: Final[tuple[Check, ...]] = (
    paper,
    *(margin(side) for side in _SIDES),
    number_shown,
    number_centred,
    number_set,
    number_hidden_first,
    font,
    color,
)
