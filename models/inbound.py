"""What a mail that came in is, by the standards: bounce, notice of delivery, automatic reply, echo, a person's reply.

Sources: RFC 3464 and 6522 (reports), RFC 3834 (automatic replies), RFC 8098 (read receipts). Nothing is guessed from
words in a text: what the headers do not say is `OTHER`, and a person looks at it. X-Auto-Response-Suppress is no
mark of an automatic reply: the mails that people write in Outlook carry it too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from email.utils import parseaddr
from enum import StrEnum

SOFT_LIMIT = 5
"""So many soft bounces of one address within one cycle, and it counts as failing."""

ANSWERS_PER_HOUR = 10
"""So many automatic answers to mail go to one address within an hour: the last barrier against two machines that
answer each other.
"""

_MESSAGE_ID = re.compile(r"<[^<>\s]+>")
_STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
_LIST_HEADERS = ("List-Id", "List-Post", "Mailing-List")
_BULK = frozenset({"bulk", "list", "junk"})
_REPLIER_HEADERS = ("X-Autoreply", "X-Autorespond", "X-Mail-Autoreply")
_REPLIER_SUBJECTS = ("auto:", "autoreply", "automatic reply", "out of office", "trả lời tự động")
_DAEMONS = frozenset({"mailer-daemon", "postmaster"})
_ARRIVED = frozenset({"delivered", "relayed", "expanded"})


class Kind(StrEnum):
    HARD_BOUNCE = "hard_bounce"
    SOFT_BOUNCE = "soft_bounce"
    """Not delivered yet, or given up for a reason that passes (4.x.x)."""
    DELIVERED = "delivered"
    AUTO_REPLY = "auto_reply"
    """Written by a machine; never answered."""
    LIST_ECHO = "list_echo"
    """A mail of our own that came back."""
    REPLY = "reply"
    """Written by a person as an answer to the mails of `about`."""
    OTHER = "other"
    """For a person to look at."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """The decision about one mail."""

    kind: Kind
    about: tuple[str, ...] = ()
    """The Message-IDs it speaks of, the surest first; whether one is ours only the ledger knows."""
    address: str = ""
    """The address a report is about, as the unit's contact has it where the report says so; in small letters."""
    status: str = ""
    """Of a report: 5.1.1; empty where it gives none."""
    is_final: bool = False
    """The server has given up on this message."""
    from_person: bool = False
    """Written by a person, as far as its headers say: only such a mail can bring a report."""
    by_list: bool = False
    """Came through a list or in bulk: its sender is not proved by its headers."""

    @property
    def blames_address(self) -> bool:
        """A hard bounce that is about the address. One about the message or about us as its sender (5.3, 5.5, 5.6, 5.7: size,
        content, policy) says nothing of it: were each of these taken for a dead address, one provider that takes us
        for spam would silence every unit it serves.
        """
        return self.kind is Kind.HARD_BOUNCE and self.status[:3] in {"", "5.0", "5.1", "5.2", "5.4"}

    @property
    def has_arrived(self) -> bool:
        """It shows that the mail it is about reached the other side: a person answered, or a server of theirs has it."""
        delayed = self.kind is Kind.SOFT_BOUNCE and not self.is_final
        return delayed or self.kind in {Kind.DELIVERED, Kind.REPLY}


def classify(message: Message, own_address: str = "") -> Incoming:
    """What it is. `own_address` is the sender of our mails, to know one that comes back."""
    if message.get_content_type() == "multipart/report":
        return _report(message)
    about = _ids(message, "In-Reply-To", "References")
    if failed := _header(message, "X-Failed-Recipients"):  # Exim, where it does not write a report
        address = failed.split(",")[0].strip().lower()
        return Incoming(Kind.HARD_BOUNCE, about, address, is_final=True)
    kind = _kind_without_report(message, own_address, is_answer=bool(about))
    by_list = _is_by_list(message) or _precedence(message) in _BULK
    from_person = kind in {Kind.REPLY, Kind.OTHER} and not _is_daemon(message)
    return Incoming(kind, about, from_person=from_person, by_list=by_list)


def refuses_address(reply: str) -> bool:
    """Does a server that refuses a recipient in the dialogue blame the address? Not where it will not relay for us, or
    refuses by policy (5.7.x): then it would refuse every other address, too.
    """
    said = _STATUS.search(reply)
    status = said.group(1) if said else ""
    return "relay" not in reply.lower() and Incoming(Kind.HARD_BOUNCE, status=status).blames_address


def _kind_without_report(message: Message, own_address: str, *, is_answer: bool) -> Kind:
    sender = _sender(message)
    machine = _was_submitted_by_machine(message)
    by_list = _is_by_list(message)
    if (sender and sender == own_address.lower()) or (by_list and machine):
        return Kind.LIST_ECHO
    if _is_daemon(message):
        return Kind.OTHER  # a bounce that follows no standard must not pass for an automatic reply
    if machine or _has_marks_of_a_replier(message) or _header(message, "Return-Path") == "<>":
        return Kind.AUTO_REPLY
    if by_list or _precedence(message) in _BULK:
        return Kind.OTHER
    return Kind.REPLY if is_answer else Kind.OTHER


def _sender(message: Message) -> str:
    return parseaddr(_header(message, "From"))[1].lower()


def _is_daemon(message: Message) -> bool:
    return _sender(message).partition("@")[0] in _DAEMONS


def _is_by_list(message: Message) -> bool:
    return any(name in message for name in _LIST_HEADERS)


def _was_submitted_by_machine(message: Message) -> bool:
    """RFC 3834 §5: `no` is a person; parameters and comments may follow the word."""
    word = re.split(r"[;(\s]", _header(message, "Auto-Submitted").lower())[0]
    return word not in {"", "no"}


def _has_marks_of_a_replier(message: Message) -> bool:
    """What repliers older than RFC 3834 set. Precedence alone says only that many got the mail."""
    precedence = _precedence(message)
    if precedence == "auto_reply" or any(name in message for name in _REPLIER_HEADERS):
        return True
    return precedence in _BULK and _header(message, "Subject").lower().startswith(_REPLIER_SUBJECTS)


def _precedence(message: Message) -> str:
    return _header(message, "Precedence").lower()


def _report(message: Message) -> Incoming:
    about = tuple(dict.fromkeys((*_returned_ids(message), *_ids(message, "In-Reply-To", "References"))))
    parts = {part.get_content_type(): part for part in _children(message)}
    if status := parts.get("message/delivery-status"):
        found = [_of_recipient(block, about) for block in _children(status) if _recipient(block)]
        order = (Kind.HARD_BOUNCE, Kind.SOFT_BOUNCE, Kind.DELIVERED)
        return min(found, key=lambda each: order.index(each.kind), default=Incoming(Kind.OTHER, about))
    if receipt := parts.get("message/disposition-notification"):
        fields = next(_children(receipt), receipt)
        ids = tuple(dict.fromkeys((*_ids(fields, "Original-Message-ID"), *about)))
        return Incoming(Kind.DELIVERED, ids, _recipient(fields))
    return Incoming(Kind.OTHER, about)


def _of_recipient(block: Message, about: tuple[str, ...]) -> Incoming:
    """One recipient of a report. The status decides between hard and soft; an action `delayed` is never hard."""
    action = _header(block, "Action").lower()
    said = _STATUS.search(_header(block, "Status")) or _STATUS.search(_header(block, "Diagnostic-Code"))
    status = said.group(1) if said else ""
    address = _recipient(block)
    if action in _ARRIVED or (not action and status.startswith("2")):
        return Incoming(Kind.DELIVERED, about, address, status)
    if action == "delayed":
        return Incoming(Kind.SOFT_BOUNCE, about, address, status)
    kind = Kind.SOFT_BOUNCE if status.startswith("4") else Kind.HARD_BOUNCE
    return Incoming(kind, about, address, status, is_final=True)


def _recipient(block: Message) -> str:
    """`rfc822; xa@mau.example` → `xa@mau.example`: the address we wrote to before the one it was forwarded to."""
    for name in ("Original-Recipient", "Final-Recipient"):
        address = _header(block, name).partition(";")[2].strip().strip("<>").lower()
        if "@" in address:
            return address
    return ""


def _returned_ids(message: Message) -> Iterator[str]:
    """The Message-ID of the message that a report gives back, whole or its headers only."""
    for part in _children(message):
        kind = part.get_content_type()
        if kind == "message/rfc822":
            for returned in _children(part):
                yield from _ids(returned, "Message-ID")
        elif kind == "text/rfc822-headers":
            data = part.get_payload(decode=True)
            text = data.decode("utf-8", "replace") if isinstance(data, bytes) else ""
            yield from _ids(HeaderParser().parsestr(text.lstrip()), "Message-ID")


def _children(message: Message) -> Iterator[Message]:
    payload = message.get_payload()
    if isinstance(payload, list):
        yield from (part for part in payload if isinstance(part, Message))


def _ids(message: Message, *names: str) -> tuple[str, ...]:
    found = (each for name in names for each in _MESSAGE_ID.findall(_header(message, name)))
    return tuple(dict.fromkeys(found))


def _header(message: Message, name: str) -> str:
    """On one line; empty where there is none."""
    return " ".join(str(message.get(name, "")).split())
