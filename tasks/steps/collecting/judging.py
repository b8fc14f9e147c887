"""All there is to say about a filled form: its lines and values, the rules of the plan, the period before, what it was asked."""

from dataclasses import replace

from models.changes import check_changes
from models.checks import check_rules
from models.evaluate import complete
from models.finding import Finding
from models.form import FormSpec
from models.intake import check_reading
from models.levels import reconcile
from models.plan.levels import carried, seen_from
from models.questions import still_open
from models.reading import Reading
from models.taken import Intake
from models.text import number
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.steps.collecting.asking_about import questions_to
from tasks.steps.totals.totalling import parts_of

DIFFERS = (
    "Số liệu {own} khác tổng của các đơn vị cấp dưới đã gửi ({sum}, từ {given}/{asked} đơn vị). Đề nghị kiểm tra lại; nếu "
    "đúng thì nêu lý do ở cột “Ghi chú”."
)


def judge(home: Home, live: LiveCycle, reading: Reading, spec: FormSpec) -> Intake:
    """All there is to say about a filled form, however it came in: lines and values, the plan's rules, its parts."""
    intake = _beside_its_parts(home, live, spec.unit, _judge(reading, spec, live))
    asked = still_open(questions_to(home, live, spec.unit), intake, spec)
    return replace(intake, findings=(*intake.findings, *asked)) if asked else intake


def _judge(reading: Reading, spec: FormSpec, live: LiveCycle) -> Intake:
    intake = check_reading(reading, spec)
    if intake.nil:
        return intake
    plan = seen_from(live.planned.plan, live.planned.obligation)
    asked = [row.code for row in spec.rows]
    answers = complete(plan.indicators_named(asked), intake.by_code())
    broken = check_rules(plan.rules, answers)
    moved = check_changes(spec, intake, plan.change_warning_percent)
    findings = (*intake.findings, *(finding for finding in broken if finding.indicator in asked), *moved)
    return replace(intake, findings=findings)


def _beside_its_parts(home: Home, live: LiveCycle, unit: str, intake: Intake) -> Intake:
    """A unit that adds up others' reports is told where its own figures are not their sum."""
    plan, obligation = live.planned.plan, live.planned.obligation
    if intake.nil or intake.has_errors or not carried(plan, obligation):
        return intake
    findings = [
        Finding(
            intake.by_code()[each.code].cell,
            each.code,
            DIFFERS.format(
                own=number(each.entered), sum=number(each.parts), given=each.given, asked=each.asked
            ),
            "warning",
            "reconcile",
        )
        for parts in parts_of(home, live, unit)
        for each in reconcile(plan, obligation, intake.by_code(), parts.totals)
        if each.entered is not None and each.parts is not None and not each.agrees
    ]
    return replace(intake, findings=(*intake.findings, *findings))
