"""Old binary workbooks made to end the process of whoever reads them are refused in words before the reader sees them."""

import struct

import pytest

from tasks.adapters.workbooks.cells_xls import scan_book
from tasks.adapters.workbooks.compound import compound
from tasks.adapters.workbooks.texts_xls import text_sizes
from tests.workbooks.apart import read_apart

READ = "findings"
"""What is said of a workbook that was read and is no form of ours."""


def record(kind, body=b""):
    return struct.pack("<2H", kind, len(body)) + body


BEGIN, END = record(0x0809, struct.pack("<2H4x", 0x0600, 0x0010)), record(0x000A)


def number(row, column):
    return record(0x0203, struct.pack("<3Hd", row, column, 0, 1.0))


def shared(row, column, text=0):
    return record(0x00FD, struct.pack("<3HI", row, column, 0, text))


def texts(*said):
    body = b"".join(struct.pack("<HB", len(each), 0) + each for each in said)
    return record(0x00FC, struct.pack("<2I", len(said), len(said)) + body)


NEAR, FAR = number(5, 5), number(65_535, 60_000)


def book(*sheets, starts=None, said=b""):
    """The stream of a workbook; `starts`: which sheet each name is of."""
    starts = [*(starts or range(len(sheets)))]
    places = [len(BEGIN + said + END) + 13 * len(starts)]
    for each in sheets:
        places.append(places[-1] + len(each))
    names = [
        record(0x0085, struct.pack("<I2xBB", places[which], 1, 0) + b"%c" % (65 + at))
        for at, which in enumerate(starts)
    ]
    return BEGIN + said + b"".join(names) + END + b"".join(sheets)


def xls(*sheets, **more):
    return compound("Workbook", book(*sheets, **more))


def sheet(*cells):
    return BEGIN + b"".join(cells) + END


CHART = BEGIN + number(1, 1) + END
WHERE = {
    "alone": sheet,
    "behind a chart within the sheet": lambda cell: sheet(CHART, cell),
    "within a chart": lambda cell: sheet(BEGIN + cell + END),
    "behind two charts, one within the other": lambda cell: sheet(BEGIN + CHART + END, cell),
}


@pytest.mark.parametrize("where", WHERE)
def test_a_cell_far_out_is_seen_wherever_it_stands_in_its_sheet(where):
    assert read_apart(xls(WHERE[where](NEAR))) == READ
    assert read_apart(xls(WHERE[where](FAR))) == "too_many_cells"


def test_an_error_is_seen_as_a_formula_is_and_a_yes_is_not():
    def told(value, is_error):
        cell = record(0x0205, struct.pack("<3H2B", 5, 5, 0, value, is_error))
        return scan_book(xls(sheet(cell)))[1]["A"].formulas

    assert told(42, 1) == {(5, 5)}
    assert told(1, 0) == set()


def test_many_sheets_may_not_reach_further_together_than_one():
    wide = sheet(number(65_535, 90))
    assert read_apart(xls(wide)) == READ
    assert read_apart(xls(*[wide] * 20)) == "too_many_cells"


def test_no_two_sheets_may_be_of_the_same_records():
    assert read_apart(xls(*[sheet(*[NEAR] * 500)] * 2)) == READ
    assert read_apart(xls(sheet(*[NEAR] * 500), starts=[0, 0])) == "corrupt"


def test_texts_are_measured_that_go_on_in_other_records_and_have_looks_of_their_own():
    first = (
        struct.pack("<2I", 3, 3)
        + struct.pack("<HBH", 3, 8, 1)
        + b"abc"
        + bytes(4)
        + struct.pack("<HB", 5, 1)
        + "de".encode("utf-16-le")
    )
    second = b"\0fgh" + struct.pack("<HBi", 2, 4, 6) + b"ij" + bytes(2)
    assert text_sizes([first, second, bytes(4)]) == [9, 15, 6]


def test_one_long_text_may_not_stand_in_very_many_cells():
    cells = [shared(row, column) for row in range(1000) for column in range(20)]
    assert read_apart(xls(sheet(*cells), said=texts(b"A", b"A" * 8000))) == READ
    cells = [shared(row, column, 1) for row in range(1000) for column in range(20)]
    assert read_apart(xls(sheet(*cells), said=texts(b"A", b"B"))) == READ
    assert read_apart(xls(sheet(*cells), said=texts(b"A", b"A" * 8000))) == "unpacks_too_large"


@pytest.mark.parametrize(("kind", "before"), [(0x0204, 6), (0x00D6, 6), (0x0207, 0)])
def test_a_text_may_not_claim_more_letters_than_it_has(kind, before):
    def claiming(letters):
        return sheet(
            *[record(kind, bytes(before) + struct.pack("<HB", letters, 0) + b"A") for _ in range(9000)]
        )

    assert read_apart(xls(claiming(1))) == READ
    assert read_apart(xls(claiming(65_535))) == "corrupt"


def test_a_workbook_in_the_mini_stream_is_not_looked_for():
    whole = xls(sheet(NEAR))
    size = struct.pack("<IQ", 0, 4096)
    assert whole.count(size) == 1
    assert read_apart(whole) == READ
    assert read_apart(whole.replace(size, struct.pack("<IQ", 0, 4095))) == "corrupt"


def test_the_reader_follows_no_table_of_the_file_that_came():
    """Nothing in the header of what came leads the reader round and round."""
    whole = bytearray(xls(sheet(NEAR)))
    first_table = struct.unpack_from("<I", whole, 76)[0]
    struct.pack_into("<2I", whole, 68, first_table, 0)
    struct.pack_into("<I", whole, (first_table + 2) * 512 - 4, first_table)
    assert read_apart(bytes(whole)) == READ
