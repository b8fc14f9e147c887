"""Many messages over one SMTP connection, each with an outcome that is known or said to be unknown.

yagmail connects and logs in; the exchange is ours, because yagmail logs in for every message, sends again after
an ambiguous drop, and returns False where it gave up. Guarantee: `send` never offers a message to the server a
second time once its content has gone out. Before that point a connection the server has closed (idle, or 421
after its quota of messages) is opened anew, once per message.
"""

import smtplib
from datetime import timedelta
from types import TracebackType
from typing import TYPE_CHECKING, Self

from tasks.adapters.mail.errors import (
    MailError,
    PermanentMailError,
    RetryableMailError,
    Stage,
    UnknownOutcomeError,
)
from tasks.adapters.mail.message import Delivered, OutgoingMail, to_bytes
from tasks.adapters.mail.signing import sign
from tasks.adapters.mail.smtp_url import SmtpServer, parse_smtp_url

if TYPE_CHECKING:
    from yagmail.dkim import DKIM

_CLOSING = 421
_GO_AHEAD = 354
_TOO_LARGE = 552
_REFUSALS = (4, 5)
_STEPS = 12
"""More than there are from connecting to the go-ahead: greeting, EHLO twice, TLS, the steps of a login, MAIL, RCPT, DATA."""


class SmtpTransport:
    def __init__(self, server: str | SmtpServer, signer: "DKIM | None" = None) -> None:
        """`signer`: what every message is signed with, if anything."""
        self.signer = signer
        self.server = parse_smtp_url(server) if isinstance(server, str) else server
        self.connections = 0
        self._smtp: smtplib.SMTP | None = None

    @property
    def patience(self) -> timedelta:
        """Two connections with all their steps, and one verdict."""
        return timedelta(seconds=2 * _STEPS * self.server.timeout + self.server.verdict_timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def send(self, mail: OutgoingMail) -> Delivered:
        """Hand over one message; see Transport."""
        data = sign(to_bytes(mail), self.signer) if self.signer else to_bytes(mail)
        return Delivered(mail.message_id, self.send_bytes(mail.sender_address, mail.to, data))

    def send_bytes(self, sender: str, to: str, data: bytes) -> str:
        """Hand over a message already built (CRLF line ends); returns the server's reply."""
        smtp, fresh = self._session()
        try:
            self._envelope(smtp, sender, to)
        except RetryableMailError as error:
            if fresh or not _lost(error):
                raise
            # The server had hung up between two messages; nothing of this one has been said to anybody.
            smtp, _ = self._session()
            self._envelope(smtp, sender, to)
        return self._content(smtp, data)

    def close(self) -> None:
        """Say goodbye if somebody is listening. The outcomes of earlier messages do not depend on it."""
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            try:
                smtp.quit()
            except (OSError, smtplib.SMTPException):
                smtp.close()

    def _session(self) -> tuple[smtplib.SMTP, bool]:
        if self._smtp is not None:
            return self._smtp, False
        self._smtp = _connect(self.server)
        self.connections += 1
        return self._smtp, True

    def _envelope(self, smtp: smtplib.SMTP, sender: str, to: str) -> None:
        """Sender, recipient and the server's go-ahead: all of it can be repeated without harm."""
        stage: Stage = "sender"
        try:
            code, reply = smtp.mail(sender)
            if code // 100 == 2:
                stage = "recipient"
                code, reply = smtp.rcpt(to)
            if code // 100 == 2:
                stage = "data"
                code, reply = smtp.docmd("DATA")
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise RetryableMailError(f"connection lost: {error}", stage=stage) from error
        if code != _GO_AHEAD:
            raise self._refusal(code, reply, stage)

    def _content(self, smtp: smtplib.SMTP, data: bytes) -> str:
        """The message itself. From the last byte on, silence means that nobody knows."""
        try:
            smtp.send(_dotted(data))
        except (OSError, smtplib.SMTPException) as error:
            # The end mark never left in full, so no server can have taken the message for complete.
            self._drop()
            raise RetryableMailError(f"connection lost in mid-message: {error}", stage="data") from error
        try:
            code, reply = self._verdict(smtp)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise UnknownOutcomeError(
                f"no reply after the message was sent: {error}", stage="content"
            ) from error
        if code // 100 == 2:
            return f"{code} {_words(reply)}"
        if code // 100 not in _REFUSALS:
            self._drop()
            raise UnknownOutcomeError(f"no sense in the reply: {code} {_words(reply)}", stage="content")
        raise self._refusal(code, reply, "content")

    def _verdict(self, smtp: smtplib.SMTP) -> tuple[int, bytes]:
        assert smtp.sock is not None
        smtp.sock.settimeout(self.server.verdict_timeout)
        answer = smtp.getreply()
        smtp.sock.settimeout(self.server.timeout)
        return answer

    def _refusal(self, code: int, reply: bytes, stage: Stage) -> MailError:
        self._reset(code)
        text = f"{code} {_words(reply)}"
        # A refused sender is a fault of the set-up, mended without touching the messages; an oversized
        # message is its own fault.
        hopeless = code // 100 == 5 and (stage != "sender" or code == _TOO_LARGE)
        if hopeless:
            return PermanentMailError(text, stage="data" if stage == "sender" else stage, code=code)
        return RetryableMailError(text, stage=stage, code=code)

    def _reset(self, code: int) -> None:
        """Make the connection ready for the next message, or let it go."""
        if code == _CLOSING or code // 100 not in _REFUSALS or self._smtp is None:
            self._drop()
            return
        try:
            answer, _ = self._smtp.rset()
        except (OSError, smtplib.SMTPException):
            answer = _CLOSING
        if answer // 100 != 2:
            self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _connect(server: SmtpServer) -> smtplib.SMTP:
    """A connection, greeted, encrypted and logged in as the server's settings say."""
    from yagmail import SMTP

    options: dict[str, object] = {"timeout": server.timeout, "local_hostname": server.helo}
    if server.implicit_tls:
        options["context"] = server.tls()
    client = SMTP(
        user={server.user: server.user},  # a mapping, or yagmail appends @gmail.com to a plain login name
        password=server.password,
        host=server.host,
        port=server.port,
        smtp_ssl=server.implicit_tls,
        smtp_starttls={"context": server.tls()} if server.starttls else False,
        smtp_skip_login=not server.user,
        soft_email_validation=False,
        **options,
    )
    try:
        client.login()
        smtp: smtplib.SMTP = client.smtp
        smtp.ehlo_or_helo_if_needed()
    except smtplib.SMTPResponseException as error:
        stage: Stage = "login" if isinstance(error, smtplib.SMTPAuthenticationError) else "connect"
        _abandon(client)
        raise RetryableMailError(
            f"{error.smtp_code} {_words(error.smtp_error)}", stage=stage, code=error.smtp_code
        ) from error
    except (OSError, smtplib.SMTPException) as error:
        _abandon(client)
        where = f"{server.host}:{server.port}"
        raise RetryableMailError(f"cannot connect to {where}: {error}", stage="connect") from error
    # yagmail's client says QUIT when it is collected; the session lives on without it.
    client.is_closed = True
    return smtp


def _abandon(client: object) -> None:
    smtp = getattr(client, "smtp", None)
    if isinstance(smtp, smtplib.SMTP):
        smtp.close()
    client.is_closed = True  # type: ignore[attr-defined]


def _lost(error: RetryableMailError) -> bool:
    """The connection, not the message, was the trouble."""
    return error.code is None or error.code == _CLOSING


def _dotted(data: bytes) -> bytes:
    """A line that begins with a dot gets a second one, and a lone dot ends the message (RFC 5321 §4.5.2)."""
    quoted = data.replace(b"\r\n.", b"\r\n..")
    if quoted.startswith(b"."):
        quoted = b"." + quoted
    return quoted + (b"" if quoted.endswith(b"\r\n") else b"\r\n") + b".\r\n"


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())
