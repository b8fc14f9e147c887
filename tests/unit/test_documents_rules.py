"""The decree's figures and the values a document is made of."""

from datetime import date

import pytest

from models.documents import (
    Column,
    Head,
    Heading,
    LetterDocument,
    Paragraph,
    ReportDocument,
    Row,
    Signature,
    Table,
)
from models.nd30 import MARGINS_MM, TYPE_SYMBOLS, Span, document_number, heading_numbers, point_letter, roman

HEAD = Head(agency="Phòng A", symbol="BC-PA", place="Khe Tre", day=date(2014, 10, 29))
SIGNATURE = Signature((), "Trưởng phòng")
TEXT = Paragraph("Nội dung.")


def test_points_are_lettered_in_the_vietnamese_alphabet():
    assert "".join(point_letter(place) for place in range(1, 12)) == "abcdđeghikl"


def test_points_beyond_the_alphabet_double_the_letter():
    assert [point_letter(place) for place in (23, 24, 25)] == ["y", "aa", "bb"]


@pytest.mark.parametrize(
    ("number", "text"), [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX")]
)
def test_roman_numbers(number, text):
    assert roman(number) == text


@pytest.mark.parametrize("counting", [roman, point_letter])
def test_nothing_is_numbered_zero(counting):
    with pytest.raises(ValueError, match="not 0"):
        counting(0)


def test_each_level_of_headings_starts_again_under_a_higher_one():
    assert list(heading_numbers(iter([1, 2, 3, 3, 2, 3, 1, 2]))) == [
        "I.",
        "1.",
        "a)",
        "b)",
        "2.",
        "a)",
        "II.",
        "1.",
    ]


def test_a_number_below_ten_gets_a_leading_zero():
    assert document_number("7", "BC-SLĐTBXH") == "Số: 07/BC-SLĐTBXH"
    assert document_number("107", "BC-SLĐTBXH") == "Số: 107/BC-SLĐTBXH"
    assert document_number("7a", "UBND-XH") == "Số: 7a/UBND-XH"


def test_without_a_number_room_is_left_for_it():
    assert document_number(None, "BC-SLĐTBXH") == "Số:       /BC-SLĐTBXH"


def test_a_span_includes_both_ends_and_reads_in_vietnamese():
    assert 30 in MARGINS_MM["left"]
    assert 35 in MARGINS_MM["left"]
    assert 35.5 not in MARGINS_MM["left"]
    assert str(Span(12.5, 14)) == "12,5–14"
    assert str(Span(13, 13)) == "13"


def test_no_two_types_share_a_symbol():
    assert len(set(TYPE_SYMBOLS.values())) == len(TYPE_SYMBOLS)
    assert TYPE_SYMBOLS["Báo cáo"] == "BC"


def test_a_body_that_ends_in_text_is_taken():
    assert (
        ReportDocument(HEAD, "Kết quả", (Heading(1, "Kết quả"), TEXT), SIGNATURE, ("Lưu: VT",)).blocks[-1]
        is TEXT
    )


@pytest.mark.parametrize("blocks", [(), (TEXT, Heading(1, "Kết quả")), (TEXT, Table((Column("TT"),), ()))])
def test_a_body_the_closing_mark_cannot_end_is_refused(blocks):
    with pytest.raises(ValueError, match=r"\./\."):
        ReportDocument(HEAD, "Kết quả", blocks, SIGNATURE, ("Lưu: VT",))


def test_a_letter_to_nobody_is_refused():
    assert LetterDocument(HEAD, "đôn đốc", ("Xã B",), (TEXT,), SIGNATURE, ("Lưu: VT",)).addressees
    with pytest.raises(ValueError, match="addressed"):
        LetterDocument(HEAD, "đôn đốc", (), (TEXT,), SIGNATURE, ("Lưu: VT",))


def test_a_row_has_a_cell_for_every_column():
    columns = (Column("TT"), Column("Đơn vị"))
    assert Table(columns, (Row(("1", "Xã A")),)).rows
    with pytest.raises(ValueError, match="row 2 has 1 cells, there are 2 columns"):
        Table(columns, (Row(("1", "Xã A")), Row(("2",))))


def test_a_table_without_columns_is_refused():
    with pytest.raises(ValueError, match="one column"):
        Table((), ())
