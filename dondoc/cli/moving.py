"""Show what would move, and ask before it is applied: shared by `plan load` and `holidays`."""

import sys
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

import typer

from dondoc.cli.out import console, errors, show_table
from models.worlds import OPENED_VI, Change, Move, What

Yes = Annotated[bool, typer.Option("--yes", help="Apply without asking.")]

_SHOWN: dict[What, str] = {
    "day_x": "day X",
    "last_day": "last day",
    "last_working_day": "last working day",
    "due_at": "due at",
    "cutoff": "cut-off",
    "opens_on": "opens",
    "closes_on": "closes",
    "reminder": "reminder",
    "letter_1": "letter 1",
    "letter_2": "letter 2",
    "unit": "owes",
}
_NAMED = 8
"""Units named in a table; the JSON has all."""


def show_moves(found: Sequence[Move]) -> None:
    if not found:
        console.print("nothing moves")
        return
    show_table(("cycle", "before", "after", "note"), [row for move in found for row in _rows(move)])


def agreed(found: Sequence[Move], *, yes: bool) -> bool:
    """May it be applied? Where nothing moves, nobody is asked."""
    if yes or not found:
        return True
    if sys.stdin.isatty():
        if typer.confirm("Apply this?", err=True):
            return True
        errors.print("nothing was applied")
        return False
    errors.print("nothing was applied: run again with --yes")
    return False


def move_json(move: Move) -> dict[str, Any]:
    told = {
        "cycle": str(move.key),
        "plan": move.key.plan,
        "obligation": move.key.obligation,
        "period": move.key.period,
        "state": move.state,
        "opened": move.opened,
        "changes": [_change_json(change) for change in move.changes],
        "kept": [_change_json(change) for change in move.kept],
    }
    return told | ({"state_vi": OPENED_VI} if move.state == "kept" else {})


def _change_json(change: Change) -> dict[str, Any]:
    """`waiting` and `affected` only where an opened cycle has decided steps, or is still to decide them."""
    told: dict[str, Any] = {"what": change.what, "before": _iso(change.before), "after": _iso(change.after)}
    told |= {name: value for name in ("step", "unit") if (value := getattr(change, name))}
    if change.waiting is not None:
        told |= {"waiting": change.waiting, "affected": change.waiting > 0}
    return told


def _iso(value: date | str | None) -> str | None:
    return value.isoformat() if isinstance(value, date) else value


def _rows(move: Move) -> Iterator[tuple[str, ...]]:
    """The name of a cycle in a row of its own, and under it what moves."""
    if move.state in {"appears", "vanishes"}:
        yield str(move.key), *_brief(move)
        return
    stays = f"opened: stays as it is ({OPENED_VI})" if move.kept else "opened" if move.opened else ""
    yield str(move.key), "", "", stays if move.state == "kept" else stays.replace("stays", "the rest stays")
    for what, *told in _told(move.changes):
        yield f"  {what}", *told


def _brief(move: Move) -> tuple[str, str, str]:
    day = next((change for change in move.changes if change.what == "day_x"), None)
    units = sum(change.what == "unit" for change in move.changes)
    told = f"{move.state}, {units} units" if day else f"{move.state}, no date yet"
    return _cell(day.before if day else None), _cell(day.after if day else None), told


def _told(changes: Sequence[Change]) -> Iterator[tuple[str, str, str, str]]:
    moved = {change.what for change in changes}
    letters = {_rung(change): _SHOWN[change.what] for change in changes if change.what.startswith("letter")}
    for change in changes:
        if change.what == "unit" or (change.what == "due_at" and "last_day" in moved):
            continue
        if change.what == "reminder":
            with_letter = letters.pop(_rung(change), None)
            what = f"reminder {change.step}" + (f", {with_letter}" if with_letter else "")
        elif change.step and _rung(change) not in letters:
            continue  # told with its reminder
        else:
            what = _SHOWN[change.what] + (f" {change.step}" if change.step else "")
        yield f"{what} {change.unit}".strip(), _cell(change.before), _cell(change.after), _reach(change)
    yield from _told_units(changes)


def _told_units(changes: Sequence[Change]) -> Iterator[tuple[str, str, str, str]]:
    units = [change for change in changes if change.what == "unit"]
    for sign, chosen in (
        ("no longer", [c for c in units if c.before]),
        ("now", [c for c in units if c.after]),
    ):
        if chosen:
            names = ", ".join(change.unit for change in chosen[:_NAMED])
            more = f" and {len(chosen) - _NAMED} more" if len(chosen) > _NAMED else ""
            side = (str(len(chosen)), "") if sign == "no longer" else ("", str(len(chosen)))
            yield f"owes {sign}", *side, names + more


def _rung(change: Change) -> tuple[str, date | str | None, date | str | None]:
    """A letter goes with the reminder of its step, as long as they move alike."""
    return change.step, change.before, change.after


def _reach(change: Change) -> str:
    if change.waiting is None:
        return ""
    return f"for {change.waiting} units" if change.waiting else "decided: not affected"


def _cell(value: date | str | None) -> str:
    return "" if value is None else f"{value:%Y-%m-%d %H:%M}" if hasattr(value, "hour") else str(value)
