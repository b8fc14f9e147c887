"""Due rules of several parts, windows, cut-offs, reporting years and dates that are set, against a definition that only
walks the calendar day by day; the single rules are in test_due_rules_slowly.
"""

import json
from datetime import date, time
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from models.calendar import planned_cycles
from models.cutoffs import cutoff_warning
from models.deadlines import SetDue
from models.ids import CycleKey
from models.plan import Plan
from models.plan_text.consistency import problems
from tests import strategies as draw
from tests.builders import an_obligation, plan_data, planned
from tests.unit.test_due_rules_slowly import (
    DAY,
    Office,
    assert_holds,
    back,
    day_months,
    falls_on,
    first,
    hours,
    month_days,
    onward,
    policies,
    wordings,
    years,
)

PHASES = [
    {"code": "2019-2020", "first_year": 2019, "last_year": 2020},
    {"code": "2021-2022", "first_year": 2021, "last_year": 2022},
]
OF_PLAN = {"first_year": 2019, "last_year": 2022, "phases": PHASES}
a_day_of = {
    phase["code"]: st.dates(date(phase["first_year"], 1, 1), date(phase["last_year"] + 1, 12, 31))
    for phase in PHASES
}
HALVES, QUARTERS = ("H1", "H2"), ("Q1", "Q2", "Q3", "Q4")
rhythms = st.sampled_from([("year", ("",)), ("half-year", HALVES), ("quarter", QUARTERS)])


def a_plan(*obligations: dict[str, Any], **changes: Any) -> Plan:
    """As a plan file gives it, but not by way of YAML, which takes longer than all the rest."""
    plan = Plan.model_validate_json(json.dumps(plan_data(*obligations, **changes)))
    assert problems(plan) == []
    return plan


def in_words(day: date) -> str:
    return f"{day:%d/%m/%Y}"


@given(draw.calendars_around(), st.fixed_dictionaries(a_day_of), wordings, policies, hours)
def test_each_phase_on_a_day_of_its_own(drawn, table, wording, rules, hour):
    calendar, _ = drawn
    due = {wording: {code: in_words(day) for code, day in table.items()}} | ({"at": hour} if hour else {})
    plan = a_plan(an_obligation(every="phase", due=due), **OF_PLAN, **rules)
    for code, day in table.items():
        assert_holds(planned(plan, code, days=calendar), day, wording, Office(calendar), rules, hour)


@given(draw.calendars_around(), day_months, st.fixed_dictionaries(a_day_of), wordings, policies)
def test_a_duty_of_year_and_phase_has_the_days_of_both(drawn, yearly, table, wording, rules):
    calendar, _ = drawn
    days = {code: in_words(day) for code, day in table.items()} | {"year": yearly}
    plan = a_plan(an_obligation(every=["year", "phase"], due={wording: days}), **OF_PLAN, **rules)
    office = Office(calendar)
    for code, day in table.items():
        assert_holds(planned(plan, code, days=calendar), day, wording, office, rules, None)
    for year in range(2019, 2023):
        x = first(onward(date(year, 1, 1)), falls_on(yearly))
        assert_holds(planned(plan, str(year), days=calendar), x, wording, office, rules, None)


@given(
    draw.calendars_around(),
    month_days,
    st.dictionaries(st.integers(1, 12), month_days, max_size=11),
    wordings,
    policies,
    years,
)
def test_every_month_may_have_a_day_of_its_own(drawn, usual, own, wording, rules, year):
    calendar, _ = drawn
    table = {"default": usual} | {f"{month:02d}": day for month, day in own.items()}
    plan = a_plan(an_obligation(every="month", due={wording: table}), **rules)
    for month in range(1, 13):
        wanted = own.get(month, usual)
        x = first(onward(date(year, month, 1)), lambda day, wanted=wanted: day.day == wanted)
        found = planned(plan, f"{year}-{month:02d}", days=calendar)
        assert_holds(found, x, wording, Office(calendar), rules, None)


# Reporting years that are not the calendar year


def the_year(label: int, begins: str, named_after: str) -> tuple[date, date]:
    """The twelve months that end in the year of the label, or begin in it."""
    starts = falls_on(begins)
    if named_after == "end":
        end = first(back(date(label, 12, 31)), lambda day: starts(day + DAY))
        return first(back(end), starts), end
    start = first(onward(date(label, 1, 1)), starts)
    return start, first(onward(start), lambda day: starts(day + DAY))


def begins_on(text: str) -> str:
    day, month = map(int, text.split("/"))
    return f"{min(day, 28)}/{month:02d}"


beginnings = day_months.map(begins_on)
ends_named = st.sampled_from(["end", "start"])


@given(
    draw.calendars_around(),
    beginnings,
    ends_named,
    rhythms,
    day_months,
    wordings,
    policies,
    years,
    st.booleans(),
)
def test_a_day_of_a_reporting_year_lies_in_the_calendar_year_in_which_its_period_ends_or_after_its_end(
    drawn, begins, named, rhythm, printed, wording, rules, label, next_year
):
    calendar, _ = drawn
    every, parts = rhythm
    days = printed if every == "year" else dict.fromkeys(parts, printed)
    plan = a_plan(
        an_obligation(every=every, due={wording: days, "next_year": next_year}),
        reporting_year={"begins": begins, "named_after": named},
        **rules,
    )
    start, end = the_year(label, begins, named)
    months = 12 // len(parts)
    number = int(begins.split("/")[0])
    firsts = [day for day in walk(start, end) if day.day == number][::months]
    for part, begun, after in zip(parts, firsts, [*firsts[1:], end + DAY], strict=True):
        last = after - DAY
        found = planned(plan, f"{label}-{part}".rstrip("-"), days=calendar)
        assert (found.period.start, found.period.end) == (begun, last)
        if not next_year:
            x = first(onward(date(last.year, 1, 1)), falls_on(printed.lstrip("0")))
        elif every == "year":
            x = first(onward(date(last.year + 1, 1, 1)), falls_on(printed.lstrip("0")))
        else:
            x = first(onward(after), falls_on(printed.lstrip("0")))
        assert_holds(found, x, wording, Office(calendar), rules, None)


@given(draw.calendars_around(), beginnings, ends_named, month_days, wordings, policies, years, st.booleans())
def test_a_month_of_a_reporting_year_is_named_after_the_month_it_ends_in_and_due_in_it_or_in_the_next(
    drawn, begins, named, printed, wording, rules, label, next_month
):
    calendar, _ = drawn
    plan = a_plan(
        an_obligation(every="month", due={wording: printed, "next_month": next_month}),
        reporting_year={"begins": begins, "named_after": named},
        **rules,
    )
    start, end = the_year(label, begins, named)
    number = int(begins.split("/")[0])
    for last in (day for day in walk(start, end) if (day + DAY).day == number):
        found = planned(plan, f"{last:%Y-%m}", days=calendar)
        assert found.period.end == last
        month = last.replace(day=1)
        if next_month:
            month = first(onward(month + DAY), lambda day: day.day == 1)
        x = first(onward(month), lambda day: day.day == printed)
        assert_holds(found, x, wording, Office(calendar), rules, None)


def walk(start: date, end: date) -> list[date]:
    return [start + i * DAY for i in range((end - start).days + 1)]


# Windows


@given(draw.calendars_around(), month_days, month_days, years, st.integers(1, 12))
def test_a_monthly_window_opens_on_its_last_day_before_x(drawn, printed, opens, year, month):
    calendar, _ = drawn
    plan = a_plan(an_obligation(every="month", due={"by": printed, "opens": opens}))
    found = planned(plan, f"{year}-{month:02d}", days=calendar)
    assert found.opens_on == first(back(date(year, month, printed)), lambda day: day.day == opens)


@given(draw.calendars_around(), st.lists(day_months, min_size=4, max_size=4), years)
def test_a_window_of_each_half_year_opens_on_its_own_last_day_before_x(drawn, printed, year):
    calendar, _ = drawn
    ends, opens = dict(zip(HALVES, printed[:2], strict=True)), dict(zip(HALVES, printed[2:], strict=True))
    plan = a_plan(an_obligation(every="half-year", due={"by": ends, "opens": opens}))
    for half in HALVES:
        found = planned(plan, f"{year}-{half}", days=calendar)
        assert found.deadline is not None
        assert found.opens_on == first(back(found.deadline.day_x), falls_on(opens[half]))


@given(draw.calendars_around(), st.integers(0, 300), st.integers(1, 366), st.booleans())
def test_a_duty_opens_on_the_day_named_and_else_so_many_days_before_x(drawn, window, before, named):
    calendar, day = drawn
    due = {"by": in_words(day)} | ({"opens": in_words(day - window * DAY)} if named else {})
    plan = a_plan(
        an_obligation(every="once", due=due, opens_days_before=before),
        first_year=day.year,
        last_year=day.year,
    )
    expected = day - (window if named else before) * DAY
    assert planned(plan, str(day.year), days=calendar).opens_on == expected


# Cut-offs


@given(draw.calendars_around(), month_days, st.integers(1, 20), policies, years, st.integers(1, 12))
def test_so_many_working_days_after_the_cut_off_of_each_month(drawn, cutoff, n, rules, year, month):
    calendar, _ = drawn
    due = {"after": {"of": "cutoff", "working_days": n}}
    plan = a_plan(an_obligation(every="month", cutoff=cutoff, due=due), **rules)
    found = planned(plan, f"{year}-{month:02d}", days=calendar)
    office = Office(calendar)
    assert found.cutoff == date(year, month, cutoff)
    assert_holds(found, office.nth(onward(date(year, month, cutoff)), n), "by", office, rules, None)


@given(
    draw.calendars_around(), st.lists(day_months, min_size=2, max_size=2), st.integers(1, 20), policies, years
)
def test_so_many_working_days_after_the_cut_off_of_each_half_year(drawn, printed, n, rules, year):
    calendar, _ = drawn
    table, office = dict(zip(HALVES, printed, strict=True)), Office(calendar)
    due = {"after": {"of": "cutoff", "working_days": n}}
    plan = a_plan(an_obligation(every="half-year", cutoff=table, due=due), **rules)
    for half, day in table.items():
        cutoff = first(onward(date(year, 1, 1)), falls_on(day))
        found = planned(plan, f"{year}-{half}", days=calendar)
        assert_holds(found, office.nth(onward(cutoff), n), "by", office, rules, None)


@given(draw.calendars_around(), beginnings, rhythms, st.integers(2018, 2022), st.integers(1, 60))
def test_the_usual_cut_off_is_the_last_14th_of_the_period_or_its_end_and_leaves_time_to_report(
    drawn, begins, rhythm, label, after
):
    """The 14th of the month the period ends in; a period that ends before its 14th is covered to its end."""
    calendar, _ = drawn
    every, parts = rhythm
    end_of = the_year(label, begins, "end")[1]
    x = end_of - 30 * DAY + after * DAY  # from a month before the end of the year to a month after
    assume((x.month, x.day) != (2, 29))
    printed = f"{x:%d/%m}"
    days = printed if every == "year" else dict.fromkeys(parts, printed)
    plan = a_plan(
        an_obligation(every=every, due={"by": days}),
        reporting_year={"begins": begins},
        first_year=2018,
        last_year=2022,
    )
    found = planned(plan, f"{label}-{parts[-1]}".rstrip("-"), days=calendar)
    assert found.deadline is not None
    end = found.period.end
    usual = first(back(end), lambda day: day.day == 14) if end.day >= 14 else end
    holds = end >= date(2019, 3, 12) and usual < found.deadline.last_day
    assert found.cutoff == (usual if holds else None)


@given(draw.calendars_around(), st.integers(-20, 5), wordings, policies)
def test_it_is_warned_exactly_where_no_working_day_in_time_comes_after_the_cut_off(
    drawn, away, wording, rules
):
    calendar, day = drawn
    cutoff = day + away * DAY
    obligation = an_obligation(every="once", due={wording: in_words(day)}, cutoff=in_words(cutoff))
    found = planned(
        a_plan(obligation, first_year=day.year, last_year=day.year, **rules), str(day.year), days=calendar
    )
    assert found.deadline is not None
    left = walk(cutoff + DAY, found.deadline.last_day)
    is_short = not any(Office(calendar).works(each) for each in left)
    warned = cutoff_warning(found.obligation, found.period, found.deadline, calendar)
    assert bool(warned) == is_short


# No date yet, and dates that are set


@given(
    draw.calendars_around(),
    st.sampled_from([("once", "2019"), ("year", "2020"), ("half-year", "2021-H2"), ("month", "2022-02"),
                     ("quarter", "2019-Q1"), ("phase", "2021-2022")]),
    st.booleans(),
    policies,
    st.booleans(),
)  # fmt: skip
def test_a_duty_without_a_date_has_nothing_until_one_is_set_and_then_is_like_any_other(
    drawn, rhythm, inclusive, rules, frozen
):
    """A day that a cycle opened with is not shifted again."""
    calendar, day = drawn
    every, label = rhythm
    plan = a_plan(an_obligation(every=every, due=None), **OF_PLAN, **rules)
    silent = planned(plan, label, days=calendar)
    assert (silent.deadline, silent.opens_on, silent.closes_on, silent.rungs) == (None, None, None, ())
    found = planned(
        plan, label, days=calendar, set_due=SetDue(day, inclusive=inclusive, document="CV 1", frozen=frozen)
    )
    rules = rules | ({"shift": "none"} if frozen else {})
    assert_holds(found, day, "by" if inclusive else "before", Office(calendar), rules, None)


@given(draw.calendars_around(), wordings, hours, st.booleans(), policies)
def test_a_date_that_is_set_keeps_the_hour_of_the_plan(drawn, wording, hour, inclusive, rules):
    calendar, day = drawn
    due = {wording: "30/11"} | ({"at": hour} if hour else {})
    found = planned(
        a_plan(an_obligation(due=due), **rules),
        "2020",
        days=calendar,
        set_due=SetDue(day, inclusive=inclusive, document="CV 1"),
    )
    assert found.deadline is not None
    assert found.deadline.due_at.time() == (time.fromisoformat(hour) if hour else time(23, 59, 59))
    assert found.deadline.day_x == (
        first(onward(day), Office(calendar).works) if rules["shift"] == "forward" else day
    )


@given(draw.calendars_around(), st.sets(st.integers(1, 9), max_size=4), st.booleans())
def test_a_duty_without_a_rhythm_has_exactly_the_cycles_that_were_asked_for(drawn, numbers, inclusive):
    calendar, day = drawn
    plan = a_plan(an_obligation(every="ad-hoc", due=None), first_year=day.year, last_year=day.year)
    dues = {
        CycleKey(plan.code, "O1", f"{day.year}-L{n}"): SetDue(
            day + n * DAY, inclusive=inclusive, document="CV"
        )
        for n in numbers
    }
    found = list(planned_cycles(plan, calendar, dues))
    assert {cycle.key for cycle in found} == set(dues)
    for cycle in found:
        wording = "by" if inclusive else "before"
        assert_holds(
            cycle,
            dues[cycle.key].day_x,
            wording,
            Office(calendar),
            {"policy": "strict", "shift": "none"},
            None,
        )


@given(draw.calendars_around(), st.integers(1, 20), st.integers(1, 20), st.booleans(), policies)
def test_a_cascade_of_three_levels_follows_the_date_that_is_set_at_its_top(drawn, n, m, inclusive, rules):
    calendar, day = drawn
    office = Office(calendar)
    plan = a_plan(
        an_obligation("O1", every="once", feeds="O2", due={"ahead": {"of": "O2", "working_days": n}}),
        an_obligation("O2", every="once", feeds="O3", due={"ahead": {"of": "O3", "working_days": m}}),
        an_obligation("O3", every="once", due=None),
        first_year=day.year - 1,
        last_year=day.year,
        **rules,
    )
    top = CycleKey(plan.code, "O3", str(day.year - 1))
    found = {
        cycle.key.obligation: cycle
        for cycle in planned_cycles(plan, calendar, {top: SetDue(day, inclusive=inclusive, document="CV 1")})
    }
    assert_holds(found["O3"], day, "by" if inclusive else "before", office, rules, None)
    upper = found["O3"].deadline
    for code, allowance in (("O2", m), ("O1", n)):
        assert upper is not None
        assert_holds(
            found[code], office.nth(back(upper.last_working_day), allowance), "by", office, rules, None
        )
        assert found[code].deadline.last_day < upper.last_day
        upper = found[code].deadline
