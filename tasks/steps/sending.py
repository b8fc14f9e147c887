"""Send what the outbox holds: claimed under a lease before it goes, marked after.

Guarantee: a message goes out at most once, whoever sends and however many. Where the server's answer was lost after the
data had gone, or the sender died, the row stands as `unknown` for a person to settle; a clear refusal for now is tried
again later.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.ids import CycleKey
from models.inbound import refuses_address
from models.mail import Texted, message_id
from models.tables import MessageRow
from models.units import UnitTree
from tasks.adapters import clock
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.addresses import note_failure
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
from tasks.adapters.ledger.pacing import take_slot
from tasks.adapters.ledger.settling import overtake
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.mail import (
    InvalidMailError,
    OutgoingMail,
    PermanentMailError,
    RetryableMailError,
    Transport,
    UnknownOutcomeError,
)
from tasks.adapters.mail_text import render_mail, render_text
from tasks.steps.holding import hold_back
from tasks.steps.mails import ANSWERS, DAILY, compose
from tasks.steps.overtaking import pass_over
from tasks.steps.still_true import still_true

_TRIES = 8
_BACK_OFF = timedelta(minutes=5)
_LONGEST_DOUBLING = 6
"""5 minutes doubled six times: 5 h 20 min is the longest wait."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """How many messages (rows of the outbox) ended how."""

    sent: int = 0
    failed: int = 0
    unknown: int = 0
    later: int = 0
    held: int = 0
    """Wait for a person's word (`tasks/steps/quiet.py`)."""

    def __add__(self, other: "Delivery") -> "Delivery":
        return Delivery(
            self.sent + other.sent,
            self.failed + other.failed,
            self.unknown + other.unknown,
            self.later + other.later,
            self.held + other.held,
        )


@dataclass(frozen=True, slots=True)
class _Begun:
    """What a batch is begun with. Mails of the day are written from it: whoever reports meanwhile, is extended or
    exempted takes what is queued for it back in that same transaction, and it can't be claimed any more. Other mails
    look again.
    """

    tree: UnitTree
    lives: Mapping[str, LiveCycle]
    had: frozenset[str]
    """The addresses that have had the mail of this day; what is queued for them all the same must go today."""


class _StopSendingError(Exception):
    """The server takes nothing now; the rest of the batch waits for the next sweep."""


def send_queued(home: Home, as_of: datetime) -> Delivery:
    """Send everything that is queued, may arrive now and is still true."""
    done = recover(home)
    pass_over(home, as_of)
    hold_back(home, as_of)
    with home.ledger.read() as session:
        rows = outbox.queued(session, as_of)
        if not rows:
            return done
        begun = _begin(home, session, rows, as_of)
    with home.transport() as transport:
        for envelope in _envelopes(rows):
            try:
                done += _send_one(home, transport, envelope, begun, as_of)
            except _StopSendingError:
                done += Delivery(later=len(envelope))
                break
    with home.ledger.write() as session:
        overtake(session, at=as_of)
    return done


def _begin(home: Home, session: Session, rows: Sequence[MessageRow], as_of: datetime) -> _Begun:
    tree = load_tree(session)
    lives = _lives(session, home, tree, [row for row in rows if row.kind in DAILY])
    return _Begun(tree, lives, frozenset(outbox.have_had(session, DAILY, as_of.date())))


def _lives(session: Session, home: Home, tree: UnitTree, rows: Iterable[MessageRow]) -> dict[str, LiveCycle]:
    keys = {CycleKey.parse(row.cycle) for row in rows}
    return {str(live.key): live for live in load_cycles(session, tree, home.days, keys)} if keys else {}


def recover(home: Home) -> Delivery:
    """Rows a dead process left in `sending`, once their lease is over: a Maildir takes the same message twice as one, an
    SMTP server may have taken it already, so there a person decides.
    """
    with home.ledger.read() as session:
        if not outbox.orphaned(session, clock.now()):
            return Delivery()
    with home.ledger.write() as session:
        rows = outbox.orphaned(session, clock.now())
        state = "unknown" if home.settings.smtp_url else "queued"
        outbox.mark(session, rows, state, reason="the sender died while sending")
    return Delivery(unknown=len(rows)) if state == "unknown" else Delivery()


def _envelopes(rows: Iterable[MessageRow]) -> list[list[MessageRow]]:
    """One person, one mail a day: what the daily kinds have to say to one address goes together. What was tried before
    stays the mail it was, under its own Message-ID, whatever has come to be owed since. Answers go first: somebody
    is waiting for them.
    """
    found: dict[object, list[MessageRow]] = {}
    for row in sorted(rows, key=lambda row: (row.kind not in ANSWERS, row.kind in DAILY, row.id)):
        key = (row.recipient, row.message_id) if row.kind in DAILY else row.key
        found.setdefault(key, []).append(row)
    return list(found.values())


def _send_one(
    home: Home, transport: Transport, rows: list[MessageRow], begun: _Begun, as_of: datetime
) -> Delivery:
    _pace(home)
    is_daily = rows[0].kind in DAILY
    with home.ledger.write() as session:
        lives = begun.lives if is_daily else _lives(session, home, begun.tree, rows)
        queued = outbox.still_queued(session, [row.id for row in rows if row.id])
        rows = [
            row
            for row in rows
            if row.id in queued and still_true(session, row, lives[row.cycle], begun.tree, as_of)
        ]
        if not rows or (is_daily and _has_had_since(session, rows[0].recipient, begun, as_of)):
            return Delivery(later=len(rows))
        own_id = rows[0].message_id or message_id("\n".join(sorted(row.key for row in rows)), _domain(home))
        ids = [row.id for row in rows if row.id]
        lease = clock.now() + transport.patience
        if not outbox.claim(session, ids, own_id, tried_at=as_of, lease_until=lease):
            return Delivery()
    try:
        mail = _mail(home, rows, begun.tree, lives, own_id, as_of)
        transport.send(mail)
    except UnknownOutcomeError as error:
        return _settle(home, ids, "unknown", str(error), Delivery(unknown=len(ids)))
    except (PermanentMailError, InvalidMailError) as error:
        if error.concerns_address and refuses_address(str(error)):
            _note_refusal(home, rows[0].recipient, own_id, as_of)
        return _settle(home, ids, "failed", str(error), Delivery(failed=len(ids)))
    except RetryableMailError as error:
        return _try_again(home, rows, error, as_of)
    with home.ledger.write() as session:
        outbox.mark(session, ids, "sent", sent_at=as_of, subject=mail.subject)
    return Delivery(sent=len(ids))


def _pace(home: Home) -> None:
    """Wait for the next turn at the mail server, where its provider sets a rate."""
    per_minute = home.settings.mail_per_minute
    if home.recorder is not None or not home.settings.smtp_url or per_minute == "":
        return
    with home.ledger.write() as session:
        slot = take_slot(session, clock.now(), per_minute)
    clock.wait_until(slot)


def _has_had_since(session: Session, recipient: str, begun: _Begun, as_of: datetime) -> bool:
    """Has another sweep, or another message of this one, reached this person today? Then this one waits for tomorrow."""
    return recipient not in begun.had and recipient in outbox.have_had(
        session, DAILY, as_of.date(), [recipient]
    )


def _try_again(
    home: Home, rows: Sequence[MessageRow], error: RetryableMailError, as_of: datetime
) -> Delivery:
    # A server that takes nothing from anybody says nothing about this message: it is never given up for that.
    again = error.concerns_every_message or rows[0].attempts + 1 < _TRIES
    wait = as_of + _BACK_OFF * 2 ** min(rows[0].attempts, _LONGEST_DOUBLING)
    ids = [row.id for row in rows if row.id]
    with home.ledger.write() as session:
        outbox.mark(session, ids, "queued" if again else "failed", reason=str(error), not_before=wait)
    if error.concerns_every_message:
        raise _StopSendingError
    return Delivery(later=len(ids)) if again else Delivery(failed=len(ids))


def _settle(home: Home, ids: list[int], state: str, reason: str, done: Delivery) -> Delivery:
    with home.ledger.write() as session:
        outbox.mark(session, ids, state, reason=reason)
    return done


def _note_refusal(home: Home, address: str, own_id: str, as_of: datetime) -> None:
    """The server itself knows no such address: no bounce will tell."""
    with home.ledger.write() as session:
        note_failure(session, address, at=as_of, status="", evidence=own_id, actor="sweep")


def _mail(
    home: Home,
    rows: list[MessageRow],
    tree: UnitTree,
    lives: Mapping[str, LiveCycle],
    own_id: str,
    as_of: datetime,
) -> OutgoingMail:
    composed = compose(home, rows, tree, lives, as_of)
    message = composed.message
    text = render_text(message) if isinstance(message, Texted) else render_mail(message)
    return OutgoingMail(
        to=rows[0].recipient,
        subject=text.subject,
        text=text.text,
        html=text.html,
        message_id=own_id,
        date=max(row.decided_at for row in rows),  # what came last may say how many days are left
        sender=home.settings.mail_from,
        thread=tuple(json.loads(rows[0].payload).get("thread", ())) if rows[0].kind in ANSWERS else (),
        attachments=composed.attachments,
    )


def _domain(home: Home) -> str:
    return home.settings.mail_from.rpartition("@")[2].rstrip(">") or "localhost"


def undelivered(home: Home) -> str:
    """The messages a person must look at, with the unit each was for."""
    with home.ledger.read() as session:
        rows = session.exec(select(MessageRow).where(col(MessageRow.state).in_(("failed", "unknown")))).all()
    return "; ".join(
        f"{row.unit} <{row.recipient}> {row.cycle} {row.step}: {row.state} ({row.reason})" for row in rows
    )
