"""A unit's own Báo cáo, from the figures and sections it sent: a draft for its head to sign."""

from collections.abc import Sequence

from models.calendar import PlannedCycle
from models.documents import Block, Head, Heading, Paragraph, ReportDocument, Signature
from models.figures import UnitFigures
from models.form_of_plan import cite
from models.report.naming import for_period
from models.report.results import lines_table, result_table
from models.text import short_date
from models.totals import Total
from models.units import LOCAL_KINDS, Unit

_HEADS = {"so": "GIÁM ĐỐC", "phong": "TRƯỞNG PHÒNG", "ban": "TRƯỞNG BAN", "van-phong": "CHÁNH VĂN PHÒNG"}
_FIRST = {"chi-dao", "ke-hoach"}


def build_own_report(
    planned: PlannedCycle,
    unit: Unit,
    parent: Unit | None,
    addressees: tuple[str, ...],
    own: UnitFigures,
    totals: tuple[Total, ...],
) -> ReportDocument:
    """Number, date and name stay open: the unit's records office and head give them."""
    obligation = planned.obligation
    blocks: list[Block] = [
        Paragraph(f"Thực hiện {cite(planned.plan.citation)}, {unit.body} báo cáo như sau:")
    ]
    if planned.cutoff:
        blocks.append(Paragraph(f"Số liệu chốt đến ngày {short_date(planned.cutoff)}."))
    if own.nil:
        blocks.append(Paragraph("Trong kỳ, đơn vị không phát sinh nội dung phải báo cáo."))
    sections = [(n.title, _paragraphs(own, n.code), n.code in _FIRST) for n in obligation.form.narratives]
    figures: list[tuple[str, Sequence[Block], bool]] = []
    if totals and not own.nil:
        tables = [lines_table(total) for total in totals if total.indicator.kind == "table" and total.answers]
        shown = [result_table(totals, with_units=False), *tables]
        figures.append(("Kết quả thực hiện các chỉ tiêu", shown, False))
    for title, paragraphs, _ in [s for s in sections if s[2]] + figures + [s for s in sections if not s[2]]:
        if paragraphs:
            blocks += [Heading(1, title), *paragraphs]
    blocks.append(Paragraph(f"Trên đây là báo cáo của {unit.body}, kính gửi các cơ quan xem xét, tổng hợp"))
    assert planned.deadline
    return ReportDocument(
        head=_head(unit, parent, planned.deadline.day_x.year),
        subject=for_period(_without_type(obligation.title), planned.period.vietnamese),
        blocks=tuple(blocks),
        signature=_signature(unit),
        recipients=("Như trên", "Lưu: VT"),
        addressees=addressees,
    )


def _without_type(title: str) -> str:
    """The type name stands above the trích yếu already: `Báo cáo kết quả …` becomes `Kết quả …`."""
    rest = title.removeprefix("Báo cáo ")
    return f"{rest[0].upper()}{rest[1:]}"


def _paragraphs(own: UnitFigures, code: str) -> list[Block]:
    return [
        Paragraph(line)
        for narrative in own.narratives
        if narrative.code == code
        for line in narrative.text.splitlines()
        if line.strip()
    ]


def _head(unit: Unit, parent: Unit | None, year: int) -> Head:
    if unit.kind in LOCAL_KINDS:
        return Head(agency=f"Ủy ban nhân dân\n{unit.name}", symbol="BC-UBND", place=place_of(unit), year=year)
    return Head(
        agency=_without_place(unit, parent),
        symbol=f"BC-{unit.abbreviation}" if unit.abbreviation else "BC",
        place=place_of(parent) if parent else "",
        parent_agency=f"UBND {parent.name}" if parent and parent.kind in LOCAL_KINDS else None,
        year=year,
    )


def _without_place(unit: Unit, parent: Unit | None) -> str:
    """`Phòng Y tế huyện Mẫu` under `UBND HUYỆN MẪU` is `PHÒNG Y TẾ`: the agency above carries the name of the place."""
    place = parent.name if parent and parent.kind in LOCAL_KINDS else ""
    shared = bool(place) and unit.body.lower().endswith(f" {place.lower()}")
    return unit.body[: -len(place)].rstrip() if shared else unit.body


def place_of(unit: Unit) -> str:
    """Địa danh: the name of the place without its kind (xã Hương Phú → Hương Phú)."""
    for kind in ("Thành phố ", "Thị xã ", "Thị trấn ", "Huyện ", "Tỉnh ", "Phường ", "Quận ", "Xã "):
        if unit.name.lower().startswith(kind.lower()):
            return unit.name[len(kind) :]
    return unit.name


def _signature(unit: Unit) -> Signature:
    if unit.kind in LOCAL_KINDS:
        return Signature(post="CHỦ TỊCH", authority=("TM. ỦY BAN NHÂN DÂN",))
    return Signature(post=_HEADS.get(unit.kind, "THỦ TRƯỞNG ĐƠN VỊ"), authority=())
