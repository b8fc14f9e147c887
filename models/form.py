"""A report form as values: what is asked of one unit for one cycle, before any file or page shows it.

Knows nothing of Excel and nothing of plans: a form is built from a plan elsewhere, and written by an adapter.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from models.last_period import LastPeriod

RowKind = Literal["count", "number", "money", "yes_no", "choice", "text", "date", "ratio", "computed"]

# The public layout of the workbook (design §6): these words never change.
FIGURE_SHEET = "Biểu"
NARRATIVE_SHEET = "Thuyết minh"
FIGURE_HEADER = ("Mã", "Chỉ tiêu", "Đơn vị tính", "Số liệu", "Ghi chú")
NARRATIVE_HEADER = ("Mã", "Nội dung")
NIL_LABEL = "Không phát sinh"
YES, NO = "Có", "Không"

# The identity travels in a hidden sheet, and once more in a document property, never in the file name.
IDENTITY_SHEET = "_dondoc"
IDENTITY_KEYS = ("cycle", "unit", "version", "token")


@dataclass(frozen=True, slots=True)
class Formula:
    """How a computed row follows from other rows, so that a spreadsheet can show it while the officer types.

    ratio: sum(over) / sum(under) · sum: sum(over) · difference: sum(over) - sum(under) ·
    product: factor x each of over. A yes/no row counts as 1 or 0. For display only: the program computes
    its own figures from the entered ones and never reads these cells back.
    """

    kind: Literal["ratio", "sum", "difference", "product"]
    over: tuple[str, ...]
    under: tuple[str, ...] = ()
    factor: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line of the form, or one column of a repeated table.

    A `ratio` is a share: entered as a percentage, kept as a fraction (63,64% is 0.6364).
    `entered=False` marks a line that is shown and computed, never typed.
    """

    code: str
    label: str
    unit_of_measure: str
    kind: RowKind
    entered: bool = True
    required: bool = True
    choices: tuple[str, ...] = ()
    hint: str = ""
    indent: int = 0
    group: str | None = None
    formula: Formula | None = None


@dataclass(frozen=True, slots=True)
class NarrativeRow:
    code: str
    title: str
    required: bool = False
    hint: str = ""

    @property
    def heading(self) -> str:
        """The line shown above the box; the reader knows it again and does not take it for an answer."""
        return f"{self.title} (bắt buộc)" if self.required else self.title


@dataclass(frozen=True, slots=True)
class TableForm:
    """A repeated table: the unit adds as many lines as it has."""

    code: str
    label: str
    columns: tuple[FormRow, ...]
    required: bool = False
    hint: str = ""

    @property
    def sheet(self) -> str:
        """A sheet name every spreadsheet program takes: at most 31 characters, no brackets or slashes."""
        return "Bảng " + "".join("-" if c in "[]:*?/\\'" else c for c in self.code)[:26]


@dataclass(frozen=True)
class FormSpec:
    """One form: what is asked, of whom, for which cycle, with the words of the plan."""

    cycle: str
    unit: str
    unit_name: str
    plan_title: str
    obligation_title: str
    period_label: str
    due_wording: str
    legal_basis: str
    collector: str
    rows: tuple[FormRow, ...]
    narratives: tuple[NarrativeRow, ...] = ()
    tables: tuple[TableForm, ...] = ()
    nil_allowed: bool = False
    token: str = ""
    last_period: "LastPeriod | None" = None
    """What the unit sent in the period before; no part of what is asked, so not of the version."""
    shows_last_period: bool = True

    @property
    def beside(self) -> "LastPeriod | None":
        """The period before, where the form shows it; compared with, it is always."""
        return self.last_period if self.shows_last_period else None

    @cached_property
    def version(self) -> str:
        return form_version(self)

    @cached_property
    def entered_rows(self) -> tuple[FormRow, ...]:
        return tuple(row for row in self.rows if row.entered)

    @property
    def identity(self) -> Mapping[str, str]:
        return {"cycle": self.cycle, "unit": self.unit, "version": self.version, "token": self.token}


def form_version(spec: FormSpec) -> str:
    """Twelve hex digits that change when, and only when, what is asked changes.

    Codes, words, units of measure, kinds, choices and formulas count; who is asked, for which period, hints
    and looks do not: the same form sent to another unit or in another year has the same version.
    """
    asked = {
        "rows": [_asked(row) for row in spec.rows],
        "narratives": [(n.code, n.title, n.required) for n in spec.narratives],
        "tables": [(t.code, t.label, t.required, [_asked(c) for c in t.columns]) for t in spec.tables],
        "nil_allowed": spec.nil_allowed,
    }
    canonical = json.dumps(asked, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()[:12]


def _asked(row: FormRow) -> list[object]:
    formula = asdict(row.formula) if row.formula else None
    asked = [row.code, row.label, row.unit_of_measure, row.kind, row.entered, row.required]
    return [*asked, list(row.choices), row.group, formula]
