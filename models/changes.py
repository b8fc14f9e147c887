"""What a unit sends now beside what it sent in the period before (rule V11): leaps and changed denominators are asked
about; what looks copied or empty is shown to the reviewer, who decides. Nothing here refuses a report.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from models.finding import Finding
from models.form import FormRow, FormSpec
from models.last_period import LastFigure, LastPeriod
from models.taken import FigureValue, Intake
from models.text import fold, number

_NUMBERS = ("count", "number", "money")
_ASK = "Đề nghị kiểm tra lại; nếu đúng thì nêu lý do ở cột “Ghi chú” của dòng này."
_NEARLY_ALL = Decimal("0.9")
_FEW = 2
"""So many figures above zero must be the same before a report is said to look copied."""


@dataclass(frozen=True, slots=True)
class Flag:
    """For the reviewer alone: `message` is a Vietnamese sentence that says what was seen, and accuses nobody."""

    rule: str
    message: str

    def as_json(self) -> dict[str, str]:
        return {"rule": self.rule, "message": self.message}


def check_changes(spec: FormSpec, intake: Intake, percent: int | None) -> list[Finding]:
    """A figure that moved by more than `percent` of what it was, and a denominator that is another than it was."""
    last = spec.last_period
    if last is None or last.nil or intake.nil or percent is None:
        return []
    before, now = last.by_code(), intake.by_code()
    below = {code for row in spec.rows if row.formula and row.kind == "ratio" for code in row.formula.under}
    findings = []
    for row in spec.entered_rows:
        if row.kind in _NUMBERS and row.code in before and row.code in now:
            finding = _change(
                row, now[row.code], before[row.code], last.label, percent, divides=row.code in below
            )
            findings += [finding] if finding else []
    return findings


def _change(
    row: FormRow, value: FigureValue, earlier: LastFigure, label: str, percent: int, *, divides: bool
) -> Finding | None:
    new, old = value.number, earlier.number
    if new is None or old is None or new == old:
        return None
    leaps = abs(new - old) * 100 > percent * abs(old)
    if not leaps and not divides:
        return None
    moved = "tăng" if new > old else "giảm"
    share = f" {number(_rounded(abs(new - old) * 100 / abs(old)))}%" if old else ""
    why = "; số này là mẫu số để tính tỷ lệ" if divides else ""
    message = (
        f"Dòng {row.code} “{row.label}”: kỳ này {number(new)}, kỳ trước ({label}) {number(old)}, {moved}{share}{why}. "
        f"{_ASK}"
    )
    rule = "V11" if leaps else "V11_denominator"
    return Finding(value.cell, row.code, message, "warning", rule)


def check_flags(spec: FormSpec, intake: Intake) -> tuple[Flag, ...]:
    """What the reviewer should look at before accepting: the same as last period, or nothing but zeros."""
    if intake.nil:
        return ()
    found = (_copied(spec, intake, spec.last_period), _empty(spec, intake))
    return tuple(flag for flag in found if flag)


def _copied(spec: FormSpec, intake: Intake, last: LastPeriod | None) -> Flag | None:
    if last is None or last.nil:
        return None
    before, now = last.by_code(), intake.by_code()
    figures = [(now[row.code], before.get(row.code)) for row in spec.entered_rows if row.code in now]
    same = [value for value, earlier in figures if earlier and _same(value, earlier)]
    said, repeated = _narratives(intake, dict(last.narratives))
    if sum(bool(value.number) and value.text is None for value in same) < _FEW:
        return None
    if len(same) < _NEARLY_ALL * len(figures) or repeated < _NEARLY_ALL * said:
        return None
    words = f" và {repeated}/{said} mục thuyết minh" if said else ""
    message = f"Giống báo cáo kỳ trước ({last.label}): {len(same)}/{len(figures)} số liệu{words}."
    return Flag("copied", message)


def _same(value: FigureValue, earlier: LastFigure) -> bool:
    if value.number is not None or earlier.number is not None:
        return value.number == earlier.number
    return fold(value.text or "") == fold(earlier.text or "")


def _narratives(intake: Intake, before: Mapping[str, str]) -> tuple[int, int]:
    """How many sections say something, and how many of them what they said before."""
    said = [n for n in intake.narratives if n.text.strip()]
    return len(said), sum(fold(n.text) == fold(before.get(n.code, "")) for n in said)


def _empty(spec: FormSpec, intake: Intake) -> Flag | None:
    """Zeros alone, and no word on them. Where the period before was as empty, it is no surprise."""
    now = intake.by_code()
    numbers = [now[row.code].number for row in spec.entered_rows if row.kind in _NUMBERS and row.code in now]
    if any(numbers) or any(n.text.strip() for n in intake.narratives) or intake.records:
        return None
    asked = [row for row in spec.entered_rows if row.kind in _NUMBERS]
    if len(asked) < _FEW or _was_empty(spec.last_period, asked):
        return None
    return Flag("empty", "Toàn bộ số liệu bằng 0 hoặc để trống, không có thuyết minh.")


def _was_empty(last: LastPeriod | None, asked: Sequence[FormRow]) -> bool:
    before = last.by_code() if last else {}
    return last is not None and not any(before[row.code].number for row in asked if row.code in before)


def _rounded(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)
