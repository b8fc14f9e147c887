"""Writes templates/docx/*.docx anew: `python deploy/docx_templates.py`. Same bytes every time.

An office changes the .docx files themselves, in Word; this script is for us, to change the shipped ones.
Sizes and lengths are those of the decree (models/nd30.py); where it leaves a choice, its specimen decides.
"""
# ruff: noqa: INP001  # a script beside the other deployment files, not a package

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from models.nd30 import COLUMNS, FONT, MOTTO, NATIONAL_TITLE
from tasks.adapters.documents.metrics import text_width
from tasks.adapters.documents.package import write_parts

FOLDER: Final = Path(__file__).resolve().parent.parent / "templates" / "docx"

_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R: Final = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_TYPES: Final = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELS: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_KIND: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

# Twips: A4; margins 20, 20, 30 and 15 mm.
_PAGE: Final = (11906, 16838)
_TOP, _BOTTOM, _LEFT, _RIGHT = 1134, 1134, 1701, 851
_ROOM: Final = _PAGE[0] - _LEFT - _RIGHT
_HEAD: Final = (round(_ROOM * COLUMNS[0]), _ROOM - round(_ROOM * COLUMNS[0]))
_TAIL: Final = (_ROOM // 2, _ROOM - _ROOM // 2)
_FIRST_LINE: Final = 720
_ADDRESSEE: Final = 1560
_DASH: Final = text_width("- ", 14)
_UNDER_COLON: Final = _ADDRESSEE + text_width("Kính gửi", 14)

_CENTER: Final = '<w:jc w:val="center"/>'
_BOLD: Final = "<w:b/><w:bCs/>"
_ITALIC: Final = "<w:i/><w:iCs/>"
_KEEP: Final = "<w:keepNext/>"


def _spacing(before: float = 0, after: float = 0, line: str = 'w:line="240" w:lineRule="auto"') -> str:
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}" {line}/>'


def _indent(left: int = 0, first: int = 0, hanging: int = 0) -> str:
    extra = f' w:hanging="{hanging}"' if hanging else f' w:firstLine="{first}"'
    return f'<w:ind w:left="{left}" w:right="0"{extra}/>'


def _size(points: float) -> str:
    return f'<w:sz w:val="{round(points * 2)}"/><w:szCs w:val="{round(points * 2)}"/>'


_LINES: Final = 'w:line="264" w:lineRule="auto"'
_TINY: Final = _spacing(line='w:line="70" w:lineRule="exact"')
_BODY: Final = _spacing(0, 6, _LINES) + _indent(first=_FIRST_LINE) + '<w:jc w:val="both"/>'
_HEADING: Final = _KEEP + _spacing(3, 6, _LINES) + _indent(first=_FIRST_LINE) + '<w:jc w:val="both"/>'
_UNDER: Final = '<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>'

# name: (id, paragraph properties, run properties), each based on Normal.
STYLES: Final[Mapping[str, tuple[str, str, str]]] = {
    "header": ("Header", _CENTER, _size(14)),
    "heading 1": ("Muc1", _HEADING + '<w:outlineLvl w:val="0"/>', _BOLD + _size(14)),
    "heading 2": ("Muc2", _HEADING + '<w:outlineLvl w:val="1"/>', _BOLD + _size(14)),
    "heading 3": ("Muc3", _HEADING + '<w:outlineLvl w:val="2"/>', _size(14)),
    "Quốc hiệu": ("QuocHieu", _CENTER, _BOLD + _size(12)),
    "Tiêu ngữ": ("TieuNgu", _CENTER, _BOLD + _size(13)),
    "Cơ quan chủ quản": ("CoQuanChuQuan", _CENTER, _size(12)),
    "Cơ quan ban hành": ("CoQuanBanHanh", _CENTER, _BOLD + _size(12)),
    "Kẻ ngang": ("KeNgang", _UNDER + _TINY + _CENTER, _size(1)),
    "Số ký hiệu": ("SoKyHieu", _spacing(6) + _CENTER, _size(13)),
    "Địa danh": ("DiaDanh", _spacing(6) + _CENTER, _ITALIC + _size(13)),
    "Về việc": ("VeViec", _spacing(6) + _CENTER, _size(12)),
    "Tên loại": ("TenLoai", _KEEP + _spacing(18) + _CENTER, _BOLD + _size(14)),
    "Trích yếu": ("TrichYeu", _KEEP + _CENTER, _BOLD + _size(14)),
    "Kính gửi": ("KinhGui", _spacing(14, 4) + _CENTER, _size(14)),
    "Kính gửi nhiều nơi": ("KinhGuiNhieu", _KEEP + _spacing(14, 3) + _indent(_ADDRESSEE), _size(14)),
    "Nơi kính gửi": (
        "NoiKinhGui",
        _spacing(0, 3) + _indent(_UNDER_COLON + _DASH, hanging=_DASH) + '<w:jc w:val="both"/>',
        _size(14),
    ),
    "Cách dòng": ("CachDong", _spacing(line='w:line="200" w:lineRule="exact"'), _size(8)),
    "Căn cứ": ("CanCu", _BODY, _ITALIC + _size(14)),
    "Nội dung": ("NoiDung", _BODY, _size(14)),
    "Tên bảng": ("TenBang", _KEEP + _spacing(6, 4) + _CENTER, _BOLD + _size(13)),
    "Đơn vị tính": ("DonViTinh", _KEEP + _spacing(2, 2) + '<w:jc w:val="right"/>', _ITALIC + _size(12)),
    "Ghi chú bảng": ("GhiChuBang", _spacing(4, 10) + '<w:jc w:val="both"/>', _ITALIC + _size(12)),
    "Tiêu đề cột": ("TieuDeCot", _spacing(2, 2) + _CENTER, _BOLD + _size(12)),
    "Chữ trong bảng": ("ChuBang", _spacing(2, 2), _size(12)),
    "Chữ nhỏ trong bảng": ("ChuNhoBang", _spacing(2, 2), _size(11)),
    "Nơi nhận": ("NoiNhan", _KEEP, _BOLD + _ITALIC + _size(12)),
    "Danh sách nơi nhận": ("DanhSachNoiNhan", "", _size(11)),
    "Chữ ký": ("ChuKy", _KEEP + _CENTER, _BOLD + _size(14)),
    # The gap above the name is where the signature and the seal go.
    "Họ tên": ("HoTen", _spacing(76) + _CENTER, _BOLD + _size(14)),
    "Phụ lục": ("PhuLuc", _KEEP + _CENTER, _BOLD + _size(14)),
    "Tên phụ lục": ("TenPhuLuc", _KEEP + _spacing(2) + _CENTER, _BOLD + _size(14)),
    "Kèm theo": ("KemTheo", _spacing(2, 12) + _CENTER, _ITALIC + _size(14)),
    "Hết phần": ("HetPhan", _spacing(line='w:line="120" w:lineRule="exact"'), _size(2)),
}


def _style_sheet() -> str:
    fonts = "".join(f' w:{script}="{FONT}"' for script in ("ascii", "hAnsi", "eastAsia", "cs"))
    defaults = (
        f'<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts{fonts}/><w:color w:val="000000"/>{_size(14)}'
        '<w:lang w:val="vi-VN" w:eastAsia="vi-VN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>'
        f"<w:pPrDefault><w:pPr>{_spacing()}</w:pPr></w:pPrDefault></w:docDefaults>"
    )
    normal = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr><w:widowControl/></w:pPr><w:rPr>{_size(14)}</w:rPr></w:style>"
    )
    made = "".join(
        f'<w:style w:type="paragraph"{"" if name[0].islower() else " w:customStyle=" + chr(34) + "1" + chr(34)} '
        f'w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        for name, (style, paragraph, run) in STYLES.items()
    )
    return f"{_XML}<w:styles {_W}>{defaults}{normal}{made}{_table_styles()}</w:styles>"


def _table_styles() -> str:
    margins = "".join(f'<w:{side} w:w="{{}}" w:type="dxa"/>' for side in ("left", "right"))
    plain = (
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>{margins.format(0, 0)}</w:tblCellMar></w:tblPr>'
        "</w:style>"
    )
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = (
        '<w:style w:type="table" w:customStyle="1" w:styleId="BangSoLieu"><w:name w:val="Bảng số liệu"/>'
        '<w:basedOn w:val="TableNormal"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders>{borders}</w:tblBorders>"
        f"<w:tblCellMar>{margins.format(70, 70)}</w:tblCellMar></w:tblPr></w:style>"
    )
    return plain + grid


def _p(style: str, text: str, properties: str = "") -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="{STYLES[style][0]}"/>{properties}</w:pPr>'
        f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def _loop(field: str, style: str, text: str = "{{ dong }}") -> str:
    start, end = _p(style, f"{{%p for dong in {field} %}}"), _p(style, "{%p endfor %}")
    return start + _p(style, text) + end


def _table(widths: tuple[int, int], rows: list[tuple[str, str]]) -> str:
    """Two columns without borders: where the decree's drawing sets things side by side."""
    none = "".join(
        f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    margins = '<w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/>'
    properties = (
        f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{none}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar><w:tblLook w:val="0000"/></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    lines = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{cell}</w:tc>'
            for width, cell in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{lines}</w:tbl>"


def _head(under_number: str = "") -> str:
    motto = text_width(MOTTO, 13, bold=True)
    indent = (_HEAD[1] - motto) // 2
    motto_line = (
        f'<w:p><w:pPr><w:pStyle w:val="{STYLES["Kẻ ngang"][0]}"/>'
        f'<w:ind w:left="{indent}" w:right="{indent}"/></w:pPr></w:p>'
    )
    agency = (
        _loop("co_quan_chu_quan", "Cơ quan chủ quản")
        + _loop("co_quan_ban_hanh", "Cơ quan ban hành")
        + _p("Kẻ ngang", "{{p ke_co_quan }}")
    )
    nation = _p("Quốc hiệu", NATIONAL_TITLE) + _p("Tiêu ngữ", MOTTO) + motto_line
    number = _p("Số ký hiệu", "{{ so_ky_hieu }}") + under_number
    return _table(_HEAD, [(agency, nation), (number, _p("Địa danh", "{{ dia_danh_ngay }}"))])


def _addressees() -> str:
    end = _p("Kính gửi", "{%p endif %}")
    one = (
        _p("Kính gửi", "{%p if kinh_gui|length == 1 %}") + _p("Kính gửi", "Kính gửi: {{ kinh_gui[0] }}") + end
    )
    several = (
        _p("Kính gửi", "{%p if kinh_gui|length > 1 %}")
        + _p("Kính gửi nhiều nơi", "Kính gửi:")
        + _loop("kinh_gui", "Nơi kính gửi", "- {{ dong }}")
        + end
    )
    # Where nobody is addressed the body still keeps its distance from what stands above it.
    return one + several + _p("Cách dòng", "")


def _tail() -> str:
    recipients = _p("Nơi nhận", "Nơi nhận:") + _loop("noi_nhan", "Danh sách nơi nhận", "- {{ dong }}")
    signature = _loop("quyen_han", "Chữ ký") + _p("Chữ ký", "{{ chuc_vu }}") + _p("Họ tên", "{{ ho_ten }}")
    return _table(_TAIL, [(recipients, signature)]) + _p("Hết phần", "")


def _document(body: str) -> str:
    width, height = _PAGE
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:headerReference w:type="first" r:id="rId4"/>'
        f'<w:pgSz w:w="{width}" w:h="{height}"/>'
        f'<w:pgMar w:top="{_TOP}" w:right="{_RIGHT}" w:bottom="{_BOTTOM}" w:left="{_LEFT}" '
        'w:header="567" w:footer="567" w:gutter="0"/><w:pgNumType w:start="1"/><w:titlePg/></w:sectPr>'
    )
    return f"{_XML}<w:document {_W} {_R}><w:body>{body}{section}</w:body></w:document>"


def _package(body: str) -> dict[str, bytes]:
    overrides = {
        "word/document.xml": f"{_WORD}.document.main+xml",
        "word/styles.xml": f"{_WORD}.styles+xml",
        "word/settings.xml": f"{_WORD}.settings+xml",
        "word/header1.xml": f"{_WORD}.header+xml",
        "word/header2.xml": f"{_WORD}.header+xml",
        "docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    types = "".join(
        f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides.items()
    )
    field = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>2</w:t></w:r></w:fldSimple>'
    styled = f'<w:pPr><w:pStyle w:val="{STYLES["header"][0]}"/></w:pPr>'
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            (f"{_KIND}/officeDocument", "word/document.xml"),
            (f"{_RELS}/metadata/core-properties", "docProps/core.xml"),
        ),
        "word/document.xml": _document(body).removeprefix(_XML),
        "word/_rels/document.xml.rels": _relations(
            (f"{_KIND}/styles", "styles.xml"),
            (f"{_KIND}/settings", "settings.xml"),
            (f"{_KIND}/header", "header1.xml"),
            (f"{_KIND}/header", "header2.xml"),
        ),
        "word/styles.xml": _style_sheet().removeprefix(_XML),
        "word/settings.xml": f'<w:settings {_W}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting '
        'w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
        '<w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>',
        "word/header1.xml": f"<w:hdr {_W}><w:p>{styled}{field}</w:p></w:hdr>",
        "word/header2.xml": f"<w:hdr {_W}><w:p>{styled}</w:p></w:hdr>",
        "docProps/core.xml": '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/'
        'metadata/core-properties"/>',
    }
    return {name: (_XML + text).encode() for name, text in parts.items()}


def _relations(*targets: tuple[str, str]) -> str:
    lines = "".join(
        f'<Relationship Id="rId{place}" Type="{kind}" Target="{target}"/>'
        for place, (kind, target) in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{_RELS}">{lines}</Relationships>'


def build() -> dict[str, bytes]:
    """File name → bytes of each template."""
    title = (
        _p("Tên loại", "{{ ten_loai }}")
        + _p("Trích yếu", "{{p trich_yeu }}")
        + _p("Kẻ ngang", "{{p ke_trich_yeu }}")
    )
    body = _p("Nội dung", "{{p noi_dung }}") + _tail()
    subject = _p("Về việc", "V/v {{ ve_viec }}")
    return {
        "bao-cao.docx": write_parts(_package(_head() + title + _addressees() + body)),
        # A Thông báo is addressed to nobody; those it is for stand under Nơi nhận.
        "thong-bao.docx": write_parts(_package(_head() + title + _p("Cách dòng", "") + body)),
        "cong-van.docx": write_parts(_package(_head(subject) + _addressees() + body)),
    }


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, data in build().items():
        (FOLDER / name).write_bytes(data)


if __name__ == "__main__":
    main()
