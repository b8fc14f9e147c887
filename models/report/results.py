"""The result table, and what may fairly be said of the targets."""

from decimal import Decimal

from models.documents import Block, BulletList, Column, Heading, Paragraph, Row, Table
from models.report.inputs import ReportInputs
from models.text import number, percent, style_count
from models.totals import Total

_COLUMNS = (
    Column("TT", 0.6, "center"),
    Column("Chỉ tiêu", 4.4),
    Column("Đơn vị tính", 1.1, "center"),
    Column("Mức chỉ tiêu", 1.9, "center"),
    Column("Kết quả", 1.7, "center"),
    Column("Đánh giá", 1.2, "center"),
    Column("Số đơn vị báo cáo", 1.1, "center"),
)
_MET = {True: "đạt", False: "chưa đạt", None: ""}


def results(given: ReportInputs) -> list[Block]:
    """Every indicator with its target, result, verdict, and from how many units it comes."""
    rows: list[Row] = []
    group = None
    for place, total in enumerate(given.totals, start=1):
        if total.indicator.group and total.indicator.group != group:
            group = total.indicator.group
            rows.append(Row(("", group, "", "", "", "", ""), bold=True))
        rows.append(
            Row(
                (
                    str(place),
                    total.indicator.label,
                    total.indicator.unit,
                    total.target.wording if total.target else "",
                    result_text(total),
                    _MET[total.met] if total.target else "",
                    f"{total.given}/{total.asked}",
                )
            )
        )
    note = (
        "Ghi chú: tỷ lệ là tổng tử số trên tổng mẫu số của các đơn vị đã báo cáo; dấu “–” là chưa có số liệu; "
        "số 0 là có báo cáo và bằng không."
    )
    return [
        Paragraph("Kết quả tổng hợp theo chỉ tiêu của Kế hoạch (chi tiết từng đơn vị tại Phụ lục kèm theo):"),
        Table(_COLUMNS, tuple(rows), note=note, compact=True),
    ]


def result_text(total: Total) -> str:
    """A result as the table prints it: 63,64% (7/11); 07/11; 1.234; – where nothing is known."""
    formula = total.indicator.formula
    if formula and formula.ratio:
        if total.numerator is None or total.denominator is None:
            return "–"
        return f"{percent(total.numerator, total.denominator)} ({number(total.numerator)}/{number(total.denominator)})"
    if total.indicator.adds == "list" or total.indicator.kind in {"text", "choice", "table"}:
        return "xem Phụ lục" if total.answers else "–"
    if total.value is None:
        return "–"
    if total.denominator is not None:
        return f"{style_count(int(total.value))}/{style_count(int(total.denominator))}"
    return number(total.value)


def assessment(given: ReportInputs) -> list[Block]:
    """What was reached and what was not, as facts; a verdict from part of the units says so."""
    judged = [total for total in given.totals if total.met is not None]
    met = [_line(total) for total in judged if total.met]
    unmet = [_line(total) for total in judged if not total.met]
    cover = given.coverage
    share = percent(Decimal(cover.on_time), Decimal(cover.expected))
    good = [
        f"{style_count(cover.on_time)}/{style_count(cover.expected)} đơn vị gửi báo cáo đúng hạn ({share})"
    ]
    good += [f"đạt chỉ tiêu: {line}" for line in met]
    weak = [f"chưa đạt chỉ tiêu: {line}" for line in unmet]
    if cover.late:
        weak.append(f"{style_count(cover.late)} đơn vị gửi báo cáo sau thời hạn")
    if cover.missing:
        weak.append(f"{style_count(cover.missing)} đơn vị chưa gửi báo cáo nên kết quả chưa đầy đủ")
    blocks: list[Block] = [Heading(2, "Ưu điểm"), BulletList(tuple(good)), Heading(2, "Hạn chế")]
    blocks.append(
        BulletList(tuple(weak))
        if weak
        else Paragraph("Không có chỉ tiêu chưa đạt; các đơn vị gửi đủ báo cáo.")
    )
    return blocks


def _line(total: Total) -> str:
    assert total.target
    return f"{total.indicator.label}, kết quả {result_text(total)}, mức chỉ tiêu {total.target.wording}"
