"""What offices type, through a real file: old fonts, days of either calendar, letters in pieces."""

import io
import unicodedata
from dataclasses import replace
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900

from models.form import FormRow
from models.intake import check_reading
from tasks.adapters.workbooks import read_workbook
from tests.workbooks.make_workbooks import cell_of, filled
from tests.workbooks.sample_forms import HUE_588

OLD, MEANT = "§· hç trî 640 trÎ em ch\xada ®i häc", "Đã hỗ trợ 640 trẻ em chưa đi học"
WITH_TEXT = replace(
    HUE_588, rows=(*HUE_588.rows, FormRow("H588.99", "Số, ngày văn bản", "", "text", required=False))
)


def section(data, spec=HUE_588):
    intake = check_reading(read_workbook(data), spec)
    return {said.code: said.text for said in intake.narratives}, [f.rule for f in intake.findings]


def written(text):
    def change(book):
        for row in book["Thuyết minh"].iter_rows(min_row=4):
            if row[0].value == "I":
                row[1].value = text

    return change


def test_an_old_font_is_known_in_a_file_with_the_letter_that_looks_invisible():
    assert section(filled(change=written(OLD)))[1] == ["legacy_text"]
    said, rules = section(filled(change=written(f"Xác nhận chuyển mã\n{OLD}")))
    assert (said["I"], rules) == (MEANT, ["legacy_text_converted"])


@pytest.mark.parametrize("calendar", [CALENDAR_WINDOWS_1900, CALENDAR_MAC_1904])
def test_a_day_is_the_same_day_in_a_book_of_either_calendar(calendar):
    book = openpyxl.load_workbook(io.BytesIO(filled(WITH_TEXT)))
    book.epoch = calendar
    sheet = book["Biểu"]
    sheet[cell_of(sheet, "H588.99")] = date(2013, 4, 26)
    out = io.BytesIO()
    book.save(out)
    intake = check_reading(read_workbook(out.getvalue()), WITH_TEXT)
    assert intake.by_code()["H588.99"].text == "26/04/2013"


def test_letters_in_pieces_are_kept_whole_everywhere():
    def change(book):
        written(unicodedata.normalize("NFD", "Hỗ trợ trẻ em"))(book)
        for name in ("Biểu", "Thuyết minh"):
            book[name].title = unicodedata.normalize("NFD", name)

    said, rules = section(filled(change=change))
    assert (said["I"], rules) == ("Hỗ trợ trẻ em", [])
    assert unicodedata.is_normalized("NFC", said["I"])


def in_font(name, text):
    def change(book):
        for row in book["Thuyết minh"].iter_rows(min_row=4):
            if row[0].value == "I":
                row[1].value, row[1].font = text, openpyxl.styles.Font(name=name)

    return change


@pytest.mark.parametrize(
    ("font", "typed", "meant"),
    [
        (".VnTime", "tr\xb6", "trả"),
        (".VnTimeH", "ChÝnh phñ", "CHÍNH PHỦ"),
        ("VNI-Times", "Soá lieäu", "Số liệu"),
    ],
)
def test_what_the_letters_leave_open_the_name_of_the_font_tells(font, typed, meant):
    intake = check_reading(read_workbook(filled(change=in_font(font, typed))), HUE_588)
    (finding,) = intake.findings
    assert (finding.rule, finding.offers) == ("legacy_text", (meant,))


def test_the_name_of_an_old_font_makes_no_old_text_of_unicode():
    said, rules = section(filled(change=in_font(".VnTime", "Đã hỗ trợ trẻ em")))
    assert (said["I"], rules) == ("Đã hỗ trợ trẻ em", [])
