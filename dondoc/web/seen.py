"""The board as it looked at a moment: what came later had not come, what opened later was not there."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import select

from models.states import REPORTED, VIETNAMESE, Standing, State, rate
from models.tables import CycleRow
from tasks.adapters.home import Home

Row = dict[str, Any]
"""A cycle as `tasks.steps.board` tells it."""


def as_seen(home: Home, rows: list[Row], as_of: datetime) -> list[Row]:
    """The rows of `board`, less what had not happened by `as_of`. Returns and exemptions are as they are today."""
    with home.ledger.read() as session:
        lives = {
            key: (opened_at, closed_at)
            for key, opened_at, closed_at in session.exec(
                select(CycleRow.key, CycleRow.opened_at, CycleRow.closed_at)
            )
        }
    seen = []
    for row in rows:
        opened_at, closed_at = lives.get(row["cycle"], (None, None))
        opened = opened_at is not None and opened_at <= as_of
        closed = closed_at is not None and closed_at <= as_of
        seen.append(_counted({**row, "opened": opened, "closed": closed}, as_of))
    return seen


def _counted(row: Row, as_of: datetime) -> Row:
    units = [_unit(unit, as_of) for unit in row["units"]]
    owing = [unit for unit in units if unit["state"] != State.EXEMPT]
    reported = [unit for unit in owing if unit["state"] in REPORTED]
    on_time = sum(_is_on_time(unit) for unit in reported)
    return {
        **row,
        "units": units,
        "expected": len(owing),
        "received": len(reported),
        "on_time": on_time,
        "late": len(reported) - on_time,
        "nil": sum(unit["state"] == State.NIL for unit in reported),
        "missing": len(owing) - len(reported),
        "completeness": rate(len(reported), len(owing)),
        "timeliness": rate(on_time, len(owing)),
        "overdue": sum(unit["state"] == State.LATE for unit in owing),
        "later": any(unit["came_later"] for unit in units),
    }


def _unit(unit: Mapping[str, Any], as_of: datetime) -> Row:
    first = _moment(unit["submitted_at"])
    if first is None or first <= as_of:
        return {**unit, "came_later": False}
    state = Standing(
        unit["unit"], unit["name"], _moment(unit["due_at"]), has_address=unit["has_address"]
    ).state(as_of)
    not_yet = {"submitted_at": None, "version": None, "state": state.value, "state_vi": VIETNAMESE[state]}
    not_yet |= {"channel": None, "paper": ""}
    return {**unit, **not_yet, "warnings": [], "flags": [], "came_later": True}


def _is_on_time(unit: Mapping[str, Any]) -> bool:
    first, due = _moment(unit["submitted_at"]), _moment(unit["due_at"])
    return first is not None and (due is None or first <= due)


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
