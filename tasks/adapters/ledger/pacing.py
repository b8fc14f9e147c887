"""The rate at which messages leave, kept in the ledger, so that it holds for all workers together."""

from datetime import datetime, timedelta

from sqlmodel import Session

from tasks.adapters.ledger.events import read_mark, set_mark

_NEXT = "next mail"
_FAR = timedelta(minutes=10)
"""No queue of workers is that long: a mark so far ahead was set by a clock that went wrong."""


def take_slot(session: Session, now: datetime, per_minute: float) -> datetime:
    """The moment at which the next message may leave; it is taken, whether one does or not."""
    mark = read_mark(session, _NEXT)
    slot = max(now, datetime.fromisoformat(mark)) if mark else now
    if slot > now + _FAR:
        slot = now
    set_mark(session, _NEXT, (slot + timedelta(minutes=1 / per_minute)).isoformat())
    return slot
