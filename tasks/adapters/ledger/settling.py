"""What became of messages after they had left: told by a bounce, a reply, a submission, or no longer of interest."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from models.tables import MessageRow
from tasks.adapters.ledger.events import append_event

_ASKING = ("reminder", "overdue")


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


def settle_doubts(session: Session, cycle: str, unit: str, *, reason: str, at: datetime) -> None:
    """The unit has done what was asked: a reminder of which nobody knew whether it arrived counts as sent."""
    rows = session.exec(
        select(MessageRow).where(
            MessageRow.state == "unknown",
            MessageRow.cycle == cycle,
            MessageRow.unit == unit,
            col(MessageRow.kind).in_(_ASKING),
        )
    ).all()
    settle(session, rows, {"unknown"}, "sent", reason=reason, at=at, actor="sweep")


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
