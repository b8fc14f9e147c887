"""Questions of the coordinator about single lines of a report that goes back: asked at the line, answered at the line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.finding import Finding
from models.form import FIGURE_SHEET, NARRATIVE_SHEET, FormSpec
from models.taken import Intake

ASKED = "asked"
"""The rule of a warning that repeats a question."""


@dataclass(frozen=True, slots=True)
class Question:
    """`before` is what the line said when it was asked about, in the form in which `said_at` gives it; `cell` where that
    stood.
    """

    code: str
    text: str
    cell: str = ""
    before: str = ""


def read_questions(given: Sequence[str]) -> dict[str, str]:
    """`H588.21: Vì sao tăng gấp đôi?` → code and question. ValueError says what was expected."""
    found: dict[str, str] = {}
    for text in given:
        code, colon, asked = (part.strip() for part in text.partition(":"))
        if not (code and colon and asked):
            raise ValueError(
                f'--about {text!r}: expected CODE: question, e.g. "H588.21: Đề nghị rà soát lại số này"'
            )
        if code in found:
            raise ValueError(f"--about {code} is given twice")
        found[code] = asked
    return found


def check_codes(questions: Mapping[str, str], spec: FormSpec) -> None:
    """ValueError where the form has no such line or section to fill in."""
    lines = [*(row.code for row in spec.entered_rows), *(each.code for each in spec.narratives)]
    for code in questions:
        if code not in lines:
            raise ValueError(f"--about {code}: not on this form, which asks for {', '.join(lines)}")


def still_open(questions: Sequence[Question], intake: Intake, spec: FormSpec) -> list[Finding]:
    """The questions about what still says what it said: each waits for a reason, like any warning. A line that has changed
    has answered.
    """
    if intake.nil:
        return []
    said = said_at(intake)
    labels = names_in(spec)
    sections = {each.code for each in spec.narratives}
    cells = {value.code: value.cell for value in intake.values}
    cells |= {each.code: each.cell for each in intake.narratives}
    return [
        Finding(
            cells.get(each.code, each.cell),
            each.code,
            f"{labels[each.code]}: cơ quan đầu mối hỏi “{each.text.rstrip('. ')}”. Nội dung chưa thay đổi; đề nghị sửa, hoặc trả lời "
            f"{_answered_where(each.code in sections)}.",
            "warning",
            ASKED,
        )
        for each in questions
        if each.code in labels and said.get(each.code, "") == each.before
    ]


def marked(questions: Sequence[Question], spec: FormSpec, notes: Mapping[str, str]) -> list[Finding]:
    """The questions as they stand at the cells of the form that goes back. What the unit had noted at a line it is asked
    about is quoted here: its remarks column is left free for the answer, so that no older remark passes for one.
    """
    labels = names_in(spec)
    sections = {each.code for each in spec.narratives}
    return [
        Finding(
            NARRATIVE_SHEET if each.code in sections else FIGURE_SHEET,
            each.code,
            f"{labels[each.code]}: cơ quan đầu mối hỏi “{each.text.rstrip('. ')}”. Đề nghị sửa, hoặc trả lời "
            f"{_answered_where(each.code in sections)}."
            + (f" Ghi chú đã gửi: “{notes[each.code]}”." if notes.get(each.code) else ""),
            "warning",
            ASKED,
        )
        for each in questions
        if each.code in labels
    ]


def _answered_where(is_section: bool) -> str:
    return "ngay trong mục này" if is_section else "ở cột “Ghi chú” của dòng này"


def names_in(spec: FormSpec) -> dict[str, str]:
    """What a line or section is called to whoever fills it in, by its code."""
    lines = {row.code: f"Dòng {row.code} “{row.label}”" for row in spec.rows}
    return lines | {each.code: f"Mục “{each.title}”" for each in spec.narratives}


def said_at(intake: Intake) -> dict[str, str]:
    """What each line and section says; 1355,90 and 1355,9 say the same."""
    figures = {value.code: as_said(value.number, value.text) for value in intake.values}
    return figures | {each.code: each.text for each in intake.narratives}


def as_said(number: object, text: str | None) -> str:
    return format(number.normalize(), "f") if isinstance(number, Decimal) else text or ""
