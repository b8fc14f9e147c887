"""Sheets for people who open them in a spreadsheet with Vietnamese settings."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from math import ceil
from typing import Any, Final

from xlsxwriter.workbook import Workbook

from models.exports.sheets import Cell, Sheet
from models.text import short_date

BOM: Final = "\ufeff"
"""Without it Excel takes UTF-8 for the code page of the machine."""
_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# A date of making would make two equal exports differ.
_MADE: Final = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_FONT: Final = {"font_name": "Times New Roman", "font_size": 12}
_NARROWEST, _WIDEST = 8, 60
_LINE_POINTS: Final = 16.5


def write_csv(sheet: Sheet) -> bytes:
    """UTF-8 with BOM, `;` between columns and `,` before decimals: Excel with Vietnamese settings opens it by itself.

    A text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_text(column) for column in sheet.columns])
    writer.writerows([_text(cell) for cell in row] for row in sheet.rows)
    return (BOM + out.getvalue()).encode()


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return harmless(cell)
        case date():
            return short_date(cell)
        case Decimal():
            return f"{cell:f}".replace(".", ",")
        case _:
            return str(cell)


def harmless(text: str) -> str:
    """The text with an apostrophe in front where it would be computed or split when opened."""
    return f"'{text}" if is_formula(text) else text


def is_formula(text: str) -> bool:
    return text.startswith(_FORMULA_STARTS) or text.lstrip().startswith(_FORMULA_STARTS)


def write_xlsx(sheets: tuple[Sheet, ...], title: str) -> bytes:
    """Numbers are numbers and days are days; a text stays a text, even after somebody has edited its cell."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "default_format_properties": dict(_FONT),
    }
    book = Workbook(out, options)
    look = {
        "head": book.add_format(
            {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter", "border": 1}
        ),
        "text": book.add_format({"text_wrap": True, "valign": "top"}),
        "quoted": book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True}),
        "day": book.add_format({"num_format": "dd/mm/yyyy", "align": "center", "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0.########", "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
    }
    for sheet in sheets:
        _write(book.add_worksheet(sheet.title), sheet, look)
    book.set_properties({"title": title, "created": _MADE})
    book.close()
    return out.getvalue()


def _write(page: Any, sheet: Sheet, look: dict[str, Any]) -> None:
    widths = [_width(sheet, place) for place in range(len(sheet.columns))]
    for place, column in enumerate(sheet.columns):
        page.write_string(0, place, column, look["head"])
        page.set_column(place, place, widths[place])
    # Programs other than Excel do not make a row higher for a text of several lines.
    page.set_row(0, _height(sheet.columns, widths))
    for line, row in enumerate(sheet.rows, start=1):
        page.set_row(line, _height(row, widths))
        for place, cell in enumerate(row):
            _write_cell(page, line, place, cell, look)
    page.freeze_panes(1, 0)
    if sheet.rows:
        page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _width(sheet: Sheet, place: int) -> int:
    """In letters, as a spreadsheet counts them."""
    longest = max((len(_text(row[place])) for row in sheet.rows), default=0)
    return min(max(longest, len(sheet.columns[place]) // 2, _NARROWEST) + 2, _WIDEST)


def _height(row: Sequence[Cell], widths: Sequence[int]) -> float:
    """In points."""
    lines = (ceil(len(_text(cell)) / width) for cell, width in zip(row, widths, strict=True))
    return _LINE_POINTS * max(*lines, 1)


def _write_cell(page: Any, line: int, place: int, cell: Cell, look: dict[str, Any]) -> None:
    match cell:
        case None:
            return
        case str():
            page.write_string(line, place, cell, look["quoted" if is_formula(cell) else "text"])
        case date():
            day = datetime(cell.year, cell.month, cell.day, tzinfo=UTC).replace(tzinfo=None)
            page.write_datetime(line, place, day, look["day"])
        case int():
            page.write_number(line, place, cell, look["whole"])
        case _:
            page.write_number(line, place, float(cell), look["number"])
