import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from models.ids import CycleKey
from models.text import (
    day_with_weekday,
    fold,
    hour_and_date,
    long_date,
    lower_first,
    nfc,
    number,
    percent,
    short_date,
    style_count,
)
from tasks.adapters.clock import now, read_moment
from tasks.adapters.holiday_files import read_working_days
from tests.builders import moment

NAMES = [
    "UBND xã Thượng Lộ",
    "Sở Lao động - Thương binh và Xã hội",
    "Hòa",
    "thủy",
    "quỹ",
    "khỏe",
    "hoàn",
    "Ủy ban",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("Uỷ ban", "Ủy ban"),
        ("thuỷ", "thủy"),
        ("hoá", "hóa"),
        ("khoẻ", "khỏe"),
        ("HOÀ", "hòa"),
        ("Sở Lao động-Thương binh", "Sở Lao động – Thương  binh"),
        ("Ủy\u00a0ban", " Ủy ban "),
        (unicodedata.normalize("NFD", "Thượng Lộ"), "Thượng Lộ"),
    ],
)
def test_two_spellings_of_one_name_have_one_key(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hòa", "hóa"),
        ("Hương Hòa", "Hương Hoa"),
        ("quý", "quỷ"),
        ("đa", "da"),
        ("xã 1", "xã 2"),
        ("hoàn", "hoán"),
    ],
)
def test_two_names_keep_two_keys(one, other):
    assert fold(one) != fold(other)


@given(st.one_of(st.sampled_from(NAMES), st.text(max_size=30)))
def test_folding_a_key_changes_nothing_more_and_the_encoding_never_matters(text):
    key = fold(text)
    if text in NAMES:
        assert fold(key) == key
    assert fold(nfc(text)) == key == fold(unicodedata.normalize("NFD", text))


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2020, 1, 5), "ngày 05 tháng 01 năm 2020"),
        (date(2020, 2, 10), "ngày 10 tháng 02 năm 2020"),
        (date(2020, 3, 5), "ngày 05 tháng 3 năm 2020"),
        (date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (date(2019, 12, 9), "ngày 09 tháng 12 năm 2019"),
    ],
)
def test_a_long_date_has_its_zeros_where_the_decree_puts_them(day, text):
    assert long_date(day) == text


def test_short_dates_weekdays_and_hours():
    assert short_date(date(2020, 3, 5)) == "05/03/2020"
    assert day_with_weekday(date(2019, 11, 29)) == "thứ Sáu, ngày 29/11/2019"
    assert day_with_weekday(date(2019, 12, 1)) == "Chủ nhật, ngày 01/12/2019"
    assert hour_and_date(moment("2019-12-02T08:30")) == "08 giờ 30 phút, ngày 02/12/2019"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (1234567, "1.234.567"),
        (Decimal("1234567.50"), "1.234.567,5"),
        (Decimal("0.05"), "0,05"),
        (Decimal("1E+3"), "1.000"),
        (Decimal(100), "100"),
        (-1200, "-1.200"),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value, text):
    assert number(value) == text


@given(st.decimals(-(10**9), 10**9, places=4))
def test_no_digit_is_lost_in_writing(value):
    assert Decimal(number(value).replace(".", "").replace(",", ".")) == value


@given(st.decimals(-(10**18), 10**18, places=12) | st.integers(-(10**18), 10**18))
def test_numbers_are_what_babel_writes(value):
    assert number(value) == format_decimal(value, format="#,##0.########", locale="vi")


@pytest.mark.parametrize(
    ("above", "below", "text"),
    [
        (7, 11, "63,64%"),
        (1, 8, "12,5%"),
        (1, 3, "33,33%"),
        (70, 100, "70%"),
        (0, 5, "0%"),
        (0, 0, "–"),
        (5, 0, "–"),
    ],
)
def test_a_percentage_has_two_decimals_half_up_and_is_a_dash_over_nothing(above, below, text):
    assert percent(above, below) == text


def test_half_a_hundredth_goes_up():
    assert percent(Decimal("0.12345"), 1) == "12,35%"
    assert percent(Decimal("0.12344"), 1) == "12,34%"


@pytest.mark.parametrize(("count", "text"), [(0, "0"), (1, "01"), (9, "09"), (10, "10"), (1234, "1.234")])
def test_counts_in_a_sentence(count, text):
    assert style_count(count) == text


@pytest.mark.parametrize(
    ("title", "inside"),
    [("Kết quả", "kết quả"), ("UBND xã", "UBND xã"), ("Đánh giá", "đánh giá"), ("A", "a"), ("", "")],
)
def test_a_title_inside_a_sentence(title, inside):
    assert lower_first(title) == inside


# Names of cycles


@pytest.mark.parametrize(
    "text", ["hue-588/O2/2019", "nam-dong-2014/O1/2014-H1", "p/O12/2019-2020", "p/O1/2014-03"]
)
def test_a_cycle_is_read_back_as_it_is_named(text):
    assert str(CycleKey.parse(text)) == text
    assert str(CycleKey.parse(f" {text}\n")) == text


@pytest.mark.parametrize(
    "text", ["", "hue-588/O2", "hue-588/2019/O2", "Hue/O2/2019", "hue-588/O2/2019/x", "../O2/2019"]
)
def test_what_is_not_a_cycle_is_told_the_form(text):
    with pytest.raises(ValueError, match=r"expected plan/obligation/period, e\.g\. hue-588/O2/2019"):
        CycleKey.parse(text)


# The clock


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("29/11/2019", "2019-11-29T08:00:00+07:00"),
        ("2019-11-29", "2019-11-29T08:00:00+07:00"),
        ("2019-11-29T17:00", "2019-11-29T17:00:00+07:00"),
        ("2019-11-29T17:00:00+00:00", "2019-11-30T00:00:00+07:00"),
        ("2019-11-29T17:00:00Z", "2019-11-30T00:00:00+07:00"),
    ],
)
def test_a_moment_without_a_zone_is_vietnamese_and_one_with_a_zone_is_brought_here(text, expected):
    assert read_moment(text).isoformat() == expected


@pytest.mark.parametrize("text", ["", "mai", "31/11/2019", "30/11", "2019-02-29", "2019-11-29T25:00"])
def test_what_is_no_moment_is_told_what_is(text):
    with pytest.raises(ValueError, match="expected 2019-11-29, 29/11/2019 or 2019-11-29T17:00"):
        read_moment(text)


def test_now_is_now_and_in_vietnam():
    assert abs(now() - datetime.now(UTC)) < timedelta(minutes=1)
    assert now().utcoffset() == timedelta(hours=7)
    assert now().timetz() != time()


# Holiday files

YEAR = """
year: 2019
status: confirmed
decided_by: Thông báo mẫu
holidays:
  - {date: 2019-04-29, name: Nghỉ hoán đổi}
  - {date: 2019-04-30, name: Ngày Chiến thắng}
working_saturdays:
  - {date: 2019-05-04, instead_of: 2019-04-29, decided_by: Thông báo mẫu}
"""


def read_year(folder: Path, text: str):
    (folder / "2019.yaml").write_text(text, "utf-8")
    return read_working_days(folder)


def test_a_swapped_saturday_is_worked_and_the_day_given_for_it_is_not(tmp_path):
    found = read_year(tmp_path, YEAR)
    assert found.is_working(date(2019, 5, 4))
    assert not found.is_working(date(2019, 4, 29))
    assert found.years == {2019}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("date: 2019-05-04", "date: 2019-05-05", "2019-05-05 is not a Saturday that can be worked"),
        ("instead_of: 2019-04-29", "instead_of: 2019-04-26", "2019-04-26 is worked off on 2019-05-04"),
        ("date: 2019-04-30", "date: 2018-04-30", "2018-04-30 is not in 2019"),
        ("date: 2019-04-30", "date: 30/4/2019", r"holidays\[1\]\.date"),
        ("year: 2019\n", "", "year"),
        ("name: Ngày Chiến thắng}", "name: [}", "flow sequence|while parsing"),
    ],
)
def test_a_wrong_holiday_file_is_named_with_what_is_wrong(tmp_path, old, new, words):
    with pytest.raises(ValueError, match=f"(?s)2019.yaml: .*({words})"):
        read_year(tmp_path, YEAR.replace(old, new, 1))
