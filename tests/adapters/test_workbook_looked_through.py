"""A list of people is found in whatever corner of a workbook it stands, since the whole file would be kept."""

import io

import openpyxl
import pytest
from openpyxl.comments import Comment

from models.privacy import people_lists
from tasks.adapters.workbooks import NotAWorkbookError, read_workbook
from tests.adapters.test_workbook_hostile import MAIN, unzipped, zipped
from tests.workbooks.make_workbooks import filled

HEADS = ("Họ và tên", "Ngày sinh")
NAMES = ("Nguyễn Văn A", "Trần Thị B", "Hồ Văn C")
COUNTS = ("Thôn", "Số trẻ em")


def into(sheet, row, *, people):
    for at, line in enumerate([HEADS if people else COUNTS, (NAMES[0], "12/3/2012" if people else 7)]):
        for column, value in enumerate(line, start=4):
            sheet.cell(row + at, column, value)


PLACES = {
    "on a sheet of its own": lambda book: (book.create_sheet("Trang 4"), 1),
    "on a sheet named as the form's, before it": lambda book: (book.create_sheet("Biểu ", 0), 1),
    "on a sheet named as the form's, behind it": lambda book: (book.create_sheet("BIỂU "), 1),
    "on our hidden sheet": lambda book: (book["_dondoc"], 40),
    "far below the form": lambda book: (book.create_sheet("Trang 4"), 6000),
}


def saved(change):
    book = openpyxl.load_workbook(io.BytesIO(filled()))
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("place", PLACES)
def test_a_list_is_found_wherever_its_cells_are_and_counts_there_are_none(place):
    def with_list(people):
        return read_workbook(saved(lambda book: into(*PLACES[place](book), people=people)))

    assert people_lists(with_list(True).grids)
    assert not people_lists(with_list(False).grids)


@pytest.mark.parametrize(
    "place", ["on a sheet named as the form's, before it", "on a sheet named as the form's, behind it"]
)
def test_of_two_sheets_named_alike_the_one_that_has_the_forms_own_name_is_the_form(place):
    reading = read_workbook(saved(lambda book: into(*PLACES[place](book), people=False)))
    assert [row.figure.cell for row in reading.rows][-1].startswith("Biểu!")
    assert reading.rows == read_workbook(filled()).rows


def noted(words):
    def change(book):
        for at, name in enumerate(NAMES, start=40):
            book["Biểu"].cell(at, 9).comment = Comment(f"{name}{words}", "x")

    return saved(change)


def test_a_list_is_found_in_notes_beside_cells():
    assert people_lists(read_workbook(noted(", sinh ngày 12/3/2012")).grids)
    assert not people_lists(read_workbook(noted(", ngày họp 12/3/2012")).grids)


def pivot(*columns):
    """The data a pivot table brings along when the sheet it is of is gone."""
    fields = "".join(
        f'<cacheField name="{head}"><sharedItems>{"".join(f"<s v={chr(34)}{each}{chr(34)}/>" for each in said)}</sharedItems></cacheField>'
        for head, *said in columns
    )
    part = f'<pivotCacheDefinition xmlns="{MAIN.decode()}"><cacheFields>{fields}</cacheFields></pivotCacheDefinition>'
    return zipped(unzipped(filled()) | {"xl/pivotCache/pivotCacheDefinition1.xml": part.encode()})


def test_a_list_is_found_in_the_data_a_pivot_table_brings_along():
    days = ("Ngày sinh", "2012-03-12T00:00:00", "2011-05-06T00:00:00")
    assert people_lists(read_workbook(pivot(("Họ và tên", *NAMES), days)).grids)
    assert not people_lists(read_workbook(pivot(("Thôn", "Một", "Hai"), ("Số trẻ em", "7", "8"))).grids)


def test_a_workbook_of_very_many_sheets_is_refused_in_words():
    def of(sheets):
        return saved(
            lambda book: [book.create_sheet(f"S{at}") for at in range(sheets - len(book.sheetnames))]
        )

    assert read_workbook(of(40)).has_figures
    with pytest.raises(NotAWorkbookError, match=r"quá nhiều sheet \(41; tối đa 40\)"):
        read_workbook(of(41))
