"""What became of messages after they had left: told by a bounce, a reply, a submission, or no longer of interest."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.tables import EventRow, MessageRow
from tasks.adapters.ledger.events import append_event, event
from tasks.adapters.ledger.outbox import ASKING

_ASKING = ("reminder", "overdue")
_TO_SETTLE = (
    select(MessageRow)
    .where(
        col(MessageRow.cycle) == sa.bindparam("cycle"),
        col(MessageRow.unit).in_(sa.bindparam("units", expanding=True)),
        sa.or_(
            sa.and_(col(MessageRow.state) == "queued", col(MessageRow.kind).in_(ASKING)),
            sa.and_(col(MessageRow.state) == "unknown", col(MessageRow.kind).in_(_ASKING)),
        ),
    )
    .order_by(col(MessageRow.id))
)


def messages_about(session: Session, message_ids: Iterable[str]) -> list[MessageRow]:
    """The rows that went out together under the first of these Message-IDs that is ours; none where none is."""
    for each in message_ids:
        query = select(MessageRow).where(MessageRow.message_id == each).order_by(col(MessageRow.id))
        if rows := list(session.exec(query)):
            return rows
    return []


def settle(
    session: Session,
    rows: Iterable[MessageRow],
    from_states: Collection[str],
    to: str,
    *,
    reason: str,
    at: datetime,
    actor: str,
) -> None:
    """Say in the row and in the chain what became of each; those in other states stay as they are."""
    for row in rows:
        if row.state in from_states:
            row.state, row.reason = to, reason
            append_event(
                session, f"message {to}", at=at, actor=actor, cycle=row.cycle, unit=row.unit, key=row.key
            )


def stop_asking_for(
    session: Session, cycle: str, received: Mapping[str, tuple[int, datetime]]
) -> list[EventRow]:
    """Units have reported (unit → the version, and when): what is queued to ask them for it is withdrawn, and a reminder of
    which nobody knew whether it arrived counts as sent. The events that say so, to be appended.
    """
    events = []
    for row in session.scalars(_TO_SETTLE, {"cycle": cycle, "units": list(received)}):
        version, at = received[row.unit]
        row.state = "sent" if row.state == "unknown" else "withdrawn"
        row.reason = f"version {version} received"
        events.append(
            event(f"message {row.state}", at=at, actor="sweep", cycle=cycle, unit=row.unit, key=row.key)
        )
    return events


def overtake(session: Session, *, at: datetime) -> None:
    """A reminder in doubt needs nobody's decision once a later one to the same address was sent."""
    doubtful = session.exec(
        select(MessageRow).where(MessageRow.state == "unknown", col(MessageRow.kind).in_(_ASKING))
    ).all()
    for row in doubtful:
        later = session.exec(
            select(MessageRow.step).where(
                MessageRow.cycle == row.cycle,
                MessageRow.unit == row.unit,
                MessageRow.recipient == row.recipient,
                MessageRow.state == "sent",
                col(MessageRow.kind).in_(_ASKING),
                col(MessageRow.id) > row.id,
            )
        ).first()
        if later:
            reason = f"in doubt, overtaken by {later}"
            settle(session, [row], {"unknown"}, "skipped", reason=reason, at=at, actor="sweep")
