"""What stands below the table of `Biểu`, and how it is printed."""

from xlsxwriter.worksheet import Worksheet

from models.form import FormSpec
from tasks.adapters.workbooks.styles import Styles


def write_signatures(sheet: Worksheet, styles: Styles, spec: FormSpec, row: int, last: int) -> None:
    """Everything here stands right of the column `Mã`, so nobody takes it for a line of the table."""
    sheet.merge_range(row, 2, row, last, "…………, ngày …… tháng …… năm ………", styles["sign_hint"])
    sheet.write_string(row + 1, 1, "NGƯỜI LẬP BIỂU", styles["sign"])
    sheet.merge_range(row + 1, 2, row + 1, last, "THỦ TRƯỞNG ĐƠN VỊ", styles["sign"])
    sheet.write_string(row + 2, 1, "(Ký, ghi rõ họ tên)", styles["sign_hint"])
    sheet.merge_range(row + 2, 2, row + 2, last, "(Ký, đóng dấu, ghi rõ họ tên)", styles["sign_hint"])
    sheet.set_footer(f'&L&8&"Times New Roman,Italic"{_footer(spec)}&R&8Trang &P/&N')


def _footer(spec: FormSpec) -> str:
    """Printed on each page, so that a form that comes back on paper is known again."""
    return f"{spec.cycle} · {spec.unit} · {spec.version}".replace("&", "&&")[:200]


def set_page(sheet: Worksheet, header: int) -> None:
    sheet.set_paper(9)
    sheet.set_portrait()
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.center_horizontally()
    sheet.repeat_rows(header, header + 1)
