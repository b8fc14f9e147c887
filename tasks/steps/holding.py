"""What may not arrive now waits: for working hours, or for tomorrow where its reader has had the mail of this day."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlmodel import Session

from models.ids import CycleKey
from models.mail_hours import MailHours, earliest, read_hours
from models.tables import MessageRow
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
from tasks.adapters.ledger.units import load_tree
from tasks.steps.mails import ANSWERS, DAILY
from tasks.steps.reminding import own_deadline

_BEFORE_A_DEADLINE = frozenset({"reminder", "returned", "extended", "deadline-changed"})
"""Kinds of no use after the deadline they are about."""


def hold_back(home: Home, as_of: datetime) -> None:
    """Say of every message that is to go now, but may not arrive now, when it may."""
    hours = read_hours(home.settings.mail_hours)
    open_now = earliest(as_of, hours, home.days) == as_of
    with home.ledger.read() as session:
        had = outbox.have_had(session, DAILY, as_of.date())
        if not any(_may_wait(row, had, open_now=open_now) for row in outbox.queued(session, as_of)):
            return
    with home.ledger.write() as session:
        rows = [row for row in outbox.queued(session, as_of) if _may_wait(row, had, open_now=open_now)]
        for row, due_at in _with_deadlines(home, session, rows):
            until = _until(home, hours, row, due_at, had, as_of)
            if until > as_of:
                outbox.hold(session, row, until)


def _may_wait(row: MessageRow, had: set[str], *, open_now: bool) -> bool:
    if row.kind in ANSWERS:
        return False
    return not open_now or (row.kind in DAILY and row.recipient in had)


def _until(
    home: Home, hours: MailHours, row: MessageRow, due_at: datetime | None, had: set[str], as_of: datetime
) -> datetime:
    had_today = row.kind in DAILY and row.recipient in had
    return earliest(as_of, hours, home.days, due_at=due_at, had_today=had_today)


def _with_deadlines(
    home: Home, session: Session, rows: Sequence[MessageRow]
) -> list[tuple[MessageRow, datetime | None]]:
    about = {CycleKey.parse(row.cycle) for row in rows if row.kind in _BEFORE_A_DEADLINE}
    tree = load_tree(session)
    lives = {str(live.key): live for live in load_cycles(session, tree, home.days, about)}
    return [(row, _deadline(home, row, lives)) for row in rows]


def _deadline(home: Home, row: MessageRow, lives: Mapping[str, LiveCycle]) -> datetime | None:
    if row.kind not in _BEFORE_A_DEADLINE:
        return None
    live = lives[row.cycle]
    return own_deadline(live, live.standing(row.unit), home.days)[0].due_at
