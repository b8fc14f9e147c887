"""The board: every unit of every cycle, and where it stands at a moment."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.calendar import PlannedCycle, planned_cycles
from models.ids import CycleKey
from models.states import VIETNAMESE, Standing, State, coverage
from models.units import UnitTree
from models.units.owing import Unplaced, owing, unplaced
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
from tasks.adapters.ledger.plans import current_plans, set_dues
from tasks.adapters.ledger.units import load_tree
from tasks.steps.collecting.asking_about import Asked, asked_in
from tasks.steps.collecting.remarks import NONE, Remarks, remarks_of
from tasks.steps.documents.papers import Papers, papers_of
from tasks.steps.opening import find_planned, unplaced_units

_REPORTED_ALL_THE_SAME = "; đã gửi báo cáo, số liệu được lưu, không cộng vào tổng hợp"
"""Of an exempt unit: a task for the coordinator, who may take the exemption back."""


def board(home: Home, as_of: datetime, plan: str | None = None) -> list[dict[str, Any]]:
    """Opened cycles, and the duties of this year that still wait for a date: tasks for the coordinator."""
    with home.ledger.read() as session:
        tree = load_tree(session)
        lives = [live for live in load_cycles(session, tree, home.days) if plan in {None, live.key.plan}]
        keys = [str(live.key) for live in lives]
        remarks, asked = remarks_of(session, keys), asked_in(session, keys)
        dues, papers = set_dues(session), papers_of(session)
        undated = [
            planned
            for loaded, _ in current_plans(session).values()
            if plan in {None, loaded.code}
            for planned in planned_cycles(loaded, home.days, dues)
            if planned.deadline is None and planned.period.start.year <= as_of.year <= planned.period.end.year
        ]
    return [_live(live, tree, papers, remarks, asked, as_of) for live in lives] + [
        _planned(planned, tree, as_of) for planned in undated
    ]


def status(home: Home, key: CycleKey, as_of: datetime) -> dict[str, Any]:
    """One cycle, opened or not, with its documents; UnknownCycleError where no plan has it."""
    with home.ledger.read() as session:
        tree = load_tree(session)
        lives = load_cycles(session, tree, home.days, [key])
        papers = papers_of(session, key)
        remarks, asked = remarks_of(session, [str(key)]), asked_in(session, [str(key)])
    if lives:
        return _live(lives[0], tree, papers, remarks, asked, as_of)
    planned, _ = find_planned(home, key)
    return _planned(planned, tree, as_of)


def _live(
    live: LiveCycle,
    tree: UnitTree,
    papers: Papers,
    remarks: Mapping[tuple[str, str], Remarks],
    asked: Mapping[tuple[str, str], Asked],
    as_of: datetime,
) -> dict[str, Any]:
    row = _row(live.planned, list(live.standings), as_of, opened=True, closed=bool(live.closed_at))
    for unit in row["units"]:
        unit.update(remarks.get((row["cycle"], unit["unit"]), NONE))
        if unit["state"] == State.RETURNED:
            unit["questions"] = asked.get((row["cycle"], unit["unit"]), [])
    return row | {
        "unplaced": [_unplaced(each) for each in unplaced_units(live, tree).values()],
        "documents": papers.get(str(live.key), []),
    }


def _planned(planned: PlannedCycle, tree: UnitTree, as_of: datetime) -> dict[str, Any]:
    on = planned.opens_on or planned.period.start
    due_at = planned.deadline.due_at if planned.deadline else None
    standings = [
        Standing(unit.code, unit.body, due_at, has_address=bool(unit.emails_on(on)))
        for unit in owing(tree, planned.obligation.owed_by, on)
    ]
    row = _row(planned, standings, as_of, opened=False, closed=False)
    return row | {
        "unplaced": [_unplaced(each) for each in unplaced(tree, planned.obligation.owed_by, on)],
        "documents": [],
    }


def _unplaced(each: Unplaced) -> dict[str, Any]:
    """A task for the coordinator: who owes in the place of a unit that has ended."""
    ended = each.unit.valid_to
    return {
        "unit": each.unit.code,
        "name": each.unit.body,
        "ended_on": ended.isoformat() if ended else None,
        "candidates": [{"unit": unit.code, "name": unit.body} for unit in each.candidates],
    }


def _row(
    planned: PlannedCycle, standings: list[Standing], as_of: datetime, *, opened: bool, closed: bool
) -> dict[str, Any]:
    cover = coverage(standings)
    deadline = planned.deadline
    return {
        "cycle": str(planned.key),
        "plan": planned.key.plan,
        "plan_title": planned.plan.short,
        "obligation": planned.key.obligation,
        "title": planned.obligation.title,
        "kind": planned.obligation.kind,
        "period": planned.key.period,
        "period_label": planned.period.vietnamese,
        "wording": planned.obligation.wording,
        "due_at": deadline.due_at.isoformat() if deadline else None,
        "day_x": deadline.day_x.isoformat() if deadline else None,
        "last_day": deadline.last_day.isoformat() if deadline else None,
        "moved_by": planned.moved_by or None,
        "opened": opened,
        "closed": closed,
        "expected": cover.expected,
        "received": cover.received,
        "on_time": cover.on_time,
        "late": cover.late,
        "nil": cover.nil,
        "missing": cover.missing,
        "completeness": cover.completeness,
        "timeliness": cover.timeliness,
        "units": [_unit(standing, as_of) for standing in standings],
    }


def _unit(standing: Standing, as_of: datetime) -> dict[str, Any]:
    state = standing.state(as_of)
    first = standing.first_submitted_at
    of_no_account = standing.exempt and standing.version is not None
    return {
        "unit": standing.unit,
        "name": standing.unit_name,
        "state": state.value,
        "state_vi": VIETNAMESE[state],
        "submitted_at": first.isoformat() if first else None,
        "version": standing.version,
        "due_at": standing.due_at.isoformat() if standing.due_at else None,
        "own_last_day": standing.own_last_day.isoformat() if standing.own_last_day else None,
        "has_address": standing.has_address,
        "reason": f"{standing.reason}{_REPORTED_ALL_THE_SAME}" if of_no_account else standing.reason,
        "collector": standing.collector or None,
        "channel": standing.channel,
        "paper": standing.paper,
        "questions": [],
        **NONE,
    }
