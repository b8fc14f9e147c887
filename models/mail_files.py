"""The files in a mail, whatever program wrote it: attached, inside a mail that was forwarded whole, or without a name.

Nothing is believed of a file's name or declared type; what a file is, is asked of its content.
"""

import base64
import binascii
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from itertools import islice

from models.inbound import classify

MOST_FILES = 60
"""Of one mail so many are looked at; nobody attaches more by hand."""
_DEEPEST = 5
"""A mail in a mail in a mail; deeper than this nobody forwards."""
_LONGEST_NAME = 120
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff\ufffd]")
_BROKEN = (MessageError, LookupError, ValueError, TypeError)
"""What the standard library raises at headers that no program of good will writes."""
_TNEF = b"\x78\x9f\x3e\x22"


@dataclass(frozen=True, slots=True)
class MailFile:
    """`name` is for people only. `data` is decoded, as the sender had it."""

    name: str
    data: bytes

    @property
    def is_tnef(self) -> bool:
        """Outlook's own envelope (winmail.dat), in which the files lie where nobody else can read them."""
        return self.data.startswith(_TNEF)


def read_mail(data: bytes) -> Message:
    """Whatever the bytes are; of a mail that cannot be taken apart, its headers."""
    try:
        return message_from_bytes(data)
    except _BROKEN:
        return BytesHeaderParser().parsebytes(data)


def files_in(message: Message, own_address: str = "") -> list[MailFile]:
    """In their order. What lies in a mail that a machine wrote, or that we ourselves sent, was not sent by a person."""
    return list(islice(_walk(message, own_address, 0), MOST_FILES))


def words(message: Message, name: str) -> str:
    """A header as people read it: decoded, on one line, without what cannot be seen."""
    raw = str(message.get(name, ""))
    return _clean(_decoded(raw))


def file_name(text: str) -> str:
    """The last part of a path, without what cannot be seen; `tệp không tên` where nothing is left."""
    name = re.split(r"[\\/]", _clean(_decoded(text)).replace('"', ""))[-1].strip(". ")
    if len(name) > _LONGEST_NAME:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[:_LONGEST_NAME]}{dot}{ending[:10]}" if dot else name[:_LONGEST_NAME]
    return name or "tệp không tên"


def _walk(part: Message, own: str, depth: int) -> Iterator[MailFile]:
    if part.get_content_maintype() == "message":
        for inner in _mails_in(part):
            yield from _walk_forwarded(inner, own, depth)
    elif part.get_content_maintype() == "multipart" or part.is_multipart():
        for child in _children(part):
            yield from _walk(child, own, depth)
    elif file := _file(part):
        if file.name.lower().endswith(".eml"):
            yield from _walk_forwarded(read_mail(file.data), own, depth)
        else:
            yield file


def _walk_forwarded(message: Message, own: str, depth: int) -> Iterator[MailFile]:
    if depth < _DEEPEST and classify(message, own).from_person:
        yield from _walk(message, own, depth + 1)


def _mails_in(part: Message) -> Iterator[Message]:
    """A mail sent along as an attachment; some programs encode it, which the standard forbids."""
    for child in _children(part):
        inside = child.get_payload()
        if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64" and isinstance(
            inside, str
        ):
            try:
                yield read_mail(base64.b64decode(inside))
            except (binascii.Error, ValueError):
                continue
        else:
            yield child


def _children(part: Message) -> list[Message]:
    """None where the mail is broken."""
    payload = part.get_payload()
    return [each for each in payload if isinstance(each, Message)] if isinstance(payload, list) else []


def _file(part: Message) -> MailFile | None:
    """A leaf that is a file; the text of the mail itself is none."""
    name = _name(part)
    is_text = part.get_content_type() in {"text/plain", "text/html", "text/calendar"}
    if is_text and not name and part.get_content_disposition() != "attachment":
        return None
    data = part.get_payload(decode=True)
    return MailFile(file_name(name), data) if isinstance(data, bytes) and data else None


def _name(part: Message) -> str:
    try:
        return part.get_filename() or ""
    except _BROKEN:
        return ""


def _decoded(text: str) -> str:
    """Encoded words, also where no standard allows them (Outlook writes file names so)."""
    try:
        return str(make_header(decode_header(text)))
    except _BROKEN:
        return text


def _clean(text: str) -> str:
    return " ".join(_UNSEEN.sub(" ", unicodedata.normalize("NFC", text)).split())
