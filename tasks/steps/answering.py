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
    if unit not in tree:
        return
    emails = tree.emails(unit, at.date())
    too_many = channel == "mail" and any(
        outbox.answers_since(session, email, at - _HOUR) >= ANSWERS_PER_HOUR for email in emails
    )
    outbox.queue_for_unit(
        session,
        emails,
        cycle=str(key),
        unit=unit,
        kind=kind,
        step=step,
        planned_on=at.date(),
        at=at,
        state="skipped" if too_many else "queued",
        reason=f"{ANSWERS_PER_HOUR} answers to this address within an hour" if too_many else "",
        payload=payload,
    )
