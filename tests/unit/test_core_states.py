from dataclasses import replace
from datetime import UTC, date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.deadlines import deadline_on
from models.states import OUTSTANDING, REPORTED, VIETNAMESE, Standing, State, coverage
from tests.builders import NO_HOLIDAYS, a_standing, came, moment

NOON = moment("2019-11-20T12:00")
AFTER = moment("2019-12-05T08:00")

REACHED = {
    State.NO_DATE: (a_standing(due_at=None), NOON),
    State.NOT_DUE: (a_standing(), NOON),
    State.DUE: (a_standing(), moment("2019-11-28T08:00")),
    State.LATE: (a_standing(), AFTER),
    State.RETURNED: (came("xa-mot", "2019-11-20T08:00", returned=True), AFTER),
    State.ON_TIME: (came("xa-mot", "2019-11-20T08:00"), AFTER),
    State.SUBMITTED_LATE: (came("xa-mot", "2019-12-01T08:00"), AFTER),
    State.NIL: (came("xa-mot", "2019-11-20T08:00", nil=True), AFTER),
    State.EXEMPT: (a_standing(exempt=True), AFTER),
    State.NO_ADDRESS: (a_standing(has_address=False), NOON),
}


@pytest.mark.parametrize("state", State)
def test_every_state_is_reached(state):
    standing, as_of = REACHED[state]
    assert standing.state(as_of) is state


def test_every_state_has_its_own_words():
    assert len(set(VIETNAMESE.values())) == len(VIETNAMESE) == len(State)
    assert {*REPORTED, *OUTSTANDING, State.NO_DATE, State.EXEMPT} == set(State)
    assert not REPORTED & OUTSTANDING


def test_soon_begins_three_days_before():
    due_at = a_standing().due_at
    assert due_at is not None
    soon = due_at - timedelta(days=3)
    assert a_standing().state(soon) is State.DUE
    assert a_standing().state(soon - timedelta(seconds=1)) is State.NOT_DUE


def test_a_unit_without_an_address_is_late_like_every_other():
    assert a_standing(has_address=False).state(AFTER) is State.LATE


@pytest.mark.parametrize(
    ("policy", "at", "on_time"),
    [
        ("strict", "2019-11-29T23:59:00", True),
        ("strict", "2019-11-29T23:59:59.999999", True),
        ("strict", "2019-11-30T00:00:00", False),
        ("strict", "2019-11-30T23:59:00", False),
        ("tolerant", "2019-11-29T23:59:00", True),
        ("tolerant", "2019-11-30T00:00:00", True),
        ("tolerant", "2019-11-30T23:59:00", True),
        ("tolerant", "2019-12-01T00:00:00", False),
    ],
)
def test_before_30_11_is_judged_as_the_plan_is_configured(policy, at, on_time):
    deadline = deadline_on(date(2019, 11, 30), inclusive=False, days=NO_HOLIDAYS, policy=policy)
    standing = came("xa-mot", at, due_at=deadline.due_at)
    assert standing.state(AFTER) is (State.ON_TIME if on_time else State.SUBMITTED_LATE)
    waiting = a_standing(due_at=deadline.due_at)
    assert (waiting.state(moment(at)) is State.LATE) is not on_time


def test_an_hour_on_another_clock_is_the_same_moment():
    for at, on_time in (("2019-11-29T23:59:00", True), ("2019-11-30T00:00:00", False)):
        standing = came("xa-mot", at)
        elsewhere = replace(standing, first_submitted_at=moment(at).astimezone(UTC))
        assert standing.on_time is elsewhere.on_time is on_time


def test_the_first_submission_decides_whatever_version_counts_later():
    corrected = came("xa-mot", "2019-11-20T08:00", returned_until=date(2019, 12, 10))
    corrected = replace(corrected, version=3)
    assert corrected.state(AFTER) is State.ON_TIME


def test_an_extension_makes_on_time_what_was_late():
    late = came("xa-mot", "2019-12-02T08:00")
    extended = replace(late, due_at=moment("2019-12-03T23:59:59"), extended_to=date(2019, 12, 3))
    assert late.state(AFTER) is State.SUBMITTED_LATE
    assert extended.state(AFTER) is State.ON_TIME
    assert extended.own_last_day == date(2019, 12, 3)


def test_a_returned_report_counts_as_missing_until_it_comes_back():
    sent = came("xa-mot", "2019-11-20T08:00")
    assert coverage([sent]).received == 1
    assert coverage([replace(sent, returned=True)]).missing == 1


def test_a_unit_is_overdue_only_after_a_deadline_of_its_own():
    eve, day = moment("2019-12-03T23:59:59"), moment("2019-12-04T00:00")
    assert a_standing().overdue(eve)
    extended = a_standing(due_at=moment("2019-12-03T23:59:59"), extended_to=date(2019, 12, 3))
    returned = came("xa-mot", "2019-11-20T08:00", returned=True, returned_until=date(2019, 12, 3))
    for own in (extended, returned):
        assert not own.overdue(eve)
        assert own.overdue(day)
    assert not came("xa-mot", "2019-12-20T08:00").overdue(day)
    assert not a_standing(exempt=True).overdue(day)
    assert not a_standing(due_at=None).overdue(day)


# Coverage


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    first = draw(st.none() | st.integers(-5000, 5000))
    at = moment("2019-11-29T12:00") + timedelta(minutes=first) if first is not None else None
    accepted = at is not None and draw(st.booleans())
    return a_standing(
        draw(st.sampled_from("abcdefgh")),
        due_at=draw(st.sampled_from([None, moment("2019-11-29T23:59:59")])),
        first_submitted_at=at,
        version=draw(st.integers(1, 4)) if accepted else None,
        nil=draw(st.booleans()) and accepted,
        returned=draw(st.booleans()) and at is not None,
        exempt=draw(st.booleans()),
        has_address=draw(st.booleans()),
    )


@given(st.lists(standings(), max_size=12))
def test_no_rate_can_pass_a_hundred_percent(found):
    cover = coverage(found)
    assert 0 <= cover.received <= cover.expected == sum(not s.exempt for s in found)
    assert cover.on_time + cover.late == cover.received
    assert cover.received + cover.missing == cover.expected
    assert 0 <= cover.nil <= cover.received


@given(st.lists(standings(), max_size=12))
def test_coverage_and_states_tell_the_same(found):
    cover, states = coverage(found), [standing.state(AFTER) for standing in found]
    assert cover.received == sum(state in REPORTED for state in states)
    assert cover.nil == states.count(State.NIL)
    assert cover.expected == len(states) - states.count(State.EXEMPT)
    assert cover.missing == sum(state in OUTSTANDING or state is State.NO_DATE for state in states)


@given(st.lists(standings(), max_size=8), standings())
def test_an_exempt_unit_changes_no_number(found, one):
    assert coverage([*found, replace(one, exempt=True)]) == coverage(found)
