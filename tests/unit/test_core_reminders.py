from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.calendar import Rung, ladder
from models.deadlines import ZONE, Deadline, deadline_on
from models.plan import Step
from models.reminders import decide_reminders, letters_due
from tests import strategies as draw
from tests.builders import NO_HOLIDAYS, moment

# "trước ngày 30/11/2020", a Monday: the last working day in time is Friday 27/11.
DEADLINE = deadline_on(date(2020, 11, 30), inclusive=False, days=NO_HOLIDAYS)
STEPS = (Step(step="T-7"), Step(step="T-3"), Step(step="T+1", letter=1), Step(step="T+5", letter=2))
RUNGS = ladder(STEPS, DEADLINE, NO_HOLIDAYS)  # 18/11, 24/11, 01/12, 07/12
CLOSES = date(2020, 12, 14)


def decided(at: str, *, done: set[str] | None = None, closes: date = CLOSES) -> dict[str, str]:
    found = decide_reminders(RUNGS, DEADLINE, closes, done=done or set(), as_of=moment(at))
    return {reminder.step: reminder.action for reminder in found}


def test_nothing_is_owed_before_the_first_step():
    assert decided("2020-11-17T23:59") == {}


def test_a_step_is_sent_on_its_day():
    assert decided("2020-11-18T08:00") == {"T-7": "send"}


def test_a_missed_step_is_sent_later_while_it_still_matters():
    assert decided("2020-11-23T08:00") == {"T-7": "send"}


def test_a_step_in_the_ledger_is_not_decided_again():
    assert decided("2020-11-18T08:00", done={"T-7"}) == {}


def test_an_overtaken_step_is_recorded_as_skipped_and_only_the_latest_is_sent():
    assert decided("2020-11-24T08:00") == {"T-7": "skip", "T-3": "send"}


def test_a_reminder_is_still_sent_in_the_last_second_and_no_longer_in_the_next():
    assert decided("2020-11-29T23:59:59", done={"T-7"}) == {"T-3": "send"}
    assert decided("2020-11-30T00:00", done={"T-7"}) == {"T-3": "skip"}


def test_after_the_deadline_the_unit_is_told_that_it_is_overdue():
    assert decided("2020-12-01T08:00", done={"T-7", "T-3"}) == {"T+1": "send"}


def test_a_closed_cycle_is_not_chased_and_the_ledger_says_why():
    days_after = CLOSES + timedelta(days=1)
    found = decide_reminders(
        RUNGS, DEADLINE, CLOSES, done={"T-7", "T-3"}, as_of=moment(f"{days_after}T08:00")
    )
    assert [(r.step, r.action, r.reason) for r in found] == [
        ("T+1", "skip", "overtaken by T+5"),
        ("T+5", "skip", "the cycle is closed"),
    ]
    assert decided(f"{CLOSES}T08:00", done={"T-7", "T-3"})["T+5"] == "send"


def test_every_skip_has_a_reason_and_a_mail_has_none():
    found = decide_reminders(RUNGS, DEADLINE, CLOSES, done=(), as_of=moment("2020-12-07T08:00"))
    assert all(bool(reminder.reason) == (reminder.action == "skip") for reminder in found)
    assert {r.reason for r in found if r.action == "skip"} == {"overtaken by T+5"}, "by the one that was sent"


@pytest.mark.parametrize(
    ("at", "steps"),
    [("2020-11-30T08:00", []), ("2020-12-01T08:00", ["T+1"]), ("2020-12-07T00:00", ["T+1", "T+5"])],
)
def test_letters_come_with_the_steps_that_bring_them(at, steps):
    assert [rung.step.step for rung in letters_due(RUNGS, as_of=moment(at))] == steps


# Level-triggered: whichever days the machine was up, the ledger ends the same.


def run_on(
    visited: list[datetime], rungs: tuple[Rung, ...], deadline: Deadline, closes: date
) -> tuple[list[str], list[str]]:
    """Sweep at each moment against one ledger; what was sent, what was skipped, in order."""
    sent: list[str] = []
    skipped: list[str] = []
    for as_of in visited:
        found = decide_reminders(rungs, deadline, closes, done={*sent, *skipped}, as_of=as_of)
        mails = [reminder for reminder in found if reminder.action == "send"]
        assert len(mails) <= 1, "one mail a run"
        for reminder in found:
            assert reminder.on <= as_of.date(), "nothing before its day"
            if reminder.action == "send" and not reminder.step.startswith("T+"):
                assert as_of <= deadline.due_at, "no reminder of a deadline that has passed"
            (sent if reminder.action == "send" else skipped).append(reminder.step)
        again = decide_reminders(rungs, deadline, closes, done={*sent, *skipped}, as_of=as_of)
        assert again == [], "asked again, nothing more"
    return sent, skipped


@given(
    draw.calendars_around(),
    draw.ladders,
    st.integers(0, 15),
    st.sets(st.integers(-60, 45), max_size=60),
    st.times(),
)
def test_a_season_with_missed_days_ends_as_one_without(drawn, steps, closes_after, up, clock):
    calendar, x = drawn
    deadline = deadline_on(x, inclusive=False, days=calendar)
    closes = calendar.add(x, closes_after)
    rungs = ladder(steps, deadline, calendar)
    season = [datetime.combine(x + timedelta(days=n), clock, ZONE) for n in range(-60, 46)]
    daily = run_on(season, rungs, deadline, closes)
    gaps = run_on([season[n + 60] for n in sorted({*up, 45})], rungs, deadline, closes)
    names = sorted(step.step for step in steps if calendar.add(x, step.days) <= season[-1].date())
    for sent, skipped in (daily, gaps):
        assert sorted(sent + skipped) == names, "each step once, sent or skipped"
    assert set(gaps[0]) <= set(daily[0]), "missed days never make a mail that daily runs would not send"


@given(draw.calendars_around(), draw.ladders)
def test_a_machine_that_is_up_every_day_skips_only_what_comes_after_the_close_or_twice_a_day(drawn, steps):
    calendar, x = drawn
    deadline = deadline_on(x, inclusive=False, days=calendar)
    rungs = ladder(steps, deadline, calendar)
    assume(len({rung.on for rung in rungs}) == len(rungs))
    far = x + timedelta(days=90)
    season = [datetime.combine(x + timedelta(days=n), time(8), ZONE) for n in range(-90, 60)]
    sent, skipped = run_on(season, rungs, deadline, far)
    assert skipped == []
    assert len(sent) == len(steps)
