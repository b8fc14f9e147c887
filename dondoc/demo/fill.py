"""Fill a form as an officer would: open the workbook that came with the mail, type into its cells, save it."""

import io
from collections.abc import Mapping
from dataclasses import dataclass, field

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from models.form import FIGURE_HEADER, FIGURE_SHEET, NARRATIVE_HEADER, NARRATIVE_SHEET, NIL_LABEL, YES

Typed = str | int | float


@dataclass(frozen=True, slots=True)
class Answers:
    """What an officer types: figures by code, sections by code, or nothing but the nil choice."""

    figures: Mapping[str, Typed] = field(default_factory=dict)
    narratives: Mapping[str, str] = field(default_factory=dict)
    nil: bool = False


def fill_form(form: bytes, answers: Answers) -> bytes:
    """The filled workbook. KeyError where the form does not ask for a code."""
    book = load_workbook(io.BytesIO(form))
    figures = book[FIGURE_SHEET]
    if answers.nil:
        row, column = _find(figures, NIL_LABEL)
        figures.cell(row, column + 1).value = YES
    _type_in(figures, FIGURE_HEADER[0], FIGURE_HEADER[3], answers.figures)
    _type_in(book[NARRATIVE_SHEET], NARRATIVE_HEADER[0], NARRATIVE_HEADER[1], answers.narratives)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _type_in(sheet: Worksheet, code_title: str, value_title: str, values: Mapping[str, Typed]) -> None:
    if not values:
        return
    header, code_column = _find(sheet, code_title)
    _, value_column = _find(sheet, value_title)
    rows = {sheet.cell(row, code_column).value: row for row in range(header + 1, sheet.max_row + 1)}
    for code, value in values.items():
        sheet.cell(rows[code], value_column).value = value


def _find(sheet: Worksheet, text: str) -> tuple[int, int]:
    for row in sheet.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.strip() == text:
                return cell.row, cell.column
    raise KeyError(f"{sheet.title} has no {text!r}")
