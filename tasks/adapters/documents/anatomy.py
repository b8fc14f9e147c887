"""Which paragraph of a document is which component of Nghị định 30/2020: ô 1 to 9, body and appendices.

Components are found by what they say and where they stand, not by style: a document from anywhere can
be measured. A component that is not found is None or empty; the rule about it says so.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from models.nd30 import MOTTO, NATIONAL_TITLE, TYPE_SYMBOLS
from models.text import fold
from tasks.adapters.documents.word_file import Para, Section, WordFile

TYPE_NAMES: Final = {fold(name): name for name in TYPE_SYMBOLS}
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
_APPENDIX: Final = re.compile(r"phụ lục(\s+([ivxlc]+|\d+))?")
_TABLE_NOTES: Final = ("ghi chú", "nguồn")


@dataclass(slots=True)
class Appendix:
    """A Phụ lục: its heading, and the paragraphs outside tables that follow it."""

    heading: Para
    following: list[Para]


@dataclass(slots=True)
class Anatomy:
    """The components; `head` is everything before the body starts."""

    sections: list[Section]
    pages: int | None
    everything: list[Para]
    national: Para | None = None
    motto: Para | None = None
    parent: list[Para] = field(default_factory=list)
    agency: list[Para] = field(default_factory=list)
    number: Para | None = None
    place_date: Para | None = None
    letter_subject: list[Para] = field(default_factory=list)
    type_name: Para | None = None
    subject: list[Para] = field(default_factory=list)
    subject_lines: list[int] = field(default_factory=list)
    addressees: list[Para] = field(default_factory=list)
    body: list[Para] = field(default_factory=list)
    recipients_title: Para | None = None
    recipients: list[Para] = field(default_factory=list)
    signature: list[Para] = field(default_factory=list)
    signer: Para | None = None
    appendices: list[Appendix] = field(default_factory=list)

    @property
    def is_letter(self) -> bool:
        return self.type_name is None

    def in_cell_of(self, para: Para) -> list[Para]:
        """The paragraphs of the same cell; of the same row of text where there is no table."""
        if para.cell is None:
            at = self.everything.index(para)
            return [near for near in self.everything[at : at + 3] if near.cell is None]
        return [near for near in self.everything if near.cell == para.cell]


def dissect(file: WordFile) -> Anatomy:
    """Name the parts of the document."""
    parts = Anatomy(sections=file.sections, pages=file.pages, everything=file.paras)
    tail = next(
        (place for place, para in enumerate(file.paras) if _starts(para, "nơi nhận")), len(file.paras)
    )
    start = _find_head(parts, file.paras[:tail])
    start = _find_title(parts, file.paras, start, tail)
    start = _find_addressees(parts, file.paras, start, tail)
    parts.body = _running_text(file.paras[start:tail])
    _find_tail(parts, file.paras, tail)
    _find_appendices(parts, file.paras[tail:])
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


def _find_tail(parts: Anatomy, paras: list[Para], tail: int) -> None:
    if tail == len(paras):
        return
    title = parts.recipients_title = paras[tail]
    if title.cell is None:
        parts.recipients = _until_not_dashed(paras[tail + 1 :])
        return
    same = [
        para for para in paras[tail + 1 :] if para.text and para.cell and para.cell.table == title.cell.table
    ]
    parts.recipients = [para for para in same if para.cell == title.cell]
    beside = [para for para in same if para.cell and para.cell.column != title.cell.column]
    if beside and not beside[-1].text.isupper():
        parts.signer = beside.pop()
    parts.signature = beside


def _until_not_dashed(paras: list[Para]) -> list[Para]:
    found = []
    for para in paras:
        if para.text and not para.text.startswith("-"):
            break
        if para.text:
            found.append(para)
    return found


def _find_appendices(parts: Anatomy, paras: list[Para]) -> None:
    for para in paras:
        if para.cell is None and _APPENDIX.fullmatch(fold(para.text)):
            parts.appendices.append(Appendix(para, []))
        elif parts.appendices and para.text and para.cell is None:
            parts.appendices[-1].following.append(para)
