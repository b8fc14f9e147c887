"""One outgoing mail as a value, and its MIME form. Pure: the date and the Message-ID are given by the caller.

yagmail builds the headers and the frame of the message; the parts are ours, because yagmail takes a text that
names an existing file for an attachment, guesses MIME types from the machine's tables, and fills the plain and
the HTML part with the same content.
"""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.encoders import encode_base64
from email.message import Message
from email.mime.base import MIMEBase
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr, parseaddr

from tasks.adapters.mail.errors import InvalidMailError

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9._+=-]+@[A-Za-z0-9.-]+>")
_THREAD_ID = re.compile(r"<[!-;=?-~]{1,248}>")
_MIME = re.compile(r"[a-z]+/[a-z0-9.+-]+(; [a-z-]+=[A-Za-z0-9-]+)*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_UNSAFE_NAME = re.compile(r'[\x00-\x1f\x7f/\\"]')


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes along. `name` may be Vietnamese; `mime` is said, never guessed, so bytes never vary."""

    name: str
    data: bytes
    mime: str

    def __post_init__(self) -> None:
        if not self.name.strip() or _UNSAFE_NAME.search(self.name):
            raise InvalidMailError(f"not a plain file name: {self.name!r}")
        if not _MIME.fullmatch(self.mime):
            raise InvalidMailError(f"not a MIME type: {self.mime!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingMail:
    """One message to one recipient. `sender` and `reply_to` may carry a name: `Sở … <so@tinh.example>`.

    InvalidMailError, at construction, for anything that could forge a header or reach a second person.
    """

    to: str
    subject: str
    text: str
    html: str
    """Empty: the message is plain text alone, as a gateway to telephones wants it."""
    message_id: str
    date: datetime
    sender: str
    reply_to: str = ""
    thread: tuple[str, ...] = ()
    """The Message-IDs of the conversation it belongs in; the last is that of the mail it answers."""
    attachments: tuple[Attachment, ...] = ()

    def __post_init__(self) -> None:
        for name in ("to", "subject", "sender", "reply_to", "message_id"):
            if _CONTROL.search(getattr(self, name)):
                raise InvalidMailError(f"a line break or control character in {name}")
        checked_address(self.to)
        for mailbox in filter(None, (self.sender, self.reply_to)):
            _mailbox(mailbox)
        if not self.sender or not self.subject.strip():
            raise InvalidMailError("a mail has a sender and a subject")
        if not _MESSAGE_ID.fullmatch(self.message_id):
            raise InvalidMailError(f"not a Message-ID: {self.message_id!r}")
        for each in self.thread:
            if not _THREAD_ID.fullmatch(each):
                raise InvalidMailError(f"not a Message-ID: {each!r}")
        if self.date.tzinfo is None:
            raise InvalidMailError("the date of a mail has a zone")

    @property
    def sender_address(self) -> str:
        """The bare address of the sender, as the SMTP envelope wants it."""
        return _mailbox(self.sender)[1]


@dataclass(frozen=True, slots=True)
class Delivered:
    """The receiving side has taken charge of the message. `reply` is its own words, for the ledger."""

    message_id: str
    reply: str


def checked_address(text: str) -> str:
    """The same, if it is one plain e-mail address; else InvalidMailError."""
    if not _ADDRESS.fullmatch(text):
        raise InvalidMailError(f"not one plain e-mail address: {text!r}")
    return text


def build_message(mail: OutgoingMail) -> Message:
    """multipart/mixed of multipart/alternative (plain, HTML) and the attachments; the same mail, the same bytes."""
    from yagmail.message import prepare_message

    name, address = _mailbox(mail.sender)
    headers = {
        "Date": format_datetime(mail.date),
        # RFC 3834: no machine answers this; the second header says the same to Exchange, bounces excepted.
        "Auto-Submitted": "auto-generated",
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": "vi",
    }
    if mail.thread:
        headers |= {"In-Reply-To": mail.thread[-1], "References": " ".join(mail.thread)}
    if mail.reply_to:
        headers["Reply-To"] = _header_mailbox(mail.reply_to)
    message: Message = prepare_message(
        address,
        name or address,
        {"recipients": [mail.to], "To": mail.to},
        mail.subject,
        None,
        None,
        headers,
        "utf-8",
        prettify_html=False,
        message_id=mail.message_id,
    )
    message.replace_header("From", _header_mailbox(mail.sender))
    if not mail.html and not mail.attachments:
        return _plain(message, mail)
    _fill(message, mail)
    return message


def to_bytes(mail: OutgoingMail, *, crlf: bool = True) -> bytes:
    """The message as it stands on the wire (CRLF) or in a file (LF)."""
    return build_message(mail).as_bytes(policy=policy.compat32.clone(linesep="\r\n" if crlf else "\n"))


def _fill(message: Message, mail: OutgoingMail) -> None:
    alternative = message.get_payload(0)
    assert isinstance(alternative, Message)
    alternative.set_payload([MIMEText(mail.text, "plain", "utf-8"), MIMEText(mail.html, "html", "utf-8")])
    for attachment in mail.attachments:
        message.attach(_attachment_part(attachment))
    # Random boundaries would make each build differ. "=_" never occurs in base64, which all our parts are.
    seed = hashlib.sha256(mail.message_id.encode()).hexdigest()[:24]
    message.set_boundary(f"=_mixed_{seed}")
    alternative.set_boundary(f"=_parts_{seed}")


def _plain(frame: Message, mail: OutgoingMail) -> Message:
    """The same headers over one text part."""
    message = MIMEText(mail.text, "plain", "utf-8")
    for name, value in frame.items():
        if name.lower() not in {"content-type", "mime-version", "content-transfer-encoding"}:
            message[name] = value
    return message


def _attachment_part(attachment: Attachment) -> MIMEBase:
    """The name stands twice: in full where the standard wants it, in ASCII where old clients look."""
    kind, *parameters = attachment.mime.split("; ")
    main, _, sub = kind.partition("/")
    part = MIMEBase(main, sub)
    for parameter in parameters:
        key, _, value = parameter.partition("=")
        part.set_param(key, value)
    part.set_param("name", _ascii_name(attachment.name))
    part.set_payload(attachment.data)
    encode_base64(part)
    name = unicodedata.normalize("NFC", attachment.name)
    filename = name if name.isascii() else ("utf-8", "vi", name)
    part.add_header("Content-Disposition", "attachment", filename=filename)
    return part


def _ascii_name(name: str) -> str:
    """`Biểu xã Đông.xlsx` → `Bieu-xa-Dong.xlsx`."""
    plain = unicodedata.normalize("NFD", name.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[^A-Za-z0-9._-]+", "-", letters).strip("-") or "tep"


def _mailbox(text: str) -> tuple[str, str]:
    name, address = parseaddr(text)
    if not _ADDRESS.fullmatch(address):
        raise InvalidMailError(f"not an e-mail address: {text!r}")
    return name, address


def _header_mailbox(text: str) -> str:
    # formataddr encodes a Vietnamese name; yagmail would escape quotation marks twice.
    return formataddr(_mailbox(text))
