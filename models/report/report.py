"""The Báo cáo a lead unit writes from what its units sent."""

from models.documents import Block as DocumentBlock
from models.documents import Heading, Paragraph, ReportDocument
from models.report import correction
from models.report.appendices import figures_appendix, standings_appendix
from models.report.basis import basis
from models.report.inputs import ReportInputs, head_of, signature_of
from models.report.results import assessment, results
from models.report.years import compared, years_appendix
from models.states import Standing
from models.text import lower_first, short_date, style_count

_THEY = "Các đơn vị đã gửi báo cáo"


def build_report(given: ReportInputs) -> ReportDocument:
    """Number and date stay open: the records office gives them."""
    plan, report = given.planned.plan, given.report
    title = report.title.replace("{period}", given.planned.period.vietnamese)
    said = given.sections
    blocks: list[DocumentBlock] = [
        *basis(plan),
        Paragraph(f"{given.lead} tổng hợp và báo cáo kết quả thực hiện như sau:"),
        Heading(1, "Khái quát tình hình"),
        *([Paragraph(line) for line in correction.said(given.follows)] if given.follows else []),
        *_overview(given),
        Heading(1, "Công tác chỉ đạo, điều hành"),
        *said["chi-dao"].blocks(f"{_THEY} không nêu nội dung riêng về công tác chỉ đạo, điều hành."),
        Heading(1, "Kết quả thực hiện"),
        *_results(given),
        Heading(1, "Đánh giá chung"),
        *assessment(given),
        Heading(2, "Khó khăn, vướng mắc, nguyên nhân"),
        *said["kho-khan"].blocks(f"{_THEY} không phản ánh khó khăn, vướng mắc."),
        Heading(1, "Phương hướng, nhiệm vụ thời gian tới"),
        *said["nhiem-vu-toi"].blocks("Tiếp tục thực hiện các nhiệm vụ được phân công tại Kế hoạch."),
        Heading(1, "Kiến nghị, đề xuất"),
        *said["kien-nghi"].blocks(f"{_THEY} không có kiến nghị, đề xuất."),
        Paragraph(_closing(given, title)),
    ]
    appendices = [
        appendix
        for appendix in (figures_appendix(given), standings_appendix(given), years_appendix(given))
        if appendix
    ]
    return ReportDocument(
        head=head_of(report, report.symbol, given.year),
        subject=title + (correction.subject_note(given.follows) if given.follows else ""),
        blocks=tuple(blocks),
        signature=signature_of(report.signer),
        recipients=tuple(report.recipients),
        addressees=tuple(report.addressees),
        appendices=tuple(appendices),
    )


def _closing(given: ReportInputs, title: str) -> str:
    to = f" {', '.join(given.report.addressees)}" if given.report.addressees else ""
    return f"Trên đây là báo cáo {lower_first(title)}; {given.lead} kính báo cáo{to}"


def _overview(given: ReportInputs) -> list[DocumentBlock]:
    cover, planned = given.coverage, given.planned
    cutoff = f" chốt đến ngày {short_date(planned.cutoff)}" if planned.cutoff else ""
    estimated = " (một phần là ước thực hiện)" if planned.obligation.form.estimated else ""
    received = f"{style_count(cover.received)}/{style_count(cover.expected)}"
    came = f"{received} đơn vị phải gửi báo cáo{_how_they_came(given)}"
    lines = [f"Số liệu{cutoff}{estimated} được tổng hợp từ báo cáo của {came}."]
    if given.missing:
        names = "; ".join(_named(standing) for standing in given.missing)
        lines.append(
            f"Còn {style_count(len(given.missing))} đơn vị chưa có báo cáo: {names}. "
            f"Kết quả tổng hợp chưa bao gồm số liệu của {'các ' if len(given.missing) > 1 else ''}đơn vị này."
        )
    lines.append(f"Tình hình gửi báo cáo của từng đơn vị nêu tại {given.standings_place}.")
    return [Paragraph(line) for line in lines]


def _how_they_came(given: ReportInputs) -> str:
    """Only what there is: an official text does not count to nought."""
    cover = given.coverage
    came = [(cover.on_time, "đơn vị gửi đúng hạn"), (cover.late, "đơn vị gửi sau thời hạn")]
    parts = ", ".join(f"{style_count(count)} {what}" for count, what in came if count)
    nil = f"; trong đó {style_count(cover.nil)} đơn vị báo cáo không phát sinh" if cover.nil else ""
    return f": {parts}{nil}" if parts else ""


def _named(standing: Standing) -> str:
    return f"{standing.unit_name} (đang chỉnh lý theo yêu cầu)" if standing.returned else standing.unit_name


def _results(given: ReportInputs) -> list[DocumentBlock]:
    blocks: list[DocumentBlock] = []
    if given.totals:
        blocks += [Heading(2, "Kết quả thực hiện các chỉ tiêu"), *results(given), *compared(given)]
    blocks += [
        Heading(2, "Kết quả thực hiện các nhiệm vụ"),
        *given.sections["nhiem-vu"].blocks(f"{_THEY} không nêu nội dung riêng về các nhiệm vụ."),
    ]
    money = given.sections["kinh-phi"].blocks()
    return [*blocks, Heading(2, "Kinh phí thực hiện"), *money] if money else blocks
