"""The công văn đôn đốc: to the units that have not reported, and to nobody else."""

from dataclasses import dataclass
from datetime import date, datetime

from models.calendar import PlannedCycle
from models.documents import Block, Column, LetterDocument, Paragraph, Row, Table
from models.form_of_plan import cite
from models.report.inputs import ReportInputs, head_of, signature_of
from models.report.naming import for_period
from models.report.results import listed
from models.states import Standing
from models.text import hour_and_date, lower_first, short_date, style_count

_LIST_AT_MOST = 5
_NIL = "; trường hợp không phát sinh số liệu, đề nghị báo cáo rõ “không phát sinh”"


@dataclass(frozen=True, slots=True)
class Chase:
    """`level` 1 or 2 (lần 1, lần 2); `as_of` the moment the letter speaks of; `new_day` asked for."""

    level: int
    as_of: datetime
    new_day: date
    copies: tuple[str, ...] = ()


def build_letter(given: ReportInputs, chase: Chase) -> LetterDocument:
    """ValueError before day X has passed (nobody is called late earlier: domain handbook §2.2), or where nobody is
    past a deadline of its own.
    """
    planned, plan, report = given.planned, given.planned.plan, given.report
    assert planned.deadline
    if chase.as_of < planned.deadline.late_from:
        raise ValueError(f"{planned.key} may not be chased by letter before {planned.deadline.late_from}")
    cover, late = given.coverage, [s for s in given.standings if s.overdue(chase.as_of)]
    received = f"{style_count(cover.received)}/{style_count(cover.expected)}"
    obligation = planned.obligation
    nil = _NIL if obligation.form.nil else ""
    the_late, them = (late[0].unit_name,) * 2 if len(late) == 1 else ("các đơn vị nêu trên", "các đơn vị")
    blocks: list[Block] = [
        Paragraph(
            f"Tại mục {obligation.clause} {cite(plan.citation)}, thời hạn gửi “{obligation.title}” "
            f"{planned.period.vietnamese} được quy định: “{obligation.wording}”{_set_day(planned)}."
        ),
        Paragraph(
            f"Đến {hour_and_date(chase.as_of)}, {given.lead} đã nhận được báo cáo của {received} đơn vị. "
            f"{_not_yet_due(given, chase.as_of)}"
            f"Còn {style_count(len(late))} đơn vị đã quá thời hạn nhưng chưa có báo cáo:"
        ),
        _listed(late),
        Paragraph(
            f"Để kịp thời tổng hợp, {given.lead} đề nghị {the_late} khẩn trương hoàn thành và gửi báo cáo "
            f"chậm nhất ngày {short_date(chase.new_day)} theo biểu mẫu đã gửi qua thư điện tử{nil}. "
            f"Đầu mối tiếp nhận: {plan.contact.name}, "
            f"điện thoại {plan.contact.phone}, thư điện tử {plan.contact.email}."
        ),
    ]
    if plan.reports_to_chair:
        blocks.append(
            Paragraph(
                f"Sau thời hạn trên, {given.lead} tổng hợp danh sách các đơn vị chưa gửi báo cáo để báo cáo "
                f"{plan.reports_to_chair} theo quy định của Kế hoạch."
            )
        )
    blocks.append(Paragraph(f"{given.lead} đề nghị {them} quan tâm, phối hợp thực hiện"))
    again = f" (lần {chase.level})" if chase.level > 1 else ""
    return LetterDocument(
        head=head_of(report, report.letter_symbol, chase.as_of.year),
        subject=f"đôn đốc gửi {for_period(_as_report(lower_first(obligation.title)), planned.period.vietnamese)}{again}",
        addressees=tuple(standing.unit_name for standing in late),
        blocks=tuple(blocks),
        signature=signature_of(report.signer),
        recipients=("Như trên", *(f"{copy} (b/c)" for copy in chase.copies), report.recipients[-1]),
    )


def _as_report(title: str) -> str:
    return title if title.startswith("báo cáo") else f"báo cáo {title}"


def _set_day(planned: PlannedCycle) -> str:
    """Where the plan prints no day, or it was changed, the one that holds is named."""
    due = planned.obligation.due
    if planned.moved_by and planned.deadline:
        day = short_date(planned.deadline.last_day)
        return f"; thời hạn được điều chỉnh đến hết ngày {day} theo {planned.moved_by}"
    if (due and not (due.after or due.ahead)) or not planned.deadline:
        return ""
    return f"; thời hạn đã thông báo là hết ngày {short_date(planned.deadline.last_day)}"


def _not_yet_due(given: ReportInputs, as_of: datetime) -> str:
    count = sum(not standing.overdue(as_of) for standing in given.missing)
    return f"Có {style_count(count)} đơn vị còn trong thời hạn được gia hạn hoặc chỉnh lý. " if count else ""


def _listed(late: list[Standing]) -> Block:
    if len(late) <= _LIST_AT_MOST:
        return listed([f"{s.unit_name} (thời hạn: {_last_day(s)}){_reason(s)}" for s in late])
    columns = (Column("TT", 0.6, "center"), Column("Đơn vị", 5.0), Column("Thời hạn", 2.0, "center"))
    rows = tuple(
        Row((str(place), f"{s.unit_name}{_reason(s)}", _last_day(s))) for place, s in enumerate(late, start=1)
    )
    return Table(columns, rows)


def _last_day(standing: Standing) -> str:
    assert standing.due_at
    return short_date(standing.own_last_day or standing.due_at.date())


def _reason(standing: Standing) -> str:
    return ", đang chỉnh lý theo yêu cầu" if standing.returned else ""
