"""The Báo cáo a lead unit writes from what its units sent, in the outline of its plan or of its rhythm."""

from models.documents import Block as DocumentBlock
from models.documents import Heading, Paragraph, ReportDocument
from models.plan import OutlineHeading, OutlinePart
from models.report.appendices import figures_appendix, standings_appendix
from models.report.basis import basis
from models.report.charts import charts
from models.report.correction import subject_note
from models.report.inputs import ReportInputs, head_of, signature_of
from models.report.outlines import PART_HEADINGS, in_words, outline_of
from models.report.overview import overview
from models.report.results import assessment, results
from models.report.sources import sources_appendix
from models.report.unit_lists import appendix_of
from models.report.years import compared, years_appendix
from models.text import lower_first

_THEY = "Các đơn vị đã gửi báo cáo"
_OTHERWISE: dict[str, str] = {
    "chi-dao": f"{_THEY} không nêu nội dung riêng về công tác chỉ đạo, điều hành.",
    "nhiem-vu": f"{_THEY} không nêu nội dung riêng về các nhiệm vụ.",
    "kho-khan": f"{_THEY} không phản ánh khó khăn, vướng mắc.",
    "nhiem-vu-toi": "Tiếp tục thực hiện các nhiệm vụ được phân công tại Kế hoạch.",
    "kien-nghi": f"{_THEY} không có kiến nghị, đề xuất.",
}
"""The sentence where nobody wrote anything; a section without one falls out."""


def build_report(given: ReportInputs) -> ReportDocument:
    """Number and date stay open: the records office gives them."""
    report = given.report
    title = report.title.replace("{period}", given.planned.period.vietnamese)
    blocks: list[DocumentBlock] = [
        *basis(given.planned.plan),
        Paragraph(f"{given.lead} tổng hợp và báo cáo kết quả thực hiện như sau:"),
    ]
    for heading in outline_of(given.planned, report):
        blocks += _under(given, heading)
    blocks.append(Paragraph(_closing(given, title)))
    appendices = (
        figures_appendix(given),
        standings_appendix(given),
        years_appendix(given),
        *(appendix_of(each, given.disclosure) for each in given.lists if each.units),
        sources_appendix(given),
    )
    return ReportDocument(
        head=head_of(report, report.symbol, given.year),
        subject=title + (subject_note(given.follows) if given.follows else ""),
        blocks=tuple(blocks),
        signature=signature_of(report.signer),
        recipients=tuple(report.recipients),
        addressees=tuple(report.addressees),
        appendices=tuple(appendix for appendix in appendices if appendix),
    )


def _under(given: ReportInputs, heading: OutlineHeading) -> list[DocumentBlock]:
    """One main heading with its parts; nothing where none of them has anything to say."""
    blocks: list[DocumentBlock] = []
    for part in heading.parts:
        inner = _part(given, part)
        if inner and len(heading.parts) > 1 and not isinstance(inner[0], Heading):
            blocks.append(Heading(2, _part_heading(given, heading, part)))
        blocks += inner
    return [Heading(1, in_words(heading.heading, given.planned)), *blocks] if blocks else []


def _part_heading(given: ReportInputs, heading: OutlineHeading, part: OutlinePart) -> str:
    text = heading.headings.get(part, PART_HEADINGS[part])
    last = given.earlier[-1].name if given.earlier else ""
    return in_words(text, given.planned).replace("{last}", last)


def _part(given: ReportInputs, part: OutlinePart) -> list[DocumentBlock]:
    match part:
        case "khai-quat":
            return overview(given)
        case "chi-tieu":
            return [*results(given), *charts(given)] if given.totals else []
        case "so-sanh":
            return compared(given)
        case "danh-gia":
            return assessment(given)
        case _:
            return given.sections[part].blocks(_OTHERWISE.get(part, ""))


def _closing(given: ReportInputs, title: str) -> str:
    to = f" {', '.join(given.report.addressees)}" if given.report.addressees else ""
    return f"Trên đây là báo cáo {lower_first(title)}; {given.lead} kính báo cáo{to}"
