"""Looking into the outbox: which messages there are, how many in each state, the newest of each unit, the story of one."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from models.tables import EventRow, InboundRow, MessageRow
from tasks.adapters.ledger.outbox import STATES

_OF_A_UNIT = ("cycle", "unit", "kind", "step", "state", "decided_at", "sent_at")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which messages; what is empty leaves all in."""

    state: str = ""
    plan: str = ""
    cycle: str = ""
    units: Collection[str] | None = None
    """Of these units; of none where it holds none."""
    kind: str = ""
    to: str = ""
    """A part of the address."""
    by: datetime | None = None
    """Decided until then."""


def find_messages(
    session: Session, wanted: Wanted, *, newest_first: bool = False, limit: int | None = None, offset: int = 0
) -> list[MessageRow]:
    """In the order they were decided."""
    order = col(MessageRow.id).desc() if newest_first else col(MessageRow.id)
    query = select(MessageRow).where(*_conditions(wanted)).order_by(order).limit(limit).offset(offset)
    return list(session.exec(query))


def count_states(session: Session, wanted: Wanted) -> dict[str, int]:
    """State → how many, whatever state is wanted; every state is there."""
    query = (
        select(MessageRow.state, func.count())
        .where(*_conditions(wanted, with_state=False))
        .group_by(MessageRow.state)
    )
    return dict.fromkeys(STATES, 0) | dict(session.exec(query).all())


def cycles_written_about(session: Session) -> list[str]:
    return list(session.exec(select(MessageRow.cycle).distinct().order_by(MessageRow.cycle)))


def units_written_about(session: Session) -> list[str]:
    return list(session.exec(select(MessageRow.unit).distinct().order_by(MessageRow.unit)))


def newest_of_units(session: Session, cycles: Collection[str], by: datetime) -> Iterator[sa.Row[Any]]:
    """(cycle, unit, kind, step, state, decided_at, sent_at) of the newest message about each unit in each of these
    cycles, one for each of its addresses; one query, whatever the number of units.
    """
    what = col(MessageRow.kind) + "|" + col(MessageRow.step)
    newest = sa.func.first_value(what).over(
        partition_by=[col(MessageRow.cycle), col(MessageRow.unit)], order_by=col(MessageRow.id).desc()
    )
    columns: list[Any] = [getattr(MessageRow, name) for name in _OF_A_UNIT]
    told = (
        sa.select(*columns, what.label("what"), newest.label("newest"))
        .where(col(MessageRow.cycle).in_(cycles), col(MessageRow.decided_at) <= by)
        .subquery()
    )
    found = [told.c[name] for name in _OF_A_UNIT]
    yield from session.execute(sa.select(*found).where(told.c.what == told.c.newest))


def message_events(session: Session, row: MessageRow) -> list[EventRow]:
    """What the chain of events says of this message, in its order."""
    query = (
        select(EventRow)
        .where(EventRow.cycle == row.cycle, EventRow.unit == row.unit, col(EventRow.kind).like("message %"))
        .order_by(col(EventRow.id))
    )
    return [event for event in session.exec(query) if json.loads(event.data).get("key") == row.key]


def come_back(session: Session, row: MessageRow) -> list[InboundRow]:
    """The mails that came in about it, in the order they were read."""
    if not row.message_id:
        return []
    query = select(InboundRow).where(InboundRow.about == row.message_id).order_by(col(InboundRow.id))
    return list(session.exec(query))


def went_together(session: Session, row: MessageRow) -> list[MessageRow]:
    """The other messages that went out in the same mail."""
    if not row.message_id:
        return []
    query = select(MessageRow).where(MessageRow.message_id == row.message_id, MessageRow.id != row.id)
    return list(session.exec(query.order_by(col(MessageRow.id))))


def _conditions(wanted: Wanted, *, with_state: bool = True) -> Iterator[Any]:
    for column, value in ((MessageRow.cycle, wanted.cycle), (MessageRow.kind, wanted.kind)):
        if value:
            yield column == value
    if with_state and wanted.state:
        yield MessageRow.state == wanted.state
    if wanted.plan:
        yield col(MessageRow.cycle).startswith(f"{wanted.plan}/", autoescape=True)
    if wanted.units is not None:
        yield col(MessageRow.unit).in_(wanted.units)
    if wanted.to:
        yield func.lower(MessageRow.recipient).contains(wanted.to.lower(), autoescape=True)
    if wanted.by:
        yield col(MessageRow.decided_at) <= wanted.by
