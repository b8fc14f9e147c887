"""A returned form written anew with its values as typed, and the sheet `Điểm cần sửa` in front of it."""

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from models.finding import Finding
from models.form import FormSpec
from models.intake_narratives import sections_of
from models.intake_values import original
from models.questions import ASKED
from models.reading import RawCell, Reading
from models.text import fold
from models.texts_in import clean_text
from tasks.adapters.workbooks.filled import Filled, Marks, Typed
from tasks.adapters.workbooks.styles import Styles, lines_needed

TO_MEND_SHEET = "Điểm cần sửa"
_HEADER = ("STT", "Ô", "Mã", "Nội dung cần sửa hoặc giải trình", "Yêu cầu")
_WIDTHS = (5.0, 17.0, 11.0, 60.0, 11.0)
_WANTED = {"error": "Phải sửa", "warning": "Nêu lý do"}
_HOW = (
    "Biểu này chưa được tiếp nhận. Bấm vào ô ở cột “Ô” để đến chỗ cần sửa; ô nền đỏ phải sửa, ô nền cam thì kiểm tra lại, "
    "nếu đúng thì nêu lý do ở cột “Ghi chú”. Số liệu đã nhập được giữ nguyên. Sửa xong, lưu lại và gửi chính tệp này."
)


def filled_from(reading: Reading, spec: FormSpec, findings: Sequence[Finding]) -> Filled:
    """What the officer had typed, by code; of a line that stood there twice, the first."""
    rows = {row.code: row for row in reversed(reading.rows) if row.code}
    tables = {fold(table.sheet): table.records for table in reading.tables}
    values: dict[str, Typed] = {row.code: _typed(row.figure) for row in rows.values()}
    for code, lines in sections_of(reading.narratives, spec).items():
        values[code] = "\n".join(filter(None, (clean_text(line.text) for line in lines)))
    return Filled(
        values=values,
        notes={row.code: clean_text(row.note) for row in rows.values()},
        nil=_typed(reading.nil) if reading.nil else "",
        records={
            table.code: [
                (record.row, {code: _typed(cell) for code, cell in record.cells.items()})
                for record in tables.get(fold(table.sheet), ())
            ]
            for table in spec.tables
        },
        marks=Marks(findings),
    )


def write_to_mend(sheet: Worksheet, styles: Styles, spec: FormSpec, filled: Filled) -> None:
    """What is wrong or asked, each with a link to its cell, under what the officer should know first."""
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)
    last, width = len(_WIDTHS) - 1, sum(_WIDTHS)
    said = (
        ("ĐIỂM CẦN SỬA", "title", 15.0),
        (f"{spec.obligation_title}, {spec.period_label} – {spec.unit_name}", "subtitle", 13.0),
        *((text, "hint", 10.5) for text in filled.told or (_HOW,)),
    )
    for row, (text, style, size) in enumerate(said):
        sheet.merge_range(row, 0, row, last, text, styles[style])
        sheet.set_row(row, lines_needed(text, width, size) * (15.75 if size < 15 else 19.5) + 4)
    if filled.marks.findings:
        _list(sheet, styles, len(said), filled.marks)
    sheet.set_paper(9)
    sheet.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(len(said))
    sheet.freeze_panes(len(said) + 1, 0)
    sheet.activate()


def _list(sheet: Worksheet, styles: Styles, header: int, marks: Marks) -> None:
    for column, name in enumerate(_HEADER):
        sheet.write_string(header, column, name, styles["header"])
    sheet.set_row(header, 20)
    for place, finding in enumerate(marks.findings):
        row = header + 1 + place
        words = marks.words(place)
        sheet.write_number(row, 0, place + 1, styles["to_mend_place"])
        if cell := marks.cells.get(place):
            name, address = cell.rsplit("!", 1)
            sheet.write_url(row, 1, f"internal:'{name}'!{address}", styles["link"], cell)
        else:
            sheet.write_string(row, 1, _elsewhere(finding), styles["to_mend"])
        sheet.write_string(row, 2, finding.indicator[:40], styles["to_mend"])
        sheet.write_string(row, 3, words, styles["to_mend"])
        wanted = "Trả lời" if finding.rule == ASKED else _WANTED[finding.severity]
        sheet.write_string(row, 4, wanted, styles[f"to_mend_{finding.severity}"])
        sheet.set_row(row, 15.75 * lines_needed(words, _WIDTHS[3] - 2) + 4)


def _elsewhere(finding: Finding) -> str:
    """Of what has no cell in this form: where the officer had it."""
    return f"{finding.cell} (tệp đã gửi)" if "!" in finding.cell else finding.cell or "–"


def _typed(cell: RawCell) -> Typed:
    value = cell.value
    return value if isinstance(value, int | float) and not isinstance(value, bool) else original(cell)
