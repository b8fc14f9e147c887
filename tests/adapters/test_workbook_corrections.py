"""A form written anew with what was typed and what is wrong: every kind of cell, and as LibreOffice has it afterwards."""

import io
import shutil
import subprocess

import openpyxl
import pytest

from models.intake import check_reading
from tasks.adapters.workbooks import read_workbook, write_corrections, write_form
from tests.workbooks.make_workbooks import cell_of
from tests.workbooks.sample_forms import EVERY_KIND

TYPED = {
    "K.01": "12 em",
    "K.02": 87.25,
    "K.03": "1.500.000",
    "K.04": "Có",
    "K.05": "giữ vững",
    "K.06": "=1+1",
}


def typed_in():
    book = openpyxl.load_workbook(io.BytesIO(write_form(EVERY_KIND)))
    sheet = book["Biểu"]
    for code, value in TYPED.items():
        sheet[cell_of(sheet, code)].value = value
        sheet[cell_of(sheet, code)].data_type = "n" if isinstance(value, float) else "s"
    sheet[cell_of(sheet, "K.02").replace("D", "E")] = "Chấm lần hai"
    sheet["D7"] = "chưa rõ"
    book["Thuyết minh"]["B7"] = "Đoạn một."
    table = book["Bảng T1"]
    table["B5"], table["C5"] = "Tập huấn", 30
    table["B9"], table["C9"] = "Trao quà", "nhiều"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def returned():
    reading = read_workbook(typed_in())
    return write_corrections(EVERY_KIND, reading, check_reading(reading, EVERY_KIND).findings)


def comments(sheet):
    return {cell.coordinate for row in sheet.iter_rows() for cell in row if cell.comment}


def test_every_kind_of_cell_that_is_wrong_is_marked_and_no_other(returned):
    book = openpyxl.load_workbook(io.BytesIO(returned))
    sheet = book["Biểu"]
    assert comments(sheet) == {"D7", cell_of(sheet, "K.01")}
    assert comments(book["Thuyết minh"]) == {"B5"}
    assert comments(book["Bảng T1"]) == {"C6"}  # its second line: the blank ones between are gone
    assert "ô C6 ghi “nhiều”" in book["Bảng T1"]["C6"].comment.text
    listed = [row[1].value for row in book["Điểm cần sửa"].iter_rows(min_row=5) if row[0].value]
    assert sorted(listed) == sorted(
        ["Biểu!D7", f"Biểu!{cell_of(sheet, 'K.01')}", "Thuyết minh!B5", "Bảng T1!C6"]
    )


def test_texts_come_back_as_texts_numbers_as_numbers_and_notes_beside_them(returned):
    cells = {row.code: row for row in read_workbook(returned).rows}
    assert {code: cells[code].figure.value for code in TYPED} == TYPED
    assert not any(cells[code].figure.is_formula for code in TYPED)
    assert cells["K.02"].note == "Chấm lần hai"


def test_the_same_refusal_is_the_same_bytes(returned):
    reading = read_workbook(typed_in())
    assert write_corrections(EVERY_KIND, reading, check_reading(reading, EVERY_KIND).findings) == returned


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_opened_and_saved_by_libreoffice_it_is_read_as_it_was(returned, kind, tmp_path):
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed for this test: install libreoffice-calc"
    (tmp_path / "form.xlsx").write_bytes(returned)
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", kind]
    command += ["--outdir", f"{tmp_path}/out", f"{tmp_path}/form.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    saved = read_workbook((tmp_path / "out" / f"form.{kind}").read_bytes())
    told = [
        [(f.rule, f.cell) for f in check_reading(reading, EVERY_KIND).findings]
        for reading in (saved, read_workbook(returned))
    ]
    assert told[0] == told[1]
    assert told[0]
