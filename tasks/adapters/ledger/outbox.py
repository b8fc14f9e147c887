"""The outbox in the ledger: decided once by its key, claimed before it is sent, never sent twice by machine."""

import json
from collections.abc import Collection, Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.deadlines import ZONE
from models.tables import MessageRow
from tasks.adapters.ledger.events import append_event

_DECIDED = sa.select(col(MessageRow.key)).where(col(MessageRow.key).in_(sa.bindparam("keys", expanding=True)))
_AS_SAID = {"synchronize_session": False}
"""Rows are changed in the database alone: whoever holds one does not look at its state again."""
NO_ADDRESS = "(no address)"
"""Stands as recipient where a unit has none: the row is a task for the coordinator, not a mail."""
WITHOUT_ADDRESS = "the unit has no working address"
ASKING = ("reminder", "overdue", "deadline-changed")
"""Kinds that wait for nothing but the unit's report."""
STATES = ("queued", "sending", "sent", "skipped", "withdrawn", "failed", "unknown")


def message_key(cycle: str, unit: str, kind: str, step: str, recipient: str) -> str:
    return f"{cycle}|{unit}|{kind}|{step}|{recipient}"


def message(
    *,
    cycle: str,
    unit: str,
    kind: str,
    step: str,
    recipient: str,
    planned_on: date,
    at: datetime,
    state: str = "queued",
    reason: str = "",
    payload: dict[str, Any] | None = None,
) -> MessageRow:
    """One message, not decided yet."""
    return MessageRow(
        key=message_key(cycle, unit, kind, step, recipient),
        cycle=cycle,
        unit=unit,
        kind=kind,
        step=step,
        recipient=recipient,
        state=state,
        reason=reason,
        planned_on=planned_on,
        decided_at=at,
        payload=json.dumps(payload or {}, ensure_ascii=False, sort_keys=True),
    )


def messages_to(emails: Collection[str], **row: Any) -> list[MessageRow]:
    """A mail to each address of a unit; where it has none, that nobody was written to is on record."""
    if not emails:
        return [message(recipient=NO_ADDRESS, **row | {"state": "skipped", "reason": WITHOUT_ADDRESS})]
    return [message(recipient=recipient, **row) for recipient in emails]


def queue(session: Session, **row: Any) -> bool:
    """Decide one `message`; False where the ledger has it already, in whatever state."""
    return queue_all(session, [message(**row)]) == 1


def queue_for_unit(session: Session, emails: Collection[str], **row: Any) -> None:
    queue_all(session, messages_to(emails, **row))


def queue_all(session: Session, messages: Iterable[MessageRow]) -> int:
    """Decide messages; how many of them the ledger did not have."""
    wanted = {row.key: row for row in messages}
    known = set(session.scalars(_DECIDED, {"keys": list(wanted)})) if wanted else set()
    new = [row for key, row in wanted.items() if key not in known]
    session.add_all(new)
    session.flush()
    return len(new)


def decided_steps(session: Session, cycle: str, kinds: Collection[str]) -> dict[str, set[str]]:
    """Unit → the steps the ledger has for it in this cycle, sent, skipped or otherwise."""
    found: dict[str, set[str]] = {}
    query = select(MessageRow.unit, MessageRow.step).where(
        MessageRow.cycle == cycle, col(MessageRow.kind).in_(kinds)
    )
    for unit, step in session.exec(query):
        found.setdefault(unit, set()).add(step)
    return found


def withdraw(
    session: Session, cycle: str, unit: str, *, reason: str, at: datetime, kinds: Collection[str] = ASKING
) -> int:
    """Take back what is decided but not yet sent, because it is no longer true: what asks a unit for its report, or
    other kinds; an empty unit: of every one.
    """
    query = select(MessageRow).where(
        MessageRow.cycle == cycle, col(MessageRow.kind).in_(kinds), MessageRow.state == "queued"
    )
    rows = session.exec(query.where(MessageRow.unit == unit) if unit else query).all()
    for row in rows:
        row.state, row.reason = "withdrawn", reason
        append_event(
            session, "message withdrawn", at=at, actor="sweep", cycle=cycle, unit=row.unit, key=row.key
        )
    return len(rows)


def queue_again(session: Session, keys: Collection[str], *, reasons: Collection[str], at: datetime) -> int:
    """What was withdrawn for one of these reasons is true again; returns how many messages."""
    query = select(MessageRow).where(col(MessageRow.key).in_(keys), MessageRow.state == "withdrawn")
    rows = session.exec(query.where(col(MessageRow.reason).in_(reasons))).all()
    for row in rows:
        row.state, row.reason, row.planned_on, row.decided_at = "queued", "", at.date(), at
        row.not_before = None
    return len(rows)


def answers_since(session: Session, recipient: str, since: datetime) -> int:
    """How many automatic answers to files were decided for this address from then on."""
    query = select(sa.func.count()).where(
        MessageRow.recipient == recipient,
        col(MessageRow.kind).in_(("receipt", "refused")),
        MessageRow.state != "skipped",
        col(MessageRow.decided_at) > since,
    )
    return session.exec(query).one()


def queued(session: Session, as_of: datetime) -> list[MessageRow]:
    """What is to be sent by then, in the order it was decided. What another process decided for a later moment is not
    sent by a sweep that is about an earlier one.
    """
    query = (
        select(MessageRow)
        .where(
            MessageRow.state == "queued",
            col(MessageRow.decided_at) <= as_of,
            sa.or_(col(MessageRow.not_before).is_(None), col(MessageRow.not_before) <= as_of),
        )
        .order_by(col(MessageRow.id))
    )
    return list(session.exec(query))


def still_queued(session: Session, ids: Collection[int]) -> set[int]:
    """Which of these rows nobody has sent or taken back."""
    query = select(MessageRow.id).where(col(MessageRow.id).in_(ids), MessageRow.state == "queued")
    return {row for row in session.exec(query) if row}


def claim(
    session: Session, ids: Collection[int], message_id: str, *, tried_at: datetime, lease_until: datetime
) -> bool:
    """Take these rows for sending; False (and nothing taken) where another was faster or they were withdrawn."""
    done = session.execute(
        sa.update(MessageRow)
        .where(col(MessageRow.id).in_(ids), col(MessageRow.state) == "queued")
        .values(
            state="sending",
            message_id=message_id,
            attempts=col(MessageRow.attempts) + 1,
            tried_at=tried_at,
            lease_until=lease_until,
        ),
        execution_options=_AS_SAID,
    )
    if done.rowcount != len(ids):  # type: ignore[attr-defined]
        session.rollback()
        return False
    return True


def orphaned(session: Session, now: datetime) -> list[int]:
    """Rows that were claimed, and whose lease is over: whoever claimed them died before it could say how it went."""
    query = select(MessageRow.id).where(
        MessageRow.state == "sending",
        sa.or_(col(MessageRow.lease_until).is_(None), col(MessageRow.lease_until) < now),
    )
    return [row for row in session.exec(query) if row]


def have_had(
    session: Session, kinds: Collection[str], day: date, recipients: Collection[str] = ()
) -> set[str]:
    """Which addresses (of these, or of all) have had, or may have had, a message of these kinds on that day."""
    midnight = datetime.combine(day, time(), ZONE)
    query = select(MessageRow.recipient).where(
        col(MessageRow.kind).in_(kinds),
        col(MessageRow.state).in_(("sending", "sent", "unknown")),
        col(MessageRow.tried_at) >= midnight,
        col(MessageRow.tried_at) < midnight + timedelta(days=1),
    )
    if recipients:
        query = query.where(col(MessageRow.recipient).in_(recipients))
    return set(session.exec(query.distinct()))


def hold(session: Session, row: MessageRow, until: datetime) -> None:
    """Let it wait; it can still be withdrawn meanwhile."""
    session.execute(
        sa.update(MessageRow)
        .where(col(MessageRow.id) == row.id, col(MessageRow.state) == "queued")
        .values(not_before=until),
        execution_options=_AS_SAID,
    )


def mark(session: Session, ids: list[int], state: str, *, reason: str = "", **values: Any) -> None:
    """Say how sending went."""
    session.execute(
        sa.update(MessageRow)
        .where(col(MessageRow.id).in_(ids))
        .values(state=state, reason=reason, lease_until=None, **values),
        execution_options=_AS_SAID,
    )


def find_message(session: Session, key: str) -> MessageRow:
    """By key or Message-ID; KeyError when there is none."""
    row = session.exec(
        select(MessageRow).where(sa.or_(col(MessageRow.key) == key, col(MessageRow.message_id) == key))
    ).first()
    if row is None:
        raise KeyError(f"no message {key}")
    return row
