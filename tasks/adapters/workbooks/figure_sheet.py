"""Sheet `Biểu`: title block, the public header, one line per indicator, place for signatures."""

from collections.abc import Mapping
from decimal import Decimal

from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from models.form import FIGURE_HEADER, FIGURE_SHEET, NIL_LABEL, YES, FormRow, FormSpec
from tasks.adapters.workbooks.formulas import formula_text
from tasks.adapters.workbooks.identity import ChoiceLists
from tasks.adapters.workbooks.rules import entry_rule
from tasks.adapters.workbooks.styles import Styles, lines_needed

WIDTHS = (9.5, 46.0, 12.5, 15.5, 19.0)
_LINE = 15.75
_PROTECTION = {"format_columns": True, "format_rows": True}
_LAST = len(WIDTHS) - 1


def write_figures(
    book: Workbook,
    styles: Styles,
    spec: FormSpec,
    prefill: Mapping[str, str | int | Decimal],
    lists: ChoiceLists,
) -> None:
    sheet = book.add_worksheet(FIGURE_SHEET)
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    header = _title_block(sheet, styles, spec)
    _header(sheet, styles, header)
    after = _lines(sheet, styles, spec, header + 2, prefill, lists)
    _signatures(sheet, styles, spec, after + 1)
    sheet.freeze_panes(header + 1, 2)
    _page(sheet, header)
    sheet.protect("", _PROTECTION)


def _title_block(sheet: Worksheet, styles: Styles, spec: FormSpec) -> int:
    """The lines above the table; returns the row (from 0) of the header."""
    left, right = sum(WIDTHS[:2]), sum(WIDTHS[2:])
    sides = (
        (f"Biểu: {spec.cycle}", f"Đơn vị báo cáo: {spec.unit_name}", "unit"),
        (f"Thời hạn gửi: {spec.due_wording}", f"Đơn vị nhận báo cáo: {spec.collector}", "side"),
    )
    for row, (ours, theirs, style) in enumerate(sides):
        sheet.merge_range(row, 0, row, 1, ours, styles["side"])
        sheet.merge_range(row, 2, row, _LAST, theirs, styles[style])
        sheet.set_row(row, _LINE * max(lines_needed(ours, left, 11), lines_needed(theirs, right - 3, 11.5)))
    width = left + right
    period = f"Kỳ báo cáo: {spec.period_label}" + (
        f"; căn cứ: {spec.legal_basis}" if spec.legal_basis else ""
    )
    centred = (
        (spec.obligation_title.upper(), "title", 15.0),
        (spec.plan_title, "subtitle", 13.0),
        (period, "period", 12.0),
        (_guidance(spec), "hint", 10.0),
    )
    row = len(sides)
    for text, style, size in centred:
        sheet.merge_range(row, 0, row, _LAST, text, styles[style])
        sheet.set_row(row, lines_needed(text, width, size) * (_LINE if size < 15 else 19.5) + 4)
        row += 1
    if spec.nil_allowed:
        _nil(sheet, styles, row)
        row += 1
    return row


def _guidance(spec: FormSpec) -> str:
    said = ["Nhập số liệu vào ô nền vàng, không để trống; không có thì ghi 0."]
    if any(not row.required and row.entered for row in spec.rows):
        said.append("Ô nền trắng không bắt buộc.")
    if any(not row.entered for row in spec.rows):
        said.append("Ô nền xám do biểu tự tính.")
    said.append("Không thêm, xóa dòng; không sửa cột “Mã”.")
    if spec.narratives or spec.tables:
        said.append("Ghi tiếp ở các sheet sau.")
    return " ".join(said)


def _nil(sheet: Worksheet, styles: Styles, row: int) -> None:
    sheet.merge_range(
        row, 0, row, 1, "Nếu kỳ này không có số liệu: chọn “Có” ở ô bên và để trống biểu.", styles["hint"]
    )
    sheet.write_string(row, 2, NIL_LABEL, styles["nil"])
    sheet.write_blank(row, 3, None, styles["nil_entry"])
    sheet.set_row(row, 19)
    sheet.data_validation(
        row,
        3,
        row,
        3,
        {
            "validate": "list",
            "source": [YES],
            "input_title": NIL_LABEL,
            "input_message": "Chỉ chọn “Có” khi kỳ này không phát sinh số liệu nào; khi đó để trống toàn bộ biểu.",
            "error_title": "Chưa đúng",
            "error_message": "Chọn “Có” hoặc để trống.",
        },
    )


def _header(sheet: Worksheet, styles: Styles, row: int) -> None:
    for column, name in enumerate(FIGURE_HEADER):
        sheet.write_string(row, column, name, styles["header"])
    sheet.set_row(row, 20)
    # The numbering stays out of the column `Mã`: a line with something there is an indicator.
    for column, name in enumerate(("", "A", "B", "1", "2")):
        sheet.write_string(row + 1, column, name, styles["numbering"])
    sheet.set_row(row + 1, 13.5)
    sheet.ignore_errors({"number_stored_as_text": f"D{row + 2}:E{row + 2}"})


def _lines(
    sheet: Worksheet,
    styles: Styles,
    spec: FormSpec,
    first: int,
    prefill: Mapping[str, str | int | Decimal],
    lists: ChoiceLists,
) -> int:
    places = _places(spec, first)
    cells = {code: f"D{row + 1}" for code, row in places.items()}
    rows = {row.code: row for row in spec.rows}
    group = None
    for asked in spec.rows:
        row = places[asked.code]
        if asked.group and asked.group != group:
            sheet.write_blank(row - 1, 0, None, styles["code"])
            sheet.merge_range(row - 1, 1, row - 1, _LAST, asked.group, styles["group"])
            sheet.set_row(row - 1, _LINE * lines_needed(asked.group, sum(WIDTHS[1:]) - 2, 12.5) + 3)
        group = asked.group
        sheet.write_string(row, 0, asked.code, styles["code"])
        sheet.write_string(row, 1, asked.label, styles.label(asked.indent, bold=not asked.entered))
        sheet.write_string(row, 2, asked.unit_of_measure, styles["measure"])
        sheet.write_blank(row, 4, None, styles["note"])
        formula = formula_text(asked.formula, cells, rows) if asked.formula else None
        if not asked.entered and formula:
            sheet.write_formula(row, 3, formula, styles.entry(asked), "")
        elif asked.entered and asked.code in prefill:
            _write_value(sheet, row, prefill[asked.code], asked, styles)
        else:
            sheet.write_blank(row, 3, None, styles.entry(asked))
        if asked.entered:
            sheet.data_validation(row, 3, row, 3, entry_rule(asked, lists.reference(asked)))
        lines = max(
            lines_needed(asked.label, WIDTHS[1] - 1 - 2 * asked.indent),
            lines_needed(asked.unit_of_measure, WIDTHS[2] - 1, 11),
        )
        sheet.set_row(row, _LINE * lines + 3)
    return max(places.values(), default=first - 1) + 1


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


def _write_value(
    sheet: Worksheet, row: int, value: str | int | Decimal, asked: FormRow, styles: Styles
) -> None:
    if isinstance(value, str):
        sheet.write_string(row, 3, value, styles.entry(asked))
    else:
        sheet.write_number(row, 3, value, styles.entry(asked))


def _signatures(sheet: Worksheet, styles: Styles, spec: FormSpec, row: int) -> None:
    """Everything here stands right of the column `Mã`, so nobody takes it for a line of the table."""
    sheet.merge_range(row, 2, row, _LAST, "…………, ngày …… tháng …… năm ………", styles["sign_hint"])
    sheet.write_string(row + 1, 1, "NGƯỜI LẬP BIỂU", styles["sign"])
    sheet.merge_range(row + 1, 2, row + 1, _LAST, "THỦ TRƯỞNG ĐƠN VỊ", styles["sign"])
    sheet.write_string(row + 2, 1, "(Ký, ghi rõ họ tên)", styles["sign_hint"])
    sheet.merge_range(row + 2, 2, row + 2, _LAST, "(Ký, đóng dấu, ghi rõ họ tên)", styles["sign_hint"])
    sheet.set_footer(f'&L&8&"Times New Roman,Italic"{_footer(spec)}&R&8Trang &P/&N')


def _footer(spec: FormSpec) -> str:
    """Printed on each page, so that a form that comes back on paper is known again."""
    return f"{spec.cycle} · {spec.unit} · {spec.version}".replace("&", "&&")[:200]


def _page(sheet: Worksheet, header: int) -> None:
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(header, header + 1)
