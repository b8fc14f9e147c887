"""Reminders that waited: of several about one report or draft only the latest goes, and none as a reminder once it is late."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from models.ids import CycleKey
from models.states import is_past
from models.tables import MessageRow
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import load_cycles
from tasks.adapters.ledger.units import load_tree
from tasks.steps import unsigned
from tasks.steps.reminding import own_deadline


def pass_over(home: Home, as_of: datetime) -> None:
    """Skip what waited too long, with the reason the sweep gives for a missed step. A message that was tried before
    stays the message it was.
    """
    with home.ledger.read() as session:
        if not outbox.queued(session, as_of):
            return
    with home.ledger.write() as session:
        untried = [
            row
            for row in outbox.queued(session, as_of)
            if row.kind in {"reminder", "overdue", unsigned.KIND} and not row.message_id
        ]
        latest = _skip_overtaken(session, untried)
        waited = [row for row in latest if row.kind == "reminder" and row.decided_at.date() < as_of.date()]
        if waited:
            _skip_late(home, session, waited, as_of)


def _skip_overtaken(session: Session, rows: Iterable[MessageRow]) -> list[MessageRow]:
    found: dict[tuple[str, ...], list[MessageRow]] = defaultdict(list)
    for row in rows:
        about = row.step.rpartition("/")[0]  # of one document, where it is about a draft
        found[row.cycle, row.unit, row.recipient, about].append(row)
    for same in found.values():
        _skip(session, same[:-1], f"overtaken by {same[-1].step.rpartition('/')[2]}")
    return [same[-1] for same in found.values()]


def _skip_late(home: Home, session: Session, rows: Iterable[MessageRow], as_of: datetime) -> None:
    keys = {CycleKey.parse(row.cycle) for row in rows}
    lives = {str(live.key): live for live in load_cycles(session, load_tree(session), home.days, keys)}
    late = [
        row
        for row in rows
        for standing in lives[row.cycle].standings
        if standing.unit == row.unit
        and is_past(own_deadline(lives[row.cycle], standing, home.days)[0].due_at, as_of)
    ]
    _skip(session, late, "the deadline has passed")


def _skip(session: Session, rows: Iterable[MessageRow], reason: str) -> None:
    ids = [row.id for row in rows if row.id]
    if ids:
        outbox.mark(session, ids, "skipped", reason=reason)
