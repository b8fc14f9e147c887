"""The calendar of the five plans, typed from the printed dates (domain handbook §2.2) and not from the YAML."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.calendar import ladder, planned_cycles
from models.deadlines import SetDue, deadline_on
from models.ids import CycleKey
from models.plan import Plan
from tests import strategies as draw
from tests.builders import a_plan, an_obligation, shipped_days, shipped_plan

# cycle: day X, last day X-1, last working day not after it, X after a forward shift, X-1 after a forward shift
PRINTED = {
    "nam-dong-2014/O1/2014": ("10/04/2014", "09/04/2014", "08/04/2014", "10/04/2014", "10/04/2014"),
    "nam-dong-2014/O2/2014": ("10/04/2014", "09/04/2014", "08/04/2014", "10/04/2014", "10/04/2014"),
    "nam-dong-2014/O3/2014": ("20/10/2014", "19/10/2014", "17/10/2014", "20/10/2014", "20/10/2014"),
    "nam-dong-2014/O4/2014": ("30/10/2014", "29/10/2014", "29/10/2014", "30/10/2014", "29/10/2014"),
    "hue-647/O1/2013": ("30/10/2013", "29/10/2013", "29/10/2013", "30/10/2013", "29/10/2013"),
    "hue-588/O1/2019": ("25/07/2019", "24/07/2019", "24/07/2019", "25/07/2019", "24/07/2019"),
    "hong-ngu-2020/O1/2020": ("12/11/2020", "11/11/2020", "11/11/2020", "12/11/2020", "11/11/2020"),
    "hue-647/O2/2013": ("20/12/2013", "19/12/2013", "19/12/2013", "20/12/2013", "19/12/2013"),
    "hue-647/O2/2014": ("20/12/2014", "19/12/2014", "19/12/2014", "22/12/2014", "19/12/2014"),
    "hue-647/O2/2015": ("20/12/2015", "19/12/2015", "18/12/2015", "21/12/2015", "21/12/2015"),
    "hue-647/O2/2016": ("20/12/2016", "19/12/2016", "19/12/2016", "20/12/2016", "19/12/2016"),
    "hue-647/O2/2017": ("20/12/2017", "19/12/2017", "19/12/2017", "20/12/2017", "19/12/2017"),
    "hue-647/O2/2018": ("20/12/2018", "19/12/2018", "19/12/2018", "20/12/2018", "19/12/2018"),
    "hue-647/O2/2019": ("20/12/2019", "19/12/2019", "19/12/2019", "20/12/2019", "19/12/2019"),
    "hue-647/O2/2020": ("20/12/2020", "19/12/2020", "18/12/2020", "21/12/2020", "21/12/2020"),
    "hue-588/O2/2019": ("30/11/2019", "29/11/2019", "29/11/2019", "02/12/2019", "29/11/2019"),
    "hue-588/O2/2020": ("30/11/2020", "29/11/2020", "27/11/2020", "30/11/2020", "30/11/2020"),
    "hue-588/O2/2021": ("30/11/2021", "29/11/2021", "29/11/2021", "30/11/2021", "29/11/2021"),
    "hue-588/O2/2022": ("30/11/2022", "29/11/2022", "29/11/2022", "30/11/2022", "29/11/2022"),
    "hue-588/O2/2023": ("30/11/2023", "29/11/2023", "29/11/2023", "30/11/2023", "29/11/2023"),
    "hue-588/O2/2024": ("30/11/2024", "29/11/2024", "29/11/2024", "02/12/2024", "29/11/2024"),
    "hue-588/O2/2025": ("30/11/2025", "29/11/2025", "28/11/2025", "01/12/2025", "01/12/2025"),
}
PLANS = ("hue-647", "hue-588", "lang-son-1438", "hong-ngu-2020", "nam-dong-2014")
WEEKDAYS = {
    "nam-dong-2014/O1/2014": "Thu",
    "nam-dong-2014/O3/2014": "Mon",
    "hue-647/O2/2014": "Sat",
    "hue-647/O2/2015": "Sun",
    "hue-588/O2/2019": "Sat",
    "hue-588/O2/2020": "Mon",
    "hue-588/O2/2025": "Sun",
}


def day(text: str) -> date:
    return date(*map(int, reversed(text.split("/"))))


def cycles(plan: Plan) -> dict[str, object]:
    return {str(cycle.key): cycle for cycle in planned_cycles(plan, shipped_days())}


def the_cycle(name: str, **changes: object):
    plan = shipped_plan(name.split("/", maxsplit=1)[0])
    return cycles(plan.model_copy(update=changes))[name]


@pytest.mark.parametrize("cycle", PRINTED)
def test_a_printed_deadline_falls_on_its_days(cycle):
    x, last_day, last_working_day, _, _ = PRINTED[cycle]
    found = the_cycle(cycle).deadline
    assert (found.day_x, found.last_day, found.last_working_day) == tuple(
        map(day, (x, last_day, last_working_day))
    )
    assert found.due_at.isoformat() == f"{day(last_day)}T23:59:59+07:00"
    assert found.late_from.isoformat() == f"{day(x) + timedelta(days=1)}T00:00:00+07:00"


@pytest.mark.parametrize("cycle", PRINTED)
def test_a_forward_shift_would_move_it_to_the_next_working_day(cycle):
    shifted = the_cycle(cycle, shift="forward").deadline
    assert shifted.day_x == day(PRINTED[cycle][3])
    assert shipped_days().on_or_after(the_cycle(cycle).deadline.last_day) == day(PRINTED[cycle][4])


@pytest.mark.parametrize("cycle", WEEKDAYS)
def test_the_printed_days_fall_on_the_weekdays_of_the_handbook(cycle):
    assert f"{the_cycle(cycle).deadline.day_x:%a}" == WEEKDAYS[cycle]


@pytest.mark.parametrize("cycle", PRINTED)
def test_tolerant_ends_a_day_later_and_nobody_is_called_late_earlier_or_later_for_it(cycle):
    strict, tolerant = the_cycle(cycle).deadline, the_cycle(cycle, policy="tolerant").deadline
    assert tolerant.last_day == strict.last_day + timedelta(days=1) == strict.day_x
    assert tolerant.late_from == strict.late_from


def test_no_other_cycle_of_the_five_plans_has_a_date():
    dated = {
        name
        for code in PLANS
        for name, cycle in cycles(shipped_plan(code)).items()
        if cycle.deadline is not None
    }
    assert dated == set(PRINTED)


def test_a_cycle_without_a_date_plans_nothing():
    undated = [c for code in PLANS for c in cycles(shipped_plan(code)).values() if c.deadline is None]
    assert undated
    assert all(c.rungs == () and c.opens_on is None and c.closes_on is None for c in undated)


def test_a_date_set_for_one_cycle_leaves_the_others_without():
    plan = shipped_plan("lang-son-1438")
    key = CycleKey("lang-son-1438", "O1", "2020")
    found = planned_cycles(
        plan, shipped_days(), {key: SetDue(date(2020, 12, 15), inclusive=False, document="1")}
    )
    assert [str(cycle.key) for cycle in found if cycle.deadline] == [str(key)]


def test_the_ladder_of_nam_dong_counts_from_the_last_working_day_before_gio_to():
    rungs = {rung.step.step: rung.on for rung in the_cycle("nam-dong-2014/O1/2014").rungs}
    assert rungs == {
        "T-14": date(2014, 3, 19),
        "T-7": date(2014, 3, 28),
        "T-3": date(2014, 4, 3),
        "T+1": date(2014, 4, 11),
        "T+5": date(2014, 4, 17),
    }


def test_the_chain_of_nam_dong_closes_below_before_it_is_due_above():
    below, above = the_cycle("nam-dong-2014/O3/2014"), the_cycle("nam-dong-2014/O4/2014")
    assert below.closes_on < above.deadline.last_working_day


# The ladder, by a slow definition: walk day by day and count.


def slow_day(calendar, start: date, count: int) -> date:
    step = timedelta(days=1 if count > 0 else -1)
    seen, at = 0, start
    while seen < abs(count):
        at += step
        seen += calendar.is_working(at)
    return at


@given(draw.calendars_around(), draw.ladders, st.booleans())
def test_a_step_stands_as_many_working_days_away_as_it_says(drawn, steps, inclusive):
    calendar, x = drawn
    deadline = deadline_on(x, inclusive=inclusive, days=calendar)
    rungs = ladder(steps, deadline, calendar)
    assert sorted(rung.step.step for rung in rungs) == sorted(step.step for step in steps)
    assert [rung.on for rung in rungs] == sorted(rung.on for rung in rungs)
    for rung in rungs:
        after = rung.step.step.startswith("T+")
        start = deadline.day_x if after else deadline.last_working_day
        assert rung.on == slow_day(calendar, start, rung.step.days)
        assert calendar.is_working(rung.on), "nobody is written to on a rest day"
        assert (rung.on > deadline.day_x) if after else (rung.on <= deadline.last_day)


def test_reminders_of_a_plan_without_a_ladder_are_the_default_ones_and_an_empty_ladder_stays_empty():
    default, none = a_plan(), a_plan(an_obligation(reminders=[]))
    assert [s.step for s in default.obligation("O1").ladder] == ["T-14", "T-7", "T-3", "T+1", "T+5"]
    assert none.obligation("O1").ladder == ()
