"""The answer to a file that came in: to each address of the unit, and no loop of machines grows out of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from models.ids import CycleKey
from models.inbound import ANSWERS_PER_HOUR
from models.tables import MessageRow
from models.units import UnitTree
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.units import load_tree

_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Thread:
    """The conversation an answer belongs in: the Message-IDs of it, that of the mail to answer the last."""

    ids: tuple[str, ...] = ()
    also_to: str = ""
    """A known contact who is none of the unit's own, and wrote."""


def answers(
    session: Session,
    tree: UnitTree,
    key: CycleKey,
    unit: str,
    *,
    kind: str,
    step: str,
    channel: str,
    at: datetime,
    payload: dict[str, Any] | None = None,
    thread: Thread | None = None,
) -> list[MessageRow]:
    """What to queue, to the unit's own contacts and to the known contact who wrote. A file that came by mail is answered until its address has had so many answers within the hour; what
    follows is recorded as skipped, for a person to see.
    """
    if unit not in tree:
        return []
    emails = tree.emails(unit, at.date())
    if thread:
        emails = tuple(dict.fromkeys((*emails, thread.also_to) if thread.also_to else emails))
        payload = (payload or {}) | ({"thread": thread.ids} if thread.ids else {})
    too_many = channel == "mail" and any(
        outbox.answers_since(session, email, at - _HOUR) >= ANSWERS_PER_HOUR for email in emails
    )
    return outbox.messages_to(
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


def answer(session: Session, key: CycleKey, unit: str, **row: Any) -> None:
    """Queue `answers`."""
    outbox.queue_all(session, answers(session, load_tree(session), key, unit, **row))
