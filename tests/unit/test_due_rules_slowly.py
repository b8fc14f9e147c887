"""Every due rule against a definition that only walks the calendar day by day, written from the words of the rule."""

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from itertools import count, islice

from hypothesis import given
from hypothesis import strategies as st

from models.calendar import PlannedCycle
from models.plan.due import LONGEST_MONTH
from tests import strategies as draw
from tests.builders import a_plan, an_obligation, planned

DAY = timedelta(days=1)
FIRST, LAST = 2019, 2022

day_months = st.integers(1, 12).flatmap(
    lambda month: st.integers(1, LONGEST_MONTH[month]).map(lambda day: f"{day}/{month:02d}")
)
month_days = st.integers(1, 28)
wordings = st.sampled_from(["before", "by"])
policies = st.fixed_dictionaries(
    {"policy": st.sampled_from(["strict", "tolerant"]), "shift": st.sampled_from(["none", "forward"])}
)
hours = st.one_of(st.none(), st.just("17:00"), st.just("00:00"))
years = st.integers(FIRST, LAST)


def onward(day: date) -> Iterator[date]:
    return (day + n * DAY for n in count())


def back(day: date) -> Iterator[date]:
    return (day - n * DAY for n in count())


def first(days: Iterator[date], wanted: Callable[[date], bool]) -> date:
    return next(day for day in islice(days, 2000) if wanted(day))


def falls_on(printed: str) -> Callable[[date], bool]:
    return lambda day: f"{day.day}/{day.month:02d}" == printed


class Office:
    """A calendar asked one day at a time."""

    def __init__(self, calendar):
        self.off, self.saturdays = set(calendar.holidays), calendar.working_saturdays

    def works(self, day: date) -> bool:
        return day in self.saturdays or (day.strftime("%a") not in {"Sat", "Sun"} and day not in self.off)

    def nth(self, days: Iterator[date], n: int) -> date:
        next(days)  # the day counted from is not counted
        return next(islice((day for day in days if self.works(day)), n - 1, None))


def assert_holds(
    found: PlannedCycle, x: date, wording: str, office: Office, rules: dict[str, str], hour: str | None
):
    """Day X, and all that follows from it."""
    deadline = found.deadline
    assert deadline is not None
    if rules["shift"] == "forward":
        x = first(onward(x), office.works)
    last_day = x - DAY if wording == "before" and rules["policy"] == "strict" else x
    assert (deadline.day_x, deadline.last_day) == (x, last_day)
    assert deadline.last_working_day == first(back(last_day), office.works)
    assert deadline.due_at.time() == (time.fromisoformat(hour) if hour else time(23, 59, 59))
    assert (deadline.due_at.date(), deadline.late_from.date()) == (last_day, x + DAY)
    assert found.closes_on == office.nth(onward(x), found.obligation.closes_working_days_after)
    for rung in found.rungs:
        n = rung.step.days
        expected = office.nth(onward(x), n) if n > 0 else office.nth(back(deadline.last_working_day), -n)
        assert rung.on == expected


@given(draw.calendars_around(), day_months, wordings, policies, hours, years, st.booleans())
def test_every_year(drawn, printed, wording, rules, hour, year, next_year):
    calendar, _ = drawn
    due = {wording: printed, "next_year": next_year} | ({"at": hour} if hour else {})
    found = planned(a_plan(an_obligation(due=due), **rules), str(year), days=calendar)
    x = first(onward(date(year + next_year, 1, 1)), falls_on(printed.lstrip("0")))
    assert_holds(found, x, wording, Office(calendar), rules, hour)


@given(draw.calendars_around(), wordings, policies, hours)
def test_once(drawn, wording, rules, hour):
    calendar, day = drawn
    due = {wording: f"{day:%d/%m/%Y}"} | ({"at": hour} if hour else {})
    plan = a_plan(an_obligation(every="once", due=due), first_year=day.year, last_year=day.year, **rules)
    assert_holds(planned(plan, str(day.year), days=calendar), day, wording, Office(calendar), rules, hour)


@given(
    draw.calendars_around(),
    st.sampled_from([("half-year", ("H1", "H2")), ("quarter", ("Q1", "Q2", "Q3", "Q4"))]),
    st.lists(day_months, min_size=4, max_size=4),
    wordings,
    policies,
    years,
    st.booleans(),
)
def test_half_years_and_quarters(drawn, rhythm, printed, wording, rules, year, next_year):
    calendar, _ = drawn
    every, parts = rhythm
    table = dict(zip(parts, printed, strict=False))
    plan = a_plan(an_obligation(every=every, due={wording: table, "next_year": next_year}), **rules)
    for part, day in table.items():
        found = planned(plan, f"{year}-{part}", days=calendar)
        # With next_year the report comes after its part of the year; else in the year itself.
        start = found.period.end + DAY if next_year else date(year, 1, 1)
        x = first(onward(start), falls_on(day))
        assert_holds(found, x, wording, Office(calendar), rules, None)


@given(
    draw.calendars_around(),
    month_days,
    month_days,
    wordings,
    policies,
    years,
    st.integers(1, 12),
    st.booleans(),
)
def test_every_month_with_a_december_of_its_own(
    drawn, usual, december, wording, rules, year, month, next_month
):
    calendar, _ = drawn
    due = {wording: {"default": usual, "12": december}, "next_month": next_month}
    found = planned(
        a_plan(an_obligation(every="month", due=due), **rules), f"{year}-{month:02d}", days=calendar
    )
    start = (
        first(onward(date(year, month, 2)), lambda day: day.day == 1) if next_month else date(year, month, 1)
    )
    x = first(onward(start), lambda day: day.day == (december if month == 12 else usual))
    assert_holds(found, x, wording, Office(calendar), rules, None)


@given(draw.calendars_around(), day_months, st.integers(1, 30), st.integers(1, 30), policies)
def test_so_many_working_days_after_the_cut_off_and_after_another(drawn, cutoff, n, m, rules):
    calendar, day = drawn
    year, office = day.year, Office(calendar)
    plan = a_plan(
        an_obligation("O1", cutoff=cutoff, due={"after": {"of": "cutoff", "working_days": n}}),
        an_obligation("O2", due={"after": {"of": "O1", "working_days": m}}),
        first_year=year,
        last_year=year,
        **rules,
    )
    x = office.nth(onward(first(onward(date(year, 1, 1)), falls_on(cutoff))), n)
    assert_holds(planned(plan, str(year), "O1", calendar), x, "by", office, rules, None)
    assert_holds(
        planned(plan, str(year), "O2", calendar), office.nth(onward(x), m), "by", office, rules, None
    )


@given(draw.calendars_around(), wordings, st.integers(1, 30), policies)
def test_a_cascade_goes_so_many_working_days_ahead_of_what_it_feeds(drawn, wording, n, rules):
    calendar, day = drawn
    office = Office(calendar)
    plan = a_plan(
        an_obligation("O1", every="once", feeds="O2", due={"ahead": {"of": "O2", "working_days": n}}),
        an_obligation("O2", every="once", due={wording: f"{day:%d/%m/%Y}"}),
        first_year=day.year - 1,
        last_year=day.year,
        **rules,
    )
    upper = planned(plan, str(day.year), "O2", calendar).deadline
    assert upper is not None
    lower = planned(plan, str(day.year - 1), "O1", calendar)
    assert_holds(lower, office.nth(back(upper.last_working_day), n), "by", office, rules, None)
    assert lower.deadline is not None
    assert lower.deadline.last_day < upper.last_day


@given(
    draw.calendars_around(),
    day_months,
    day_months,
    st.sampled_from(["end", "start"]),
    st.sampled_from(["year", "half-year", "quarter", "month"]),
)
def test_a_reporting_year_of_any_kind_is_covered_by_its_parts_without_gap(
    drawn, begins, printed, named, every
):
    if int(begins.split("/")[0]) > 28:
        begins = "28/" + begins.split("/")[1]
    calendar, _ = drawn
    parts = {"half-year": ("H1", "H2"), "quarter": ("Q1", "Q2", "Q3", "Q4")}.get(every)
    day = 15 if every == "month" else dict.fromkeys(parts, printed) if parts else printed
    plan = a_plan(
        an_obligation(every=every, due={"by": day}),
        reporting_year={"begins": begins, "named_after": named},
        first_year=2019,
        last_year=2020,
    )
    from models.periods import periods_of

    found = periods_of(plan, plan.obligation("O1"))
    inside = [
        d for period in found for d in islice(onward(period.start), (period.end - period.start).days + 1)
    ]
    start = first(
        onward(date(2019, 1, 1) if named == "start" or begins == "1/01" else date(2018, 1, 1)),
        falls_on(begins),
    )
    assert inside == list(islice(onward(start), len(inside)))
    assert falls_on(begins)(inside[-1] + DAY)
    assert len(inside) in {730, 731}
    assert len({period.label for period in found}) == len(found)
    assert planned(plan, found[0].label, days=calendar).deadline is not None


@given(draw.calendars_around(), day_months, day_months, years)
def test_a_window_opens_on_its_last_day_before_x(drawn, printed, opens, year):
    calendar, _ = drawn
    found = planned(a_plan(an_obligation(due={"by": printed, "opens": opens})), str(year), days=calendar)
    assert found.deadline is not None
    assert found.opens_on == first(back(found.deadline.day_x), falls_on(opens))
