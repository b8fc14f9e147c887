"""Whether the sender of a mail may send what is in it, and who is answered."""

from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message

from models.inbound import Incoming
from models.senders import is_disowned, plain_address, sender_of, thread_of
from tasks.adapters.home import Home
from tasks.adapters.ledger.senders import speaks_for, units_of
from tasks.adapters.ledger.units import load_tree
from tasks.steps.collecting.answering import Thread
from tasks.steps.collecting.forms import Expected
from tasks.steps.collecting.intake import Arrival


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that a person wrote, noted in the ledger."""

    number: int
    """Of its row."""
    mail: str
    message: Message = field(repr=False)
    data: bytes = field(repr=False)
    incoming: Incoming
    received_at: datetime
    meant: Expected | None = None
    """What it answers, where that is one report of one unit."""
    is_whole: bool = True

    @property
    def sender(self) -> str:
        return sender_of(self.message)


def why_held(home: Home, mail: Mail, whose: Expected) -> str:
    """Why it is not taken in without a person's word; empty where its sender may send it."""
    on = mail.received_at.date()
    if mail.incoming.by_list:
        return "by_list"
    with home.ledger.read() as session:
        if speaks_for(session, load_tree(session), whose.unit, str(whose.key), mail.sender, on):
            return "disowned" if is_disowned(mail.message) else ""
        return "other_units_sender" if units_of(session, mail.sender, on) else "strange_sender"


def arrival_of(home: Home, mail: Mail, name: str, data: bytes, whose: Expected, kept: str) -> Arrival:
    """The form as the intake wants it; answered in the conversation, also to a known contact who is not the unit's."""
    with home.ledger.read() as session:
        on, tree = mail.received_at.date(), load_tree(session)
        told = tree.emails(whose.unit, on) if whose.unit in tree else ()
        is_known = bool(units_of(session, mail.sender, on)) or speaks_for(
            session, tree, whose.unit, str(whose.key), mail.sender, on
        )
    is_told = plain_address(mail.sender) in {plain_address(each) for each in told}
    is_sure = is_known and not mail.incoming.by_list and not is_disowned(mail.message)
    return Arrival(
        data,
        name,
        channel="mail",
        submitted_by=mail.sender,
        received_at=mail.received_at,
        sender=mail.sender,
        mail=mail.mail,
        mail_sha256=kept,
        thread=Thread(thread_of(mail.message), mail.sender if is_sure and not is_told else ""),
    )
