"""The SMTP server of the settings, read from one URL.

    smtp://mail.tinh.example:587?starttls=1      smtp://user:pass@host      smtps://user:pass@host

Query: `starttls=0|1` (default: 1 as soon as there is a password, so that none travels in the clear unasked),
`cafile=PATH` (the office's own certificate authority), `timeout=SECONDS` for each step,
`verdict_timeout=SECONDS` for the reply to a whole message (RFC 5321 asks for ten minutes of patience, and each
minute saved there turns a slow server into messages of unknown outcome), `helo=NAME`. Certificates are always
checked.
"""

import ssl
from dataclasses import dataclass, field

from tasks.adapters.server_url import ServerUrl, checked_tls

_PORTS = {"smtp": 587, "smtps": 465}
_OPTIONS = {"starttls", "cafile", "timeout", "verdict_timeout", "helo"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """`implicit_tls` is smtps. Timeouts are in seconds; `verdict_timeout` is for the reply to a whole message."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False
    starttls: bool = False
    cafile: str | None = None
    timeout: float = 60.0
    verdict_timeout: float = 600.0
    helo: str | None = None

    def tls(self) -> ssl.SSLContext:
        return checked_tls(self.cafile)


def parse_smtp_url(url: str) -> SmtpServer:
    """ValueError says what is wrong with the URL, without repeating a password that may stand in it."""
    found = ServerUrl(url, "SMTP", _PORTS, _OPTIONS)
    starttls = found.flag("starttls", default=bool(found.user))
    return SmtpServer(
        host=found.host,
        port=found.port,
        user=found.user,
        password=found.password,
        implicit_tls=found.implicit_tls,
        starttls=starttls and not found.implicit_tls,
        cafile=found.text("cafile"),
        timeout=found.seconds("timeout", 60.0),
        verdict_timeout=found.seconds("verdict_timeout", 600.0),
        helo=found.text("helo"),
    )
