"""What stands above the table of `Biểu`: which form, whose, until when, for which period, and the nil choice."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from models.form import NIL_LABEL, YES, FormSpec
from tasks.adapters.workbooks.cells_xlsx import cell_name
from tasks.adapters.workbooks.filled import Filled, comment, write_value
from tasks.adapters.workbooks.styles import Styles, lines_needed

_LINE = 15.75


def write_title_block(
    sheet: Worksheet, styles: Styles, spec: FormSpec, widths: Sequence[float], filled: Filled
) -> int:
    """The lines above the table; returns the row (from 0) of the header."""
    left, right, last = sum(widths[:2]), sum(widths[2:]), len(widths) - 1
    sides = (
        (f"Biểu: {spec.cycle}", f"Đơn vị báo cáo: {spec.unit_name}", "unit"),
        (f"Thời hạn gửi: {spec.due_wording}", f"Đơn vị nhận báo cáo: {spec.collector}", "side"),
    )
    for row, (ours, theirs, style) in enumerate(sides):
        sheet.merge_range(row, 0, row, 1, ours, styles["side"])
        sheet.merge_range(row, 2, row, last, theirs, styles[style])
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
        sheet.merge_range(row, 0, row, last, text, styles[style])
        sheet.set_row(row, lines_needed(text, width, size) * (_LINE if size < 15 else 19.5) + 4)
        row += 1
    if spec.nil_allowed:
        _nil(sheet, styles, row, filled, left)
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


def _nil(sheet: Worksheet, styles: Styles, row: int, filled: Filled, width: float) -> None:
    asked = "Nếu kỳ này không có số liệu: chọn “Có” ở ô bên và để trống biểu."
    sheet.merge_range(row, 0, row, 1, asked, styles["hint"])
    sheet.write_string(row, 2, NIL_LABEL, styles["nil"])
    mark = filled.marks.on_nil(cell_name(row, 3))
    write_value(sheet, row, 3, filled.nil, styles.marked("nil_entry", mark))
    comment(sheet, row, 3, mark)
    sheet.set_row(row, 14.5 * lines_needed(asked, width, 11.5) + 4.5)
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
