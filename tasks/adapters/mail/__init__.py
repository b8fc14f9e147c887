"""Mail out: a typed message, its bytes, and two ways to hand them over (a Maildir, an SMTP server).

Sending is at most once by machine: an outcome that cannot be known is raised as UnknownOutcomeError, never
retried here. Importing this package opens nothing.
"""

from tasks.adapters.mail.errors import (
    InvalidMailError,
    MailError,
    PermanentMailError,
    RetryableMailError,
    Stage,
    UnknownOutcomeError,
)
from tasks.adapters.mail.maildir import MaildirTransport
from tasks.adapters.mail.message import (
    Attachment,
    Delivered,
    OutgoingMail,
    build_message,
    checked_address,
    to_bytes,
)
from tasks.adapters.mail.smtp import SmtpTransport
from tasks.adapters.mail.smtp_url import SmtpServer, parse_smtp_url
from tasks.adapters.mail.transport import Transport, open_transport

__all__ = [
    "Attachment",
    "Delivered",
    "InvalidMailError",
    "MailError",
    "MaildirTransport",
    "OutgoingMail",
    "PermanentMailError",
    "RetryableMailError",
    "SmtpServer",
    "SmtpTransport",
    "Stage",
    "Transport",
    "UnknownOutcomeError",
    "build_message",
    "checked_address",
    "open_transport",
    "parse_smtp_url",
    "to_bytes",
]
