"""The quick look at a sheet and the careful one: one answer about formulas, and never less reach than there is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.adapters.workbooks import NotAWorkbookError, cells_xlsx, read_workbook, sheet_names
from tasks.adapters.workbooks.safety import unpack
from tests.workbooks.make_workbooks import BIEU, filled, repacked

SHEET = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>%b</sheetData></worksheet>'
PLACES = st.sampled_from(["A1", "D12", "E999", "ZZ999", "AAA1", "A1000", "XFD3", "B1048576", "XFD1048576"])
LOOKS = st.sampled_from(
    ["", ' s="3"', ' s="3" t="s"', ' cm="1"', ' other="1"', ' t="e"', ' s="3" t="e" cm="1"', ' t="str"']
)
INSIDE = st.sampled_from(["<v>1</v>", "<v></v>", "<f>A1</f><v>1</v>", '<f t="shared"/>', "<is><t>a</t></is>"])
CELLS = st.builds('<c r="{}"{}>{}</c>'.format, PLACES, LOOKS, INSIDE) | st.builds(
    '<c r="{}"{}/>'.format, PLACES, LOOKS
)
ODD = st.sampled_from(
    [
        "<c><v>1</v></c>",
        "<c  r='C5'><v>1</v></c>",
        '<c r="xfd7"><v>1</v></c>',
        '<c r="D4"><v>1</v><f>A1</f></c>',
        "<!-- <c -->",
    ]
)
GRIDS = st.lists(
    st.lists(CELLS | ODD, max_size=4).map(lambda row: f"<row>{''.join(row)}</row>"), max_size=5
).map(lambda rows: SHEET % "".join(rows).encode())


def careful(part):
    try:
        return cells_xlsx._summed_up(cells_xlsx._cells_slowly(part))
    except NotAWorkbookError as refused:
        return refused.rule


@given(GRIDS)
def test_the_quick_look_at_a_sheet_sees_every_formula_and_all_the_reach_that_the_careful_one_sees(part):
    quick, slow = cells_xlsx._cells(part), careful(part)
    assert quick.formulas == slow.formulas
    assert quick.height >= slow.height
    assert quick.width >= slow.width


@given(GRIDS)
def test_a_sheet_is_refused_for_its_reach_exactly_where_the_careful_look_would_refuse_it(part):
    slow = careful(part)
    if slow.height * slow.width > cells_xlsx.LARGEST_AREA:
        with pytest.raises(NotAWorkbookError, match="nằm xa ngoài biểu"):
            cells_xlsx.scan_sheets({"a": part})
    else:
        assert set(cells_xlsx.scan_sheets({"a": part})) == {"a"}


def _prefixed(part):
    return re.sub(rb"<(/?)([a-zA-Z])", rb"<\1x:\2", part).replace(b"xmlns=", b"xmlns:x=", 1)


FAR = b'<c r="XFD1048576"><v>1</v></c>'
HIDDEN = {
    "behind a prefix": lambda part: _prefixed(part.replace(b"</sheetData>", b"<row>" + FAR + b"</row></sheetData>")),
    "behind a prefix of its own": lambda part: part.replace(
        b"</sheetData>", FAR.replace(b"<", b"<x:").replace(b"x:/", b"/x:") + b"</sheetData>"
    ).replace(b"<worksheet ", b'<worksheet xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '),
    "outside of any row": lambda part: part.replace(b"</sheetData>", FAR.replace(b"<c ", b"<c  ") + b"</sheetData>"),
    "deeper in a row": lambda part: part.replace(
        b"</sheetData>", b"<row><x>" + FAR.replace(b"<c ", b"<c  ") + b"</x></row></sheetData>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("how", HIDDEN)
def test_a_cell_far_out_is_seen_however_it_hides_before_the_reader_can_run_out_of_memory(how):
    parts = unpack(repacked(filled(), {BIEU: HIDDEN[how]}))
    with pytest.raises(NotAWorkbookError) as refused:
        cells_xlsx.scan_sheets(parts)
    assert refused.value.rule == "too_many_cells"


def test_a_row_whose_number_is_none_refuses_the_file_in_words():
    odd = b"<row r='1x'><c  r='A60'><v>1</v></c></row></sheetData>"
    with pytest.raises(NotAWorkbookError, match="bị hỏng"):
        read_workbook(repacked(filled(), {BIEU: lambda part: part.replace(b"</sheetData>", odd)}))


BOOK = '<workbook xmlns="m" xmlns:r="o"><sheets>{}</sheets></workbook>'
LINKS = '<Relationships xmlns="p">{}</Relationships>'
SHEETS = st.builds(
    str.format,
    st.sampled_from(
        (
            *['<sheet name="{}" sheetId="1" r:id="{}"/>'] * 4,
            '<sheet name="{}" sheetId="1" state="hidden" r:id="{}"/>',
            '<sheet r:id="{1}" name="{0}" sheetId="1"/>',
            '<!--<sheet name="{}" sheetId="1" r:id="{}"/>-->',
            '<sheet\n name="{}" sheetId="1" r:id="{}"/>',
            '<sheet name="{}" sheetId="1" r:id="{}"></sheet>',
        )
    ),
    st.sampled_from(["Biểu", "Thuyết minh", "A &amp; B", "a>b"]),
    st.sampled_from(["rId1", "rId2", "rId3"]),
)
TARGETS = st.builds(
    str.format,
    st.sampled_from(
        (
            *['<Relationship Id="{}" Type="t" Target="{}"/>'] * 3,
            "<Relationship Id='{}' Type='t' Target='{}'/>",
            '<Relationship Target="{1}" Id="{0}"/>',
            '<!--<Relationship Id="{}" Type="t" Target="{}"/>-->',
        )
    ),
    st.sampled_from(["rId1", "rId2", "rId3"]),
    st.sampled_from(["worksheets/sheet1.xml", "/xl/worksheets/sheet2.xml", "a&amp;b.xml"]),
)


@given(st.lists(SHEETS, max_size=3), st.lists(TARGETS, max_size=3))
def test_the_parts_of_sheets_are_those_a_parser_finds(sheets, targets):
    book, links = BOOK.format("".join(sheets)).encode(), LINKS.format("".join(targets)).encode()
    found = sheet_names.sheet_parts({"xl/workbook.xml": book, "xl/_rels/workbook.xml.rels": links})
    assert found == sheet_names._parsed(book, links)
