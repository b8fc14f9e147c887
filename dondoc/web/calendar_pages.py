"""The year's calendar: every deadline of every plan, month by month, and the duties that still wait for a date."""

from datetime import date
from itertools import groupby
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path
from fastapi.responses import HTMLResponse, RedirectResponse

from dondoc.web.asked_day import with_day
from dondoc.web.asking import HomeAsked, MomentAsked, PagesAsked
from dondoc.web.parties import parties_in
from models.calendar import PlannedCycle
from models.units import UnitTree
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.units import load_tree
from tasks.steps.reporting_calendar import calendar_cycles

router = APIRouter()


@router.get("/lich/{year}")
def calendar_page(
    year: Annotated[str, Path(max_length=4)], home: HomeAsked, pages: PagesAsked, asked: MomentAsked
) -> HTMLResponse:
    wanted = _year(year)
    with home.ledger.read() as session:
        tree = load_tree(session)
        plans = [plan for plan, _ in current_plans(session).values()]
        cycles = calendar_cycles(session, plans, home.days)
    dated = sorted(
        (entry(tree, cycle) for cycle in cycles if cycle.deadline and cycle.deadline.day_x.year == wanted),
        key=lambda told: (told["day_x"], told["cycle"]),
    )
    return pages.show(
        "calendar.html",
        day=asked.day,
        shown_year=wanted,
        years=_years(cycles, wanted, asked.as_of.year),
        months=[
            (month, list(group)) for month, group in groupby(dated, key=lambda told: told["day_x"].month)
        ],
        undated=[cycle for cycle in cycles if cycle.deadline is None and _falls_in(cycle, wanted)],
    )


@router.get("/lich")
def this_year(asked: MomentAsked) -> RedirectResponse:
    return RedirectResponse(with_day(f"/lich/{asked.as_of.year}", asked.day))


def entry(tree: UnitTree, cycle: PlannedCycle) -> dict[str, Any]:
    """One deadline as a row."""
    deadline = cycle.deadline
    assert deadline
    return {
        "cycle": str(cycle.key),
        "plan": cycle.plan.short,
        "title": cycle.obligation.title,
        "period": cycle.period.vietnamese,
        "wording": cycle.obligation.wording,
        "day_x": deadline.day_x,
        "last_day": deadline.last_day,
        "last_working_day": deadline.last_working_day,
        "reminders": [(rung.step.step, rung.on, rung.step.letter) for rung in cycle.rungs],
        **parties_in(tree, cycle),
    }


def _falls_in(cycle: PlannedCycle, year: int) -> bool:
    return cycle.period.start.year <= year <= cycle.period.end.year


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and date.min.year < int(text) < date.max.year):
        raise HTTPException(404)
    return int(text)


def _years(cycles: list[PlannedCycle], *others: int) -> list[int]:
    """The years that have something to show, with the one shown and the one we live in."""
    known = {cycle.deadline.day_x.year for cycle in cycles if cycle.deadline}
    known |= {year for cycle in cycles for year in (cycle.period.start.year, cycle.period.end.year)}
    return sorted({*known, *others})
