"""Input rules of entry cells: what Excel says in Vietnamese before and after a wrong entry.

A convenience for the officer, not a safeguard: rules are lost by pasting, so the intake checks everything again.
"""

from typing import Any

from models.dates_in import FIRST_DAY, LAST_DAY
from models.form import NO, YES, FormRow

_TITLE, _MESSAGE, _ERROR, _LIST = 32, 255, 255, 255
_REFUSED = "Số liệu chưa đúng"
_LARGEST = 999_999_999_999_999
_BETWEEN = {
    "count": ("integer", 0, _LARGEST, "Nhập số nguyên từ 0 trở lên{unit}. Không có thì ghi 0."),
    "money": ("decimal", 0, _LARGEST, "Nhập số tiền từ 0 trở lên{unit}, chỉ ghi chữ số. Không có thì ghi 0."),
    "number": ("decimal", -_LARGEST, _LARGEST, "Nhập số{unit}, chỉ ghi chữ số. Không có thì ghi 0."),
    "ratio": ("decimal", 0, 1, "Nhập tỷ lệ phần trăm từ 0% đến 100%, ví dụ 63,64%."),
}


def entry_rule(row: FormRow, choices_range: str | None = None) -> dict[str, Any]:
    """Options for XlsxWriter's data_validation; long choice lists refer to a range of the hidden sheet."""
    allowed, wanted = _allowed(row, choices_range)
    must = "Bắt buộc" if row.required else "Không bắt buộc"
    message = f"{must}. {wanted}" + (f"\n{row.hint}" if row.hint else "")
    rule = {**allowed, "ignore_blank": True, "input_title": _cut(f"Mã {row.code}", _TITLE)}
    rule["input_message"] = _cut(message, _MESSAGE)
    if allowed["validate"] != "any":
        rule |= {"error_title": _REFUSED, "error_message": _cut(wanted, _ERROR), "error_type": "stop"}
    return rule


def needs_range(row: FormRow) -> bool:
    """Excel's in-cell list holds 255 characters and parts at commas."""
    return (
        row.kind == "choice"
        and bool(row.choices)
        and (len(",".join(row.choices)) > _LIST or any("," in choice for choice in row.choices))
    )


def _allowed(row: FormRow, choices_range: str | None) -> tuple[dict[str, Any], str]:
    unit = f" (đơn vị tính: {row.unit_of_measure})" if row.unit_of_measure else ""
    if row.kind in _BETWEEN:
        validate, lowest, highest, wanted = _BETWEEN[row.kind]
        between = {"validate": validate, "criteria": "between", "minimum": lowest, "maximum": highest}
        return between, wanted.format(unit=unit)
    if row.kind == "yes_no":
        return {"validate": "list", "source": [YES, NO]}, f"Chọn “{YES}” hoặc “{NO}”."
    if row.kind == "choice" and row.choices:
        source = choices_range or list(row.choices)
        return {"validate": "list", "source": source}, "Chọn một mục trong danh sách."
    if row.kind == "date":
        between = {"validate": "date", "criteria": "between", "minimum": FIRST_DAY, "maximum": LAST_DAY}
        return between, "Nhập ngày/tháng/năm, ví dụ 29/11/2019."
    return {"validate": "any"}, "Nhập bằng chữ, ngắn gọn."


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
