"""The fields an office finds in its Word templates, filled from a document's values.

Text fields go into running text: {{ so_ky_hieu }}. List fields are looped over: {%p for dong in noi_nhan %}.
Block fields stand alone in a paragraph: {{p noi_dung }}.

| Field | Kind | Holds |
|---|---|---|
| co_quan_chu_quan, co_quan_ban_hanh | list | lines of the two agencies, in capitals |
| ke_co_quan, ke_trich_yeu | block | the lines under the agency and under the trích yếu |
| so_ky_hieu, dia_danh_ngay | text | `Số: 07/BC-…`; `Lạng Sơn, ngày 05 tháng 01 năm 2020` |
| ten_loai, trich_yeu | text, block | `BÁO CÁO` and what it is about (báo cáo) |
| ve_viec | text | what stands after `V/v` (công văn) |
| kinh_gui | list | addressees; with `;` and a last `.` where there are several |
| noi_dung | block | the whole body, closed with `./.` |
| noi_nhan | list | recipients, with their `;` and last `.` |
| quyen_han, chuc_vu, ho_ten | list, text, text | signature: TM./KT. lines, post, name (may be empty) |
"""

from typing import Any, Final
from xml.sax.saxutils import escape

from markupsafe import Markup

from models.documents import Head, LetterDocument, OfficialDocument, ReportDocument
from models.nd30 import SHORT_LINE, document_number
from models.text import long_date
from tasks.adapters.documents.blocks import blocks_xml, closed
from tasks.adapters.documents.markup import literal, one_line, paragraph, run
from tasks.adapters.documents.metrics import balanced_lines, balanced_room, line_count, text_width
from tasks.adapters.documents.sections import appendices_xml
from tasks.adapters.documents.template import CLOSING, Compiled

_COMMON_TEXTS: Final = {"so_ky_hieu", "dia_danh_ngay", "chuc_vu", "ho_ten"}
LISTS: Final = frozenset({"co_quan_chu_quan", "co_quan_ban_hanh", "kinh_gui", "noi_nhan", "quyen_han"})
REPORT_TEXTS: Final = frozenset(_COMMON_TEXTS | {"ten_loai"})
REPORT_BLOCKS: Final = frozenset({"ke_co_quan", "trich_yeu", "ke_trich_yeu", "noi_dung"})
LETTER_TEXTS: Final = frozenset(_COMMON_TEXTS | {"ve_viec"})
LETTER_BLOCKS: Final = frozenset({"ke_co_quan", "noi_dung"})

# The decree lets the short lines be 1/3 to 1/2 of the text; the middle leaves room for other fonts.
_SHORT: Final = (SHORT_LINE.low + SHORT_LINE.high) / 2
_BLANK_DAY: Final = "ngày       tháng       năm {}"
# The trích yếu keeps clear of both margins, as in the decree's specimen.
_SUBJECT_SHARE: Final = 0.86
# The widths are estimates: without leeway a word that just fits would stand alone on one more line.
_LEEWAY: Final = 1.03


def report_fields(document: ReportDocument, template: Compiled) -> dict[str, Any]:
    """Every field of bao-cao.docx."""
    subject, line = _subject(document.subject, template)
    return _shared(document, template) | {
        "ten_loai": one_line(document.type_name.upper()),
        "trich_yeu": subject,
        "ke_trich_yeu": line,
        CLOSING: _closing(document, template, document.type_name),
    }


def letter_fields(document: LetterDocument, template: Compiled) -> dict[str, Any]:
    """Every field of cong-van.docx."""
    return _shared(document, template) | {
        "ve_viec": one_line(document.subject),
        CLOSING: _closing(document, template, "Công văn"),
    }


def core_properties(document: OfficialDocument) -> bytes:
    """Title and agency for the file's properties. No times: the same document has the same bytes."""
    title, agency = (escape(one_line(text)) for text in (document.subject, document.head.agency))
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:creator>{agency}</dc:creator><dc:language>vi-VN</dc:language>"
        "</cp:coreProperties>"
    ).encode()


def _ours(xml: str) -> Markup:
    # Made by markup.py, where every text was escaped: the only XML that is let through as it is.
    return Markup(xml)  # noqa: S704


def _shared(document: OfficialDocument, template: Compiled) -> dict[str, Any]:
    head, signature = document.head, document.signature
    agency = _agency_lines(head.agency, template, bold=True)
    return {
        "co_quan_chu_quan": _agency_lines(head.parent_agency or "", template, bold=False),
        "co_quan_ban_hanh": agency,
        "ke_co_quan": _agency_rule(agency, template),
        "so_ky_hieu": one_line(document_number(head.number, head.symbol)),
        "dia_danh_ngay": one_line(f"{head.place}, {_day(head)}"),
        "kinh_gui": _addressees(document.addressees),
        "noi_dung": _ours(
            blocks_xml(closed(document.blocks), template.styles, template.setup.room, keep_last=True)
        ),
        "noi_nhan": _listed(document.recipients),
        "quyen_han": tuple(one_line(line.upper()) for line in signature.authority),
        "chuc_vu": one_line(signature.post.upper()),
        "ho_ten": one_line(signature.full_name or ""),
    }


def _day(head: Head) -> str:
    if head.day is not None:
        return long_date(head.day)
    return _BLANK_DAY.format("" if head.year is None else head.year).rstrip()


def _agency_lines(name: str, template: Compiled, *, bold: bool) -> tuple[str, ...]:
    room = template.rooms["co_quan_ban_hanh"]
    if not name:
        return ()
    points = template.points["agency"]
    return tuple(one_line(line) for line in balanced_lines(literal(name).upper(), room, points, bold=bold))


def _agency_rule(lines: tuple[str, ...], template: Compiled) -> Markup:
    room, points = template.rooms["ke_co_quan"], template.points["agency"]
    widest = max((text_width(line, points, bold=True) for line in lines), default=0)
    return _rule(min(widest, room), room, template)


def _rule(text: int, room: int, template: Compiled) -> Markup:
    indent = round((room - text * _SHORT) / 2)
    properties = f'<w:ind w:left="{indent}" w:right="{indent}"/>'
    return _ours(paragraph(template.styles["line"], "", properties=properties))


def _subject(text: str, template: Compiled) -> tuple[Markup, Markup]:
    room, points = template.rooms["trich_yeu"], template.points["subject"]
    plain = one_line(text)
    usable = round(room * _SUBJECT_SHARE)
    inner = min(usable, round(balanced_room(plain, usable, points, bold=True) * _LEEWAY))
    indent = (room - inner) // 2
    properties = f'<w:ind w:left="{indent}" w:right="{indent}"/>'
    subject = _ours(paragraph(template.styles["subject"], run(plain), properties=properties))
    several = line_count(plain, usable, points, bold=True) > 1
    widest = inner if several else text_width(plain, points, bold=True)
    return subject, _rule(widest, template.rooms["ke_trich_yeu"], template)


def _addressees(names: tuple[str, ...]) -> tuple[str, ...]:
    return _listed(names) if len(names) > 1 else tuple(one_line(name) for name in names)


def _listed(lines: tuple[str, ...]) -> tuple[str, ...]:
    bare = [one_line(line).removeprefix("- ").rstrip(" .;") for line in lines]
    return tuple(f"{line};" for line in bare[:-1]) + tuple(f"{line}." for line in bare[-1:])


def _closing(document: OfficialDocument, template: Compiled, type_name: str) -> Markup:
    head = document.head
    number = document_number(head.number, head.symbol).replace("Số:", "số")
    agency = " ".join(head.agency.split())
    attached = f"(Kèm theo {type_name} {number} {_day(head)} của {agency})"
    return _ours(appendices_xml(document.appendices, attached, template.styles, template.setup))
