"""What came back by mail: noted once in the ledger, the forms in it taken in, then put into the folder it belongs in.

The note and what follows from it are one transaction, and so are each form and its outcome; the move comes after: a run
that dies in between leaves the message where it was, and the next one finds what was noted, does the rest, and moves.
"""

import hashlib
from collections import Counter
from datetime import datetime
from email.utils import parseaddr
from typing import NamedTuple

from sqlmodel import Session, select

from models.ids import CycleKey
from models.inbound import Incoming, Kind, classify
from models.mail_files import read_mail
from models.tables import InboundRow, MessageRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.addresses import note_failure, note_soft_bounce
from tasks.adapters.ledger.settling import messages_about, settle
from tasks.adapters.mailbox import DONE, TO_SEE, Mailbox, MailboxError
from tasks.adapters.scanner import ScannerError
from tasks.steps.collecting.forms import Expected
from tasks.steps.inbound.mail_intake import describe, take_in_forms
from tasks.steps.inbound.mail_scanning import leave_closed, why_unsafe
from tasks.steps.inbound.mail_senders import Mail

_ACTOR = "mailbox"
_BOUNCES = frozenset({Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE})
_NEEDS_OURS = _BOUNCES | {Kind.DELIVERED, Kind.REPLY}
"""What is believed only about a mail that we have sent: anybody can write a mail that calls itself a bounce."""
_COUNTED = {
    "bounced": _BOUNCES,
    "delivered": {Kind.DELIVERED},
    "auto_replies": {Kind.AUTO_REPLY},
    "echoes": {Kind.LIST_ECHO},
    "replies": {Kind.REPLY},
    "other": {Kind.OTHER},
}


def reads_mail(home: Home) -> bool:
    """Is there a mailbox to read? A rehearsal never touches it."""
    return bool(home.settings.imap_url) and home.recorder is None


class Noted(NamedTuple):
    """A mail that was acted upon."""

    row: InboundRow
    is_new: bool
    """False where it was noted before, in this run or an earlier one."""
    forms: Counter[str]
    """How many of its forms became what, this time."""


def poll(home: Home, as_of: datetime) -> dict[str, int]:
    """Read the mailbox; how many mails were read for the first time, what they were, and what became of their forms.
    MailboxError where the server does not answer: what was handled until then stays handled. A mail that cannot be
    handled stays where it is, keeps no other from it, and is told at the end.
    """
    found: Counter[Kind] = Counter()
    forms: Counter[str] = Counter()
    troubles: list[str] = []
    with Mailbox(home.settings.imap_url) as mailbox:
        for mail in mailbox.waiting():
            try:
                unsafe = why_unsafe(home, mail.data) if mail.is_whole else ""
                noted = take_note(home, mail.data, as_of, mail.arrived, is_whole=mail.is_whole, unsafe=unsafe)
            except ScannerError as error:
                # All that follow wait too, for the next sweep.
                troubles.append(str(error))
                break
            except Exception as error:  # noqa: BLE001 - nobody has foreseen it, and the next mail is another's
                troubles.append(f"mail {mail.uid} of the mailbox: {type(error).__name__}: {error}")
                continue
            found[Kind(noted.row.kind)] += noted.is_new
            forms += noted.forms
            mailbox.put(mail.uid, noted.row.folder)
    if troubles:
        raise MailboxError("; ".join(troubles))
    return _told(found, forms)


def _told(found: Counter[Kind], forms: Counter[str]) -> dict[str, int]:
    counts = {name: sum(found[kind] for kind in kinds) for name, kinds in _COUNTED.items()}
    return {"read": found.total(), **counts, **{name: forms[name] for name in _FORMS}}


_FORMS = ("taken", "refused", "held", "unmatched")
NOTHING_READ = _told(Counter(), Counter())


def take_note(
    home: Home,
    data: bytes,
    as_of: datetime,
    arrived: datetime | None = None,
    *,
    is_whole: bool = True,
    unsafe: str = "",
) -> Noted:
    """Act upon one mail, and on the forms in it where a person wrote it. `arrived`: when our server took it in, which is
    when what it brings was received. `unsafe`: why nothing in it may be opened; it waits for a person.
    """
    message = read_mail(data)
    own_address = parseaddr(home.settings.mail_from)[1]
    incoming = classify(message, own_address)
    name = (
        " ".join(str(message.get("Message-ID", "")).split()) or f"sha256:{hashlib.sha256(data).hexdigest()}"
    )
    received_at = min(arrived, as_of) if arrived else as_of
    with home.ledger.write() as session:
        rows = messages_about(session, incoming.about)
        known = session.exec(select(InboundRow).where(InboundRow.mail == name)).first()
        row = known or _note(name, incoming, rows, as_of)
        if not known:
            row.arrived_at = received_at
            if incoming.from_person:
                describe(row, message)
            session.add(row)
            session.flush()
            if rows:
                _act(session, row, incoming, rows)
    if not incoming.from_person:
        return Noted(row, not known, Counter())
    assert row.id
    if unsafe:
        return Noted(leave_closed(home, row.id, unsafe), not known, Counter())
    mail = Mail(row.id, name, message, data, incoming, received_at, _meant(rows), is_whole=is_whole)
    row, forms = take_in_forms(home, mail, own_address, as_of)
    return Noted(row, not known, forms)


def _meant(rows: list[MessageRow]) -> Expected | None:
    """The one report of the one unit that our mail was about; None where it was about several."""
    about = {(row.cycle, row.unit) for row in rows}
    if len(about) != 1:
        return None
    cycle, unit = about.pop()
    return Expected(CycleKey.parse(cycle), unit)


def _note(mail: str, incoming: Incoming, rows: list[MessageRow], as_of: datetime) -> InboundRow:
    kind = Kind.OTHER if incoming.kind in _NEEDS_OURS and not rows else incoming.kind
    return InboundRow(
        mail=mail,
        kind=kind.value,
        # The mail went to this address; where it was forwarded from there is its owner's affair.
        address=rows[0].recipient.lower() if rows else incoming.address,
        status=incoming.status,
        counts_as_soft=kind in _BOUNCES and not incoming.blames_address,
        cycle=rows[0].cycle if rows else "",
        about=rows[0].message_id if rows else "",
        folder=TO_SEE if kind in {Kind.REPLY, Kind.OTHER} else DONE,
        read_at=as_of,
    )


def _act(session: Session, row: InboundRow, incoming: Incoming, rows: list[MessageRow]) -> None:
    """What a mail about ours changes; an automatic reply or an echo changes nothing."""
    at, evidence = row.read_at, row.mail
    said = f"bounced ({incoming.status or 'no status'})"
    if incoming.kind in _BOUNCES and incoming.is_final:
        settle(session, rows, {"sent", "unknown"}, "failed", reason=said, at=at, actor=_ACTOR)
    elif incoming.has_arrived:
        reason = f"arrived, as {incoming.kind.value.replace('_', ' ')} says"
        settle(session, rows, {"unknown"}, "sent", reason=reason, at=at, actor=_ACTOR)
    if incoming.blames_address:
        note_failure(session, row.address, at=at, status=row.status, evidence=evidence, actor=_ACTOR)
    elif row.counts_as_soft:
        note_soft_bounce(
            session, row.address, row.cycle, at=at, status=row.status, evidence=evidence, actor=_ACTOR
        )
