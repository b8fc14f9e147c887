"""Tables and open data as files: what Excel with Vietnamese settings shows, and never computes."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from models.exports.sheets import Sheet
from tasks.adapters.exports import write_csv, write_xlsx

TRICKS = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", " =1+1", "\n=1+1", "＝1+1"]
PLAIN = Sheet(
    "Bảng",
    ("Tên", "Số"),
    (
        ("UBND xã Mẫu", 12),
        ("a;b", Decimal("63.64")),
        ("Ngày", date(2019, 11, 5)),
        ("Không có", None),
        ("Âm", -5),
    ),
)


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


def test_a_csv_has_a_bom_semicolons_decimal_commas_and_days_as_documents_write_them():
    data = write_csv(PLAIN)
    assert data.startswith(b"\xef\xbb\xbf")
    assert read(data) == [
        ["Tên", "Số"],
        ["UBND xã Mẫu", "12"],
        ["a;b", "63,64"],
        ["Ngày", "05/11/2019"],
        ["Không có", ""],
        ["Âm", "-5"],
    ]


@pytest.mark.parametrize("trick", TRICKS)
def test_a_text_a_spreadsheet_would_compute_begins_with_an_apostrophe_in_a_csv(trick):
    [_, [cell]] = read(write_csv(Sheet("Bảng", ("Tên",), ((trick,),))))
    assert cell == f"'{trick}"


@pytest.mark.parametrize("trick", TRICKS)
def test_in_a_workbook_it_is_a_text_and_stays_one_when_edited(trick):
    data = write_xlsx((Sheet("Bảng", ("Tên",), ((trick,),)),), "Bảng")
    cell = load_workbook(io.BytesIO(data)).active["A2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix


def test_in_a_workbook_numbers_are_numbers_and_days_are_days():
    page = load_workbook(io.BytesIO(write_xlsx((PLAIN,), "Bảng"))).active
    assert [page.cell(row, 2).value for row in (2, 3, 5, 6)] == [12, 63.64, None, -5]
    assert page["B4"].value.date() == date(2019, 11, 5)
    assert not page["A2"].quotePrefix


def test_the_same_sheets_have_the_same_bytes():
    assert write_xlsx((PLAIN,), "Bảng") == write_xlsx((PLAIN,), "Bảng")
    assert zipfile.is_zipfile(io.BytesIO(write_xlsx((PLAIN,), "Bảng")))
