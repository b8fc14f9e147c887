"""The written form: public layout, protection, rules, same bytes, nothing taken for a formula."""

import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest

from models.form import FIGURE_HEADER, FormRow, Formula
from models.last_period import LastFigure, LastPeriod
from tasks.adapters.workbooks import read_workbook, write_form
from tasks.adapters.workbooks.filled import Filled
from tasks.adapters.workbooks.write import lay_out
from tests.workbooks.make_workbooks import cell_of
from tests.workbooks.sample_forms import EVERY_KIND, HUE_588


def opened(spec=HUE_588, prefill=None):
    return openpyxl.load_workbook(io.BytesIO(write_form(spec, prefill)))


def header_row(sheet):
    return next(
        row[0].row for row in sheet.iter_rows() if tuple(cell.value for cell in row[:5]) == FIGURE_HEADER
    )


def test_the_header_and_the_codes_stand_where_any_parser_finds_them():
    sheet = opened()["Biểu"]
    first = header_row(sheet) + 1
    codes = [row[0].value for row in sheet.iter_rows(min_row=first) if row[0].value]
    assert codes == [row.code for row in HUE_588.rows]
    labels = {row[0].value: (row[1].value, row[2].value or "") for row in sheet.iter_rows(min_row=first)}
    assert all(labels[row.code] == (row.label, row.unit_of_measure) for row in HUE_588.rows)


def test_the_narrative_sheet_has_exactly_the_two_public_columns():
    sheet = opened()["Thuyết minh"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    at = rows.index(["Mã", "Nội dung"])
    assert [row[0] for row in rows[at + 1 :] if row[0]] == ["I", "II", "III", "V"]


def test_only_entry_cells_notes_and_the_nil_choice_are_unlocked():
    sheet = opened()["Biểu"]
    assert sheet.protection.sheet
    assert not sheet.protection.password
    entered = {cell_of(sheet, row.code) for row in HUE_588.entered_rows}
    figures = {cell.coordinate for cell in sheet["D"] if not cell.protection.locked}
    assert figures == entered | {"D7"}
    assert all(cell.protection.locked for column in "ABC" for cell in sheet[column])


def test_each_entry_cell_has_a_rule_with_vietnamese_words_within_excels_limits():
    sheet = opened(EVERY_KIND)["Biểu"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    for row in EVERY_KIND.entered_rows:
        rule = rules[cell_of(sheet, row.code)]
        assert rule.prompt.startswith("Bắt buộc." if row.required else "Không bắt buộc.")
        assert len(rule.promptTitle) <= 32
        assert len(rule.prompt) <= 255
    assert rules[cell_of(sheet, "K.01")].type == "whole"
    assert rules[cell_of(sheet, "K.10")].formula1.startswith("'_dondoc'!")


def test_computed_rows_show_a_formula_that_never_divides_by_zero():
    sheet = opened()["Biểu"]
    ratio = sheet[cell_of(sheet, "H588.06R")].value
    assert ratio.startswith("=IF(COUNTA(")
    assert '=0,"–",' in ratio


def test_a_form_prints_on_a4_with_its_header_repeated():
    sheet = opened()["Biểu"]
    row = header_row(sheet)
    assert sheet.page_setup.paperSize == 9
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == f"${row}:${row + 1}"
    assert sheet.freeze_panes == f"C{row + 1}"


@pytest.mark.parametrize("spec", [HUE_588, EVERY_KIND], ids=["hue-588", "every kind"])
def test_the_same_form_is_the_same_bytes(spec):
    assert write_form(spec) == write_form(spec)
    assert write_form(spec) != write_form(replace(spec, unit="huyen-a-luoi"))


def test_a_form_addressed_to_a_unit_says_the_same_as_one_laid_out_for_it():
    quick, whole = (
        openpyxl.load_workbook(io.BytesIO(make)) for make in (write_form(HUE_588), lay_out(HUE_588, Filled()))
    )
    for name in whole.sheetnames:
        values = [[[cell.value for cell in row] for row in book[name].iter_rows()] for book in (quick, whole)]
        assert values[0] == values[1]
    assert "\ue000" not in str(
        [zipfile.ZipFile(io.BytesIO(write_form(HUE_588))).read(n) for n in ("xl/sharedStrings.xml",)]
    )


@pytest.mark.parametrize(
    "name",
    ["=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "A & B <C> {{ x }}", "_x0041_", "UBND " + "rất dài " * 20],
)
def test_a_unit_name_is_always_text(name):
    spec = replace(HUE_588, unit_name=name.strip())
    for prefill in ({}, {"H588.01": 7}):
        sheet = openpyxl.load_workbook(io.BytesIO(write_form(spec, prefill)))["Biểu"]
        said = [
            cell
            for row in sheet.iter_rows(max_row=3)
            for cell in row
            if cell.value and "Đơn vị báo cáo" in str(cell.value)
        ]
        assert [cell.value for cell in said] == [f"Đơn vị báo cáo: {spec.unit_name}"]
        assert said[0].data_type == "s"


def test_prefilled_values_are_read_back_as_if_entered():
    reading = read_workbook(
        write_form(HUE_588, {"H588.01": 7, "H588.04a": Decimal("1.5"), "H588.09": "=Có", "II": "=1+1"})
    )
    cells = {row.code: row.figure for row in reading.rows}
    assert (cells["H588.01"].value, cells["H588.04a"].value, cells["H588.09"].value) == (7, 1.5, "=Có")
    assert not cells["H588.09"].is_formula
    assert [line.text for line in reading.narratives if line.code == "II"] == ["=1+1"]


def test_identity_travels_inside_and_survives_the_loss_of_the_hidden_sheet():
    book = opened()
    assert book["_dondoc"].sheet_state == "veryHidden"
    del book["_dondoc"]
    out = io.BytesIO()
    book.save(out)
    identity = read_workbook(out.getvalue()).identity
    assert (identity.cycle, identity.unit, identity.token) == (HUE_588.cycle, HUE_588.unit, HUE_588.token)
    assert identity.version == HUE_588.version


def with_last(spec, **figures):
    last = LastPeriod(
        "năm 2018",
        tuple(
            LastFigure(code.replace("_", "."), *((None, value) if isinstance(value, str) else (value,)))
            for code, value in figures.items()
        ),
    )
    return replace(spec, last_period=last)


def test_the_period_before_stands_locked_right_of_the_public_columns_and_is_never_read():
    spec = with_last(HUE_588, H588_01=Decimal("12.5"), H588_09="có", H588_06R=Decimal("0.25"))
    sheet = openpyxl.load_workbook(io.BytesIO(write_form(spec)))["Biểu"]
    at = header_row(sheet)
    assert sheet[f"F{at}"].value == "Kỳ trước (năm 2018)"
    before = {row.code: sheet[cell_of(sheet, row.code).replace("D", "F")] for row in HUE_588.rows}
    assert (before["H588.01"].value, before["H588.09"].value, before["H588.06R"].value) == (12.5, "Có", 0.25)
    assert before["H588.02"].value is None
    assert all(cell.protection.locked for cell in before.values())
    read = read_workbook(write_form(spec)).rows
    assert [row.figure.value for row in read if row.code and row.figure.value] == []


def test_a_form_addressed_to_a_unit_has_that_units_period_before_and_nothing_of_the_form_before_it():
    first, second = (
        with_last(HUE_588, H588_01=Decimal(111), H588_02=Decimal(222)),
        with_last(HUE_588, H588_02=Decimal("1E+15"), H588_09="<không> & có"),
    )
    write_form(first)
    for spec in (second, first):
        books = [
            openpyxl.load_workbook(io.BytesIO(made)) for made in (write_form(spec), lay_out(spec, Filled()))
        ]
        quick, whole = ([[cell.value for cell in row] for row in book["Biểu"].iter_rows()] for book in books)
        assert quick == whole


def test_the_period_before_is_no_part_of_the_version_of_a_form():
    assert with_last(HUE_588, H588_01=Decimal(1)).version == HUE_588.version


def test_a_total_of_computed_lines_shows_nothing_while_nothing_is_entered():
    rows = (
        *HUE_588.rows,
        FormRow("X.1", "Cộng", "triệu đồng", "computed", entered=False, formula=Formula("sum", ("H588.04",))),
        FormRow("X.2", "Cộng", "triệu đồng", "computed", entered=False, formula=Formula("sum", ("H588.05",))),
    )
    sheet = openpyxl.load_workbook(io.BytesIO(write_form(replace(HUE_588, rows=rows))))["Biểu"]
    assert sheet[cell_of(sheet, "X.1")].value.startswith("=IF(COUNT(")
    assert sheet[cell_of(sheet, "X.2")].value.startswith("=IF(COUNTA(")
