from datetime import date, timedelta

import pytest
from hypothesis import given

from models.working_days import WorkingDays
from tests import strategies as draw
from tests.builders import shipped_days

TET = {date(2014, 4, 9): "Giỗ Tổ"}


def slow_is_working(calendar: WorkingDays, day: date) -> bool:
    """The definition, word by word."""
    weekend = day.strftime("%a") in {"Sat", "Sun"}
    worked_in_exchange = any(day == saturday for saturday in calendar.working_saturdays)
    holiday = any(day == rest for rest in calendar.holidays)
    return worked_in_exchange or not (weekend or holiday)


def slow_list(calendar: WorkingDays, first: date, last: date) -> list[date]:
    every = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    return [day for day in every if slow_is_working(calendar, day)]


@given(draw.calendars_around())
def test_a_day_is_worked_as_the_slow_definition_says(drawn):
    calendar, day = drawn
    assert calendar.is_working(day) == slow_is_working(calendar, day)


@given(draw.calendars_around(), draw.a_while)
def test_adding_counts_the_working_days_after_the_day_and_never_the_day_itself(drawn, count):
    calendar, day = drawn
    after = slow_list(calendar, day + timedelta(days=1), day + timedelta(days=200))
    before = slow_list(calendar, day - timedelta(days=200), day - timedelta(days=1))
    assert calendar.add(day, count) == (after[count - 1] if count else day)
    assert calendar.add(day, -count) == (before[-count] if count else day)


@given(draw.calendars_around(), draw.a_while)
def test_between_counts_after_the_first_day_up_to_and_with_the_last(drawn, ahead):
    calendar, day = drawn
    last = day + timedelta(days=ahead)
    assert calendar.between(day, last) == len(slow_list(calendar, day + timedelta(days=1), last))
    assert calendar.between(last, day) == -calendar.between(day, last)


@given(draw.calendars_around(), draw.a_while)
def test_between_undoes_add(drawn, count):
    calendar, day = drawn
    assert calendar.between(day, calendar.add(day, count)) == count
    if calendar.is_working(day):
        assert calendar.between(day, calendar.add(day, -count)) == -count


@given(draw.calendars_around())
def test_the_nearest_working_days_are_worked_and_none_lies_between(drawn):
    calendar, day = drawn
    earlier, later = calendar.on_or_before(day), calendar.on_or_after(day)
    assert slow_is_working(calendar, earlier)
    assert slow_is_working(calendar, later)
    assert slow_list(calendar, earlier + timedelta(days=1), day - timedelta(days=1)) == []
    assert slow_list(calendar, day + timedelta(days=1), later - timedelta(days=1)) == []
    assert (earlier == day == later) == slow_is_working(calendar, day)


def test_a_saturday_is_worked_only_when_it_is_worked_in_exchange():
    saturday = date(2019, 5, 4)
    assert not WorkingDays().is_working(saturday)
    assert WorkingDays(working_saturdays=frozenset({saturday})).is_working(saturday)


def test_a_worked_saturday_is_counted_and_the_monday_given_for_it_is_not():
    plain = WorkingDays()
    swapped = WorkingDays({date(2019, 4, 29): "nghỉ hoán đổi"}, frozenset({date(2019, 5, 4)}))
    friday, monday = date(2019, 4, 26), date(2019, 5, 6)
    assert plain.add(friday, 1) == date(2019, 4, 29)
    assert swapped.add(friday, 1) == date(2019, 4, 30)
    assert plain.on_or_before(date(2019, 5, 5)) == date(2019, 5, 3)
    assert swapped.on_or_before(date(2019, 5, 5)) == date(2019, 5, 4)
    assert plain.between(friday, monday) == swapped.between(friday, monday)


def test_the_culture_day_is_a_holiday_from_2026_on():
    assert shipped_days().is_working(date(2025, 11, 24))
    assert not shipped_days().is_working(date(2026, 11, 24))


@pytest.mark.parametrize(("year", "known"), [(2012, False), (2013, True), (2027, True), (2028, False)])
def test_the_calendar_says_which_years_it_knows(year, known):
    assert shipped_days().covers(date(year, 6, 1)) is known
