"""What there is to say about what stands in the fields: the checks of the workbook, with the reasons given here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from models.evaluate import complete
from models.finding import Finding
from models.intake import check_reading
from models.page_fields import NIL, Answers, is_blank, reading_of, reason_field
from models.page_people import people_typed
from models.plan.levels import seen_from
from models.taken import Intake
from tasks.adapters.home import Home
from tasks.steps.collecting.judging import judge
from tasks.steps.unit_page.showing import UnitPage

LONGEST_NARRATIVE = 200_000
_NOTHING = "Chưa nhập nội dung nào. Đề nghị nhập số liệu, hoặc chọn “Không phát sinh” nếu biểu có mục này."


@dataclass(frozen=True, slots=True)
class Checked:
    """`intake` is what would be sent. It may be sent when nothing is wrong and every warning has its reason."""

    intake: Intake
    computed: Mapping[str, Decimal]

    @property
    def errors(self) -> list[Finding]:
        return [finding for finding in self.intake.findings if finding.severity == "error"]

    @property
    def unexplained(self) -> list[Finding]:
        return [f for f in self.intake.findings if f.severity == "warning" and not f.reason]

    @property
    def may_be_sent(self) -> bool:
        return not self.errors and not self.unexplained


def check_page(home: Home, page: UnitPage) -> Checked:
    answers = page.draft.answers
    intake = judge(home, page.live, reading_of(answers, page.spec), page.spec)
    findings = [_explained(finding, answers) for finding in intake.findings]
    findings += _too_long(answers)
    findings += people_typed(answers, page.spec)
    if is_blank(answers):
        findings.insert(0, Finding("", "", _NOTHING, "error", "empty"))
    return Checked(replace(intake, findings=tuple(findings)), computed_figures(page))


def computed_figures(page: UnitPage) -> dict[str, Decimal]:
    """The lines the form computes, from what can be read of the others so far."""
    plan = seen_from(page.live.planned.plan, page.live.planned.obligation)
    intake = check_reading(reading_of(page.draft.answers, page.spec), page.spec)
    if NIL in page.draft.answers:
        return {}
    answers = complete(plan.indicators_named(row.code for row in page.spec.rows), intake.by_code())
    return {
        row.code: number
        for row in page.spec.rows
        if not row.entered and row.code in answers and (number := answers[row.code].number) is not None
    }


def _explained(finding: Finding, answers: Answers) -> Finding:
    if finding.severity != "warning":
        return finding
    return replace(finding, reason=answers.get(reason_field(finding), ""))


def _too_long(answers: Answers) -> list[Finding]:
    return [
        Finding(
            "",
            name.removeprefix("l:"),
            f"Mục này dài quá {LONGEST_NARRATIVE // 1000}.000 ký tự. Đề nghị rút gọn, phần chi tiết gửi thành tệp kèm theo.",
            "error",
            "narrative_too_long",
        )
        for name, text in answers.items()
        if name.startswith("l:") and len(text) > LONGEST_NARRATIVE
    ]
