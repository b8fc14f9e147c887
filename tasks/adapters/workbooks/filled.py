"""What goes into the cells of a form beside its own words: values as typed, and what is to be said of a cell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from math import isfinite

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from models.finding import Finding, Severity
from models.form import FIGURE_SHEET, NARRATIVE_SHEET
from models.intake_narratives import CELL_LIMIT
from models.text import fold

Typed = str | int | float | Decimal
_COMMENT = {"x_scale": 2.2, "font_name": "Times New Roman", "font_size": 11, "author": "dondoc"}
_LETTERS = 36
"""About so many stand in a line of a comment."""


@dataclass(frozen=True, slots=True)
class Mark:
    """All that is said of one cell; `severity` is the worse of them."""

    text: str
    severity: Severity


class Marks:
    """Findings on their way to the cells of a form laid out anew: found by code, not by where the officer had them."""

    def __init__(self, findings: Sequence[Finding] = ()) -> None:
        self.findings = list(findings)
        self.cells: dict[int, str] = {}
        """Place of a finding in the list → `Biểu!D12`, once its cell has been written."""

    def on_nil(self, cell: str) -> Mark | None:
        return self._placed([i for i, f in self._open() if f.rule.startswith("nil_")], FIGURE_SHEET, cell)

    def on(self, sheet: str, code: str, cell: str, row: int | None = None) -> Mark | None:
        """`row` is the officer's own, where a code stands for a column of many rows."""
        found = [
            i
            for i, finding in self._open()
            if finding.indicator == code
            and _sheet(finding.cell) == fold(sheet)
            and (row is None or _row(finding.cell) == row)
        ]
        return self._placed(found, sheet, cell)

    def _open(self) -> list[tuple[int, Finding]]:
        return [(i, finding) for i, finding in enumerate(self.findings) if i not in self.cells]

    def _placed(self, found: list[int], sheet: str, cell: str) -> Mark | None:
        for i in found:
            self.cells[i] = f"{sheet}!{cell}"
        if not found:
            return None
        said = [self.findings[i] for i in found]
        worst: Severity = "error" if any(f.severity == "error" for f in said) else "warning"
        return Mark("\n".join(self.words(i) for i in found), worst)

    def words(self, place: int) -> str:
        """The message, with the cell as it is in this form, where the officer's was another."""
        finding, cell = self.findings[place], self.cells.get(place)
        if not cell:
            return finding.message
        here, there = cell.rsplit("!", 1)[-1], finding.cell.rsplit("!", 1)[-1]
        return finding.message.replace(f"ô {there} ", f"ô {here} ") if there else finding.message


@dataclass(frozen=True, slots=True)
class Filled:
    """Values by code; a blank form has none."""

    values: Mapping[str, Typed] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    nil: Typed = ""
    records: Mapping[str, Sequence[tuple[int, Mapping[str, Typed]]]] = field(default_factory=dict)
    """Table → its lines: the officer's row, and values by column."""
    marks: Marks = field(default_factory=Marks)
    told: Sequence[str] = ()
    """What the sheet in front says, where it is not that a form was refused."""


def write_value(sheet: Worksheet, row: int, column: int, value: Typed, look: Format) -> None:
    """A text as a text, whatever it looks like; a number as a number."""
    if isinstance(value, str):
        if value:
            sheet.write_string(row, column, value[:CELL_LIMIT], look)
        else:
            sheet.write_blank(row, column, None, look)
    elif isfinite(value):
        sheet.write_number(row, column, value, look)
    else:
        sheet.write_blank(row, column, None, look)


def comment(sheet: Worksheet, row: int, column: int, mark: Mark | None) -> None:
    if mark:
        lines = sum(1 + len(line) // _LETTERS for line in mark.text.split("\n"))
        sheet.write_comment(row, column, mark.text, {**_COMMENT, "y_scale": max(0.6, lines * 0.27)})


def _sheet(cell: str) -> str:
    """Whatever is not another sheet of the form is `Biểu`, also where somebody gave it another name."""
    named = fold(cell.split("!", maxsplit=1)[0])
    return named if named == fold(NARRATIVE_SHEET) or named.startswith("bảng ") else fold(FIGURE_SHEET)


def _row(cell: str) -> int | None:
    digits = "".join(c for c in cell.rsplit("!", 1)[-1] if c.isdigit())
    return int(digits) if digits else None
