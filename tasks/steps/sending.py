"""Send what the outbox holds: claimed before it goes, marked after. Run only under the sweep lock.

Guarantee: a message goes out at most once. Where the server's answer was lost after the data had gone, the row
stands as `unknown` for a person to settle; a clear refusal for now is tried again later.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from models.ids import CycleKey
from models.inbound import refuses_address
from models.mail import message_id
from models.tables import MessageRow
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.addresses import note_failure
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles
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
from tasks.adapters.mail_text import render_mail
from tasks.steps.mails import compose

_MERGED = {"reminder", "overdue"}
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
    """What a batch is begun with. Reminders are written from it: whoever reports meanwhile, is extended or exempted takes
    what is queued for it back in that same transaction, and it can't be claimed any more. Other mails look again.
    """

    tree: UnitTree
    lives: dict[str, LiveCycle]


class _StopSendingError(Exception):
    """The server takes nothing now; the rest of the batch waits for the next sweep."""


def send_queued(home: Home, as_of: datetime) -> Delivery:
    """Send everything that is queued and still true."""
    done = recover(home)
    with home.ledger.read() as session:
        rows = outbox.queued(session, as_of)
        if not rows:
            return done
        tree = load_tree(session)
        begun = _Begun(tree, _lives(session, home, tree, (row for row in rows if row.kind in _MERGED)))
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


def _lives(session: Session, home: Home, tree: UnitTree, rows: Iterable[MessageRow]) -> dict[str, LiveCycle]:
    keys = {CycleKey.parse(row.cycle) for row in rows}
    return {str(live.key): live for live in load_cycles(session, tree, home.days, keys)}


def recover(home: Home) -> Delivery:
    """Rows a dead process left in `sending`: a Maildir takes the same message twice as one, an SMTP server may
    have taken it already, so there a person decides.
    """
    with home.ledger.write() as session:
        rows = session.exec(select(MessageRow.id).where(MessageRow.state == "sending")).all()
        if not rows:
            return Delivery()
        state = "unknown" if home.settings.smtp_url else "queued"
        outbox.mark(session, [row for row in rows if row], state, reason="the sender died while sending")
    return Delivery(unknown=len(rows)) if state == "unknown" else Delivery()


def _envelopes(rows: Iterable[MessageRow]) -> list[list[MessageRow]]:
    """One person, one mail: reminders of several duties to one address of one unit go together. What was tried
    before stays the mail it was, under its own Message-ID, whatever has come to be owed since.
    """
    found: dict[object, list[MessageRow]] = {}
    for row in rows:
        key = (row.recipient, row.unit, row.kind, row.message_id) if row.kind in _MERGED else row.key
        found.setdefault(key, []).append(row)
    return list(found.values())


def _send_one(
    home: Home, transport: Transport, rows: list[MessageRow], begun: _Begun, as_of: datetime
) -> Delivery:
    tree = begun.tree
    with home.ledger.write() as session:
        lives = begun.lives if rows[0].kind in _MERGED else _lives(session, home, tree, rows)
        queued = outbox.still_queued(session, [row.id for row in rows if row.id])
        rows = [
            row for row in rows if row.id in queued and _still_true(session, row, lives[row.cycle], as_of)
        ]
        if not rows:
            return Delivery()
        own_id = rows[0].message_id or message_id("\n".join(sorted(row.key for row in rows)), _domain(home))
        ids = [row.id for row in rows if row.id]
        if not outbox.claim(session, ids, own_id):
            return Delivery()
    try:
        mail = _mail(home, rows, tree, lives, own_id, as_of)
        transport.send(mail)
    except UnknownOutcomeError as error:
        return _settle(home, ids, "unknown", str(error), Delivery(unknown=len(ids)))
    except (PermanentMailError, InvalidMailError) as error:
        if error.concerns_address and refuses_address(str(error)):
            _note_refusal(home, rows[0].recipient, own_id, as_of)
        return _settle(home, ids, "failed", str(error), Delivery(failed=len(ids)))
    except RetryableMailError as error:
        # A server that takes nothing from anybody says nothing about this message: it is never given up for that.
        again = error.concerns_every_message or rows[0].attempts + 1 < _TRIES
        wait = as_of + _BACK_OFF * 2 ** min(rows[0].attempts, _LONGEST_DOUBLING)
        with home.ledger.write() as session:
            outbox.mark(session, ids, "queued" if again else "failed", reason=str(error), not_before=wait)
        if error.concerns_every_message:
            raise _StopSendingError from None
        return Delivery(later=len(ids)) if again else Delivery(failed=len(ids))
    with home.ledger.write() as session:
        outbox.mark(session, ids, "sent", sent_at=as_of, subject=mail.subject)
    return Delivery(sent=len(ids))


def _settle(home: Home, ids: list[int], state: str, reason: str, done: Delivery) -> Delivery:
    with home.ledger.write() as session:
        outbox.mark(session, ids, state, reason=reason)
    return done


def _note_refusal(home: Home, address: str, own_id: str, as_of: datetime) -> None:
    """The server itself knows no such address: no bounce will tell."""
    with home.ledger.write() as session:
        note_failure(session, address, at=as_of, status="", evidence=own_id, actor="sweep")


def _still_true(session: Session, row: MessageRow, live: LiveCycle, as_of: datetime) -> bool:
    """A reminder to a unit that has reported meanwhile is withdrawn instead of sent."""
    if row.kind not in _MERGED | {"missing-list"}:
        return True
    waiting = {s.unit for s in live.standings if not s.reported and not s.exempt}
    if (row.unit in waiting) if row.kind in _MERGED else waiting:
        return True
    outbox.withdraw(session, row.cycle, row.unit, reason="reported before it was sent", at=as_of)
    outbox.mark(session, [row.id] if row.id else [], "withdrawn", reason="reported before it was sent")
    return False


def _mail(
    home: Home,
    rows: list[MessageRow],
    tree: UnitTree,
    lives: Mapping[str, LiveCycle],
    own_id: str,
    as_of: datetime,
) -> OutgoingMail:
    composed = compose(home, rows, tree, lives, as_of)
    text = render_mail(composed.message)
    return OutgoingMail(
        to=rows[0].recipient,
        subject=text.subject,
        text=text.text,
        html=text.html,
        message_id=own_id,
        date=rows[0].decided_at,
        sender=home.settings.mail_from,
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
