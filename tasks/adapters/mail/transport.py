"""Where a message goes: to an SMTP server when one is set, into a Maildir when none is."""

from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol, Self

from tasks.adapters.mail.maildir import MaildirTransport
from tasks.adapters.mail.message import Delivered, OutgoingMail
from tasks.adapters.mail.smtp import SmtpTransport

if TYPE_CHECKING:
    from yagmail.dkim import DKIM


class Transport(Protocol):
    """A session that takes many messages, one at a time, used as a context manager.

    `send` returns only when the message was accepted; otherwise it raises RetryableMailError,
    PermanentMailError or UnknownOutcomeError, and the next message may still be sent.
    """

    @property
    def patience(self) -> timedelta:
        """How long one `send` can take at the very most. Zero: handing over the same message again does no harm."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...

    def send(self, mail: OutgoingMail) -> Delivered: ...


def open_transport(url: str | None, maildir: Path, signer: "DKIM | None" = None) -> Transport:
    """The transport of the settings. Nothing is connected or created before the first message. What goes to a Maildir
    leaves the machine by no way, and is not signed.
    """
    return SmtpTransport(url, signer) if url else MaildirTransport(maildir)
