"""Filled by another program, saved by LibreOffice in three formats, read back: the same figures each time."""

import io
import shutil
import subprocess
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from models.intake import check_reading
from tasks.adapters.archives import is_archive, may_be_form, unpack_archive
from tasks.adapters.workbooks import NotAWorkbookError, read_workbook, write_form
from tasks.adapters.workbooks.cells_xls import scan_book
from tests.form_mails import zipped
from tests.workbooks.make_workbooks import cell_of
from tests.workbooks.sample_forms import EVERY_KIND

ENTERED = {"K.01": 12, "K.02": 87.25, "K.03": "1.500.000", "K.04": "Có", "K.05": "công nhận mới", "K.06": "12/QĐ-UBND",
           "K.07": 0.6364, "K.10": "Phòng Y tế, Trung tâm Y tế", "K.11": date(2019, 11, 29)}  # fmt: skip
TAKEN = {"K.01": Decimal(12), "K.02": Decimal("87.25"), "K.03": Decimal(1_500_000), "K.04": Decimal(1), "K.05": "công nhận mới",
         "K.06": "12/QĐ-UBND", "K.07": Decimal("0.6364"), "K.10": "Phòng Y tế, Trung tâm Y tế",
         "K.11": "29/11/2019"}  # fmt: skip


def filled_in(formula=False):
    book = openpyxl.load_workbook(io.BytesIO(write_form(EVERY_KIND)))
    sheet = book["Biểu"]
    for code, value in ENTERED.items():
        sheet[cell_of(sheet, code)] = value
    sheet[cell_of(sheet, "K.01").replace("D", "E")] = "Theo rà soát tháng 10"
    if formula:
        sheet[cell_of(sheet, "K.01")] = "=5+7"
    texts = book["Thuyết minh"]
    texts["B5"], texts["B7"] = (
        "Đoạn một.\nĐoạn hai: a & b <c> {{ d }}",
        "=không phải công thức".replace("=", "＝"),
    )
    table = book["Bảng T1"]
    table["B5"], table["C5"], table["D5"] = "Tập huấn", 30, 1.5
    table["B7"], table["C7"] = "Trao quà", 45
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """Kind → bytes as LibreOffice saves them: all conversions in one start of the office."""
    office = shutil.which("soffice")
    assert office, "LibreOffice is needed for this test: install libreoffice-calc"
    home = tmp_path_factory.mktemp("office")
    names = {"plain": filled_in(), "formula": filled_in(formula=True)}
    for name, data in names.items():
        (home / f"{name}.xlsx").write_bytes(data)
    script = " ; ".join(
        f"{office} -env:UserInstallation=file://{home}/profile --headless --convert-to {kind} --outdir {home}/{kind} "
        f"{home}/plain.xlsx {home}/formula.xlsx"
        for kind in ("xlsx", "xls", "ods")
    )
    subprocess.run(["/bin/sh", "-c", script], check=True, capture_output=True, timeout=120)
    return {
        (kind, name): (home / kind / f"{name}.{kind}").read_bytes()
        for kind in ("xlsx", "xls", "ods")
        for name in names
    }


def values_of(intake):
    return {value.code: value.number if value.number is not None else value.text for value in intake.values}


def test_what_was_entered_is_what_is_taken():
    intake = check_reading(read_workbook(filled_in()), EVERY_KIND)
    assert intake.findings == ()
    assert values_of(intake) == TAKEN
    assert intake.by_code()["K.01"].note == "Theo rà soát tháng 10"
    assert (intake.narratives[0].code, intake.narratives[0].text) == (
        "I",
        "Đoạn một.\nĐoạn hai: a & b <c> {{ d }}",
    )
    assert [[v.number if v.text is None else v.text for v in r.values] for r in intake.records] == [
        ["Tập huấn", Decimal(30), Decimal("1.5")],
        ["Trao quà", Decimal(45)],
    ]


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_the_same_figures_come_back_after_libreoffice_saved_the_form(saved, kind):
    reading = read_workbook(saved[kind, "plain"])
    intake, direct = check_reading(reading, EVERY_KIND), check_reading(read_workbook(filled_in()), EVERY_KIND)
    assert reading.kind == kind
    assert intake == direct


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_form_that_another_program_saved_is_found_among_the_files_of_a_mail(saved, kind):
    data = saved[kind, "plain"]
    assert may_be_form(data)
    assert not is_archive(data)
    (member,) = unpack_archive(zipped((f"bieu.{kind}", data)))
    assert (member.data, member.problem) == (data, None)


@pytest.mark.parametrize("kind", ["xlsx", "xls", "ods"])
def test_a_formula_in_an_entry_cell_is_seen_in_every_format(saved, kind):
    intake = check_reading(read_workbook(saved[kind, "formula"]), EVERY_KIND)
    assert [(f.rule, f.cell) for f in intake.findings] == [("formula", "Biểu!D10")]
    assert intake.by_code()["K.01"].number == 12


@pytest.mark.parametrize("kind", ["xls", "ods"])
def test_a_cut_off_file_of_an_older_format_is_refused_in_words(saved, kind):
    data = saved[kind, "plain"]
    for part in (3, 5, 8):
        with pytest.raises(NotAWorkbookError):
            read_workbook(data[: len(data) * part // 9])


def test_the_sheets_of_an_old_binary_file_are_told_apart(saved):
    _, marks = scan_book(saved["xls", "formula"])
    assert set(marks) == {"Biểu", "Thuyết minh", "Bảng T1", "_dondoc"}
    assert (9, 3) in marks["Biểu"].formulas
    assert not marks["Thuyết minh"].formulas
