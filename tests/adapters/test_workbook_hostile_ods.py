"""OpenDocument files made to end the process of whoever reads them are refused in words before the reader sees them."""

import pytest

from tests.adapters.test_workbook_hostile import BIEU, filled, into_grid, unzipped, zipped
from tests.workbooks.apart import read_apart

KIND = b"application/vnd.oasis.opendocument.spreadsheet"
URN = "urn:oasis:names:tc:opendocument:xmlns:"
BOOK = (
    '<office:document-content xmlns:office="{office}" xmlns:table="{table}" xmlns:text="{text}">'
    "<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
)
TABLE = '<table:table table:name="{}">{}</table:table>'
ROW = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
CELL = '<table:table-cell {} table:number-columns-repeated="{}">{}</table:table-cell>'
READ = "findings"
"""What is said of a workbook that was read and is no form of ours."""


def ods(*tables, **uris):
    named = {name: f"{URN}{name}:1.0" for name in ("office", "table", "text")} | uris
    content = BOOK.format(
        tables="".join(TABLE.format(f"t{at}", each) for at, each in enumerate(tables)), **named
    )
    manifest = b"<manifest:manifest xmlns:manifest='%smanifest:1.0'/>" % URN.encode()
    return zipped({"mimetype": KIND, "content.xml": content.encode(), "META-INF/manifest.xml": manifest})


def one(cell, rows=1):
    return ROW.format(rows, cell)


HOLDS = [
    'office:value-type="float" office:value="1"',
    'office:value="1"',
    'office:string-value="1"',
    'office:boolean-value="true"',
    'table:formula="of:=1"',
]


@pytest.mark.parametrize("holds", HOLDS)
def test_whatever_makes_a_cell_hold_something_counts_when_it_is_repeated(holds):
    assert read_apart(ods(one(CELL.format(holds, 5, ""), 1000))) == READ
    assert read_apart(ods(one(CELL.format(holds, 5000, ""), 1_000_000))) == "too_many_cells"


@pytest.mark.parametrize("prefix", ["table", "office", "text"])
def test_a_prefix_that_means_something_else_than_it_always_does_refuses_the_file(prefix):
    cell = CELL.format(HOLDS[0], 5, "")
    assert read_apart(ods(one(cell))) == READ
    assert read_apart(ods(one(cell), **{prefix: "urn:other"})) in {"corrupt", "not_a_workbook"}


def text(inside, columns=1, rows=1):
    return ods(one(CELL.format('office:value-type="string"', columns, f"<text:p>{inside}</text:p>"), rows))


def test_blanks_are_counted_that_are_written_as_a_number():
    assert read_apart(text('<text:s text:c="50"/>' * 50)) == READ
    assert read_apart(text('<text:s text:c="50000000"/>' * 50)) == "unpacks_too_large"
    assert read_apart(text('<text:s text:c="90000000000"/>')) == "corrupt"


def test_a_long_text_may_not_be_repeated_in_very_many_cells():
    assert read_apart(text("A" * 100_000)) == READ
    assert read_apart(text("A" * 100_000, 50, 1000)) == "unpacks_too_large"


def test_many_sheets_may_not_reach_further_together_than_one():
    wide = one(CELL.format(HOLDS[0], 1, ""), 1_000_000)
    assert read_apart(ods(wide)) == READ
    assert read_apart(ods(*[wide] * 40)) == "too_many_cells"


def test_an_excel_workbook_inside_an_opendocument_file_is_not_read():
    odd = unzipped(ods(one(CELL.format(HOLDS[0], 1, ""))))
    parts = unzipped(filled())
    far = into_grid(b'<row><c r="XFD1048576"><v>1</v></c></row>')[BIEU](parts[BIEU])
    assert read_apart(zipped(odd)) == READ
    assert read_apart(zipped(odd | parts | {BIEU: far})) == READ
