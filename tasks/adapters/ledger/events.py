"""The chain of events: appended in the transaction of what happened, each sealed with the hash before it."""

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.deadlines import ZONE
from models.tables import EventRow, MarkRow

GENESIS = "0" * 64
# Built once: a page asks for them again and again.
_MARKS = sa.select(col(MarkRow.name), col(MarkRow.value)).where(
    col(MarkRow.name).in_(sa.bindparam("names", expanding=True))
)
_NEWEST = sa.select(col(EventRow.hash)).order_by(col(EventRow.id).desc()).limit(1)


def append_event(session: Session, kind: str, **told: Any) -> None:
    """Add one event after the newest; `told` as for `event`."""
    append_events(session, [event(kind, **told)])


def event(kind: str, *, at: datetime, actor: str, cycle: str = "", unit: str = "", **data: Any) -> EventRow:
    """What happened, when, and who did it; not in the chain yet."""
    told = json.dumps(data, ensure_ascii=False, sort_keys=True, default=str)
    return EventRow(at=at, kind=kind, cycle=cycle, unit=unit, actor=actor, data=told, previous="", hash="")


def append_events(session: Session, events: Sequence[EventRow]) -> None:
    """Add them after the newest. There is one writer at a time (`Ledger.write`), so the chain never forks."""
    previous = last_seal(session)
    for each in events:
        each.previous = previous
        previous = each.hash = seal(each)
    session.add_all(events)
    session.flush()


def seal(event: EventRow) -> str:
    """The hash an event must carry."""
    parts = (
        event.previous,
        event.at.astimezone(ZONE).isoformat(),  # as it is read back
        event.kind,
        event.cycle,
        event.unit,
        event.actor,
        event.data,
    )
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def last_seal(session: Session) -> str:
    """The seal of the newest event. It stands for the whole story: two ledgers with one last seal tell the same."""
    return session.execute(_NEWEST).scalar() or GENESIS


def follows_seal(session: Session, known: str) -> bool:
    """Is an event with this seal in the chain? Asked of the one after it, which is found at once."""
    if known in {GENESIS, last_seal(session)}:
        return True
    return session.exec(select(EventRow.id).where(EventRow.previous == known)).first() is not None


def broken_event(session: Session) -> EventRow | None:
    """The first event whose seal or predecessor does not hold, or None."""
    previous = GENESIS
    for event in session.exec(select(EventRow).order_by(col(EventRow.id))):
        if event.previous != previous or event.hash != seal(event):
            return event
        previous = event.hash
    return None


def newest_event(session: Session, kind: str, cycle: str, unit: str) -> dict[str, Any] | None:
    """What the newest event of this kind about a unit in a cycle tells; None where there is none."""
    query = select(EventRow.data).where(EventRow.kind == kind, EventRow.cycle == cycle, EventRow.unit == unit)
    found = session.exec(query.order_by(col(EventRow.id).desc()).limit(1)).first()
    return None if found is None else dict(json.loads(found))


def read_mark(session: Session, name: str) -> str | None:
    return read_marks(session, name).get(name)


def read_marks(session: Session, *names: str) -> dict[str, str]:
    """Those of them that there are, in one reading."""
    return {row.name: row.value for row in session.execute(_MARKS, {"names": names})}


def set_mark(session: Session, name: str, value: str) -> None:
    session.merge(MarkRow(name=name, value=value))
