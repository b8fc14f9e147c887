"""Ô 5: the type's name and trích yếu, or what a công văn is about. Phụ lục I, mục II.5."""

from collections.abc import Iterator
from typing import Final

from models.nd30 import LETTER_SUBJECT_PT, SHORT_LINE, TITLE_PT
from models.text import fold
from tasks.adapters.documents.anatomy import TYPE_NAMES, Anatomy
from tasks.adapters.documents.rule_kit import (
    SLACK_SHORT,
    Check,
    Finding,
    broken_width,
    capitals,
    centred,
    excerpt,
    line_width,
    not_capitals,
    ruled,
    sized,
    styled,
    vietnamese,
)
from tasks.adapters.documents.word_view import Para


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


def subject_line(parts: Anatomy) -> Iterator[Finding]:
    if parts.subject:
        section = parts.sections[0]
        room = section.width - section.margins["left"] - section.margins["right"]
        widest = max(broken_width(para, room) for para in parts.subject)
        # Where the text fills several lines, their common length is known only roughly.
        slack = 0.12 if _wraps(parts.subject, room) else SLACK_SHORT
        yield from ruled("subject.line", "trích yếu", parts.subject_lines, widest, SHORT_LINE, slack)


def _wraps(paras: list[Para], room: int) -> bool:
    return any(line_width(para) > room - 2 * para.left for para in paras)


def letter_gap(parts: Anatomy) -> Iterator[Finding]:
    for para in parts.letter_subject[:1]:
        if para.before < 6 * 20 and parts.number is not None and parts.number.after < 6 * 20:
            found = f"cách {vietnamese(para.before / 20)} pt"
            yield Finding("letter.gap", excerpt(para), found, "cách số, ký hiệu 6 pt")


TITLE_RULES: Final[tuple[Check, ...]] = (
    title_known,
    capitals("type.case", lambda parts: (parts.type_name,)),
    sized("type.size", lambda parts: (parts.type_name,), TITLE_PT),
    styled("type.style", lambda parts: (parts.type_name,), bold=True, italic=False),
    centred("type.centre", lambda parts: (parts.type_name,)),
    subject_shown,
    not_capitals("subject.case", lambda parts: parts.subject),
    sized("subject.size", lambda parts: parts.subject, TITLE_PT),
    styled("subject.style", lambda parts: parts.subject, bold=True, italic=False),
    subject_line,
    not_capitals("letter.case", lambda parts: parts.letter_subject),
    sized("letter.size", lambda parts: parts.letter_subject, LETTER_SUBJECT_PT),
    styled("letter.style", lambda parts: parts.letter_subject, bold=False, italic=False),
    centred("letter.centre", lambda parts: parts.letter_subject),
    letter_gap,
)
