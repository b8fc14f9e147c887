"""What came back by mail about our own mails: noted once in the ledger, then put into the folder it belongs in.

The note and what follows from it are one transaction, and the move comes after it: a run that dies in between leaves
the message where it was, and the next one finds the note and only moves.
"""

import hashlib
from collections import Counter
from datetime import datetime
from email import message_from_bytes
from email.utils import parseaddr

from sqlmodel import Session, select

from models.inbound import Incoming, Kind, classify
from models.tables import InboundRow, MessageRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.addresses import note_failure, note_soft_bounce
from tasks.adapters.ledger.settling import messages_about, settle
from tasks.adapters.mailbox import DONE, TO_SEE, Mailbox

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


def poll(home: Home, as_of: datetime) -> dict[str, int]:
    """Read the mailbox; how many mails were read for the first time, and what they were. MailboxError where the server
    does not answer: what was handled until then stays handled.
    """
    found: Counter[Kind] = Counter()
    with Mailbox(home.settings.imap_url) as mailbox:
        for uid, data in mailbox.waiting():
            row, is_new = take_note(home, data, as_of)
            found[Kind(row.kind)] += is_new
            mailbox.put(uid, row.folder)
    return _told(found)


def _told(found: Counter[Kind]) -> dict[str, int]:
    counts = {name: sum(found[kind] for kind in kinds) for name, kinds in _COUNTED.items()}
    return {"read": found.total(), **counts}


NOTHING_READ = _told(Counter())


def take_note(home: Home, data: bytes, as_of: datetime) -> tuple[InboundRow, bool]:
    """Act upon one mail; False where that was done before, in this run or an earlier one."""
    message = message_from_bytes(data)
    mail = (
        " ".join(str(message.get("Message-ID", "")).split()) or f"sha256:{hashlib.sha256(data).hexdigest()}"
    )
    incoming = classify(message, parseaddr(home.settings.mail_from)[1])
    with home.ledger.write() as session:
        if known := session.exec(select(InboundRow).where(InboundRow.mail == mail)).first():
            return known, False
        rows = messages_about(session, incoming.about)
        row = _note(mail, incoming, rows, as_of)
        session.add(row)
        session.flush()
        if rows:
            _act(session, row, incoming, rows)
        return row, True


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
