"""Dates of one plan beside each other: rhythms together, reporting years, cut-offs, cascades, requests at any time."""

from datetime import date

import pytest
import yaml

from models.calendar import planned_cycles
from models.cutoffs import cutoff_warning
from models.deadlines import SetDue
from models.ids import CycleKey
from models.periods import find_period, periods_of
from models.plan_text import PlanError, parse_plan, plan_warnings
from tests.builders import (
    NO_HOLIDAYS,
    ROOT,
    a_period,
    a_plan,
    an_obligation,
    plan_data,
    planned,
    shipped_days,
    shipped_plan,
)

PHASES = [{"code": "2019-2020", "first_year": 2019, "last_year": 2020}]


def problem_of(*obligations, **changes) -> str:
    with pytest.raises(PlanError) as error:
        a_plan(*obligations, **changes)
    (problem,) = error.value.problems
    return f"{problem.path}: {problem.expected}"


# Rhythms together


def test_a_duty_of_year_and_phase_has_a_day_for_each():
    due = {"before": {"year": "20/12", "2019-2020": "15/12/2020"}}
    plan = a_plan(an_obligation(every=["year", "phase"], due=due), phases=PHASES)
    found = {label: planned(plan, label).deadline for label in ("2019", "2020", "2019-2020")}
    assert {label: deadline.day_x for label, deadline in found.items()} == {
        "2019": date(2019, 12, 20),
        "2020": date(2020, 12, 20),
        "2019-2020": date(2020, 12, 15),
    }


@pytest.mark.parametrize(
    "due",
    [
        {"before": "20/12"},
        {"before": {"year": "20/12"}},
        {"before": {"2019-2020": "15/12/2020"}},
        {"before": {"year": "20/12", "2019-2020": "15/12/2020", "H1": "20/6"}},
    ],
)
def test_a_day_too_few_or_too_many_is_refused_with_the_keys_there_are(due):
    said = problem_of(an_obligation(every=["year", "phase"], due=due), phases=PHASES)
    assert said.startswith("obligations[0].due: ")
    assert "with the keys year, 2019-2020" in said or "has the keys year, 2019-2020" in said


def test_half_years_and_the_year_may_go_together():
    due = {"by": {"H1": "20/6", "H2": "20/12", "year": "25/12"}}
    plan = a_plan(an_obligation(every=["half-year", "year"], due=due), first_year=2019, last_year=2019)
    assert [planned(plan, p.label).deadline.day_x for p in periods_of(plan, plan.obligation("O1"))] == [
        date(2019, 6, 20),
        date(2019, 12, 25),
        date(2019, 12, 20),
    ]


def test_windows_and_cut_offs_may_differ_by_part():
    due = {"by": {"H1": "20/6", "H2": "20/12"}, "opens": {"H1": "01/6", "H2": "10/12"}}
    plan = a_plan(an_obligation(every="half-year", due=due, cutoff={"H1": "14/6", "H2": "10/12"}))
    first, second = planned(plan, "2019-H1"), planned(plan, "2019-H2")
    assert (first.opens_on, first.cutoff) == (date(2019, 6, 1), date(2019, 6, 14))
    assert (second.opens_on, second.cutoff) == (date(2019, 12, 10), date(2019, 12, 10))


def test_a_window_that_opens_after_its_last_day_is_refused():
    assert planned(
        a_plan(an_obligation(every="once", due={"by": "30/11/2019", "opens": "30/11/2019"})), "2019"
    ).opens_on
    said = problem_of(an_obligation(every="once", due={"by": "30/11/2019", "opens": "01/12/2019"}))
    assert said == "obligations[0].due.opens: opens on 01/12/2019, after its last day 30/11/2019"


@pytest.mark.parametrize(
    ("every", "cutoff", "words"),
    [
        ("year", "14/11/2020", "a cut-off on a full date is for a duty of once"),
        ("half-year", "14/6", "on a day of the month, or in a table"),
        ("month", 31, "a day of the month from 1 to 28"),
        ("half-year", {"H1": "14/6"}, "has the keys H1, H2"),
    ],
)
def test_a_cut_off_is_written_as_its_rhythm_needs(every, cutoff, words):
    due = {"year": {"by": "30/11"}, "half-year": {"by": {"H1": "20/6", "H2": "20/12"}}, "month": {"by": 25}}[
        every
    ]
    said = problem_of(an_obligation(every=every, due=due, cutoff=cutoff))
    assert said.startswith("obligations[0].cutoff: ")
    assert words in said


# Years


def test_the_periods_of_nghi_dinh_09_begin_on_the_fifteenth():
    plan = a_plan(
        an_obligation("O1"),
        an_obligation("O2", every="half-year", due=None),
        an_obligation("O3", every="quarter", due=None),
        an_obligation("O4", every="month", due=None),
        reporting_year={"begins": "15/12"},
    )
    bounds = {
        label: (period.start.strftime("%d/%m/%Y"), period.end.strftime("%d/%m/%Y"))
        for code in ("O1", "O2", "O3", "O4")
        for period in periods_of(plan, plan.obligation(code))
        if (label := period.label)
        in {"2020", "2020-H1", "2020-H2", "2020-Q1", "2020-Q4", "2020-01", "2020-12"}
    }
    assert bounds == {  # domain handbook §2.4
        "2020": ("15/12/2019", "14/12/2020"),
        "2020-H1": ("15/12/2019", "14/06/2020"),
        "2020-H2": ("15/06/2020", "14/12/2020"),
        "2020-Q1": ("15/12/2019", "14/03/2020"),
        "2020-Q4": ("15/09/2020", "14/12/2020"),
        "2020-01": ("15/12/2019", "14/01/2020"),
        "2020-12": ("15/11/2020", "14/12/2020"),
    }
    assert planned(plan, "2020").deadline.day_x == date(2020, 11, 30)
    assert a_period(plan, "2020")[1].vietnamese == "năm 2020"


def test_a_school_year_is_named_after_the_year_it_starts_in():
    year = {"begins": "01/9", "named_after": "start"}
    plan = a_plan(an_obligation(due={"by": "15/6"}, reporting_year=year), last_year=2019)
    (period,) = periods_of(plan, plan.obligation("O1"))
    assert (period.label, period.start, period.end) == ("2019", date(2019, 9, 1), date(2020, 8, 31))
    assert period.vietnamese == "năm 2019 - 2020"
    assert planned(plan, "2019").deadline.day_x == date(2020, 6, 15)


def test_a_target_is_judged_by_the_reporting_year_not_by_the_days_it_covers():
    from models.totals import target_for

    targets = [{"at_least": 70, "first_year": 2019, "last_year": 2020, "wording": "70%"}]
    plan = a_plan(
        indicators=[{"code": "A.1", "label": "Số trẻ", "unit": "người", "targets": targets}],
        reporting_year={"begins": "15/12"},
    )
    _, period = a_period(plan, "2019")
    assert period.start.year == 2018
    assert target_for(plan.indicators[0], period) is not None
    assert target_for(plan.indicators[0], a_period(plan, "2021")[1]) is None


@pytest.mark.parametrize("begins", ["31/12", "29/02", "15/13", "15"])
def test_a_reporting_year_begins_on_a_day_of_every_month(begins):
    with pytest.raises(PlanError):
        a_plan(reporting_year={"begins": begins})


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"first_year": 2018}, "obligations[0].first_year"),
        ({"last_year": 2026}, "obligations[0].last_year"),
        ({"every": "once", "due": {"by": "30/11/2018"}}, "obligations[0].due"),
        ({"every": "once", "due": {"by": "30/11/2027"}}, "obligations[0].due"),
        ({"every": "phase", "due": {"by": {"2019-2020": "30/11/2022"}}}, "obligations[0].due"),
    ],
)
def test_a_period_outside_the_plans_years_is_refused(changes, where):
    said = problem_of(an_obligation(**changes), phases=PHASES)
    assert said.startswith(f"{where}: ")
    assert "outside" in said


def test_a_report_may_be_due_in_the_year_after_the_plans_last():
    assert a_plan(an_obligation(every="once", due={"by": "15/01/2026"}))


# Cut-offs


@pytest.mark.parametrize(
    ("every", "due", "label", "day"),
    [
        ("year", {"before": "20/12"}, "2020", date(2020, 12, 14)),
        ("half-year", {"by": {"H1": "20/6", "H2": "20/12"}}, "2020-H1", date(2020, 6, 14)),
        ("quarter", {"by": {f"Q{q}": f"25/{3 * q:02d}" for q in range(1, 5)}}, "2020-Q3", date(2020, 9, 14)),
        ("month", {"by": 20}, "2020-02", date(2020, 2, 14)),
    ],
)
def test_the_usual_cut_off_holds_where_the_plan_names_none(every, due, label, day):
    found = planned(a_plan(an_obligation(every=every, due=due)), label)
    assert (found.cutoff, found.cutoff_is_usual) == (day, True)


@pytest.mark.parametrize(
    "changes",
    [
        {"cutoff": "10/12"},  # the plan's own wins
        {"kind": "plan"},  # no figures
        {"due": {"before": "14/12"}},  # there would be no time to report
    ],
)
def test_the_usual_cut_off_is_not_forced_on_a_duty_it_does_not_fit(changes):
    usual = an_obligation(due={"before": "20/12"})
    assert planned(a_plan(usual), "2020").cutoff_is_usual
    assert not planned(a_plan(usual | changes), "2020").cutoff_is_usual


def test_the_usual_cut_off_begins_with_its_decree():
    plan = a_plan(an_obligation(due={"before": "20/12"}), first_year=2018)
    assert planned(plan, "2018").cutoff is None
    assert planned(plan, "2019").cutoff == date(2019, 12, 14)


@pytest.mark.parametrize(
    ("cutoff", "due", "words"),
    [
        ("14/12", {"before": "19/12"}, None),  # Monday 14 to Friday 18
        ("14/12", {"before": "16/12"}, None),  # one working day
        ("11/12", {"by": "13/12"}, "less than one working day"),  # Friday to Sunday
        ("14/12", {"before": "15/12"}, "not after its cut-off 14/12/2020"),
        (None, {"before": "30/11"}, "not after the usual cut-off (Nghị định 09/2019) 14/12/2020"),
    ],
)
def test_a_deadline_before_the_figures_can_be_whole_is_warned_of(cutoff, due, words):
    plan = a_plan(an_obligation(due=due, cutoff=cutoff))
    found = planned(plan, "2020")
    said = cutoff_warning(found.obligation, found.period, found.deadline, NO_HOLIDAYS)
    assert (words in said) if words else said is None
    silent = planned(a_plan(an_obligation(due=due, cutoff=cutoff, form={"estimated": True})), "2020")
    assert cutoff_warning(silent.obligation, silent.period, silent.deadline, NO_HOLIDAYS) is None


def test_a_warning_names_the_line_and_none_of_the_five_plans_is_warned_of():
    text = (ROOT / "tests" / "plans_should_pass" / "good.yaml").read_text("utf-8")

    warned = plan_warnings(parse_plan(text, "mau.yaml"), text, "mau.yaml", NO_HOLIDAYS)
    assert next((w.line, w.path.split(".")[0]) for w in warned) == (54, "obligations[1]")
    for code in ("hue-647", "hue-588", "lang-son-1438", "hong-ngu-2020", "nam-dong-2014"):
        file = ROOT / "plans" / f"{code}.yaml"
        assert plan_warnings(shipped_plan(code), file.read_text("utf-8"), file.name, shipped_days()) == []


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"due": {"by": "30/11", "opens": "15/12"}}, "is the window the wrong way round?"),
        ({"every": "half-year", "due": {"by": {"H1": "20/12", "H2": "20/6"}}}, "lies before 2019-H2 begins"),
        ({"every": "month", "due": {"by": 25}, "feeds": "O2"}, "nothing of this duty reaches it"),
    ],
)
def test_what_is_probably_not_meant_is_warned_of(changes, words):
    data = plan_data(an_obligation("O1", **changes), an_obligation("O2", due={"by": "31/12"}))
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    warned = plan_warnings(parse_plan(text, "mau.yaml"), text, "mau.yaml", NO_HOLIDAYS)
    assert any(words in warning.expected for warning in warned), warned


# Cascades


def test_a_lower_day_that_is_not_before_the_upper_one_is_refused():
    def chain(lower):
        return (
            an_obligation("O1", every="once", due={"before": lower}, feeds="O2"),
            an_obligation("O2", every="once", due={"before": "30/10/2020"}),
        )

    assert a_plan(*chain("29/10/2020"))
    assert problem_of(*chain("30/10/2020")) == (
        "obligations[0].due: ends on 29/10/2020, not before O2, which it feeds, ends on 29/10/2020"
    )


def test_a_cascade_in_a_circle_is_refused():
    with pytest.raises(PlanError) as said:
        a_plan(an_obligation("O1", feeds="O2"), an_obligation("O2", feeds="O1"))
    assert "feeds itself" in str(said.value)
    ahead = {"ahead": {"of": "O2", "working_days": 3}}
    with pytest.raises(PlanError) as said:
        a_plan(
            an_obligation("O1", due=ahead),
            an_obligation("O2", due={"ahead": {"of": "O1", "working_days": 3}}),
        )
    assert "due.ahead.of: counts from itself" in str(said.value)


def test_a_date_that_was_set_moves_what_is_counted_from_it():
    plan = a_plan(
        an_obligation("O1", feeds="O2", due={"ahead": {"of": "O2", "working_days": 5}}),
        an_obligation("O2", due=None),
        an_obligation("O3", due={"after": {"of": "O2", "working_days": 5}}),
    )
    undated = {str(cycle.key): cycle.deadline for cycle in planned_cycles(plan, NO_HOLIDAYS)}
    assert set(undated.values()) == {None}
    key = CycleKey(plan.code, "O2", "2020")
    dues = {key: SetDue(date(2020, 12, 18), inclusive=True, document="Công văn số 01")}
    found = {
        str(cycle.key): cycle.deadline.day_x
        for cycle in planned_cycles(plan, NO_HOLIDAYS, dues)
        if cycle.deadline
    }
    assert found == {
        "ke-hoach-mau/O1/2020": date(2020, 12, 11),
        "ke-hoach-mau/O2/2020": date(2020, 12, 18),
        "ke-hoach-mau/O3/2020": date(2020, 12, 25),
    }


# At any time


def test_a_duty_without_a_rhythm_has_the_cycles_that_were_asked_for():
    plan = a_plan(an_obligation(every="ad-hoc", due=None))
    assert list(planned_cycles(plan, NO_HOLIDAYS)) == []
    dues = {
        CycleKey(plan.code, "O1", label): SetDue(
            date(2020, 5, day), inclusive=False, document="Công văn số 02"
        )
        for label, day in (("2020-L1", 8), ("2020-L2", 29))
    }
    found = list(planned_cycles(plan, NO_HOLIDAYS, dues))
    assert [(str(c.key), c.period.vietnamese, c.deadline.last_day.day) for c in found] == [
        ("ke-hoach-mau/O1/2020-L1", "lần 1 năm 2020", 7),
        ("ke-hoach-mau/O1/2020-L2", "lần 2 năm 2020", 28),
    ]


def test_a_request_outside_the_years_of_the_plan_is_refused():
    plan = a_plan(an_obligation(every="ad-hoc", due=None))
    assert find_period(plan, plan.obligation("O1"), "2025-L1").every == "ad-hoc"
    for label in ("2026-L1", "2025", "2025-L0"):
        with pytest.raises(LookupError, match="expected 2019-L1"):
            find_period(plan, plan.obligation("O1"), label)
