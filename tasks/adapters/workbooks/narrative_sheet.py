"""Sheet `Thuyết minh`: under the header, for each section its title and then the box to write in."""

from xlsxwriter.workbook import Workbook

from models.form import NARRATIVE_HEADER, NARRATIVE_SHEET, FormSpec, NarrativeRow
from tasks.adapters.workbooks.cells_xlsx import cell_name
from tasks.adapters.workbooks.filled import Filled, comment, write_value
from tasks.adapters.workbooks.styles import Styles, lines_needed

_WIDTHS = (14.0, 92.0)
_BOX = 130
_TALLEST = 400  # Excel's own bound is 409


def write_narratives(book: Workbook, styles: Styles, spec: FormSpec, filled: Filled) -> None:
    sheet = book.add_worksheet(NARRATIVE_SHEET)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, 1, f"THUYẾT MINH – {spec.unit_name}", styles["title"])
    sheet.set_row(0, 21)
    hint = "Ghi vào ô trống dưới mỗi tiêu đề. Xuống dòng trong ô: Alt + Enter. Văn bản dài: chèn thêm dòng ngay bên dưới."
    sheet.merge_range(1, 0, 1, 1, hint, styles["hint"])
    sheet.set_row(1, 18)
    for column, name in enumerate(NARRATIVE_HEADER):
        sheet.write_string(2, column, name, styles["header"])
    sheet.set_row(2, 20)
    row = 3
    for section in spec.narratives:
        sheet.write_blank(row, 0, None, styles["section"])
        heading = section.heading + (f"\n{section.hint}" if section.hint else "")
        sheet.write_string(row, 1, heading, styles["section"])
        sheet.set_row(row, 15.75 * lines_needed(heading, _WIDTHS[1] - 2) + 4)
        sheet.write_string(row + 1, 0, section.code, styles["code"])
        mark = filled.marks.on(NARRATIVE_SHEET, section.code, cell_name(row + 1, 1))
        box = styles.marked("narrative_required" if section.required else "narrative", mark)
        said = str(filled.values.get(section.code, ""))
        write_value(sheet, row + 1, 1, said, box)
        comment(sheet, row + 1, 1, mark)
        sheet.set_row(row + 1, min(_TALLEST, max(_BOX, 15.75 * lines_needed(said, _WIDTHS[1] - 2) + 6)))
        sheet.data_validation(row + 1, 1, row + 1, 1, _rule(section))
        row += 2
    sheet.freeze_panes(3, 0)
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.protect("", {"format_columns": True, "format_rows": True, "insert_rows": True})


def _rule(section: NarrativeRow) -> dict[str, str]:
    must = (
        "Bắt buộc; nếu không có thì ghi “Không có”."
        if section.required
        else "Không bắt buộc; để trống nếu không có."
    )
    return {"validate": "any", "input_title": f"Mã {section.code}"[:32], "input_message": must}
