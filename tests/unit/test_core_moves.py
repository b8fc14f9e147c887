"""What moves between two worlds is what a slow comparison finds, no more and no less."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.calendar import PlannedCycle, Rung, ladder, planned_cycles
from models.deadlines import SetDue
from models.ids import CycleKey
from models.moves import moves
from models.plan import Plan
from models.units import UnitTree
from models.units.owing import owing
from models.working_days import WorkingDays
from models.worlds import Opened, World
from tests.builders import NO_HOLIDAYS, a_plan, a_unit, an_obligation, planned

DAY = timedelta(days=1)
START = date(2019, 1, 1)
TREE = UnitTree([a_unit(code) for code in ("xa-mot", "xa-hai", "xa-ba")])
KEY = CycleKey("ke-hoach-mau", "O1", "2019")
STEPS = [{"step": "T-3"}, {"step": "T+1", "letter": 1}]


def world(
    plan: Plan | None = None, days: WorkingDays = NO_HOLIDAYS, tree: UnitTree = TREE, **changes
) -> World:
    plans = (plan or a_plan(an_obligation(reminders=STEPS)),)
    return replace(World(plans, days, {}, tree), **changes)


def one_year(**changes) -> Plan:
    return a_plan(an_obligation(**({"reminders": STEPS} | changes)), last_year=2019)


def off(*days: str) -> WorkingDays:
    return WorkingDays({date.fromisoformat(day): "nghỉ" for day in days})


def changes_of(before: World, after: World, as_of: date = START) -> dict[str, tuple[str, str]]:
    """`reminder T-3` → (before, after) of the one cycle that moves."""
    (move,) = moves(before, after, as_of)
    return {
        " ".join(filter(None, (c.what, c.step, c.unit))): (str(c.before), str(c.after)) for c in move.changes
    }


def test_a_holiday_on_the_last_day_moves_the_last_working_day_and_what_is_counted_from_it():
    found = changes_of(world(one_year()), world(one_year(), off("2019-11-29")))
    assert found == {
        "last_working_day": ("2019-11-29", "2019-11-28"),
        "reminder T-3": ("2019-11-26", "2019-11-25"),
    }


def test_a_worked_saturday_on_the_last_day_is_the_last_working_day():
    plan = one_year(due={"by": "30/11"})  # a Saturday
    worked = WorkingDays(working_saturdays=frozenset({date(2019, 11, 30)}))
    found = changes_of(world(plan), world(plan, worked))
    assert found == {
        "last_working_day": ("2019-11-29", "2019-11-30"),
        "reminder T-3": ("2019-11-26", "2019-11-27"),
    }


def test_a_shifted_deadline_moves_with_a_holiday_as_a_whole():
    plan = a_plan(an_obligation(due={"by": "29/11"}, reminders=STEPS), last_year=2019, shift="forward")
    found = changes_of(world(plan), world(plan, off("2019-11-29")))
    assert found["day_x"] == ("2019-11-29", "2019-12-02")
    assert found["due_at"] == ("2019-11-29 23:59:59+07:00", "2019-12-02 23:59:59+07:00")
    assert found["letter_1 T+1"] == ("2019-12-02", "2019-12-03")


def test_another_ladder_and_another_letter_are_told_step_by_step():
    new = one_year(reminders=[{"step": "T-7"}, {"step": "T+1", "letter": 2}])
    assert changes_of(world(one_year()), world(new)) == {
        "reminder T-7": ("None", "2019-11-20"),
        "reminder T-3": ("2019-11-26", "None"),
        "letter_1 T+1": ("2019-12-02", "None"),
        "letter_2 T+1": ("None", "2019-12-02"),
    }


def test_units_are_told_by_who_comes_and_who_goes():
    new = one_year(owed_by={"units": ["xa-hai", "xa-ba"]})
    assert changes_of(world(one_year()), world(new)) == {
        "unit xa-ba": ("None", "UBND xa-ba"),
        "unit xa-mot": ("UBND xa-mot", "None"),
    }


def test_a_unit_that_goes_by_another_name_owes_as_before():
    renamed = UnitTree([a_unit("xa-mot", body="UBND phường Một"), a_unit("xa-hai"), a_unit("xa-ba")])
    assert moves(world(one_year()), world(one_year(), tree=renamed), START) == []


def test_who_owes_is_asked_as_of_the_day_the_cycle_will_open():
    closed = UnitTree([a_unit("xa-hai"), a_unit("xa-mot", valid_to=date(2019, 10, 15))])  # opens on 16/10
    still = UnitTree([a_unit("xa-hai"), a_unit("xa-mot", valid_to=date(2019, 10, 16))])
    plan = one_year()
    assert changes_of(world(plan), world(plan, tree=closed)) == {"unit xa-mot": ("UBND xa-mot", "None")}
    assert moves(world(plan), world(plan, tree=still), START) == []
    assert changes_of(world(plan), world(plan, tree=still), date(2019, 10, 17)) == {
        "unit xa-mot": ("UBND xa-mot", "None")  # nobody swept yet
    }


def test_a_cut_off_an_opening_and_a_closing_of_their_own_are_told():
    new = one_year(cutoff="15/11", opens_days_before=30, closes_working_days_after=5)
    assert changes_of(world(one_year()), world(new)) == {
        "cutoff": ("None", "2019-11-15"),
        "opens_on": ("2019-10-16", "2019-10-31"),
        "closes_on": ("2019-12-13", "2019-12-06"),
    }


def test_cycles_appear_and_vanish_with_their_years():
    short, long = a_plan(last_year=2019), a_plan(last_year=2020)
    (appears,) = moves(world(short), world(long), START)
    (vanishes,) = moves(world(long), world(short), START)
    assert (appears.key.period, appears.state) == ("2020", "appears")
    assert (vanishes.key.period, vanishes.state) == ("2020", "vanishes")
    assert {c.after for c in vanishes.changes} == {c.before for c in appears.changes} == {None}


def test_a_period_that_is_over_is_left_out_and_on_its_closing_day_it_is_not():
    old, new = world(one_year()), world(one_year(due={"before": "20/11"}))
    closes = date(2019, 12, 13)
    assert len(moves(old, new, closes)) == 1
    assert moves(old, new, closes + DAY) == []


def test_a_date_that_is_set_moves_only_its_own_cycle():
    plan = a_plan(an_obligation(due=None), last_year=2020)
    due = SetDue(date(2019, 12, 20), inclusive=True, document="1")
    (move,) = moves(world(plan), world(plan, dues={KEY: due}), START)
    assert (move.key, move.changes[0].before, move.changes[0].after) == (KEY, None, date(2019, 12, 20))


def opened(cycle: PlannedCycle, **changes) -> Opened:
    undecided = dict.fromkeys(("xa-mot", "xa-hai"), frozenset({"T-3", "T+1"}))
    return replace(Opened(cycle, undecided=undecided), **changes)


def test_of_an_opened_cycle_a_changed_plan_moves_nothing_and_it_is_said():
    live = {KEY: opened(planned(one_year(), "2019"))}
    new = one_year(due={"before": "20/11"}, owed_by={"units": ["xa-ba"]})
    (move,) = moves(world(one_year(), opened=live), world(new, opened=live), START)
    assert (move.state, move.opened, move.changes) == ("kept", True, ())
    assert {"day_x", "reminder", "unit"} <= {change.what for change in move.kept}


def test_an_opened_cycle_whose_plan_has_it_no_more_is_kept():
    live = {KEY: opened(planned(one_year(), "2019"))}
    gone = a_plan(an_obligation("O2"), last_year=2019)
    found = {
        m.key.obligation: m.state
        for m in moves(world(one_year(), opened=live), world(gone, opened=live), START)
    }
    assert found == {"O1": "kept", "O2": "appears"}


def test_an_opened_cycle_that_its_plan_dropped_long_ago_still_follows_the_calendar():
    other, days = a_plan(an_obligation("O2", due=None), last_year=2019), off("2019-11-29")
    before = {KEY: opened(planned(one_year(), "2019"))}
    after = {KEY: opened(planned(one_year(), "2019", days=days))}
    (move,) = moves(world(other, opened=before), world(other, days, opened=after), START)
    assert (move.key, move.state) == (KEY, "moves")


def moved_step(step: str, **changes) -> int | None:
    """A holiday on the last day of an opened cycle: for how many units the step still waits."""
    plan, days = one_year(), off("2019-11-29", "2019-12-02")
    before = {KEY: opened(planned(plan, "2019"), **changes)}
    after = {KEY: opened(planned(plan, "2019", days=days), **changes)}
    (move,) = moves(world(plan, opened=before), world(plan, days, opened=after), START)
    assert (move.state, move.opened, move.kept) == ("moves", True, ())
    return next(c.waiting for c in move.changes if c.what == "reminder" and c.step == step)


def test_of_an_opened_cycle_a_holiday_moves_the_steps_that_are_not_decided():
    assert moved_step("T-3") == 2
    assert moved_step("T-3", undecided={"xa-mot": frozenset({"T-3"}), "xa-hai": frozenset({"T+1"})}) == 1


def test_of_an_opened_cycle_a_holiday_does_not_affect_a_decided_step():
    decided = dict.fromkeys(("xa-mot", "xa-hai"), frozenset({"T+1"}))
    assert moved_step("T-3", undecided=decided) == 0
    assert moved_step("T+1", undecided=decided) == 2
    assert moved_step("T-3", undecided={}) == 0  # all have reported


def test_a_unit_with_a_deadline_of_its_own_does_not_wait_for_the_common_steps():
    assert moved_step("T-3", own={"xa-mot": ()}) == 1


def test_a_letter_that_is_written_is_not_affected():
    plan, days = one_year(), off("2019-12-02")
    for drafted, waiting in ((frozenset(), 2), (frozenset({"T+1"}), 0)):
        before, after = (
            {KEY: opened(planned(plan, "2019", days=calendar), drafted=drafted)}
            for calendar in (NO_HOLIDAYS, days)
        )
        (move,) = moves(world(plan, opened=before), world(plan, days, opened=after), START)
        assert [c.waiting for c in move.changes if c.what == "letter_1"] == [waiting]


@pytest.mark.parametrize("closed", [False, True])
def test_an_extended_unit_moves_on_its_own_ladder_even_after_closing(closed):
    plan, days = one_year(), off("2020-01-10")
    steps = plan.obligations[0].ladder
    sides = []
    for calendar in (NO_HOLIDAYS, days):
        last = calendar.on_or_before(date(2020, 1, 10))
        cycle = planned(plan, "2019", days=calendar)
        own = {
            "xa-mot": ladder(
                steps, replace(cycle.deadline, day_x=date(2020, 1, 10), last_working_day=last), calendar
            )
        }
        sides.append({KEY: Opened(cycle, closed, own, {"xa-mot": frozenset({"T-3"})})})
    (move,) = moves(world(plan, opened=sides[0]), world(plan, days, opened=sides[1]), START)
    assert [(c.step, c.unit, str(c.before), str(c.after), c.waiting) for c in move.changes] == [
        ("T-3", "xa-mot", "2020-01-07", "2020-01-06", 1)
    ]


def test_that_an_extended_units_step_moves_does_not_hide_that_the_common_one_is_kept():
    plan, new = one_year(), one_year(due={"before": "20/11"})
    cycle = planned(plan, "2019")
    step = cycle.rungs[0].step
    own = [{"xa-mot": (Rung(step, date(2020, 1, n)),)} for n in (7, 6)]
    before, after = ({KEY: opened(cycle, own=ladders)} for ladders in own)
    (move,) = moves(world(plan, opened=before), world(new, opened=after), START)
    assert [(c.what, c.step, c.unit) for c in move.changes] == [("reminder", "T-3", "xa-mot")]
    assert ("reminder", "T-3") in {(c.what, c.step) for c in move.kept}


def test_a_closed_cycle_does_not_move():
    plan, days = one_year(), off("2019-11-29")
    before, after = (
        {KEY: Opened(planned(plan, "2019", days=calendar), closed=True)} for calendar in (NO_HOLIDAYS, days)
    )
    assert moves(world(plan, opened=before), world(plan, days, opened=after), START) == []


# Two worlds at random, and the comparison as one would do it by hand.
DUES = st.sampled_from(
    [{"before": "30/11"}, {"by": "29/11"}, {"by": "02/12"}, {"before": "30/11", "at": "17:00"}]
)
LADDERS = st.sampled_from([STEPS, [{"step": "T-7"}], [{"step": "T-3"}, {"step": "T+1", "letter": 2}], []])
OWED = st.lists(st.sampled_from(["xa-mot", "xa-hai", "xa-ba"]), min_size=1, unique=True)
NEAR = st.integers(-50, 30).map(lambda n: date(2020, 11, 30) + n * DAY)


@st.composite
def worlds(draw: st.DrawFn) -> World:
    changes = {
        "due": draw(DUES),
        "reminders": draw(LADDERS),
        "owed_by": {"units": draw(OWED)},
        "opens_days_before": draw(st.integers(40, 42)),
        "cutoff": draw(st.sampled_from([None, "15/11"])),
    }
    plan = a_plan(
        an_obligation(**changes),
        last_year=draw(st.integers(2019, 2021)),
        shift=draw(st.sampled_from(["none", "forward"])),
    )
    holidays = dict.fromkeys(draw(st.sets(NEAR, max_size=3)), "nghỉ")
    saturdays = draw(st.sets(NEAR.filter(lambda day: day.weekday() == 5), max_size=2))
    return World((plan,), WorkingDays(holidays, frozenset(saturdays)), {}, TREE)


def slowly(world: World, as_of: date) -> set[tuple[str, ...]]:
    """Everything that can be said of the cycles, as sentences."""
    told = set()
    for plan in world.plans:
        for cycle in planned_cycles(plan, world.days, world.dues):
            deadline, key = cycle.deadline, str(cycle.key)
            told |= {
                (key, "day_x", str(deadline.day_x)),
                (key, "last_day", str(deadline.last_day)),
                (key, "last_working_day", str(deadline.last_working_day)),
                (key, "due_at", str(deadline.due_at)),
                (key, "opens_on", str(cycle.opens_on)),
                (key, "closes_on", str(cycle.closes_on)),
            }
            told |= {(key, "cutoff", str(cycle.cutoff))} if cycle.cutoff else set()
            told |= {(key, f"reminder {rung.step.step}", str(rung.on)) for rung in cycle.rungs}
            told |= {
                (key, f"letter_{rung.step.letter} {rung.step.step}", str(rung.on))
                for rung in cycle.rungs
                if rung.step.letter
            }
            day = max(as_of, cycle.opens_on)
            told |= {(key, "unit", unit.code) for unit in owing(world.tree, cycle.obligation.owed_by, day)}
    return told


def still_on(before: World, after: World, as_of: date) -> set[str]:
    return {
        str(cycle.key)
        for world in (before, after)
        for plan in world.plans
        for cycle in planned_cycles(plan, world.days, world.dues)
        if cycle.closes_on >= as_of
    }


@settings(max_examples=150)
@given(worlds(), worlds(), st.sampled_from([START, date(2019, 12, 13), date(2020, 11, 15), date(2022, 1, 1)]))
def test_what_moves_is_exactly_what_a_slow_comparison_finds(before, after, as_of):
    old, new, on = slowly(before, as_of), slowly(after, as_of), still_on(before, after, as_of)
    gone, come = set(), set()
    for move in moves(before, after, as_of):
        assert not move.kept
        for change in move.changes:
            what = f"{change.what} {change.step}".strip()
            for side, value in ((gone, change.before), (come, change.after)):
                if value is not None:
                    side.add((str(move.key), what, change.unit or str(value)))
    assert gone == {told for told in old - new if told[0] in on}
    assert come == {told for told in new - old if told[0] in on}


@given(worlds())
def test_the_same_world_moves_nothing(world):
    assert moves(world, world, START) == []
    again = replace(world, tree=UnitTree(TREE.all_on()))
    assert moves(world, again, START) == []
