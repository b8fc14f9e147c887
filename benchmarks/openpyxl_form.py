"""The same form written by openpyxl: cells, looks, merged ranges, input rules, protection, print set-up.

What goes into the form is taken once from a finished one (`learn`), so that writing it again (`write`) costs
openpyxl nothing but writing: no labels to lay out, no heights to reckon. A look is made once for each workbook
and shared by all cells that have it.
"""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import MergedCell
from openpyxl.styles import NamedStyle
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

_RULE = (
    "type",
    "operator",
    "formula1",
    "formula2",
    "allow_blank",
    "errorTitle",
    "error",
    "promptTitle",
    "prompt",
    "showErrorMessage",
    "showInputMessage",
    "errorStyle",
)
_LOOK = ("font", "border", "fill", "alignment", "number_format", "protection")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as plain values; a cell is (row, column, value, look)."""

    title: str
    state: Any
    cells: tuple[tuple[int, int, Any, str], ...]
    merged: tuple[str, ...]
    rules: tuple[tuple[str, dict[str, Any]], ...]
    widths: dict[str, float]
    heights: dict[int, float]
    frozen: str | None
    repeated: str | None
    is_protected: bool


@dataclass(frozen=True, slots=True)
class Form:
    sheets: tuple[Sheet, ...]
    looks: dict[str, dict[str, Any]]


def learn(form: bytes) -> Form:
    """The form as values. Not part of what is measured."""
    book = load_workbook(BytesIO(form))
    looks: dict[str, dict[str, Any]] = {}
    sheets = tuple(_sheet(sheet, looks) for sheet in book.worksheets)
    return Form(sheets, looks)


def _sheet(sheet: Worksheet, looks: dict[str, dict[str, Any]]) -> Sheet:
    return Sheet(
        title=sheet.title,
        state=sheet.sheet_state,
        cells=tuple(_cells(sheet, looks)),
        merged=tuple(str(area) for area in sheet.merged_cells.ranges),
        rules=tuple(
            (str(rule.sqref), {name: getattr(rule, name) for name in _RULE})
            for rule in sheet.data_validations.dataValidation
        ),
        widths={letter: column.width for letter, column in sheet.column_dimensions.items() if column.width},
        heights={row: line.height for row, line in sheet.row_dimensions.items() if line.height},
        frozen=sheet.freeze_panes,
        repeated=sheet.print_title_rows,
        is_protected=sheet.protection.sheet,
    )


def _cells(sheet: Worksheet, looks: dict[str, dict[str, Any]]) -> Iterator[tuple[int, int, Any, str]]:
    for line in sheet.iter_rows():
        for cell in line:
            if isinstance(cell, MergedCell) or not (cell.has_style or cell.value is not None):
                continue
            look = f"look {cell.style_id}"
            if look not in looks:
                looks[look] = {name: copy(getattr(cell, name)) for name in _LOOK}
            yield cell.row, cell.column, cell.value, look


def write(form: Form) -> bytes:
    """The workbook, from nothing."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, look in form.looks.items():
        book.add_named_style(NamedStyle(name=name, **look))
    for sheet in form.sheets:
        _write_sheet(book.create_sheet(sheet.title), sheet)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _write_sheet(made: Worksheet, sheet: Sheet) -> None:
    for row, column, value, look in sheet.cells:
        made.cell(row, column, value).style = look
    for area in sheet.merged:
        made.merge_cells(area)
    for area, rule in sheet.rules:
        validation = DataValidation(**rule)
        validation.add(area)
        made.add_data_validation(validation)
    for letter, width in sheet.widths.items():
        made.column_dimensions[letter].width = width
    for row, height in sheet.heights.items():
        made.row_dimensions[row].height = height
    made.sheet_state = sheet.state
    made.freeze_panes = sheet.frozen
    made.print_title_rows = sheet.repeated
    made.protection.sheet = sheet.is_protected
    made.page_setup.paperSize = made.PAPERSIZE_A4
    made.page_setup.fitToHeight = 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
