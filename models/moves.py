"""What would move: two worlds of plans, working days, set dates and units, held beside each other cycle by cycle.

A cycle that has not opened follows the new world whole. One that has opened keeps the plan, the day and the units it
opened with; only what is counted in working days from its day (last working day, reminders, letters, closing) follows
a changed calendar, and a step the ledger has decided already is not affected by that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Literal, get_args

from models.calendar import PlannedCycle, Rung, planned_cycles
from models.ids import CycleKey
from models.units.owing import owing
from models.worlds import Change, Move, Opened, Value, What, World

_ORDER = get_args(What)
_Fact = tuple[What, str, str]
"""What, at which step, of which unit."""


def moves(before: World, after: World, as_of: date) -> list[Move]:
    """Every cycle that is not over by `as_of` and that differs, by its day; the same worlds give none."""
    old, new = _cycles(before), _cycles(after)
    keys = dict.fromkeys([*before.opened, *old, *new])
    found = [
        move
        for key in keys
        if (move := _move(key, (before, old.get(key)), (after, new.get(key)), as_of)) is not None
    ]
    return sorted(found, key=_by_day)


def _cycles(world: World) -> dict[CycleKey, PlannedCycle]:
    return {
        cycle.key: cycle for plan in world.plans for cycle in planned_cycles(plan, world.days, world.dues)
    }


_Side = tuple[World, PlannedCycle | None]


def _move(key: CycleKey, old: _Side, new: _Side, as_of: date) -> Move | None:
    opened, then = old[0].opened.get(key), new[0].opened.get(key)
    if opened and then:
        changes = tuple(_changes_of_opened(opened, then))
        reached = {(change.what, change.step) for change in changes if not change.unit}
        planned = () if opened.closed else _planned_changes(old, new, as_of)
        kept = tuple(change for change in planned if (change.what, change.step) not in reached)
        state: Literal["moves", "kept"] = "moves" if changes else "kept"
        return Move(key, state, changes, kept, opened=True) if changes or kept else None
    if _is_over(old[1], as_of) and _is_over(new[1], as_of):
        return None
    changes = _planned_changes(old, new, as_of)
    if old[1] is None or new[1] is None:
        return Move(key, "vanishes" if new[1] is None else "appears", changes)
    return Move(key, "moves", changes) if changes else None


def _is_over(cycle: PlannedCycle | None, as_of: date) -> bool:
    return cycle is None or (cycle.closes_on is not None and cycle.closes_on < as_of)


def _planned_changes(old: _Side, new: _Side, as_of: date) -> tuple[Change, ...]:
    before, after = _facts(old[1]), _facts(new[1])
    if _asks(old, as_of) != _asks(new, as_of):
        before, after = before | _owing(old, as_of), after | _owing(new, as_of)
    return tuple(_differences(before, after))


def _changes_of_opened(before: Opened, after: Opened) -> Iterator[Change]:
    if not before.closed:
        for change in _differences(_facts(before.planned), _facts(after.planned)):
            yield replace(change, waiting=_waiting(after, change))
    for unit in sorted(before.own):
        ladders = (_ladder(before.own[unit], unit), _ladder(after.own.get(unit, ()), unit))
        for change in _differences(*ladders):
            yield replace(change, waiting=int(change.step in after.undecided.get(unit, ())))


def _waiting(opened: Opened, change: Change) -> int | None:
    """For how many units that go by the common deadline the step is still to come."""
    if not change.step or (change.what != "reminder" and change.step in opened.drafted):
        return 0 if change.step else None
    common = [steps for unit, steps in opened.undecided.items() if unit not in opened.own]
    return len(common) if change.what != "reminder" else sum(change.step in steps for steps in common)


def _facts(cycle: PlannedCycle | None) -> dict[_Fact, Value]:
    """All that the calendar says of a cycle."""
    if cycle is None:
        return {}
    deadline = cycle.deadline
    days: dict[What, Value | None] = {
        "cutoff": cycle.cutoff,
        "opens_on": cycle.opens_on,
        "closes_on": cycle.closes_on,
        "day_x": deadline.day_x if deadline else None,
        "last_day": deadline.last_day if deadline else None,
        "last_working_day": deadline.last_working_day if deadline else None,
        "due_at": deadline.due_at if deadline else None,
    }
    return {(what, "", ""): day for what, day in days.items() if day is not None} | _ladder(cycle.rungs)


def _ladder(rungs: tuple[Rung, ...], unit: str = "") -> dict[_Fact, Value]:
    found: dict[_Fact, Value] = {("reminder", rung.step.step, unit): rung.on for rung in rungs}
    for rung in rungs:
        if rung.step.letter and not unit:
            found["letter_1" if rung.step.letter == 1 else "letter_2", rung.step.step, ""] = rung.on
    return found


def _asks(side: _Side, as_of: date) -> object:
    """What decides who owes; where it is the same in both worlds, the units are not looked up."""
    world, cycle = side
    opens = _opening(cycle, as_of)
    return (id(world.tree), cycle.obligation.owed_by, opens) if cycle and opens else None


def _opening(cycle: PlannedCycle | None, as_of: date) -> date | None:
    """The day its units are frozen: that of the first sweep from its opening day on."""
    return max(cycle.opens_on, as_of) if cycle and cycle.opens_on else None


def _owing(side: _Side, as_of: date) -> dict[_Fact, Value]:
    world, cycle = side
    opens = _opening(cycle, as_of)
    units = owing(world.tree, cycle.obligation.owed_by, opens) if cycle and opens else []
    return {("unit", "", unit.code): unit.body for unit in units}


def _differences(before: Mapping[_Fact, Value], after: Mapping[_Fact, Value]) -> list[Change]:
    """The facts that are not the same; a unit that goes by another name owes as before."""
    found = [
        Change(what, before.get(fact), after.get(fact), step, unit)
        for fact in dict.fromkeys([*before, *after])
        for what, step, unit in [fact]
        if (fact in before) != (fact in after) or (what != "unit" and before[fact] != after[fact])
    ]
    return sorted(found, key=lambda change: (_ORDER.index(change.what), _first(change), change.unit))


def _first(change: Change) -> str:
    return str(change.after or change.before) if change.what != "unit" else ""


def _by_day(move: Move) -> tuple[str, CycleKey]:
    days = [change.after or change.before for change in (*move.changes, *move.kept) if change.what != "unit"]
    return min(str(day)[:10] for day in days) if days else "", move.key
