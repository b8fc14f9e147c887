"""A repeated table on a sheet of its own: labels, under them the codes of the columns, then open lines."""

from xlsxwriter.workbook import Workbook

from models.form import FormSpec, TableForm
from tasks.adapters.workbooks.cells_xlsx import cell_name
from tasks.adapters.workbooks.filled import Filled, comment, write_value
from tasks.adapters.workbooks.identity import ChoiceLists
from tasks.adapters.workbooks.rules import entry_rule
from tasks.adapters.workbooks.styles import Styles, lines_needed

LINES = 60
_SPARE = 20
_HEADER = 2
_WIDTHS = {"text": 30.0, "choice": 22.0}


def write_table(
    book: Workbook, styles: Styles, spec: FormSpec, table: TableForm, filled: Filled, lists: ChoiceLists
) -> None:
    sheet = book.add_worksheet(table.sheet)
    last = max(1, len(table.columns))
    records = filled.records.get(table.code, ())
    lines = max(LINES, len(records) + _SPARE) if records else LINES
    sheet.merge_range(0, 0, 0, last, f"{table.label} – {spec.unit_name}", styles["title"])
    widths = [_WIDTHS.get(column.kind, 15.0) for column in table.columns]
    sheet.set_row(0, 20.0 * lines_needed(table.label + spec.unit_name, sum(widths), 14) + 3)
    hint = (
        f"Mỗi dòng một mục, tối đa {lines} dòng; cần thêm thì chèn dòng ở giữa bảng. Không sửa dòng mã cột."
    )
    sheet.merge_range(1, 0, 1, last, (table.hint + " " if table.hint else "") + hint, styles["hint"])
    sheet.set_row(1, 32)
    sheet.set_column(0, 0, 6)
    sheet.write_string(_HEADER, 0, "STT", styles["header"])
    sheet.write_string(_HEADER + 1, 0, "Mã", styles["numbering"])
    first, end = _HEADER + 2, _HEADER + 1 + lines
    for row in range(first, end + 1):
        sheet.write_number(row, 0, row - first + 1, styles["code"])
    for at, column in enumerate(table.columns, start=1):
        sheet.set_column(at, at, widths[at - 1])
        unit = f"\n({column.unit_of_measure})" if column.unit_of_measure else ""
        sheet.write_string(_HEADER, at, column.label + unit, styles["header"])
        sheet.write_string(_HEADER + 1, at, column.code, styles["numbering"])
        for row in range(first + len(records), end + 1):
            sheet.write_blank(row, at, None, styles.entry(column))
        for row, (theirs, values) in enumerate(records, start=first):
            mark = filled.marks.on(table.sheet, column.code, cell_name(row, at), theirs)
            write_value(sheet, row, at, values.get(column.code, ""), styles.entry(column, mark))
            comment(sheet, row, at, mark)
        sheet.data_validation(first, at, end, at, entry_rule(column, lists.reference(column)))
    tallest = max(
        (lines_needed(c.label, w - 1, 12.5) for c, w in zip(table.columns, widths, strict=True)), default=1
    )
    sheet.set_row(_HEADER, 15.75 * (tallest + 1) + 4)
    sheet.freeze_panes(first, 1)
    sheet.set_paper(9)
    if sum(widths) > 90:
        sheet.set_landscape()
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER, _HEADER + 1)
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True})
