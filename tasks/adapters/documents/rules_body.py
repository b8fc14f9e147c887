"""Ô 6: căn cứ, body, numbering. Phụ lục I, mục II.6."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from models.nd30 import (
    BODY_PT,
    ENDING,
    FIRST_LINE_MM,
    LINE_SPACING,
    PARAGRAPH_GAP_PT,
    point_letter,
    roman,
)
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import (
    TWIPS_PER_MM,
    Check,
    Finding,
    capitals,
    excerpt,
    present,
    sized,
    styled,
    vietnamese,
)
from tasks.adapters.documents.word_view import Para

_SLACK_MM: Final = 0.3
# A single line of Times New Roman is 1.15 times its size.
_SINGLE: Final = 1.15
_PART: Final = re.compile(r"([IVX]+)\. ")
_SECTION: Final = re.compile(r"(\d+)\. ")
_POINT: Final = re.compile(r"([a-zđ])\) ")


def _is_basis(para: Para) -> bool:
    return para.text.startswith("Căn cứ ")


def _bases(parts: Anatomy) -> list[Para]:
    return [para for para in parts.body if _is_basis(para)]


def _plain(parts: Anatomy) -> list[Para]:
    return [para for para in parts.body if not _is_basis(para) and not _PART.match(para.text)]


def _part_headings(parts: Anatomy) -> list[Para]:
    return [para for para in parts.body if _PART.match(para.text)]


def justified(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.body:
        if para.align not in ("both", "distribute"):
            yield Finding("body.justify", excerpt(para), "không canh đều hai lề", "canh đều hai lề")


def first_line(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.body:
        found = para.first / TWIPS_PER_MM
        if not any(abs(found - wanted) <= _SLACK_MM for wanted in FIRST_LINE_MM):
            yield Finding(
                "body.first_line", excerpt(para), f"lùi {vietnamese(found)} mm", "lùi 10 hoặc 12,7 mm"
            )


def gap(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.body:
        points = (para.before + para.after) / 20
        if points < PARAGRAPH_GAP_PT:
            wanted = f"tối thiểu {vietnamese(PARAGRAPH_GAP_PT)} pt"
            yield Finding("body.gap", excerpt(para), f"cách {vietnamese(points)} pt", wanted)


def line_spacing(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.body:
        size = max((run.points for run in para.inked), default=0.0) or BODY_PT.high
        lines = para.line / 240 if para.line_rule == "auto" else para.line / 20 / (size * _SINGLE)
        if not LINE_SPACING.low - 0.02 <= lines <= LINE_SPACING.high + 0.02:
            wanted = "dòng đơn đến 1,5 dòng"
            yield Finding("body.line_spacing", excerpt(para), f"{vietnamese(lines)} dòng", wanted)


def upright(parts: Anatomy) -> Iterator[Finding]:
    # A word may be set off; a whole paragraph of body text stands upright.
    for para in _plain(parts):
        if para.inked and all(run.italic for run in para.inked):
            yield Finding("body.style", excerpt(para), "in nghiêng", "kiểu chữ đứng")


def ending(parts: Anatomy) -> Iterator[Finding]:
    if parts.body and not parts.body[-1].text.endswith(ENDING):
        yield Finding(
            "body.end", excerpt(parts.body[-1]), f"kết thúc bằng “{parts.body[-1].text[-3:]}”", "“./.”"
        )


def basis_marks(parts: Anatomy) -> Iterator[Finding]:
    for is_basis, group in groupby(parts.body, key=_is_basis):
        lines = list(group) if is_basis else []
        for place, para in enumerate(lines, start=1):
            wanted = "." if place == len(lines) else ";"
            if not para.text.endswith(wanted):
                yield Finding("basis.marks", excerpt(para), f"kết thúc bằng “{para.text[-1]}”", f"“{wanted}”")


def part_order(parts: Anatomy) -> Iterator[Finding]:
    for place, para in enumerate(_part_headings(parts), start=1):
        found = para.text.split(".")[0]
        if found != roman(place):
            yield Finding("heading.order", excerpt(para), found, roman(place))


def section_order(parts: Anatomy) -> Iterator[Finding]:
    last = 0
    for para, number in _section_headings(parts):
        if number and number not in (1, last + 1):
            yield Finding("heading.order", excerpt(para), str(number), str(last + 1))
        last = number


def section_style(parts: Anatomy) -> Iterator[Finding]:
    for para, number in _section_headings(parts):
        if number and not _is_bold(para):
            yield Finding("section.style", excerpt(para), "không in đậm", "in đậm")


def _section_headings(parts: Anatomy) -> Iterator[tuple[Para, int]]:
    """The khoản with a title, and their numbers; 0 where a part begins. What stands alone in bold is one; and so is
    what fills the gap between two of them and ends like a title, without a mark.
    """
    numbered = [(para, _SECTION.match(para.text)) for para in parts.body]
    lines = [
        (para, int(match[1]) if match else 0) for para, match in numbered if match or _PART.match(para.text)
    ]
    last = 0
    for place, (para, number) in enumerate(lines):
        following = next((n for p, n in lines[place + 1 :] if n == 0 or _is_bold(p)), 0)
        title = para.text[-1] not in ".;:,"
        fills_gap = number == last + 1 and following == number + 1 and title
        if number == 0 or _is_bold(para) or fills_gap:
            yield para, number
            last = number


def _is_bold(para: Para) -> bool:
    return bool(para.inked) and all(run.bold for run in para.inked)


def point_order(parts: Anatomy) -> Iterator[Finding]:
    last = 0
    letters = {point_letter(place): place for place in range(1, 24)}
    for para in parts.body:
        match = _POINT.match(para.text)
        if _PART.match(para.text) or _SECTION.match(para.text):
            last = 0
        elif match:
            place = letters.get(match[1], 0)
            if place not in (1, last + 1):
                yield Finding("point.order", excerpt(para), f"{match[1]})", f"{point_letter(last + 1)})")
            last = place or last + 1


BODY_RULES: Final[tuple[Check, ...]] = (
    present("body.text", lambda parts: parts.body, "nội dung văn bản"),
    sized("body.size", lambda parts: parts.body, BODY_PT),
    upright,
    justified,
    first_line,
    gap,
    line_spacing,
    ending,
    styled("basis.style", _bases, italic=True),
    basis_marks,
    capitals("heading.case", _part_headings),
    styled("heading.style", _part_headings, bold=True, italic=False),
    part_order,
    section_order,
    section_style,
    point_order,
)
