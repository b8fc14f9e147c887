"""One cell of the form judged against what its line asks for."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from models.confirming import CONVERT, confirmed, without_confirmation
from models.dates_in import UnclearDateError, check_day, read_date
from models.finding import Finding, Severity
from models.form import FormRow
from models.legacy_text import legacy_reading, said_of
from models.numbers_in import LARGEST, Unclear, read_number
from models.reading import RawCell
from models.taken import FigureValue
from models.text import fold, number, short_date
from models.texts_in import clean_text

_YES = {"có", "co", "x", "v", "✓", "✔", "đạt", "1", "true", "yes", "rồi", "đã có", "đúng"}
_NO = {"không", "khong", "ko", "không đạt", "chưa", "chưa có", "chưa đạt", "0", "false", "no", "không có"}
_LARGEST_WHOLE = float(LARGEST)


Taken = tuple[FigureValue | None, list[Finding]]


def take_figure(asked: FormRow, cell: RawCell, note: str, *, may_be_blank: bool = False) -> Taken:
    """The value of one line, or why it cannot be taken. A blank is not a zero (rule V12)."""
    shown = original(cell)
    if not shown:
        return None, _blank(asked, cell, may_be_blank=may_be_blank)
    number_taken, text, findings = _READERS[asked.kind](asked, cell, note)
    if cell.is_formula and not _refuses(findings):
        findings.append(_formula(asked, cell, number_taken))
    if findings and _refuses(findings):
        return None, findings
    return FigureValue(asked.code, number_taken, text, cell.cell, shown, clean_text(note)), findings


def original(cell: RawCell) -> str:
    """What the officer saw in the cell, as text; empty for a blank cell or one of spaces only."""
    value = cell.value
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float):
        return number(_exact(value))
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int):
        return number(value)
    if isinstance(value, datetime | date):
        return short_date(value.date() if isinstance(value, datetime) else value)
    return str(value)


def _blank(asked: FormRow, cell: RawCell, *, may_be_blank: bool) -> list[Finding]:
    if cell.is_formula:
        reason = "có công thức hoặc lỗi (như #N/A), không có kết quả; đề nghị xóa đi và ghi số liệu trực tiếp"
        return [_finding(asked, cell, reason, "formula_without_value")]
    if may_be_blank or not asked.required:
        return []
    hint = "nếu không có thì ghi số 0" if asked.kind in ("count", "number", "money") else "đề nghị bổ sung"
    return [_finding(asked, cell, f"còn trống; {hint}", "required_blank")]


def _refuses(findings: list[Finding]) -> bool:
    return any(finding.severity == "error" for finding in findings)


def _formula(asked: FormRow, cell: RawCell, value: Decimal | None) -> Finding:
    if value == 0:
        # Programs that write a formula without calculating it leave a 0 behind.
        reason = "là công thức cho kết quả 0, có thể chưa được tính; đề nghị xóa công thức và ghi số liệu trực tiếp"
        return _finding(asked, cell, reason, "formula_without_value", offers=("0",))
    reason = f"là công thức, hệ thống nhận kết quả đang hiển thị là “{original(cell)}”; đề nghị kiểm tra lại"
    return _finding(asked, cell, reason, "formula", severity="warning")


Read = tuple[Decimal | None, str | None, list[Finding]]


def _read_number(asked: FormRow, cell: RawCell, note: str) -> Read:
    value = cell.value
    if isinstance(value, str):
        taken = read_number(value, asked.kind, asked.unit_of_measure)
        if isinstance(taken, Unclear):
            return _unclear(asked, cell, taken, note)
    elif isinstance(value, float) or (isinstance(value, int) and not isinstance(value, bool)):
        taken = Decimal(_exact(value))
    else:
        seen = f"ô {_at(cell)} đang là “{original(cell)}”"
        kind = "ngày, giờ" if not isinstance(value, bool) else "giá trị đúng/sai"
        reason = f"{seen} ({kind}), không phải số; đề nghị định dạng lại ô là Number và ghi lại số liệu"
        return None, None, [_finding(asked, cell, reason, "not_a_number", show=False)]
    return taken, None, _out_of_range(asked, cell, taken)


def _unclear(asked: FormRow, cell: RawCell, unclear: Unclear, note: str) -> Read:
    """Asked about, or taken as the note confirms it; that it was is kept with the report."""
    readings = dict(zip(unclear.offers, unclear.values, strict=False))
    chosen = confirmed(note, tuple(readings))
    if chosen is None:
        reason = _quoted(cell, unclear.reason + _how_to_confirm(cell, tuple(readings)))
        return None, None, [_finding(asked, cell, reason, unclear.rule, offers=unclear.offers, show=False)]
    reason = _quoted(cell, f"đơn vị đã xác nhận là {chosen} ở cột “Ghi chú”")
    told = _finding(asked, cell, reason, "confirmed", severity="warning", show=False)
    return readings[chosen], None, [told, *_out_of_range(asked, cell, readings[chosen])]


def _how_to_confirm(cell: RawCell, readings: tuple[str, ...]) -> str:
    in_table = cell.cell.startswith("Bảng ")  # has no column “Ghi chú”
    return f", hoặc ghi “Xác nhận {readings[0]}” ở cột “Ghi chú”" if readings and not in_table else ""


def _out_of_range(asked: FormRow, cell: RawCell, value: Decimal) -> list[Finding]:
    if abs(value) >= LARGEST:
        reason = f"ghi {original(cell)[:40]}: số quá lớn; đề nghị kiểm tra lại"
        return [_finding(asked, cell, reason, "out_of_range")]
    if value < 0 and asked.kind != "number":
        return [_finding(asked, cell, f"ghi {number(value)}: số liệu không được âm", "negative")]
    if asked.kind == "count" and value != value.to_integral_value():
        reason = f"ghi {number(value)}: phải là số nguyên (đơn vị tính “{asked.unit_of_measure}”)"
        return [_finding(asked, cell, reason, "not_an_integer")]
    if asked.kind == "ratio" and value > 1:
        reason = f"ghi {number(value * 100)}%: tỷ lệ không được vượt quá 100%"
        return [_finding(asked, cell, reason, "out_of_range")]
    if asked.kind == "number" and asked.unit_of_measure.strip() == "%" and 0 < value < 1:
        shown = number(value)
        reason = f"ghi {shown}, được hiểu là {shown}%; nếu đúng là {number(value * 100)}% thì đề nghị ghi lại"
        return [_finding(asked, cell, reason, "share_or_percent", severity="warning")]
    return []


def _read_yes_no(asked: FormRow, cell: RawCell, _note: str) -> Read:
    value = cell.value
    said = (
        fold(clean_text(value)) if isinstance(value, str) else original(RawCell(value, cell.cell)).casefold()
    )
    if said in _YES:
        return Decimal(1), "có", []
    if said in _NO:
        return Decimal(0), "không", []
    reason = _quoted(cell, "đề nghị chọn “Có” hoặc “Không”")
    return (
        None,
        None,
        [_finding(asked, cell, reason, "not_yes_or_no", offers=("Có", "Không"), show=False)],
    )


def _read_choice(asked: FormRow, cell: RawCell, _note: str) -> Read:
    said = fold(original(cell))
    for choice in asked.choices:
        if fold(choice) == said:
            return None, choice, []
    listed = "; ".join(f"“{choice}”" for choice in asked.choices)
    reason = _quoted(cell, f"đề nghị chọn một trong: {listed}")
    return None, None, [_finding(asked, cell, reason, "not_a_choice", offers=asked.choices, show=False)]


def _read_date(asked: FormRow, cell: RawCell, note: str) -> Read:
    value = cell.value
    try:
        if isinstance(value, datetime | date):
            found = check_day(value.date() if isinstance(value, datetime) else value)
        else:
            found = read_date(original(cell))
    except UnclearDateError as error:
        if (chosen := confirmed(note, error.offers)) is None:
            reason = _quoted(cell, str(error) + _how_to_confirm(cell, error.offers))
            return None, None, [_finding(asked, cell, reason, "not_a_date", offers=error.offers, show=False)]
        reason = _quoted(cell, f"đơn vị đã xác nhận là {chosen} ở cột “Ghi chú”")
        return None, chosen, [_finding(asked, cell, reason, "confirmed", severity="warning", show=False)]
    return None, short_date(found), []


def _read_text(asked: FormRow, cell: RawCell, note: str) -> Read:
    typed, agreed = without_confirmation(cell.value) if isinstance(cell.value, str) else ("", False)
    found = legacy_reading(typed, cell.font)
    if found is None:
        return None, original(cell), []
    encoding, meant = found
    text, agreed = clean_text(meant), agreed or fold(clean_text(note)).startswith(fold(CONVERT))
    reason = said_of(encoding, text, f"ô {_at(cell)}", agreed=agreed)
    severity: Severity = "warning" if agreed else "error"
    rule = "legacy_text_converted" if agreed else "legacy_text"
    return None, text, [_finding(asked, cell, reason, rule, severity=severity, offers=(text,), show=False)]


_READERS: dict[str, Callable[[FormRow, RawCell, str], Read]] = {
    "count": _read_number,
    "number": _read_number,
    "money": _read_number,
    "ratio": _read_number,
    "computed": _read_number,
    "yes_no": _read_yes_no,
    "choice": _read_choice,
    "text": _read_text,
    "date": _read_date,
}


def _quoted(cell: RawCell, reason: str) -> str:
    shown = " ".join(original(cell).split())
    return f"ô {_at(cell)} ghi “{shown[:60] + '…' if len(shown) > 60 else shown}”; {reason}"


def _at(cell: RawCell) -> str:
    return cell.cell.split("!")[-1]


def _finding(
    asked: FormRow,
    cell: RawCell,
    reason: str,
    rule: str,
    *,
    severity: Severity = "error",
    offers: tuple[str, ...] = (),
    show: bool = True,
) -> Finding:
    """`Dòng H588.21 “Số trẻ …”: ô D15 còn trống; …` in the words of the form."""
    where = f"ô {_at(cell)} " if show else ""
    message = f"Dòng {asked.code} “{asked.label}”: {where}{reason}."
    return Finding(cell.cell, asked.code, message, severity, rule, offers)


def _exact(value: float) -> Decimal | int:
    """A spreadsheet's number as the 15 digits the officer saw: 0.1 + 0.2 is 0.3. A whole number is an int."""
    if isinstance(value, int) or (value.is_integer() and abs(value) < _LARGEST_WHOLE):
        return int(value)
    return Decimal(format(value, ".15g"))
