"""Makes the files of should_pass and should_fail anew: `python -m tests.workbooks.make_workbooks` from the root.

Every file differs by one thing from `filled()`, a form a unit has filled in properly. What each wrong file must
be answered with stands in `expected.json`, written here too, beside the change that makes it wrong.
"""

import io
import json
import re
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from models.form import FormRow, FormSpec
from tasks.adapters.workbooks import write_form
from tests.workbooks.sample_forms import HUE_588

HERE = Path(__file__).parent
_SAVED = re.compile(rb"<dcterms:modified.*?</dcterms:modified>")
BIEU = "xl/worksheets/sheet1.xml"
WELL_FILLED = {
    "H588.09": "Có", "H588.01": 7, "H588.02": 5, "H588.11": 120, "H588.21": 90, "H588.12": 400, "H588.22": 380,
    "H588.13": 250, "H588.23": 0, "H588.14": 500, "H588.24": 500, "H588.03": 640, "H588.04a": 120.5, "H588.04b": 50,
    "H588.04c": 0, "H588.04d": 12.25, "H588.04đ": 0, "H588.04e": 3, "H588.05": 45, "H588.06": 180, "H588.07": 25,
}  # fmt: skip
SECTIONS = {
    "I": "Kế hoạch số 12/KH-UBND ngày 20/7/2019.",
    "II": "Đã hỗ trợ 640 trẻ em.\nKhông có tồn đọng.",
}

Change = Callable[[openpyxl.Workbook], None]


def cell_of(sheet: Worksheet, code: str) -> str:
    """D-cell of the line with this code, as somebody with the file open would find it."""
    for row in sheet.iter_rows(min_col=1, max_col=1):
        if row[0].value == code:
            return f"D{row[0].row}"
    raise KeyError(code)


def filled(
    spec: FormSpec = HUE_588, values: dict[str, Any] | None = None, change: Change | None = None
) -> bytes:
    """The form filled in with openpyxl, as any other program would, never with our own reader's help."""
    book = openpyxl.load_workbook(io.BytesIO(write_form(spec)))
    sheet = book["Biểu"]
    for code, value in {**WELL_FILLED, **(values or {})}.items():
        sheet[cell_of(sheet, code)] = value
    for row in book["Thuyết minh"].iter_rows(min_row=4):
        if row[0].value in SECTIONS:
            row[1].value = SECTIONS[row[0].value]
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    # openpyxl notes the minute of saving; without it the files made today and tomorrow are the same.
    return repacked(out.getvalue(), {"docProps/core.xml": lambda part: _SAVED.sub(b"", part)})


def repacked(
    data: bytes, changes: dict[str, Callable[[bytes], bytes]], extra: dict[str, bytes] | None = None
) -> bytes:
    """The package with some parts changed and some added."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            new.writestr(
                zipfile.ZipInfo(info.filename),
                changes.get(info.filename, bytes)(content),
                zipfile.ZIP_DEFLATED,
            )
        for name, content in (extra or {}).items():
            new.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _put(code: str, value: object) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        sheet = book["Biểu"]
        sheet[cell_of(sheet, code)] = value

    return change


def _on_sheet(act: Callable[[Worksheet], object]) -> Change:
    def change(book: openpyxl.Workbook) -> None:
        act(book["Biểu"])

    return change


def _row(sheet: Worksheet, code: str) -> int:
    return int(cell_of(sheet, code)[1:])


def _merge(sheet: Worksheet) -> None:
    at = _row(sheet, "H588.11")
    sheet.merge_cells(f"D{at}:D{at + 1}")


def _twice(sheet: Worksheet) -> None:
    sheet.cell(_row(sheet, "H588.21"), 1).value = "H588.11"


def _unknown(sheet: Worksheet) -> None:
    sheet.cell(_row(sheet, "H588.04"), 1).value = "H999.99"


def _extra_line(sheet: Worksheet) -> None:
    at = _row(sheet, "H588.21")
    sheet.cell(at, 1).value = None


def _nil_and_figures(book: openpyxl.Workbook) -> None:
    sheet = book["Biểu"]
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value == "Không phát sinh":
                sheet.cell(cell.row, 4).value = "Có"


def _without_identity(book: openpyxl.Workbook) -> None:
    del book["_dondoc"]
    del book.custom_doc_props["dondoc"]


def _say(book: openpyxl.Workbook, section: str, text: str) -> None:
    for row in book["Thuyết minh"].iter_rows(min_row=4):
        if row[0].value == section:
            row[1].value = text


def _old_font(book: openpyxl.Workbook) -> None:
    _say(book, "II", "§· hç trî 640 trÎ em, cßn l¹i ch\xada ®\xadîc hç trî.")


_CHILDREN = (("Nguyễn Văn A", "12/3/2012"), ("Trần Thị B", "5/11/2010"), ("Hồ Văn C", "1/2/2014"))


def _children(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("Danh sách")
    sheet.append(("STT", "Họ và tên trẻ", "Ngày sinh", "Thôn"))
    sheet.append((1, *_CHILDREN[0], "Thôn 4"))


def _children_quietly(book: openpyxl.Workbook) -> None:
    sheet = book.create_sheet("Sheet1")
    for child in _CHILDREN:
        sheet.append(child)


def phantom_rows(part: bytes) -> bytes:
    rows = b"".join(b'<row r="%d" ht="15.75" customHeight="1"/>' % row for row in range(60, 1_048_577))
    return part.replace(b"</sheetData>", rows + b"</sheetData>")


def _far_cell(part: bytes) -> bytes:
    return part.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')


def _far_cell_quietly(part: bytes) -> bytes:
    return part.replace(
        b"</sheetData>", b"<row r='1048576'><c  r='XFD1048576' ><v>1</v></c></row></sheetData>"
    )


def _entities(part: bytes) -> bytes:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    head, _, rest = (
        part.partition(b"?>") if part.startswith(b"<?xml") else (b'<?xml version="1.0"', b"", part)
    )
    return head + b"?>" + bomb + rest


def _zip_bomb() -> bytes:
    return repacked(filled(), {}, {"xl/media/filler.xml": b" " * (90 << 20)})


def _lying_bomb() -> bytes:
    """A part that unpacks to 60 MB while the directory says one kilobyte."""
    data = bytearray(repacked(filled(), {}, {"xl/filler.xml": b" " * (60 << 20)}))
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        start = data.rfind(b"xl/filler.xml") if mark == b"PK\x01\x02" else data.find(b"xl/filler.xml")
        head = data.rfind(mark, 0, start)
        data[head + at : head + at + 4] = (1024).to_bytes(4, "little")
    return bytes(data)


_OTHER_UNIT = replace(HUE_588, unit="huyen-a-luoi", unit_name="UBND huyện A Lưới")
_LAST_YEAR = replace(HUE_588, cycle="hue-588/O2/2018", period_label="năm 2018")
_OLDER = replace(HUE_588, rows=(*HUE_588.rows, FormRow("H588.99", "Chỉ tiêu đã bỏ", "người", "count")))

# File name → content, the rule that must answer, and the cell in sheet Biểu it must point at.
SHOULD_FAIL: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "blank-required.xlsx": (lambda: filled(change=_put("H588.21", None)), "required_blank", "D16"),
    "spaces-only.xlsx": (lambda: filled(change=_put("H588.21", " \u00a0 ")), "required_blank", "D16"),
    "text-in-count.xlsx": (lambda: filled(change=_put("H588.21", "khoảng 90 em")), "not_a_number", "D16"),
    "khong-in-count.xlsx": (lambda: filled(change=_put("H588.21", "không")), "word_for_zero", "D16"),
    "dash-in-count.xlsx": (lambda: filled(change=_put("H588.21", "-")), "mark_for_blank", "D16"),
    "comma-thousands.xlsx": (lambda: filled(change=_put("H588.21", "1,234")), "ambiguous_number", "D16"),
    "dot-decimal.xlsx": (lambda: filled(change=_put("H588.05", "1.5")), "ambiguous_number", "D32"),
    "range-in-count.xlsx": (lambda: filled(change=_put("H588.01", "01 đến 02 xã")), "range", "D12"),
    "old-font.xlsx": (lambda: filled(change=_old_font), "legacy_text", ""),
    "list-of-children.xlsx": (lambda: filled(change=_children), "personal_data", ""),
    "list-without-headings.xlsx": (lambda: filled(change=_children_quietly), "personal_data", ""),
    "negative.xlsx": (lambda: filled(change=_put("H588.21", -3)), "negative", "D16"),
    "half-a-child.xlsx": (lambda: filled(change=_put("H588.21", 90.5)), "not_an_integer", "D16"),
    "percent-in-count.xlsx": (lambda: filled(change=_put("H588.21", "90%")), "percent_not_asked", "D16"),
    "other-unit-of-measure.xlsx": (lambda: filled(change=_put("H588.05", "5 tỷ đồng")), "other_unit", "D32"),
    "too-large-number.xlsx": (lambda: filled(change=_put("H588.05", 1e16)), "out_of_range", "D32"),
    "neither-yes-nor-no.xlsx": (lambda: filled(change=_put("H588.09", "đang làm")), "not_yes_or_no", "D11"),
    "formula-never-calculated.xlsx": (lambda: filled(change=_put("H588.21", "=50+40")), "formula_without_value", "D16"),
    "formula-cmd.xlsx": (lambda: filled(change=_put("H588.21", "=cmd|' /C calc'!A0")), "formula_without_value", "D16"),
    "row-removed.xlsx": (lambda: filled(change=_on_sheet(lambda s: s.delete_rows(_row(s, "H588.21")))), "row_missing", ""),
    "row-twice.xlsx": (lambda: filled(change=_on_sheet(_twice)), "row_repeated", "A16"),
    "row-unknown.xlsx": (lambda: filled(change=_on_sheet(_unknown)), "row_unknown", "A25"),
    "code-erased.xlsx": (lambda: filled(change=_on_sheet(_extra_line)), "figure_without_code", "D16"),
    "cells-merged.xlsx": (lambda: filled(change=_on_sheet(_merge)), "cells_merged", "D15"),
    "nil-with-figures.xlsx": (lambda: filled(change=_nil_and_figures), "nil_with_figures", "D7"),
    "narrative-missing.xlsx": (lambda: filled(change=lambda b: b["Thuyết minh"].delete_rows(5)), "row_missing", ""),
    "sheet-missing.xlsx": (lambda: filled(change=lambda b: b.remove(b["Biểu"])), "not_ours", ""),
    "not-our-form.xlsx": (lambda: filled(change=_without_identity), "not_ours", ""),
    "other-units-form.xlsx": (lambda: filled(_OTHER_UNIT), "other_unit_form", ""),
    "last-years-form.xlsx": (lambda: filled(_LAST_YEAR), "other_cycle", ""),
    "older-form.xlsx": (lambda: filled(_OLDER), "old_form", ""),
    "empty.xlsx": (lambda: b"", "empty_file", ""),
    "picture.xlsx": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(64), "not_a_workbook", ""),
    "scan.xlsx": (lambda: b"%PDF-1.4\n", "not_a_workbook", ""),
    "page.xls": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "not_a_workbook", ""),
    "letter.xlsx": (lambda: repacked(_zip({"word/document.xml": b"<w/>"}), {}), "not_a_workbook", ""),
    "cut-off.xlsx": (lambda: filled()[:6000], "corrupt", ""),
    "broken-part.xlsx": (lambda: repacked(filled(), {BIEU: lambda x: x[: len(x) // 2]}), "corrupt", ""),
    "broken-old.xls": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "corrupt", ""),
    "zip-bomb.xlsx": (_zip_bomb, "unpacks_too_large", ""),
    "lying-bomb.xlsx": (_lying_bomb, "corrupt", ""),
    "many-parts.xlsx": (lambda: repacked(filled(), {}, {f"x{i}.xml": b"" for i in range(400)}), "unpacks_too_large", ""),
    "entity-bomb.xlsx": (lambda: repacked(filled(), {BIEU: _entities}), "entities", ""),
    "macro.xlsm": (lambda: repacked(filled(), {}, {"xl/vbaProject.bin": b"x"}), "macros", ""),
    "external-link.xlsx": (
        lambda: repacked(filled(), {}, {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "external_links", ""),
    "far-cell.xlsx": (lambda: repacked(filled(), {BIEU: _far_cell}), "too_many_cells", ""),
    "far-cell-quietly.xlsx": (lambda: repacked(filled(), {BIEU: _far_cell_quietly}), "too_many_cells", ""),
}  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _moved(sheet: Worksheet) -> None:
    first, second = (_row(sheet, code) for code in ("H588.11", "H588.14"))
    for column in (1, 2, 4):
        one, other = sheet.cell(first, column), sheet.cell(second, column)
        one.value, other.value = other.value, one.value


def _hide(book: openpyxl.Workbook) -> None:
    book["Thuyết minh"].sheet_state = "hidden"


def _no_sheet_but_property(book: openpyxl.Workbook) -> None:
    del book["_dondoc"]


def _stray_space_in_the_last_row(part: bytes) -> bytes:
    stray = b'<row r="1048576"><c r="E1048576" t="inlineStr"><is><t> </t></is></c></row></sheetData>'
    return part.replace(b"</sheetData>", stray)


_UNSEEN = "Đã hỗ trợ\u200b 640\u202e trẻ em\ufeff {{ 7*7 }} & <b> =cmd|' /C calc'!A0"


def _confirmed(book: openpyxl.Workbook) -> None:
    sheet = book["Biểu"]
    at = _row(sheet, "H588.14")
    sheet.cell(at, 4).value, sheet.cell(at, 5).value = "1,234", "Xác nhận 1234"


def _in_pieces(book: openpyxl.Workbook) -> None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = unicodedata.normalize("NFD", cell.value)


SHOULD_PASS: dict[str, Callable[[], bytes]] = {
    "well-filled.xlsx": filled,
    "as-offices-type.xlsx": lambda: filled(
        values={"H588.09": "x", "H588.12": "1 400", "H588.22": "1.380", "H588.04a": "1.355,90", "H588.05": "45 tr", "H588.01": "07"}),
    "rows-in-other-order.xlsx": lambda: filled(change=_on_sheet(_moved)),
    "hidden-sheet.xlsx": lambda: filled(change=_hide),
    "identity-sheet-deleted.xlsx": lambda: filled(change=_no_sheet_but_property),
    "full-width-figures.xlsx": lambda: filled(values={"H588.12": "４００", "H588.04a": "１２０，５"}),
    "confirmed-in-the-note.xlsx": lambda: filled(change=_confirmed),
    "letters-in-pieces.xlsx": lambda: filled(change=_in_pieces),
    "signs-nobody-sees.xlsx": lambda: filled(change=lambda book: _say(book, "II", _UNSEEN)),
    "stray-space-in-last-row.xlsx": lambda: repacked(filled(), {BIEU: _stray_space_in_the_last_row}),
}  # fmt: skip


def main() -> None:
    for folder in ("should_pass", "should_fail"):
        for old in (HERE / folder).glob("*.*"):
            old.unlink()
    for name, make in SHOULD_PASS.items():
        (HERE / "should_pass" / name).write_bytes(make())
    expected = {}
    for name, (make, rule, cell) in SHOULD_FAIL.items():
        (HERE / "should_fail" / name).write_bytes(make())
        expected[name] = {"rule": rule, "cell": f"Biểu!{cell}" if cell else ""}
    (HERE / "expected.json").write_text(
        json.dumps(expected, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
