"""Which paragraph of a document is which component.

Components are found by what they say and where they stand, not by style: a document from anywhere can be measured.
"""

import re
from itertools import pairwise
from typing import Final

from models.nd30 import MOTTO, NATIONAL_TITLE, OTHER_MARKS, URGENCY_MARKS
from models.text import fold
from tasks.adapters.documents.anatomy import TYPE_NAMES, Anatomy, Level
from tasks.adapters.documents.dissecting_tail import find_appendices, find_tail
from tasks.adapters.documents.word_view import Para, WordFile

_AGENCY_WORDS: Final = (
    "sở ",
    "phòng ",
    "ban ",
    "cục ",
    "chi cục ",
    "vụ ",
    "văn phòng ",
    "trung tâm ",
    "hội ",
)
_NUMBER: Final = re.compile(r"Số\s*:|Số\s+\d")
# Short, so that no sentence of the body which names a day is taken for it.
_DATED: Final = re.compile(r".{0,60}?\s*ngày.{0,12}tháng.{0,12}năm.{0,10}")
_LEVEL: Final = re.compile(r"(phần|chương|mục|tiểu mục) ([ivxlc]+|\d+)")
_MARKS: Final = frozenset(fold(mark) for mark in (*URGENCY_MARKS, *OTHER_MARKS))
_TABLE_NOTES: Final = ("ghi chú", "nguồn")


def dissect(file: WordFile) -> Anatomy:
    """Name the parts of the document."""
    parts = Anatomy(sections=file.sections, pages=file.pages, everything=file.paras)
    tail = next(
        (place for place, para in enumerate(file.paras) if _starts(para, "nơi nhận")), len(file.paras)
    )
    parts.marks = [para for para in file.paras[:tail] if fold(para.text) in _MARKS]
    paras = [para for para in file.paras if para not in parts.marks]
    tail -= len(parts.marks)
    start = _find_head(parts, paras[:tail])
    start = _find_title(parts, paras, start, tail)
    start = _find_addressees(parts, paras, start, tail)
    parts.body = _without_levels(parts, _running_text(paras[start:tail]))
    find_tail(parts, paras, tail)
    find_appendices(parts, paras[tail:])
    return parts


def _starts(para: Para, words: str) -> bool:
    return fold(para.text).startswith(fold(words))


def _find_head(parts: Anatomy, paras: list[Para]) -> int:
    """Ô 1–4 and 5b; returns where the head ends."""
    parts.national = next((para for para in paras if _starts(para, NATIONAL_TITLE)), None)
    parts.motto = next((para for para in paras if _starts(para, MOTTO)), None)
    parts.number = next((para for para in paras if _NUMBER.match(para.text)), None)
    parts.place_date = next((para for para in paras if _DATED.fullmatch(para.text)), None)
    first = parts.national
    if first is not None and first.cell is not None:
        cell = first.cell
        left = [
            para
            for para in paras
            if para.text and para.cell and para.cell.table == cell.table
            and para.cell.row <= cell.row and para.cell.column == 0 and para is not parts.number
        ]  # fmt: skip
        parts.parent, parts.agency = _split_agency(left)
        members = [place for place, para in enumerate(paras) if para.cell and para.cell.table == cell.table]
        end = members[-1] + 1
    else:
        found = [paras.index(para) for para in (first, parts.motto, parts.number, parts.place_date) if para]
        end = max(found, default=-1) + 1
    subject = next((place for place, para in enumerate(paras[: end + 2]) if _starts(para, "V/v")), None)
    if subject is not None:
        cell_of = paras[subject].cell
        parts.letter_subject = [
            para for para in paras[subject:] if para.text and (para is paras[subject] or (cell_of and para.cell == cell_of))
        ]  # fmt: skip
        end = max(end, subject + 1)
    return end


def _split_agency(lines: list[Para]) -> tuple[list[Para], list[Para]]:
    for place, line in enumerate(lines[1:], start=1):
        if fold(line.text + " ").startswith(_AGENCY_WORDS):
            return lines[:place], lines[place:]
    for place, (before, line) in enumerate(pairwise(lines), start=1):
        if not _is_bold(before) and _is_bold(line):
            return lines[:place], lines[place:]
    return [], lines


def _is_bold(para: Para) -> bool:
    return bool(para.inked) and all(run.bold for run in para.inked)


def _find_title(parts: Anatomy, paras: list[Para], start: int, tail: int) -> int:
    if parts.letter_subject:
        return start
    for place in range(start, min(tail, start + 8)):
        if _is_title(paras[place]):
            parts.type_name = paras[place]
            return _find_subject(parts, paras, place + 1, tail)
    return start


def _is_title(para: Para) -> bool:
    # An unknown type is still a title, for the rule that knows the decree's 29 to say so.
    return fold(para.text) in TYPE_NAMES or (
        para.align == "center" and para.text.isupper() and para.cell is None
    )


def _find_subject(parts: Anatomy, paras: list[Para], start: int, tail: int) -> int:
    place = start
    while place < tail and paras[place].cell is None:
        para = paras[place]
        if para.text and (para.align != "center" or _starts(para, "kính gửi") or parts.subject_lines):
            break
        if para.text:
            parts.subject.append(para)
        parts.subject_lines += para.lines
        place += 1
    return place


def _find_addressees(parts: Anatomy, paras: list[Para], start: int, tail: int) -> int:
    first = next(
        (place for place in range(start, min(tail, start + 6)) if _starts(paras[place], "kính gửi")), None
    )
    if first is None:
        return start
    parts.addressees = [paras[first]]
    place = first + 1
    # The list follows at once; dashes after a gap are the body's.
    while place < tail and paras[place].text.startswith("-"):
        parts.addressees.append(paras[place])
        place += 1
    return place


def _running_text(paras: list[Para]) -> list[Para]:
    """The paragraphs outside tables, without what belongs to a table: its caption, unit and notes."""
    kept: list[Para] = []
    outside = [para for para in paras if para.text or para.cell]
    for before, para, after in zip([None, *outside], outside, [*outside[1:], None], strict=False):
        if para.cell is not None:
            continue
        above_table = after is not None and (after.cell is not None or after.align == "right")
        if para.align in ("center", "right") and above_table:
            continue
        if before is not None and before.cell is not None and fold(para.text).startswith(_TABLE_NOTES):
            continue
        kept.append(para)
    return kept


def _without_levels(parts: Anatomy, paras: list[Para]) -> list[Para]:
    """The text without Phần, Chương, Mục and their titles, which are found here."""
    kept: list[Para] = []
    texts = [para for para in paras if para.text]
    place = 0
    while place < len(texts):
        para = texts[place]
        if not _LEVEL.fullmatch(fold(para.text)):
            kept.append(para)
            place += 1
            continue
        after = texts[place + 1] if place + 1 < len(texts) else None
        title = after if after is not None and (after.align == "center" or after.text.isupper()) else None
        parts.levels.append(Level(para, title))
        place += 2 if title else 1
    return kept
