"""Ô 1 to 5: nation, agencies, number, place and date, type and trích yếu. Phụ lục I, mục II.1–5."""

import re
from collections.abc import Iterator
from typing import Final

from models.nd30 import (
    AGENCY_PT,
    LETTER_SUBJECT_PT,
    MOTTO,
    MOTTO_LINE,
    MOTTO_PT,
    NATIONAL_TITLE,
    NATIONAL_TITLE_PT,
    NUMBER_PT,
    PLACE_DATE_PT,
    SHORT_LINE,
    TITLE_PT,
    TYPE_SYMBOLS,
)
from models.text import fold
from tasks.adapters.documents.anatomy import TYPE_NAMES, Anatomy
from tasks.adapters.documents.metrics import balanced_room, line_count, text_width
from tasks.adapters.documents.rule_kit import (
    Check,
    Finding,
    capitals,
    centred,
    excerpt,
    present,
    ruled,
    sized,
    styled,
    vietnamese,
)
from tasks.adapters.documents.word_file import Para

# Lines are compared with widths estimated from the letters.
_SLACK_SHORT: Final = 0.04
_SLACK_FULL: Final = 0.12
_BLANK: Final = r"[\s.…_]*"
_SYMBOL: Final = re.compile(rf"Số: ?({_BLANK}|\d+[a-z]?)/([^\s/]+)")
_PLACE: Final = re.compile(rf"(.*?)(,?)\s*ngày ?({_BLANK}|\d+) ?tháng ?({_BLANK}|\d+) ?năm ?({_BLANK}|\d+)")


def national_text(parts: Anatomy) -> Iterator[Finding]:
    if parts.national and fold(parts.national.text) != fold(NATIONAL_TITLE):
        yield Finding("national.text", "quốc hiệu", parts.national.text, NATIONAL_TITLE)


def motto_text(parts: Anatomy) -> Iterator[Finding]:
    if parts.motto and parts.motto.text != MOTTO:
        yield Finding("motto.text", "tiêu ngữ", parts.motto.text, MOTTO)


def motto_line(parts: Anatomy) -> Iterator[Finding]:
    if parts.motto:
        lines = [line for para in parts.in_cell_of(parts.motto) for line in para.lines]
        yield from ruled("motto.line", "tiêu ngữ", lines, _width(parts.motto), MOTTO_LINE, _SLACK_FULL)


def agency_line(parts: Anatomy) -> Iterator[Finding]:
    if parts.agency:
        last = parts.agency[-1]
        lines = [line for para in parts.in_cell_of(last) for line in para.lines]
        widest = max(_broken_width(para, para.cell.room if para.cell else 0) for para in parts.agency)
        yield from ruled("agency.line", "tên cơ quan ban hành", lines, widest, SHORT_LINE, _SLACK_SHORT)


def subject_line(parts: Anatomy) -> Iterator[Finding]:
    if parts.subject:
        section = parts.sections[0]
        room = section.width - section.margins["left"] - section.margins["right"]
        widest = max(_broken_width(para, room) for para in parts.subject)
        # Where the text fills several lines, their common length is known only roughly.
        slack = 0.12 if _wraps(parts.subject, room) else _SLACK_SHORT
        yield from ruled("subject.line", "trích yếu", parts.subject_lines, widest, SHORT_LINE, slack)


def _width(para: Para) -> int:
    return sum(text_width(run.text.strip() if len(para.runs) == 1 else run.text, run.points, bold=run.bold) for run in para.runs)  # fmt: skip


def _broken_width(para: Para, room: int) -> int:
    run = para.inked[0]
    usable = room - 2 * para.left
    if usable <= 0 or line_count(para.text, usable, run.points, bold=run.bold) == 1:
        return _width(para)
    return min(usable, balanced_room(para.text, usable, run.points, bold=run.bold))


def _wraps(paras: list[Para], room: int) -> bool:
    return any(_width(para) > room - 2 * para.left for para in paras)


def number_form(parts: Anatomy) -> Iterator[Finding]:
    if parts.number is None:
        return
    match = _SYMBOL.fullmatch(parts.number.text)
    if match is None:
        yield Finding("number.form", "số, ký hiệu", parts.number.text, "Số: 07/BC-… (không cách chữ)")
    elif match[1].isdigit() and len(match[1]) == 1:
        yield Finding("number.zero", "số, ký hiệu", match[1], f"0{match[1]}")


def number_type(parts: Anatomy) -> Iterator[Finding]:
    match = _SYMBOL.fullmatch(parts.number.text) if parts.number else None
    if match is None or parts.type_name is None:
        return
    name = TYPE_NAMES.get(fold(parts.type_name.text))
    symbol = TYPE_SYMBOLS.get(name or "")
    if symbol is not None and symbol not in re.split(r"[-/]", match[2]):
        yield Finding("number.type", "số, ký hiệu", match[2], f"{symbol}-…")


def place_form(parts: Anatomy) -> Iterator[Finding]:
    match = _PLACE.fullmatch(parts.place_date.text) if parts.place_date else None
    if parts.place_date is None:
        return
    if match is None or not match[1].strip() or not match[2]:
        yield Finding(
            "place.form", "địa danh, thời gian", parts.place_date.text, "Địa danh, ngày … tháng … năm …"
        )
        return
    day, month = match[3], match[4]
    if (day.isdigit() and len(day) == 1) or month in ("1", "2"):
        yield Finding(
            "place.zero", "địa danh, thời gian", f"{day}/{month}", "thêm số 0 trước ngày 1–9, tháng 1, 2"
        )
    elif month.isdigit() and len(month) > 1 and month[0] == "0" and int(month) > 2:
        yield Finding("place.zero", "địa danh, thời gian", f"tháng {month}", f"tháng {int(month)}")


def place_level(parts: Anatomy) -> Iterator[Finding]:
    if parts.place_date is None or parts.number is None:
        return
    place, number = parts.place_date.cell, parts.number.cell
    if place and number and (place.table, place.row) != (number.table, number.row):
        yield Finding("place.level", "địa danh, thời gian", "khác dòng", "cùng dòng với số, ký hiệu")


def head_table(parts: Anatomy) -> Iterator[Finding]:
    if parts.national is None:
        return
    cell = parts.national.cell
    if cell is None or cell.column == 0:
        yield Finding("head.table", "đầu văn bản", "không có hai cột", "cơ quan bên trái, quốc hiệu bên phải")
    elif cell.ruled:
        yield Finding("head.table", "đầu văn bản", "bảng có khung", "hai cột không có khung")


def title_known(parts: Anatomy) -> Iterator[Finding]:
    if parts.type_name is not None and fold(parts.type_name.text) not in TYPE_NAMES:
        yield Finding("type.name", excerpt(parts.type_name), parts.type_name.text, "tên loại nêu tại Điều 7")
    if parts.type_name is None and not parts.letter_subject:
        yield Finding("type.name", "văn bản", "không có tên loại", "tên loại, hoặc “V/v” của công văn")


def subject_shown(parts: Anatomy) -> Iterator[Finding]:
    if parts.type_name is not None and not parts.subject:
        yield Finding(
            "subject.text", excerpt(parts.type_name), "không có trích yếu", "trích yếu dưới tên loại"
        )


def _letter_gap(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.letter_subject[:1]:
        if para.before < 6 * 20 and parts.number is not None and parts.number.after < 6 * 20:
            found = f"cách {vietnamese(para.before / 20)} pt"
            yield Finding("letter.gap", excerpt(para), found, "cách số, ký hiệu 6 pt")


HEAD_RULES: Final[tuple[Check, ...]] = (
    head_table,
    present("national.text", lambda parts: (parts.national,), NATIONAL_TITLE),
    national_text,
    capitals("national.case", lambda parts: (parts.national,)),
    sized("national.size", lambda parts: (parts.national,), NATIONAL_TITLE_PT),
    styled("national.style", lambda parts: (parts.national,), bold=True, italic=False),
    present("motto.text", lambda parts: (parts.motto,), MOTTO),
    motto_text,
    sized("motto.size", lambda parts: (parts.motto,), MOTTO_PT),
    styled("motto.style", lambda parts: (parts.motto,), bold=True, italic=False),
    centred("motto.centre", lambda parts: (parts.motto,)),
    motto_line,
    capitals("parent.case", lambda parts: parts.parent),
    sized("parent.size", lambda parts: parts.parent, AGENCY_PT),
    styled("parent.style", lambda parts: parts.parent, bold=False, italic=False),
    centred("parent.centre", lambda parts: parts.parent),
    present("agency.text", lambda parts: parts.agency, "tên cơ quan ban hành"),
    capitals("agency.case", lambda parts: parts.agency),
    sized("agency.size", lambda parts: parts.agency, AGENCY_PT),
    styled("agency.style", lambda parts: parts.agency, bold=True, italic=False),
    centred("agency.centre", lambda parts: parts.agency),
    agency_line,
    present("number.text", lambda parts: (parts.number,), "Số: …/…"),
    number_form,
    number_type,
    sized("number.size", lambda parts: (parts.number,), NUMBER_PT),
    styled("number.style", lambda parts: (parts.number,), bold=False, italic=False),
    present("place.text", lambda parts: (parts.place_date,), "Địa danh, ngày … tháng … năm …"),
    place_form,
    place_level,
    sized("place.size", lambda parts: (parts.place_date,), PLACE_DATE_PT),
    styled("place.style", lambda parts: (parts.place_date,), italic=True),
    title_known,
    capitals("type.case", lambda parts: (parts.type_name,)),
    sized("type.size", lambda parts: (parts.type_name,), TITLE_PT),
    styled("type.style", lambda parts: (parts.type_name,), bold=True, italic=False),
    centred("type.centre", lambda parts: (parts.type_name,)),
    subject_shown,
    sized("subject.size", lambda parts: parts.subject, TITLE_PT),
    styled("subject.style", lambda parts: parts.subject, bold=True, italic=False),
    subject_line,
    sized("letter.size", lambda parts: parts.letter_subject, LETTER_SUBJECT_PT),
    styled("letter.style", lambda parts: parts.letter_subject, bold=False, italic=False),
    centred("letter.centre", lambda parts: parts.letter_subject),
    _letter_gap,
)
