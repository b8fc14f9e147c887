from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.cutoffs import cutoff_of
from models.deadlines import SetDue, correction_day, deadline_of, deadline_on, opening_of
from models.periods import periods_of
from models.plan_text import PlanError
from models.working_days import WorkingDays
from tests import strategies as draw
from tests.builders import NO_HOLIDAYS, a_period, a_plan, an_obligation, moment, planned, shipped_plan

PHASES = [
    {"code": "2019-2020", "first_year": 2019, "last_year": 2020},
    {"code": "2021-2025", "first_year": 2021, "last_year": 2025},
]
MONTHLY = {"default": 25, "12": 20}

# rhythm, rule, period: the printed day X, the last day that counts
RULES = {
    "once, before": ("once", {"before": "30/10/2019"}, "2019", "2019-10-30", "2019-10-29"),
    "once, by": ("once", {"by": "30/10/2019"}, "2019", "2019-10-30", "2019-10-30"),
    "every year, before": ("year", {"before": "30/11"}, "2024", "2024-11-30", "2024-11-29"),
    "every year, by": ("year", {"by": "30/11"}, "2024", "2024-11-30", "2024-11-30"),
    "next year": ("year", {"before": "15/01", "next_year": True}, "2019", "2020-01-15", "2020-01-14"),
    "first half-year": ("half-year", {"by": {"H1": "20/6", "H2": "20/12"}}, "2020-H1", "2020-06-20", "2020-06-20"),
    "second half-year": ("half-year", {"by": {"H1": "20/6", "H2": "20/12"}}, "2020-H2", "2020-12-20", "2020-12-20"),
    "half-year of the old year": (
        "half-year",
        {"by": {"H1": "15/7", "H2": "15/01"}, "next_year": True},
        "2020-H1",
        "2020-07-15",
        "2020-07-15",
    ),
    "half-year of the new year": (
        "half-year",
        {"by": {"H1": "15/7", "H2": "15/01"}, "next_year": True},
        "2020-H2",
        "2021-01-15",
        "2021-01-15",
    ),
    "third quarter": (
        "quarter",
        {"before": {"Q1": "25/3", "Q2": "25/6", "Q3": "25/9", "Q4": "15/12"}},
        "2020-Q3",
        "2020-09-25",
        "2020-09-24",
    ),
    "fourth quarter in the new year": (
        "quarter",
        {"by": {"Q1": "10/4", "Q2": "10/7", "Q3": "10/10", "Q4": "10/01"}, "next_year": True},
        "2020-Q4",
        "2021-01-10",
        "2021-01-10",
    ),
    "third quarter beside it": (
        "quarter",
        {"by": {"Q1": "10/4", "Q2": "10/7", "Q3": "10/10", "Q4": "10/01"}, "next_year": True},
        "2020-Q3",
        "2020-10-10",
        "2020-10-10",
    ),
    "every month": ("month", {"before": MONTHLY}, "2020-11", "2020-11-25", "2020-11-24"),
    "december has its own": ("month", {"before": MONTHLY}, "2020-12", "2020-12-20", "2020-12-19"),
    "one day for all months": ("month", {"by": 25}, "2020-12", "2020-12-25", "2020-12-25"),
    "next month": ("month", {"by": 5, "next_month": True}, "2020-11", "2020-12-05", "2020-12-05"),
    "next month of december": ("month", {"by": 5, "next_month": True}, "2020-12", "2021-01-05", "2021-01-05"),
    "every month with a day of its own": (
        "month",
        {"by": {f"{month:02d}": 10 + month for month in range(1, 13)}},
        "2020-09",
        "2020-09-19",
        "2020-09-19",
    ),
    "a month without its zero": ("month", {"by": {"default": 25, "7": 20}}, "2020-07", "2020-07-20", "2020-07-20"),
    "phase": (
        "phase",
        {"before": {"2019-2020": "15/12/2020", "2021-2025": "15/12/2025"}},
        "2021-2025",
        "2025-12-15",
        "2025-12-14",
    ),
    "phase, in the year after it": (
        "phase",
        {"by": {"2019-2020": "31/01/2021", "2021-2025": "31/01/2026"}},
        "2019-2020",
        "2021-01-31",
        "2021-01-31",
    ),
}  # fmt: skip


@pytest.mark.parametrize("rule", RULES)
def test_a_due_rule_gives_the_printed_day_and_the_last_day_that_counts(rule):
    every, due, label, day_x, last_day = RULES[rule]
    found = planned(a_plan(an_obligation(every=every, due=due), phases=PHASES), label).deadline
    assert found is not None
    assert (found.day_x, found.last_day) == (date.fromisoformat(day_x), date.fromisoformat(last_day))
    assert found.due_at == moment(f"{last_day}T23:59:59")


def test_every_period_of_a_rule_has_a_deadline_after_the_one_before():
    for every, due, *_ in RULES.values():
        plan = a_plan(an_obligation(every=every, due=due), phases=PHASES)
        obligation = plan.obligation("O1")
        found = [
            deadline_of(plan, obligation, period, NO_HOLIDAYS) for period in periods_of(plan, obligation)
        ]
        moments = [deadline.due_at for deadline in found if deadline]
        assert len(moments) == len(found)
        assert moments == sorted(set(moments)), (every, due)


def test_before_excludes_the_day_and_by_includes_it_unless_lateness_is_tolerated():
    x = date(2019, 11, 28)
    last = {
        (inclusive, policy): deadline_on(x, inclusive=inclusive, days=NO_HOLIDAYS, policy=policy).last_day.day
        for inclusive in (True, False)
        for policy in ("strict", "tolerant")
    }
    assert last == {
        (False, "strict"): 27,
        (False, "tolerant"): 28,
        (True, "strict"): 28,
        (True, "tolerant"): 28,
    }


def test_an_hour_ends_the_last_day_early():
    rule = {"by": "30/11", "at": "17:00"}
    found = planned(a_plan(an_obligation(due=rule)), "2021").deadline
    assert found is not None
    assert found.due_at == moment("2021-11-30T17:00")
    assert found.late_from == moment("2021-12-01T00:00")


def test_an_hour_stays_when_the_coordinator_moves_the_day():
    plan = a_plan(an_obligation(due={"by": "30/11", "at": "17:00"}))
    moved = planned(
        plan, "2021", set_due=SetDue(date(2021, 12, 3), inclusive=True, document="15/UBND")
    ).deadline
    assert moved is not None
    assert moved.due_at == moment("2021-12-03T17:00")


def test_a_duty_without_a_day_has_no_deadline_until_one_is_set():
    plan = a_plan(an_obligation(due=None))
    assert planned(plan, "2020").deadline is None
    assert planned(plan, "2020").rungs == ()
    found = planned(plan, "2020", set_due=SetDue(date(2020, 12, 10), inclusive=False, document="15/UBND"))
    assert found.deadline is not None
    assert found.deadline.last_day == date(2020, 12, 9)
    assert found.rungs


@pytest.mark.parametrize(
    ("shift", "day_x", "last_day"),
    [("none", date(2019, 11, 30), date(2019, 11, 29)), ("forward", date(2019, 12, 2), date(2019, 12, 1))],
)
def test_a_deadline_on_a_rest_day_moves_only_where_the_plan_says_so(shift, day_x, last_day):
    found = planned(a_plan(shift=shift), "2019").deadline
    assert found is not None
    assert (found.day_x, found.last_day) == (day_x, last_day)
    assert found.last_working_day == date(2019, 11, 29)


def test_so_many_working_days_after_the_cut_off():
    calendar = WorkingDays({date(2020, 12, 15): "nghỉ"})
    counted = an_obligation(due={"after": {"of": "cutoff", "working_days": 3}}, cutoff="14/12")
    found = planned(a_plan(counted), "2020", days=calendar).deadline
    assert found is not None
    assert found.day_x == date(2020, 12, 18)  # Monday 14; Tuesday is off; Wednesday, Thursday, Friday
    assert found.last_day == found.day_x, "n days after is a day that still counts"


def test_so_many_working_days_after_another_obligation():
    below = an_obligation("O1", feeds="O2")
    above = an_obligation("O2", due={"after": {"of": "O1", "working_days": 5}})
    found = planned(a_plan(below, above), "2019", code="O2").deadline
    assert found is not None
    assert found.day_x == date(2019, 12, 6)  # after Saturday 30/11


def test_what_counts_from_a_duty_without_a_date_has_no_date_either():
    below = an_obligation("O1", due=None)
    above = an_obligation("O2", due={"after": {"of": "O1", "working_days": 5}})
    assert planned(a_plan(below, above), "2019", code="O2").deadline is None


@pytest.mark.parametrize(
    ("every", "cutoff", "label", "expected"),
    [
        ("year", "14/11", "2020", date(2020, 11, 14)),
        ("once", "14/11/2020", "2020", date(2020, 11, 14)),
        ("month", 15, "2020-02", date(2020, 2, 15)),
        ("year", None, "2020", None),
    ],
)
def test_the_cut_off_is_apart_from_the_deadline(every, cutoff, label, expected):
    due = {"month": {"by": 25}, "year": {"before": "30/11"}, "once": {"before": "30/11/2020"}}[every]
    assert planned(a_plan(an_obligation(every=every, due=due, cutoff=cutoff)), label).cutoff == expected


def test_a_monthly_deadline_may_count_from_a_monthly_cut_off():
    due = {"after": {"of": "cutoff", "working_days": 2}}
    found = planned(a_plan(an_obligation(every="month", due=due, cutoff=15)), "2020-10").deadline
    assert found is not None
    assert found.day_x == date(2020, 10, 19)


@pytest.mark.parametrize(
    ("every", "due", "label", "opens"),
    [
        ("year", {"before": "30/11"}, "2019", date(2019, 10, 16)),
        ("year", {"before": "30/11", "opens": "01/11"}, "2019", date(2019, 11, 1)),
        ("year", {"before": "15/01", "next_year": True, "opens": "15/12"}, "2019", date(2019, 12, 15)),
        ("once", {"before": "30/11/2019", "opens": "01/11/2019"}, "2019", date(2019, 11, 1)),
        ("month", {"by": 25, "opens": 20}, "2019-11", date(2019, 11, 20)),
        ("month", {"by": 5, "next_month": True, "opens": 28}, "2019-12", date(2019, 12, 28)),
    ],
)
def test_a_window_opens_on_its_day_and_otherwise_so_many_days_before_x(every, due, label, opens):
    found = planned(a_plan(an_obligation(every=every, due=due)), label)
    assert found.opens_on == opens
    assert found.deadline is not None
    assert found.opens_on <= found.deadline.last_day


def test_the_cycle_closes_so_many_working_days_after_x():
    found = planned(a_plan(an_obligation(closes_working_days_after=2)), "2020")
    assert found.closes_on == date(2020, 12, 2)  # X is Monday 30/11


@given(
    draw.calendars_around(),
    st.booleans(),
    st.sampled_from(["strict", "tolerant"]),
    st.sampled_from(["none", "forward"]),
    st.one_of(st.none(), st.times().map(lambda t: t.replace(second=0, microsecond=0))),
)
def test_whatever_the_rule_the_moments_stand_in_order(drawn, inclusive, policy, shift, at):
    calendar, day = drawn
    found = deadline_on(day, inclusive=inclusive, days=calendar, policy=policy, shift=shift, at=at)
    assert found.day_x >= day
    assert found.last_working_day <= found.last_day <= found.day_x
    assert calendar.is_working(found.last_working_day)
    assert found.due_at < found.late_from, "nobody is called late before X has passed"
    assert found.due_at.date() == found.last_day
    assert found.due_at.utcoffset() == moment("2020-06-01T00:00").utcoffset()
    assert found.due_at.timetz().replace(tzinfo=None) == (at or time(23, 59, 59))


def test_there_is_no_summer_time():
    offsets = {moment(f"2020-{month:02d}-01T00:00").utcoffset() for month in range(1, 13)}
    assert len(offsets) == 1
    assert next(iter(offsets)).total_seconds() == 7 * 3600


# Periods


@pytest.mark.parametrize(
    ("every", "due", "labels", "said"),
    [
        ("year", {"before": "30/11"}, ["2019", "2020"], "năm 2019"),
        (
            "half-year",
            None,
            ["2019-H1", "2019-H2", "2020-H1", "2020-H2"],
            "6 tháng đầu năm 2019",
        ),
        ("quarter", None, [f"{y}-Q{q}" for y in (2019, 2020) for q in range(1, 5)], "quý I năm 2019"),
        ("month", None, [f"{y}-{m:02d}" for y in (2019, 2020) for m in range(1, 13)], "tháng 1 năm 2019"),
        ("phase", None, ["2019-2020"], "giai đoạn 2019 - 2020"),
        ("once", None, ["2019"], "năm 2019"),
        ("once", {"before": "10/4/2020"}, ["2020"], "năm 2020"),
        ("ad-hoc", None, [], None),
        (["half-year", "year"], None, ["2019-H1", "2019", "2019-H2", "2020-H1", "2020", "2020-H2"], None),
    ],
)
def test_periods_have_public_names_and_stand_in_order(every, due, labels, said):
    plan = a_plan(an_obligation(every=every, due=due), last_year=2020, phases=PHASES[:1])
    found = periods_of(plan, plan.obligation("O1"))
    assert [period.label for period in found] == labels
    if said:
        assert found[0].vietnamese == said


def test_a_phase_stands_among_the_years_where_it_ends():
    phase = {"code": "2019-2021", "first_year": 2019, "last_year": 2021}
    plan = a_plan(an_obligation(every=["year", "phase"], due=None), last_year=2022, phases=[phase])
    found = [period.label for period in periods_of(plan, plan.obligation("O1"))]
    assert found == ["2019", "2020", "2019-2021", "2021", "2022"]


def test_the_last_periods_of_a_year_are_said_in_vietnamese_too():
    plan = a_plan(
        an_obligation("O1", every="half-year", due=None), an_obligation("O2", every="quarter", due=None)
    )
    assert a_period(plan, "2020-H2")[1].vietnamese == "6 tháng cuối năm 2020"
    assert a_period(plan, "2020-Q4", "O2")[1].vietnamese == "quý IV năm 2020"


def test_periods_of_a_year_cover_it_without_gap_or_overlap():
    for every in ("half-year", "quarter", "month"):
        plan = a_plan(an_obligation(every=every, due=None), first_year=2020, last_year=2020)
        found = periods_of(plan, plan.obligation("O1"))
        assert found[0].start == date(2020, 1, 1)
        assert found[-1].end == date(2020, 12, 31)
        for earlier, later in pairwise(found):
            assert (later.start - earlier.end).days == 1


def test_an_obligation_may_begin_later_and_end_earlier_than_its_plan():
    plan = a_plan(an_obligation(first_year=2021, last_year=2022))
    assert [p.label for p in periods_of(plan, plan.obligation("O1"))] == ["2021", "2022"]


def test_the_cycles_of_the_five_plans_are_as_many_as_the_handbook_counts():
    counted = {
        cycle: len(periods_of(shipped_plan(plan), shipped_plan(plan).obligation(code)))
        for plan, code, cycle in [
            ("hue-647", "O2", "hue-647/O2"),
            ("hue-588", "O2", "hue-588/O2"),
            ("lang-son-1438", "O1", "lang-son-1438/O1"),
        ]
    }
    assert counted == {"hue-647/O2": 8, "hue-588/O2": 7, "lang-son-1438/O1": 9}


def test_a_day_that_does_not_come_every_year_is_refused_when_the_plan_is_read():
    with pytest.raises(PlanError, match="29/02 is not a day of every year"):
        a_plan(an_obligation(due={"before": "29/02"}))
    assert a_plan(an_obligation(every="once", due={"before": "29/02/2020"}))


def test_the_pieces_agree_with_the_whole():
    plan = a_plan(an_obligation(cutoff="14/11"))
    obligation, period = a_period(plan, "2019")
    whole = planned(plan, "2019")
    deadline = deadline_of(plan, obligation, period, NO_HOLIDAYS)
    assert deadline == whole.deadline
    assert deadline is not None
    cutoff = cutoff_of(obligation, period, deadline)
    assert cutoff is not None
    assert cutoff.day == whole.cutoff
    assert opening_of(obligation, period, deadline) == whole.opens_on


@given(draw.days, draw.a_while)
def test_a_correction_has_five_working_days_at_least_and_no_less_than_the_unit_had(returned_on, more):
    last_day = returned_on + timedelta(days=more)
    awaited = correction_day(returned_on, last_day, NO_HOLIDAYS)
    assert awaited in {last_day, NO_HOLIDAYS.add(returned_on, 5)}
    assert awaited >= last_day
    assert NO_HOLIDAYS.between(returned_on, awaited) >= 5
