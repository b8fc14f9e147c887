"""Documents that show every part a template can be asked for, to try a template with. All in them is invented."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from models.documents import (
    Appendix,
    BulletList,
    Chart,
    Column,
    Head,
    Heading,
    LetterDocument,
    OfficialDocument,
    Paragraph,
    ReportDocument,
    Row,
    Series,
    Signature,
    Table,
)

_TABLE: Final = Table(
    columns=(Column("TT", 0.6, "center"), Column("Đơn vị", 3), Column("Kết quả", 1.2, "right", "Năm 2026")),
    rows=(Row(("1", "UBND xã Mẫu", "12")), Row(("", "Tổng cộng", "12"), bold=True)),
    caption="Kết quả theo đơn vị",
    unit_note="Đơn vị tính: người",
    note="Ghi chú: số liệu thử.",
)
_CHART: Final = Chart(
    title="Kết quả so với mức chỉ tiêu (%)",
    categories=("Chỉ tiêu một", "Chỉ tiêu hai", "Chỉ tiêu ba"),
    series=(Series("Kết quả", (Decimal(80), Decimal(90), Decimal(100)), ("80%", "90%", "100%")),),
    description="Số liệu thử.",
)
_HEAD: Final = Head(
    agency="Phòng Văn hóa - Xã hội",
    symbol="BC-PVHXH",
    place="Mẫu",
    parent_agency="UBND huyện Mẫu",
    number="7",
    day=date(2026, 1, 5),
)
_SIGNATURE: Final = Signature(("KT. Trưởng phòng",), "Phó Trưởng phòng", "Nguyễn Văn A")
_RECIPIENTS: Final = ("Như trên", "Văn phòng UBND huyện", "Lưu: VT, VHXH")
_BASIS: Final = (
    Paragraph("Căn cứ Nghị định về công tác văn thư;", basis=True),
    Paragraph("Căn cứ Kế hoạch của Ủy ban nhân dân huyện.", basis=True),
)
_LAST: Final = Paragraph("Trên đây là nội dung báo cáo; số liệu chi tiết tại Phụ lục I và Phụ lục II.")
_BODY: Final = (
    *_BASIS,
    Heading(1, "Kết quả thực hiện"),
    Paragraph("Các đơn vị đã triển khai đầy đủ nội dung của Kế hoạch, bảo đảm tiến độ và yêu cầu đề ra."),
    Heading(2, "Kết quả theo chỉ tiêu"),
    _TABLE,
    _CHART,
    Heading(3, "Truyền thông"),
    BulletList(("Tổ chức các buổi truyền thông;", "Cấp phát tài liệu.")),
)
_APPENDICES: Final = (
    Appendix("Tổng hợp số liệu", (_TABLE,), landscape=True),
    Appendix("Danh sách đơn vị", (replace(_TABLE, compact=True),)),
)


def _reports() -> tuple[ReportDocument, ...]:
    full = ReportDocument(
        head=_HEAD,
        subject="Kết quả thực hiện Kế hoạch năm 2026 trên địa bàn huyện và phương hướng, nhiệm vụ năm 2027",
        blocks=(*_BODY, _LAST),
        signature=_SIGNATURE,
        recipients=_RECIPIENTS,
        addressees=("Ủy ban nhân dân huyện Mẫu", "Sở Y tế"),
        appendices=_APPENDICES,
    )
    bare = ReportDocument(
        head=Head("Ủy ban nhân dân\nxã Mẫu", "BC-UBND", "Mẫu", year=2026),
        subject="Kết quả năm 2026",
        blocks=(Paragraph("Xã không phát sinh nội dung báo cáo."),),
        signature=Signature(("TM. Ủy ban nhân dân",), "Chủ tịch"),
        recipients=("Như trên", "Lưu: VT"),
        addressees=("Ủy ban nhân dân huyện Mẫu",),
    )
    return full, bare


def _letters() -> tuple[OfficialDocument, ...]:
    full = LetterDocument(
        head=replace(_HEAD, symbol="PVHXH"),
        subject="đôn đốc gửi báo cáo kết quả thực hiện Kế hoạch năm 2026",
        addressees=("Ủy ban nhân dân xã Mẫu", "Sở Y tế"),
        blocks=(*_BODY, _LAST),
        signature=_SIGNATURE,
        recipients=_RECIPIENTS,
        appendices=_APPENDICES,
    )
    bare = replace(
        full,
        head=Head("Ủy ban nhân dân\nxã Mẫu", "UBND-VX", "Mẫu", year=2026),
        addressees=("Ủy ban nhân dân xã Mẫu",),
        blocks=(Paragraph("Đề nghị đơn vị khẩn trương gửi báo cáo."),),
        appendices=(),
    )
    return full, bare


def _notices() -> tuple[OfficialDocument, ...]:
    """Nobody is addressed."""
    return tuple(
        replace(
            report,
            type_name="Thông báo",
            head=replace(report.head, symbol=report.head.symbol.replace("BC", "TB")),
            addressees=(),
            recipients=("Các đơn vị gửi báo cáo", *report.recipients[1:]),
        )
        for report in _reports()
    )


STAND_INS: Final[Mapping[str, tuple[OfficialDocument, ...]]] = {
    "bao-cao": _reports(),
    "cong-van": _letters(),
    "thong-bao": _notices(),
}
"""Kind of template → a document with everything, and one with as little as there can be."""
