"""The answer to a file that came in: to each address of the unit, and no loop of machines grows out of it."""

from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from models.ids import CycleKey
from models.inbound import ANSWERS_PER_HOUR
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.units import load_tree

_HOUR = timedelta(hours=1)


def answer(
    session: Session,
    key: CycleKey,
    unit: str,
    *,
    kind: str,
    step: str,
    channel: str,
    at: datetime,
    payload: dict[str, Any] | None = None,
) -> None:
    """Queue it. A file that came by mail is answered until its address has had so many answers within the hour; what
    follows is recorded as skipped, for a person to see.
    """
    tree = load_tree(session)
    for recipient in tree.emails(unit, at.date()) if unit in tree else ():
        had = outbox.answers_since(session, recipient, at - _HOUR) if channel == "mail" else 0
        too_many = had >= ANSWERS_PER_HOUR
        outbox.queue(
            session,
            cycle=str(key),
            unit=unit,
            kind=kind,
            step=step,
            recipient=recipient,
            planned_on=at.date(),
            at=at,
            state="skipped" if too_many else "queued",
            reason=f"{ANSWERS_PER_HOUR} answers to this address within an hour" if too_many else "",
            payload=payload,
        )
