"""Mail arrives in working hours of working days, once a day, unless the deadline leaves no other."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.deadlines import ZONE
from models.mail_hours import earliest, read_hours
from models.working_days import WorkingDays

HOURS = read_hours("07:00-18:00")
DAYS = WorkingDays(
    holidays={date(2020, 1, 1): "Tết Dương lịch"}, working_saturdays=frozenset({date(2020, 1, 4)})
)


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@pytest.mark.parametrize(
    ("as_of", "arrives"),
    [
        ("2019-11-22T08:00", "2019-11-22T08:00"),
        ("2019-11-22T06:59", "2019-11-22T07:00"),
        ("2019-11-22T17:59:59", "2019-11-22T17:59:59"),
        ("2019-11-22T18:00", "2019-11-25T07:00"),  # Friday evening
        ("2019-11-23T10:00", "2019-11-25T07:00"),  # Saturday
        ("2019-12-31T20:00", "2020-01-02T07:00"),  # before a holiday
        ("2020-01-03T20:00", "2020-01-04T07:00"),  # before a Saturday that is worked
    ],
)
def test_a_mail_never_arrives_at_night_or_on_a_day_of_rest(as_of, arrives):
    assert earliest(at(as_of), HOURS, DAYS) == at(arrives)


@pytest.mark.parametrize(
    ("due_at", "arrives"),
    [
        ("2019-11-25T23:59:59", "2019-11-25T07:00"),  # Monday is still in time
        ("2019-11-24T23:59:59", "2019-11-23T07:00"),  # Sunday: the Saturday, but not at night
        ("2019-11-23T06:00", "2019-11-22T20:00"),  # no hour left but this one
        ("2019-11-22T17:00", "2019-11-25T07:00"),  # it is over: nothing is saved by haste
    ],
)
def test_unless_the_deadline_itself_leaves_no_other_day(due_at, arrives):
    assert earliest(at("2019-11-22T20:00"), HOURS, DAYS, due_at=at(due_at)) == at(arrives)


def test_who_has_had_the_mail_of_a_day_waits_for_the_next_working_day():
    friday = at("2019-11-22T10:00")
    assert earliest(friday, HOURS, DAYS, had_today=True) == at("2019-11-25T07:00")
    assert earliest(friday, HOURS, DAYS) == friday


def test_unless_the_deadline_is_over_by_then():
    friday, due_at = at("2019-11-22T10:00"), at("2019-11-24T23:59:59")
    assert earliest(friday, HOURS, DAYS, due_at=due_at, had_today=True) == friday


MOMENTS = st.integers(0, 90 * 24 * 60).map(lambda minutes: at("2019-11-15") + timedelta(minutes=minutes))


@given(MOMENTS, st.none() | MOMENTS, st.booleans())
def test_nothing_goes_back_in_time_and_no_deadline_passes_for_the_sake_of_rest(as_of, due_at, had_today):
    found = earliest(as_of, HOURS, DAYS, due_at=due_at, had_today=had_today)
    assert found >= as_of
    assert due_at is None or due_at < as_of or found <= due_at
    assert earliest(found, HOURS, DAYS, due_at=due_at) == found


def test_hours_to_midnight_have_no_evening():
    whole = read_hours("00:00-24:00")
    assert earliest(at("2019-11-22T23:59"), whole, DAYS) == at("2019-11-22T23:59")


@pytest.mark.parametrize("text", ["", "7-18", "18:00-07:00", "07:00-07:00", "07:00-24:30", "25:00-26:00"])
def test_hours_that_are_none_are_refused(text):
    with pytest.raises(ValueError, match="are no hours of a day"):
        read_hours(text)
