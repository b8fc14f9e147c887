"""The holiday files against the field's own table of deadlines, counted with a loop that knows nothing of models."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

FOLDER = Path(__file__).parents[2] / "plans" / "holidays"
YEARS = range(2013, 2028)
DAY = timedelta(days=1)
SATURDAY = 5


def load(year: int) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load((FOLDER / f"{year}.yaml").read_text(encoding="utf-8"))
    return content


FILES = {year: load(year) for year in YEARS}
OFF = {row["date"] for file in FILES.values() for row in file["holidays"]}
MADE_UP = {row["date"] for file in FILES.values() for row in file["working_saturdays"]}


def works(day: date) -> bool:
    return day in MADE_UP or (day.weekday() < SATURDAY and day not in OFF)


def last_working_day_before(day: date) -> date:
    day -= DAY
    while not works(day):
        day -= DAY
    return day


def first_working_day_from(day: date) -> date:
    while not works(day):
        day += DAY
    return day


# Deadline "trước ngày X" | last working day <= X-1 | X after a forward shift (domain handbook §2.2).
DEADLINES = [
    line.split()
    for line in """
    2014-04-10 2014-04-08 2014-04-10
    2014-10-20 2014-10-17 2014-10-20
    2013-10-30 2013-10-29 2013-10-30
    2014-10-30 2014-10-29 2014-10-30
    2019-07-25 2019-07-24 2019-07-25
    2020-11-12 2020-11-11 2020-11-12
    2013-12-20 2013-12-19 2013-12-20
    2014-12-20 2014-12-19 2014-12-22
    2015-12-20 2015-12-18 2015-12-21
    2016-12-20 2016-12-19 2016-12-20
    2017-12-20 2017-12-19 2017-12-20
    2018-12-20 2018-12-19 2018-12-20
    2019-12-20 2019-12-19 2019-12-20
    2020-12-20 2020-12-18 2020-12-21
    2019-11-30 2019-11-29 2019-12-02
    2020-11-30 2020-11-27 2020-11-30
    2021-11-30 2021-11-29 2021-11-30
    2022-11-30 2022-11-29 2022-11-30
    2023-11-30 2023-11-29 2023-11-30
    2024-11-30 2024-11-29 2024-12-02
    2025-11-30 2025-11-28 2025-12-01
    """.strip().splitlines()
]

# X-1 is not a working day in these rows; shifting X-1 instead of X gives the second date (same section).
SHIFTED_EVES = [
    ("2014-04-09", "2014-04-10"),
    ("2014-10-19", "2014-10-20"),
    ("2015-12-19", "2015-12-21"),
    ("2020-12-19", "2020-12-21"),
    ("2020-11-29", "2020-11-30"),
    ("2025-11-29", "2025-12-01"),
]


def test_there_is_one_file_for_every_year_and_no_other() -> None:
    assert sorted(path.name for path in FOLDER.glob("*")) == [f"{year}.yaml" for year in YEARS]


@pytest.mark.parametrize(("before", "internal", "shifted"), DEADLINES)
def test_a_deadline_has_the_working_days_of_the_handbook(before: str, internal: str, shifted: str) -> None:
    day = date.fromisoformat(before)
    assert last_working_day_before(day) == date.fromisoformat(internal)
    assert first_working_day_from(day) == date.fromisoformat(shifted)


@pytest.mark.parametrize(("eve", "shifted"), SHIFTED_EVES)
def test_an_eve_off_work_shifts_as_the_handbook_says(eve: str, shifted: str) -> None:
    assert not works(date.fromisoformat(eve))
    assert first_working_day_from(date.fromisoformat(eve)) == date.fromisoformat(shifted)


@pytest.mark.parametrize("year", YEARS)
def test_a_file_has_exactly_the_agreed_keys_and_says_who_decided(year: int) -> None:
    file = FILES[year]
    assert set(file) == {"year", "status", "decided_by", "holidays", "working_saturdays"}
    assert file["year"] == year
    assert file["status"] in {"confirmed", "expected"}
    assert file["decided_by"].strip()


@pytest.mark.parametrize("year", YEARS)
def test_days_are_in_their_year_in_order_and_never_twice(year: int) -> None:
    days = [row["date"] for row in FILES[year]["holidays"]]
    assert {day.year for day in days} == {year}
    assert days == sorted(set(days))


@pytest.mark.parametrize("year", YEARS)
def test_every_weekend_holiday_has_one_weekday_off_after_it_and_no_weekday_holiday_has(year: int) -> None:
    rows = FILES[year]["holidays"]
    on_weekend = {r["date"] for r in rows if r["date"].weekday() >= SATURDAY}
    bridges = [r for r in rows if "compensates" in r]
    assert sorted(r["compensates"] for r in bridges) == sorted(on_weekend)
    assert all(r["date"] > r["compensates"] for r in bridges)
    assert all(r["name"].startswith("Nghỉ bù ") == ("compensates" in r) for r in rows)


@pytest.mark.parametrize("year", YEARS)
def test_only_named_holidays_fall_on_a_weekend_never_a_day_given_in_exchange(year: int) -> None:
    names = {r["name"].split(" (")[0] for r in FILES[year]["holidays"] if r["date"].weekday() >= SATURDAY}
    assert names <= {
        "Tết Dương lịch",
        "Tết Âm lịch",
        "Giỗ Tổ Hùng Vương",
        "Ngày Chiến thắng 30/4",
        "Quốc tế lao động",
        "Quốc khánh",
    }


@pytest.mark.parametrize("year", YEARS)
def test_tet_is_five_days_in_a_row_with_mung_1_on_the_second(year: int) -> None:
    days = [r for r in FILES[year]["holidays"] if r["name"].startswith("Tết Âm lịch")]
    first = days[0]["date"]
    assert [r["date"] for r in days] == [first + n * DAY for n in range(5)]
    assert days[1]["name"].endswith("(mùng 1)")


@pytest.mark.parametrize("year", YEARS)
def test_24_november_is_a_holiday_only_from_2026(year: int) -> None:
    assert (date(year, 11, 24) in OFF) == (year >= 2026)


@pytest.mark.parametrize("year", YEARS)
def test_the_second_day_of_quoc_khanh_is_given_from_2021_where_it_is_known(year: int) -> None:
    known = {2021: 3, 2022: 1, 2023: 1, 2024: 3, 2025: 1, 2026: 1}
    days = [r["date"].day for r in FILES[year]["holidays"] if r["name"] == "Quốc khánh (ngày liền kề)"]
    assert days == ([known[year]] if year in known else [])


# No swap is loaded yet: this one waits for the first Saturday somebody enters.
@pytest.mark.parametrize("year", YEARS)
def test_a_make_up_saturday_is_a_saturday_with_a_document_and_a_day_off_in_exchange(year: int) -> None:
    for row in FILES[year]["working_saturdays"]:
        assert set(row) == {"date", "instead_of", "decided_by"}
        assert row["date"].weekday() == SATURDAY
        assert row["instead_of"] in OFF
