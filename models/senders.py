"""Who wrote a mail and in which conversation, as far as its headers can be believed. `Reply-To` is no sender: anybody may
write anything there.
"""

import re
from email.message import Message
from email.utils import getaddresses

_LONGEST_THREAD = 12
_MESSAGE_ID = re.compile(r"<[!-;=?-~]{1,248}>")
_VERDICT = re.compile(r"\bdmarc\s*=\s*([a-z]+)", re.IGNORECASE)


def sender_of(message: Message) -> str:
    """The one address under From, in small letters; empty where there is none, or more than one."""
    fields = [" ".join(str(field).split()) for field in message.get_all("From", [])]
    found = [address.lower() for _, address in getaddresses(fields) if "@" in address]
    return found[0] if len(found) == len(fields) == 1 else ""


def plain_address(address: str) -> str:
    """The same mailbox under one name: small letters, without the part after `+` (RFC 5233)."""
    name, at, domain = address.strip().lower().rpartition("@")
    return f"{name.partition('+')[0] or name}{at}{domain}"


def is_disowned(message: Message) -> bool:
    """Has our own server found that the sender's domain does not stand by this mail (DMARC, RFC 8601)?

    Only what stands on top was written by our own server, and only its no is believed: a forger can add a yes.
    """
    fields = [" ".join(str(field).split()) for field in message.get_all("Authentication-Results", [])]
    if not fields:
        return False
    server = _server(fields[0])
    verdicts = [
        found[1].lower() for field in fields if _server(field) == server if (found := _VERDICT.search(field))
    ]
    return "fail" in verdicts


def thread_of(message: Message) -> tuple[str, ...]:
    """The Message-IDs of the conversation, its first and its latest, that of this mail the last (RFC 5322 §3.6.4)."""
    before = _ids(message, "References") or _ids(message, "In-Reply-To")
    found = list(dict.fromkeys((*before, *_ids(message, "Message-ID")[:1])))
    return tuple(found if len(found) <= _LONGEST_THREAD else [found[0], *found[1 - _LONGEST_THREAD :]])


def _ids(message: Message, name: str) -> list[str]:
    return _MESSAGE_ID.findall(str(message.get(name, "")))


def _server(field: str) -> str:
    return field.partition(";")[0].strip().lower()
