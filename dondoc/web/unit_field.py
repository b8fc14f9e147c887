"""One field of a unit's page, with all that stands beside it."""

import re
from dataclasses import dataclass
from decimal import Decimal

from models.form import FormRow
from models.text import number

RULES = {
    "count": "Số nguyên; không có thì ghi 0",
    "number": "Số; không có thì ghi 0; số lẻ viết dấu phẩy, ví dụ 12,5",
    "money": "Số; không có thì ghi 0; số lẻ viết dấu phẩy, ví dụ 1.355,9",
    "date": "Ngày/tháng/năm, ví dụ 29/11/2019",
    "ratio": "Ghi kèm dấu %, ví dụ 63,64%",
}


REASON = "Lý do, nếu số liệu đúng"
ANSWER = "Trả lời câu hỏi, nếu không sửa nội dung"


@dataclass(frozen=True, slots=True)
class Said:
    """One finding beside its field; a warning has a field for its reason."""

    text: str
    severity: str
    reason_name: str = ""
    reason: str = ""
    reason_label: str = REASON


@dataclass(frozen=True, slots=True)
class Field:
    name: str
    label: str
    value: str = ""
    code: str = ""
    unit: str = ""
    kind: str = "text"
    required: bool = False
    rule: str = ""
    hint: str = ""
    options: tuple[str, ...] = ()
    note_name: str = ""
    note: str = ""
    last: str = ""
    says: tuple[Said, ...] = ()
    computed: str = ""
    entered: bool = True
    formula: str = ""
    """For the script: `ratio:A+B:C`; what the server computes is what counts."""

    @property
    def id(self) -> str:
        return field_id(self.name)

    @property
    def wrong(self) -> bool:
        return any(said.severity == "error" for said in self.says)


@dataclass(frozen=True, slots=True)
class TableView:
    field: Field
    columns: tuple[FormRow, ...]
    lines: tuple[tuple[Field, ...], ...]


@dataclass(frozen=True, slots=True)
class FormView:
    groups: tuple[tuple[str, tuple[Field, ...]], ...]
    narratives: tuple[Field, ...]
    tables: tuple[TableView, ...]
    nil: Field | None
    summary: tuple[tuple[str, str, str, bool], ...]
    """(text, id of the field, severity, is the reader still to be told where a reason goes) of all that is to be seen to."""
    blanks: tuple[tuple[str, str], ...]
    """(code or label, id) of the fields that are still blank."""


def field_id(name: str) -> str:
    return "o-" + re.sub(r"[^A-Za-z0-9]+", "-", name)


def as_read(row: FormRow, value: Decimal | None, text: str | None) -> str:
    """A figure in words: as it was understood, not as it was typed."""
    if row.kind == "yes_no" or value is None:
        return (text or "").capitalize() if row.kind == "yes_no" else text or ""
    if row.kind == "ratio":
        return f"{number(round(value * 100, 2))}%"
    return number(value)
