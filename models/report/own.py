"""A unit's own Báo cáo, from the figures and sections it sent: a draft for its head to sign."""

from models.documents import Block, Head, Heading, Paragraph, ReportDocument, Signature
from models.figures import UnitFigures
from models.form_of_plan import cite
from models.plan import Report
from models.report.results import results
from models.text import short_date
from models.totals import Total
from models.units import LOCAL_KINDS, Unit

_HEADS = {"so": "GIÁM ĐỐC", "phong": "TRƯỞNG PHÒNG", "ban": "TRƯỞNG BAN", "van-phong": "CHÁNH VĂN PHÒNG"}
_ROOM = "Không có nội dung"


def build_own_report(
    planned: "PlannedCycle", unit: Unit, parent: Unit | None, through: Unit | None, own: UnitFigures, totals: list[Total]
) -> ReportDocument:
    """Number, date and name stay open: the unit's records office and head give them."""
    obligation, plan = planned.obligation, planned.plan
    title = f"{obligation.title[0].upper()}{obligation.title[1:]} {planned.period.vietnamese}"
    blocks: list[Block] = [
        Paragraph(f"Thực hiện {cite(plan.citation)}, {unit.body} báo cáo như sau:"),
    ]
    if planned.cutoff:
        blocks.append(Paragraph(f"Số liệu chốt đến ngày {short_date(planned.cutoff)}."))
    if own.nil:
        blocks.append(Paragraph("Trong kỳ, đơn vị không phát sinh nội dung phải báo cáo."))
    said = {narrative.code: narrative.text for narrative in own.narratives}
    before = [n for n in obligation.form.narratives if n.code in {"chi-dao", "ke-hoach"}]
    after = [n for n in obligation.form.narratives if n not in before]
    for narrative in before:
        blocks += [Heading(1, narrative.title), *_paragraphs(said.get(narrative.code, ""))]
    if totals and not own.nil:
        blocks += [Heading(1, "Kết quả thực hiện các chỉ tiêu"), results(totals, of_units=False)]
    for narrative in after:
        blocks += [Heading(1, narrative.title), *_paragraphs(said.get(narrative.code, ""))]
    blocks.append(Paragraph(f"Trên đây là báo cáo của {unit.body}"))
    return ReportDocument(
        head=_head(planned, unit, parent),
        subject=title,
        blocks=tuple(blocks),
        signature=_signature(unit),
        recipients=("Như trên", "Lưu: VT"),
        addressees=_addressees(planned, through),
    )
