"""Ô 9b and the Phụ lục: recipients, appendices. Phụ lục I, mục II.9 and IV."""

import re
from collections.abc import Iterator
from typing import Final

from models.nd30 import (
    APPENDIX_PT,
    APPENDIX_TITLE_PT,
    RECIPIENTS_PT,
    RECIPIENTS_TITLE_PT,
    roman,
)
from models.text import fold
from tasks.adapters.documents.anatomy import Anatomy
from tasks.adapters.documents.rule_kit import (
    Check,
    Finding,
    capitals,
    centred,
    excerpt,
    present,
    sized,
    styled,
)
from tasks.adapters.documents.word_view import Para

_ATTACHED: Final = re.compile(r"\(Kèm theo .+\)")


def tail_table(parts: Anatomy) -> Iterator[Finding]:
    title = parts.recipients_title
    if title is None:
        return
    if title.cell is None or title.cell.column != 0 or not (parts.signature or parts.signer):
        yield Finding("tail.table", "cuối văn bản", "không có hai cột", "nơi nhận bên trái, chữ ký bên phải")
    elif title.cell.ruled:
        yield Finding("tail.table", "cuối văn bản", "bảng có khung", "hai cột không có khung")


def recipients_level(parts: Anatomy) -> Iterator[Finding]:
    title = parts.recipients_title
    signing = parts.signature[0].cell if parts.signature else None
    if title is not None and title.cell and signing and title.cell.row != signing.row:
        yield Finding(
            "recipients.level", excerpt(title), "khác dòng", "ngang hàng với quyền hạn, chức vụ của người ký"
        )


def recipients_text(parts: Anatomy) -> Iterator[Finding]:
    title = parts.recipients_title
    if title is not None and title.text != "Nơi nhận:":
        yield Finding("recipients.text", "nơi nhận", title.text, "Nơi nhận:")


def recipients_marks(parts: Anatomy) -> Iterator[Finding]:
    for place, para in enumerate(parts.recipients, start=1):
        wanted = "." if place == len(parts.recipients) else ";"
        if not para.text.startswith("-"):
            yield Finding("recipients.marks", excerpt(para), "không có gạch đầu dòng", "- …")
        elif not para.text.endswith(wanted):
            yield Finding(
                "recipients.marks", excerpt(para), f"kết thúc bằng “{para.text[-1]}”", f"“{wanted}”"
            )


def recipients_flush(parts: Anatomy) -> Iterator[Finding]:
    title = parts.recipients_title
    for para in (*([title] if title else []), *parts.recipients):
        if para.align not in ("left", "both") or para.left + min(para.first, 0) or para.first > 0:
            yield Finding("recipients.flush", excerpt(para), "lùi vào", "sát lề trái")


def recipients_archive(parts: Anatomy) -> Iterator[Finding]:
    if parts.recipients and not re.match(r"- ?Lưu: ?VT\b", parts.recipients[-1].text):
        yield Finding("recipients.archive", "nơi nhận", parts.recipients[-1].text, "dòng cuối: - Lưu: VT, …")


def recipients_as_above(parts: Anatomy) -> Iterator[Finding]:
    if parts.addressees and parts.recipients and not fold(parts.recipients[0].text).startswith("-như trên"):
        yield Finding("recipients.as_above", "nơi nhận", parts.recipients[0].text, "dòng đầu: - Như trên;")


def appendix_mentioned(parts: Anatomy) -> Iterator[Finding]:
    # A table may be what refers to an appendix, so every paragraph of the main text counts.
    main = " ".join(fold(para.text) for para in parts.everything if para.section == 0)
    for appendix in parts.appendices:
        name = fold(appendix.heading.text)
        if appendix.heading.section and not re.search(rf"\b{re.escape(name)}\b", main):
            where = excerpt(appendix.heading)
            yield Finding(
                "appendix.mentioned", where, "nội dung không nhắc đến", "nội dung có chỉ dẫn về phụ lục"
            )


def appendix_numbered(parts: Anatomy) -> Iterator[Finding]:
    several = len(parts.appendices) > 1
    for place, appendix in enumerate(parts.appendices, start=1):
        wanted = f"Phụ lục {roman(place)}" if several else "Phụ lục"
        if appendix.heading.text.split()[2:] != wanted.split()[2:]:
            yield Finding("appendix.number", excerpt(appendix.heading), appendix.heading.text, wanted)


def appendix_case(parts: Anatomy) -> Iterator[Finding]:
    for appendix in parts.appendices:
        if not appendix.heading.text.startswith("Phụ lục"):
            yield Finding("appendix.case", excerpt(appendix.heading), "chữ in hoa", "chữ in thường")


def appendix_pages(parts: Anatomy) -> Iterator[Finding]:
    for appendix in parts.appendices:
        place = appendix.heading.section
        own = all(para is appendix.heading for para in _first_of_section(parts, place))
        if not own or place == 0 or parts.sections[place].restarts_at != 1:
            where = excerpt(appendix.heading)
            yield Finding("appendix.pages", where, "số trang không bắt đầu từ 1", "đánh số trang riêng từ 1")


def _first_of_section(parts: Anatomy, place: int) -> list[Para]:
    return [para for para in parts.everything if para.section == place and para.text][:1]


def appendix_attached(parts: Anatomy) -> Iterator[Finding]:
    for appendix in parts.appendices:
        if not any(_ATTACHED.fullmatch(para.text) for para in appendix.following[:3]):
            where = excerpt(appendix.heading)
            yield Finding("appendix.attached", where, "không có", "(Kèm theo … số … ngày … của …)")


def _headings(parts: Anatomy) -> list[Para]:
    return [appendix.heading for appendix in parts.appendices]


def _titles(parts: Anatomy) -> list[Para]:
    first = (appendix.following[0] for appendix in parts.appendices if appendix.following)
    return [para for para in first if not _ATTACHED.fullmatch(para.text)]


def _attachments(parts: Anatomy) -> list[Para]:
    near = (para for appendix in parts.appendices for para in appendix.following[:3])
    return [para for para in near if _ATTACHED.fullmatch(para.text)]


TAIL_RULES: Final[tuple[Check, ...]] = (
    present("recipients.text", lambda parts: (parts.recipients_title,), "Nơi nhận:"),
    tail_table,
    recipients_level,
    recipients_text,
    sized("recipients.title.size", lambda parts: (parts.recipients_title,), RECIPIENTS_TITLE_PT),
    styled("recipients.title.style", lambda parts: (parts.recipients_title,), bold=True, italic=True),
    sized("recipients.size", lambda parts: parts.recipients, RECIPIENTS_PT),
    styled("recipients.style", lambda parts: parts.recipients, bold=False, italic=False),
    recipients_marks,
    recipients_flush,
    recipients_archive,
    recipients_as_above,
    appendix_mentioned,
    appendix_numbered,
    appendix_case,
    appendix_pages,
    appendix_attached,
    sized("appendix.size", _headings, APPENDIX_PT),
    styled("appendix.style", _headings, bold=True, italic=False),
    centred("appendix.centre", _headings),
    capitals("appendix.title.case", _titles),
    sized("appendix.title.size", _titles, APPENDIX_TITLE_PT),
    styled("appendix.title.style", _titles, bold=True, italic=False),
    centred("appendix.title.centre", _titles),
    sized("appendix.attached.size", _attachments, APPENDIX_TITLE_PT),
    styled("appendix.attached.style", _attachments, italic=True),
    centred("appendix.attached.centre", _attachments),
)
