"""What a person says about a message: send it again, to the same address or another; or what became of it."""

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, select

from models.tables import MessageRow
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.events import append_event
from tasks.adapters.mail import InvalidMailError, checked_address

ENDS = {"sent": "sent", "failed": "failed", "dropped": "skipped"}
"""What a person may say became of a message, and the state it then has."""
_RETRIED, _SETTLED, _DROPPED = "retried by hand", "settled by hand", "put aside by hand"


def retry(home: Home, key: str, *, to: str = "", as_of: datetime, actor: str) -> list[MessageRow]:
    """Queue a message again that did not arrive, with all that was in it. `to`: to this address instead, and the old
    one gets it no more. ValueError for a message that may have arrived, or an address that is none.
    """
    with home.ledger.write() as session:
        rows = _rows(session, key, {"failed", "withdrawn"}, "queued")
        if not to or to == rows[0].recipient:
            return _settle(session, rows, "queued", _RETRIED, as_of, actor)
        try:
            address = checked_address(to)
        except InvalidMailError as error:
            raise ValueError(str(error)) from None
        _settle(session, rows, "withdrawn", f"sent to {address} instead", as_of, actor)
        return [_again(session, row, address, as_of) for row in rows]


def resolve(home: Home, key: str, end: str, *, as_of: datetime, actor: str) -> list[MessageRow]:
    """Say what became of a message in doubt, or put one aside that failed and need not arrive any more."""
    from_states = {"unknown", "sending"} | ({"failed"} if end == "dropped" else set())
    with home.ledger.write() as session:
        rows = _rows(session, key, from_states, end)
        reason = _DROPPED if end == "dropped" else _SETTLED
        return _settle(session, rows, ENDS[end], reason, as_of, actor)


def _rows(session: Session, key: str, from_states: Collection[str], to: str) -> list[MessageRow]:
    """The row of this key; of a Message-ID, all that went in that mail and are in one of these states."""
    first = outbox.find_message(session, key)
    rows = [first]
    if key == first.message_id:
        rows = list(session.exec(select(MessageRow).where(MessageRow.message_id == key)))
    fit = [row for row in rows if row.state in from_states]
    if not fit:
        raise ValueError(
            f"{first.key} is {first.state}: only {' or '.join(sorted(from_states))} can become {to}"
        )
    return fit


def _settle(
    session: Session, rows: list[MessageRow], state: str, reason: str, at: datetime, actor: str
) -> list[MessageRow]:
    outbox.mark(session, [row.id for row in rows if row.id], state, reason=reason, not_before=None)
    for row in rows:
        append_event(
            session, f"message {state}", at=at, actor=actor, cycle=row.cycle, unit=row.unit, key=row.key
        )
        session.refresh(row)
    return rows


def _again(session: Session, row: MessageRow, address: str, at: datetime) -> MessageRow:
    """The same step of the same unit, decided for another address; ValueError where it had it already."""
    new = outbox.queue(
        session,
        cycle=row.cycle,
        unit=row.unit,
        kind=row.kind,
        step=row.step,
        recipient=address,
        planned_on=row.planned_on,
        at=at,
    )
    key = outbox.message_key(row.cycle, row.unit, row.kind, row.step, address)
    if not new:
        raise ValueError(f"{key} is decided already")
    found = outbox.find_message(session, key)
    found.payload = row.payload
    return found
