"""Which days the scheduler is given: the pure decision, on the five plans and on plans made for the test."""

from datetime import date

import pytest

from models.deadlines import SetDue
from models.ids import CycleKey
from models.plan_text import parse_plan
from models.schedules import HORIZON, ObligationSchedule, obligation_schedules
from tasks.adapters.holiday_files import read_working_days
from tests.builders import NO_HOLIDAYS, ROOT, a_plan, an_obligation

TODAY = date(2026, 11, 22)
DAYS = read_working_days(ROOT / "plans" / "holidays")


def shipped(code: str):
    file = ROOT / "plans" / f"{code}.yaml"
    return parse_plan(file.read_text("utf-8"), str(file))


def schedules_of(code: str, today: date = TODAY) -> dict[str, ObligationSchedule]:
    return {found.name: found for found in obligation_schedules(shipped(code), DAYS, {}, today)}


def days_of(schedule: ObligationSchedule, slug: str) -> list[date]:
    return [day for occasion in schedule.occasions if occasion.slug == slug for day in occasion.days]


@pytest.mark.parametrize(
    ("code", "name", "slug", "next_day"),
    [
        ("hue-647", "hue-647-o1", "ngay-han-30-10", date(2027, 10, 30)),
        ("hue-647", "hue-647-o2", "ngay-han-20-12", date(2026, 12, 20)),
        ("hue-588", "hue-588-o1", "ngay-han-25-07", date(2027, 7, 25)),
        ("hue-588", "hue-588-o2", "ngay-han-30-11", date(2026, 11, 30)),
        ("hong-ngu-2020", "hong-ngu-2020-o1", "ngay-han-12-11", date(2027, 11, 12)),
        ("nam-dong-2014", "nam-dong-2014-o1", "ngay-han-10-04", date(2027, 4, 10)),
        ("nam-dong-2014", "nam-dong-2014-o3", "ngay-han-20-10", date(2027, 10, 20)),
        ("nam-dong-2014", "nam-dong-2014-o4", "ngay-han-30-10", date(2027, 10, 30)),
    ],
)
def test_a_plan_whose_years_are_over_shows_the_same_day_of_the_coming_years(code, name, slug, next_day):
    schedule = schedules_of(code)[name]
    assert schedule.is_over
    assert days_of(schedule, slug)[:2] == [next_day, next_day.replace(year=next_day.year + 1)]


def test_the_days_of_coming_years_are_counted_with_their_own_holidays():
    schedule = schedules_of("hue-588")["hue-588-o2"]
    # 29/11/2026 is a Sunday and 24/11/2026 a holiday: T-3 counts 26, 25, 23 back from Friday the 27th.
    assert days_of(schedule, "ngay-cuoi")[0] == date(2026, 11, 29)
    assert days_of(schedule, "t-3")[0] == date(2026, 11, 23)
    assert days_of(schedule, "t-cong-1")[0] == date(2026, 12, 1)


def test_a_plan_that_runs_shows_its_real_days_and_is_not_called_over():
    schedule = schedules_of("hue-588", date(2020, 11, 20))["hue-588-o2"]
    assert not schedule.is_over
    assert days_of(schedule, "ngay-han-30-11") == [date(2020, 11, 30), date(2021, 11, 30), date(2022, 11, 30)]
    assert days_of(schedule, "t-3")[0] == date(2020, 11, 24)


def test_the_last_deadline_of_a_plan_is_shown_to_its_end_even_in_the_year_after():
    plan = a_plan(an_obligation(due={"before": "15/01", "next_year": True}), first_year=2025, last_year=2025)
    [before] = obligation_schedules(plan, NO_HOLIDAYS, {}, date(2026, 1, 14))
    assert not before.is_over
    assert days_of(before, "ngay-han-15-01") == [date(2026, 1, 15)]
    [after] = obligation_schedules(plan, NO_HOLIDAYS, {}, date(2026, 3, 1))
    assert after.is_over
    assert days_of(after, "ngay-han-15-01") == [date(2027, 1, 15), date(2028, 1, 15)]


def test_a_duty_that_is_done_while_its_plan_goes_on_has_no_days_left():
    schedules = schedules_of("hue-588", date(2021, 1, 1))
    assert schedules["hue-588-o1"].occasions == ()
    assert schedules["hue-588-o2"].occasions


def test_a_duty_without_a_date_has_no_schedule_until_the_coordinator_sets_one():
    plan = shipped("lang-son-1438")
    assert obligation_schedules(plan, DAYS, {}, date(2020, 6, 1)) == []
    dues = {CycleKey("lang-son-1438", "O1", "2020"): SetDue(date(2020, 12, 31), False, "Công văn số 1")}
    [schedule] = obligation_schedules(plan, DAYS, dues, date(2020, 6, 1))
    assert days_of(schedule, "ngay-han-31-12") == [date(2020, 12, 31)]


def test_every_round_of_a_half_yearly_duty_is_shown():
    plan = a_plan(
        an_obligation(every="half-year", due={"by": {"H1": "20/6", "H2": "20/12"}}),
        first_year=2019,
        last_year=2020,
    )
    [schedule] = obligation_schedules(plan, NO_HOLIDAYS, {}, TODAY)
    assert days_of(schedule, "ngay-han-20-06")[0] == date(2027, 6, 20)
    assert days_of(schedule, "ngay-han-20-12")[0] == date(2026, 12, 20)
    assert days_of(schedule, "ngay-cuoi") == []  # "chậm nhất ngày X": X itself is the last day


def test_the_29th_of_february_becomes_the_28th_where_the_year_has_none():
    plan = a_plan(
        an_obligation(every="once", due={"by": "29/02/2024"}, first_year=2024),
        first_year=2024,
        last_year=2024,
    )
    [schedule] = obligation_schedules(plan, NO_HOLIDAYS, {}, TODAY)
    assert days_of(schedule, "ngay-han-28-02")[0] == date(2027, 2, 28)
    assert days_of(schedule, "ngay-han-29-02") == [date(2028, 2, 29)]


@pytest.mark.parametrize("today", [date(2013, 1, 1), date(2019, 11, 30), TODAY])
def test_no_day_lies_in_the_past_or_beyond_the_horizon_and_none_comes_twice(today):
    for code in ("hue-647", "hue-588", "hong-ngu-2020", "nam-dong-2014"):
        for schedule in schedules_of(code, today).values():
            for occasion in schedule.occasions:
                assert list(occasion.days) == sorted(set(occasion.days))
                assert today <= occasion.days[0]
                assert occasion.days[-1] <= today + HORIZON
