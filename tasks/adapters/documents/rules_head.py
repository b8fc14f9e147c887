"""Ô 1 and 2: nation, motto, agencies. Phụ lục I, mục II.1 and II.2."""

from collections.abc import Iterator
from typing import Final

from models.nd30 import (
    AGENCY_PT,
    MOTTO,
    MOTTO_LINE,
    MOTTO_PT,
    NATIONAL_TITLE,
    NATIONAL_TITLE_PT,
    SHORT_LINE,
)
from models.text import fold
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import (
    SLACK_SHORT,
    Check,
    Finding,
    broken_width,
    capitals,
    centred,
    line_width,
    middled,
    present,
    ruled,
    sized,
    styled,
)

_SLACK_FULL: Final = 0.12


def national_text(parts: Anatomy) -> Iterator[Finding]:
    if parts.national and fold(parts.national.text) != fold(NATIONAL_TITLE):
        yield Finding("national.text", "quốc hiệu", parts.national.text, NATIONAL_TITLE)


def motto_text(parts: Anatomy) -> Iterator[Finding]:
    if parts.motto and parts.motto.text != MOTTO:
        yield Finding("motto.text", "tiêu ngữ", parts.motto.text, MOTTO)


def motto_line(parts: Anatomy) -> Iterator[Finding]:
    if parts.motto:
        lines = [line for para in parts.in_cell_of(parts.motto) for line in para.lines]
        yield from ruled("motto.line", "tiêu ngữ", lines, line_width(parts.motto), MOTTO_LINE, _SLACK_FULL)


def agency_line(parts: Anatomy) -> Iterator[Finding]:
    if parts.agency:
        last = parts.agency[-1]
        lines = [line for para in parts.in_cell_of(last) for line in para.lines]
        widest = max(broken_width(para, para.cell.room if para.cell else 0) for para in parts.agency)
        yield from ruled("agency.line", "tên cơ quan ban hành", lines, widest, SHORT_LINE, SLACK_SHORT)


def head_table(parts: Anatomy) -> Iterator[Finding]:
    if parts.national is None:
        return
    cell = parts.national.cell
    if cell is None or cell.column == 0:
        yield Finding("head.table", "đầu văn bản", "không có hai cột", "cơ quan bên trái, quốc hiệu bên phải")
    elif cell.ruled:
        yield Finding("head.table", "đầu văn bản", "bảng có khung", "hai cột không có khung")


HEAD_RULES: Final[tuple[Check, ...]] = (
    head_table,
    present("national.text", lambda parts: (parts.national,), NATIONAL_TITLE),
    national_text,
    capitals("national.case", lambda parts: (parts.national,)),
    sized("national.size", lambda parts: (parts.national,), NATIONAL_TITLE_PT),
    styled("national.style", lambda parts: (parts.national,), bold=True, italic=False),
    middled("national.centre", lambda parts: (parts.national,), "cột bên phải"),
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
)
