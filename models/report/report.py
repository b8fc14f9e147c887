"""The Báo cáo a lead unit writes from what its units sent."""

from models.documents import Block as DocumentBlock
from models.documents import BulletList, Heading, Paragraph, ReportDocument
from models.form_of_plan import cite
from models.report.appendices import figures_appendix, standings_appendix
from models.report.inputs import ReportInputs, head_of, signature_of
from models.report.results import assessment, results
from models.text import short_date, style_count

_DIRECTION = ("chi-dao", "ke-hoach")
_DIFFICULTIES = ("kho-khan",)
_NEXT = ("nhiem-vu-toi",)
_PROPOSALS = ("kien-nghi",)
_MONEY = ("kinh-phi",)


def build_report(given: ReportInputs) -> ReportDocument:
    """Number and date stay open: the records office gives them."""
    plan, report = given.planned.plan, given.report
    title = report.title.replace("{period}", given.planned.period.vietnamese)
    known = {*_DIRECTION, *_DIFFICULTIES, *_NEXT, *_PROPOSALS, *_MONEY}
    tasks = tuple(n.code for n in given.planned.obligation.form.narratives if n.code not in known)
    blocks: list[DocumentBlock] = [
        Paragraph(f"Thực hiện {cite(plan.citation)}, {given.lead} tổng hợp, báo cáo như sau:"),
        Heading(1, "Khái quát tình hình"),
        *_overview(given),
        Heading(1, "Công tác chỉ đạo, điều hành"),
        *_said(given, _DIRECTION, "Các đơn vị không nêu nội dung riêng về công tác chỉ đạo, điều hành."),
        Heading(1, "Kết quả thực hiện"),
        *_results(given, tasks),
        Heading(1, "Đánh giá chung"),
        *assessment(given),
        Heading(2, "Khó khăn, vướng mắc, nguyên nhân"),
        *_said(given, _DIFFICULTIES, "Các đơn vị không phản ánh khó khăn, vướng mắc."),
        Heading(1, "Phương hướng, nhiệm vụ thời gian tới"),
        *_said(
            given, _NEXT, "Tiếp tục triển khai các nhiệm vụ của Kế hoạch theo chức năng, nhiệm vụ được giao."
        ),
        Heading(1, "Kiến nghị, đề xuất"),
        *_said(given, _PROPOSALS, "Các đơn vị không có kiến nghị, đề xuất."),
        Paragraph(f"Trên đây là báo cáo {title[0].lower() + title[1:]}, {given.lead} kính báo cáo"),
    ]
    appendices = [appendix for appendix in (figures_appendix(given), standings_appendix(given)) if appendix]
    return ReportDocument(
        head=head_of(report, report.symbol, given.year),
        subject=title,
        blocks=tuple(blocks),
        signature=signature_of(report.signer),
        recipients=tuple(report.recipients),
        addressees=tuple(report.addressees),
        appendices=tuple(appendices),
    )


def _overview(given: ReportInputs) -> list[DocumentBlock]:
    cover, planned = given.coverage, given.planned
    cutoff = f"Số liệu chốt đến ngày {short_date(planned.cutoff)}" if planned.cutoff else "Số liệu"
    estimated = " (một phần là ước thực hiện)" if planned.obligation.form.estimated else ""
    received = f"{style_count(cover.received)}/{style_count(cover.expected)}"
    summary = (
        f"{cutoff}{estimated}, được tổng hợp từ báo cáo của {received} đơn vị phải gửi báo cáo: "
        f"{style_count(cover.on_time)} đơn vị gửi đúng hạn, {style_count(cover.late)} đơn vị gửi sau thời hạn; "
        f"trong đó {style_count(cover.nil)} đơn vị báo cáo không phát sinh."
    )
    lines = [summary]
    if given.missing:
        names = "; ".join(standing.unit_name for standing in given.missing)
        lines.append(
            f"Còn {style_count(len(given.missing))} đơn vị chưa gửi báo cáo, số liệu của các đơn vị này "
            f"chưa được cộng vào kết quả: {names}."
        )
    lines.append("Tình hình gửi báo cáo của từng đơn vị nêu tại Phụ lục kèm theo.")
    return [Paragraph(line) for line in lines]


def _results(given: ReportInputs, tasks: tuple[str, ...]) -> list[DocumentBlock]:
    blocks: list[DocumentBlock] = []
    if given.totals:
        blocks += [Heading(2, "Kết quả thực hiện các chỉ tiêu"), *results(given)]
    blocks += [
        Heading(2, "Kết quả thực hiện các nhiệm vụ"),
        *_said(given, tasks, "Các đơn vị triển khai nhiệm vụ theo Kế hoạch, không nêu nội dung riêng."),
    ]
    money = _said(given, _MONEY, "")
    return [*blocks, Heading(2, "Kinh phí thực hiện"), *money] if money else blocks


def _said(given: ReportInputs, codes: tuple[str, ...], otherwise: str) -> list[DocumentBlock]:
    """What units wrote, each under its own name; nothing is merged or reworded."""
    items = [
        f"{narrative.unit_name}: {' '.join(narrative.text.split())}"
        for report in given.reports
        for narrative in report.narratives
        if narrative.code in codes
    ]
    if items:
        return [BulletList(tuple(items))]
    return [Paragraph(otherwise)] if otherwise else []
