"""What can become of a message that was not plainly delivered. The ledger's state follows from the class."""

from typing import Literal

Stage = Literal["build", "connect", "login", "sender", "recipient", "data", "content", "write"]
"""How far the exchange had come. `content` is after the whole message went over the wire."""


class MailError(Exception):
    """Base of the outcomes. `code` is the SMTP reply code, where there was a reply."""

    def __init__(self, message: str, *, stage: Stage, code: int | None = None) -> None:
        super().__init__(message)
        self.stage = stage
        self.code = code


class RetryableMailError(MailError):
    """Certainly not delivered, and worth another try later: 4xx, no connection, dropped before the end."""

    @property
    def concerns_every_message(self) -> bool:
        """The next message of the batch would fail alike (server away, login or sender refused): stop here."""
        return self.stage in {"connect", "login", "sender", "write"}


class PermanentMailError(MailError):
    """Certainly not delivered, and trying again is no use: 5xx for this recipient or this message."""

    @property
    def concerns_address(self) -> bool:
        """The recipient's address itself was refused, which is a task for somebody."""
        return self.stage == "recipient"


class InvalidMailError(PermanentMailError, ValueError):
    """The message cannot be built: a line break in a header, two recipients, an address that is none."""

    def __init__(self, message: str) -> None:
        super().__init__(message, stage="build")


class UnknownOutcomeError(MailError):
    """The whole message went out and no reply came back: delivered or not, nobody here can tell.

    Never to be resent by machine. A bounce, a reply, a submission or a person settles it.
    """
