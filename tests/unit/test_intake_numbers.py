"""Numbers as offices type them: one reading is taken, two are asked about, none is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.numbers_in import Unclear, read_number
from models.text import number

ONE_READING = [
    ("1234", "count", "người", "1234"),
    ("07", "count", "đơn vị", "7"),
    ("1.234.567", "count", "người", "1234567"),
    ("1.234", "count", "người", "1234"),
    ("1.234", "money", "đồng", "1234"),
    ("1 234", "count", "người", "1234"),
    ("1\u00a0234", "count", "người", "1234"),
    ("1\u200b234", "count", "người", "1234"),
    ("1234,5", "money", "triệu đồng", "1234.5"),
    ("1.355,90", "money", "triệu đồng", "1355.90"),
    ("1 355,90", "money", "triệu đồng", "1355.90"),
    ("0,123", "number", "điểm", "0.123"),
    ("1,234,567", "count", "người", "1234567"),
    ("1,234.5", "money", "đồng", "1234.5"),
    ("500.000 đồng", "money", "đồng", "500000"),
    ("500.000đ", "money", "đồng", "500000"),
    ("45 tr", "money", "triệu đồng", "45"),
    ("120 người", "count", "người", "120"),
    ("63,64%", "ratio", "%", "0.6364"),
    ("70 %", "ratio", "%", "0.7"),
    ("63,64%", "number", "%", "63.64"),
    ("-5", "number", "điểm", "-5"),
    ("\u22125", "number", "điểm", "-5"),
    ("１２３", "count", "người", "123"),
    ("１．２３４，５", "money", "triệu đồng", "1234.5"),
    ("1\u202f234", "count", "người", "1234"),
    ("07 đơn vị", "count", "đơn vị", "7"),
    ("500.000 đ", "money", "đồng", "500000"),
]
ASKED = [
    ("1,234", "count", "người", "ambiguous_number", ("1234", "1,234")),
    ("1.5", "money", "triệu đồng", "ambiguous_number", ("1,5", "15")),
    ("1.234", "number", "điểm", "ambiguous_number", ("1234", "1,234")),
    ("-1,234", "number", "điểm", "ambiguous_number", ("-1234", "-1,234")),
    ("\u22121.5", "number", "điểm", "ambiguous_number", ("-1,5", "-15")),
    ("1,234 triệu đồng", "money", "triệu đồng", "ambiguous_number", ("1234", "1,234")),
    ("1,234 tỷ", "money", "triệu đồng", "other_unit", ()),
    ("không", "count", "người", "word_for_zero", ("0",)),
    ("KHÔNG", "count", "người", "word_for_zero", ("0",)),
    ("-", "count", "người", "mark_for_blank", ("0", "")),
    ("–", "count", "người", "mark_for_blank", ("0", "")),
    ("63,64", "ratio", "%", "percent_sign_missing", ("63,64%",)),
    ("0,5", "ratio", "%", "percent_sign_missing", ("0,5%", "50%")),
    ("90%", "count", "người", "percent_not_asked", ()),
    ("5 triệu", "money", "đồng", "other_unit", ()),
    ("500.000 đồng", "money", "triệu đồng", "other_unit", ()),
    ("khoảng 90", "count", "người", "not_a_number", ()),
    ("1.23.456", "count", "người", "not_a_number", ()),
    ("1..2", "count", "người", "not_a_number", ()),
    ("=cmd", "count", "người", "not_a_number", ()),
    ("01 đến 02 xã", "count", "xã", "range", ()),
    ("5-6", "count", "người", "range", ()),
    ("7/11", "count", "xã", "not_a_number", ()),
    ("٣", "count", "người", "not_a_number", ()),
]


@pytest.mark.parametrize(("typed", "kind", "unit", "meant"), ONE_READING)
def test_a_number_with_one_reading_is_taken(typed, kind, unit, meant):
    assert read_number(typed, kind, unit) == Decimal(meant)


@pytest.mark.parametrize(("typed", "kind", "unit", "rule", "offers"), ASKED)
def test_anything_else_is_asked_about(typed, kind, unit, rule, offers):
    answer = read_number(typed, kind, unit)
    assert isinstance(answer, Unclear)
    assert (answer.rule, answer.offers) == (rule, offers)


@given(st.integers(min_value=0, max_value=10**15))
def test_every_count_written_the_vietnamese_way_is_read_back(count):
    assert read_number(number(count), "count", "người") == count


@given(st.decimals(min_value=0, max_value=10**12, places=2, allow_nan=False, allow_infinity=False))
def test_every_amount_written_the_vietnamese_way_is_read_back(amount):
    # 1,234 and the like have two readings; two places after the comma never look like a thousand.
    assert read_number(number(amount), "money", "triệu đồng") == amount


@given(st.text(max_size=30), st.sampled_from(["count", "number", "money", "ratio"]))
def test_no_text_at_all_makes_the_reader_fail(text, kind):
    answer = read_number(text, kind, "người")
    assert isinstance(answer, Decimal | Unclear)


@pytest.mark.parametrize(
    ("typed", "kind", "values", "said"),
    [
        ("1,234", "count", (1234, "1.234"), "1234 hoặc 1,234"),
        ("1.5", "money", ("1.5", 15), "1,5 hoặc 15"),
        ("1.234", "number", (1234, "1.234"), "1234 hoặc 1,234"),
        ("-1,234", "number", (-1234, "-1.234"), "-1234 hoặc -1,234"),
        ("0,5", "ratio", ("0.005", "0.5"), "0,5% hoặc 50%"),
        ("không", "count", (0,), "số 0"),
    ],
)
def test_what_has_two_readings_says_both_and_what_each_comes_to(typed, kind, values, said):
    answer = read_number(typed, kind, "người")
    assert isinstance(answer, Unclear)
    assert answer.values == tuple(Decimal(value) for value in values)
    assert said in answer.reason


@given(st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False, allow_infinity=False))
def test_an_offer_of_a_number_is_never_unclear_but_for_its_three_places(amount):
    answer = read_number(format(amount, "f"), "money", "triệu đồng")
    if isinstance(answer, Unclear):
        again = [read_number(offer, "money", "triệu đồng") for offer in answer.offers]
        assert all(isinstance(value, Unclear) or value == answer.values[at] for at, value in enumerate(again))
