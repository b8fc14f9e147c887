"""The doctor's look at the holidays: years that are needed and have no file, years not decided yet, files changed."""

from collections.abc import Iterator
from datetime import date

from models.calendar import PlannedCycle, planned_cycles
from tasks.adapters.holiday_files import read_years
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import load_cycles, opened_keys
from tasks.adapters.ledger.plans import current_plans, set_dues
from tasks.adapters.ledger.units import load_tree
from tasks.steps.holidays import changed_by_hand, folder_of


def look_at_holidays(home: Home, today: date) -> tuple[bool, str]:
    """Wrong: a year up to the next one without a file though its days are counted, or a file that is not the one
    that was loaded. Only said: later years without a file, and years whose decision is still to come.
    """
    years = read_years(folder_of(home))
    near = {today.year, today.year + 1}
    missing = sorted(({today.year} | _needed(home, today)) - set(years))
    wrong = [year for year in missing if year <= max(near)]
    changed = changed_by_hand(home)
    expected = [year for year in sorted(near & set(years)) if years[year][1].status == "expected"]
    said = [f"{min(years)}-{max(years)}"] if years else []
    if missing:
        said.append(f"no file for {_list(missing)}: deadlines there count weekends only")
    if changed:
        said.append(f"not what was loaded: {', '.join(file.name for file in changed)}")
    if missing or changed:
        said.append("dondoc holidays load FILE")
    if expected:
        said.append(f"expected (dự kiến), the decision is still to be loaded: {_list(expected)}")
    return not wrong and not changed, "; ".join(said)


def _needed(home: Home, today: date) -> set[int]:
    """Years in which a cycle that is open or to come has days."""
    with home.ledger.read() as session:
        plans, dues, tree = current_plans(session), set_dues(session), load_tree(session)
        opened, open_now = set(opened_keys(session)), opened_keys(session, still_open=True)
        live = [cycle.planned for cycle in load_cycles(session, tree, home.days, open_now)]
    coming = [
        cycle
        for plan, _ in plans.values()
        for cycle in planned_cycles(plan, home.days, dues)
        if cycle.key not in opened and cycle.closes_on and cycle.closes_on >= today
    ]
    return {day.year for cycle in (*live, *coming) for day in _days_of(cycle)}


def _days_of(cycle: PlannedCycle) -> Iterator[date]:
    yield from (rung.on for rung in cycle.rungs)
    if cycle.deadline and cycle.closes_on:
        yield from (cycle.deadline.last_working_day, cycle.closes_on)


def _list(years: list[int]) -> str:
    return ", ".join(map(str, years))
