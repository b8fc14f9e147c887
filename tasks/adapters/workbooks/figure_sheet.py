"""Sheet `Biểu`: title block, the public header, one line per indicator, place for signatures; beside the table, where
the form has it, what the unit sent in the period before.
"""

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from models.form import FIGURE_HEADER, FIGURE_SHEET, FormRow, FormSpec
from models.last_period import LastFigure
from tasks.adapters.workbooks.filled import Filled, Typed, comment, write_value
from tasks.adapters.workbooks.formulas import formula_text
from tasks.adapters.workbooks.identity import ChoiceLists
from tasks.adapters.workbooks.page import set_page, write_signatures
from tasks.adapters.workbooks.rules import entry_rule
from tasks.adapters.workbooks.styles import Styles, lines_needed
from tasks.adapters.workbooks.title_block import write_title_block

WIDTHS = (9.5, 46.0, 12.5, 15.5, 19.0)
WIDTHS_WITH_LAST = (9.5, 37.5, 13.0, 15.5, 15.5, 14.0)
LAST = len(WIDTHS)
"""The column of the period before: right of the public ones, which stay where every reader finds them."""
_LINE = 15.75
_PROTECTION = {"format_columns": True, "format_rows": True}
_LONGEST = 80


def write_figures(book: Workbook, styles: Styles, spec: FormSpec, filled: Filled, lists: ChoiceLists) -> None:
    sheet = book.add_worksheet(FIGURE_SHEET)
    widths = WIDTHS_WITH_LAST if spec.beside else WIDTHS
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    header = write_title_block(sheet, styles, spec, widths, filled)
    _header(sheet, styles, header, spec)
    places = _places(spec, header + 2)
    _lines(sheet, styles, spec, places, filled, lists)
    if spec.beside:
        _last_period(sheet, styles, spec, places, spec.beside.by_code())
    after = max(places.values(), default=header + 1) + 1
    write_signatures(sheet, styles, spec, after + 1, len(widths) - 1)
    sheet.freeze_panes(header + 1, 2)
    set_page(sheet, header)
    sheet.protect("", _PROTECTION)


def _header(sheet: Worksheet, styles: Styles, row: int, spec: FormSpec) -> None:
    names, numbers = [*FIGURE_HEADER], ["", "A", "B", "1", "2"]
    if spec.beside:
        said = ": không phát sinh" if spec.beside.nil else ""
        names.append(f"Kỳ trước ({spec.beside.label}{said})")
        numbers.append("3")
    for column, name in enumerate(names):
        sheet.write_string(row, column, name, styles["header"])
    tall = lines_needed(names[-1], WIDTHS_WITH_LAST[-1] - 1, 13) if spec.beside else 1
    sheet.set_row(row, 20 if tall == 1 else _LINE * tall + 4)
    # The numbering stays out of the column `Mã`: a line with something there is an indicator.
    for column, name in enumerate(numbers):
        sheet.write_string(row + 1, column, name, styles["numbering"])
    sheet.set_row(row + 1, 13.5)
    sheet.ignore_errors({"number_stored_as_text": f"D{row + 2}:F{row + 2}"})


def _lines(
    sheet: Worksheet,
    styles: Styles,
    spec: FormSpec,
    places: dict[str, int],
    filled: Filled,
    lists: ChoiceLists,
) -> None:
    widths = WIDTHS_WITH_LAST if spec.beside else WIDTHS
    cells = {code: f"D{row + 1}" for code, row in places.items()}
    rows = {row.code: row for row in spec.rows}
    group = None
    for asked in spec.rows:
        row = places[asked.code]
        if asked.group and asked.group != group:
            sheet.write_blank(row - 1, 0, None, styles["code"])
            sheet.merge_range(row - 1, 1, row - 1, len(widths) - 1, asked.group, styles["group"])
            sheet.set_row(row - 1, _LINE * lines_needed(asked.group, sum(widths[1:]) - 2, 12.5) + 3)
        group = asked.group
        sheet.write_string(row, 0, asked.code, styles["code"])
        sheet.write_string(row, 1, asked.label, styles.label(asked.indent, bold=not asked.entered))
        sheet.write_string(row, 2, asked.unit_of_measure, styles["measure"])
        note = filled.notes.get(asked.code, "")
        write_value(sheet, row, 4, note, styles["note"])
        value = filled.values.get(asked.code, "") if asked.entered else ""
        mark = filled.marks.on(FIGURE_SHEET, asked.code, cells[asked.code])
        formula = formula_text(asked.formula, cells, rows) if asked.formula else None
        if not asked.entered and formula:
            sheet.write_formula(row, 3, formula, styles.entry(asked, mark), "")
        else:
            write_value(sheet, row, 3, value, styles.entry(asked, mark))
        comment(sheet, row, 3, mark)
        if asked.entered:
            sheet.data_validation(row, 3, row, 3, entry_rule(asked, lists.reference(asked)))
        lines = max(
            lines_needed(asked.label, widths[1] - 1 - 2 * asked.indent),
            lines_needed(asked.unit_of_measure, widths[2] - 1, 11),
            lines_needed(value if isinstance(value, str) else "", widths[3] - 1, 12.5),
            lines_needed(note, widths[4] - 1, 11.5),
        )
        sheet.set_row(row, _LINE * lines + 3)


def _last_period(
    sheet: Worksheet,
    styles: Styles,
    spec: FormSpec,
    places: dict[str, int],
    before: dict[str, LastFigure],
) -> None:
    for asked in spec.rows:
        figure = before.get(asked.code)
        value = shown(asked, figure) if figure else ""
        write_value(sheet, places[asked.code], LAST, value, styles.last(asked))


def shown(asked: FormRow, figure: LastFigure) -> Typed:
    """Numbers as numbers, answers as the form's own words."""
    if figure.text is not None:
        text = figure.text if asked.kind != "yes_no" else figure.text.capitalize()
        return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
    return "" if figure.number is None else figure.number


def _places(spec: FormSpec, first: int) -> dict[str, int]:
    """Code → row (from 0); a new group heading takes a row of its own."""
    places, row, group = {}, first, None
    for asked in spec.rows:
        if asked.group and asked.group != group:
            row += 1
        group = asked.group
        places[asked.code] = row
        row += 1
    return places
