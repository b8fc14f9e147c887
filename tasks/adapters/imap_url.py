"""The mailbox of the settings, read from one URL.

    imaps://user:pass@mail.tinh.example/INBOX      imap://user:pass@127.0.0.1:1143/INBOX?starttls=0

Query: `starttls=0|1` (of imap://; default 1, so that no password travels in the clear unasked), `cafile=PATH` (the
office's own certificate authority), `timeout=SECONDS` for each step. Certificates are always checked.
"""

import ssl
from dataclasses import dataclass, field

from tasks.adapters.server_url import ServerUrl, checked_tls

_PORTS = {"imaps": 993, "imap": 143}
_OPTIONS = {"starttls", "cafile", "timeout"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapServer:
    """`implicit_tls` is imaps. The timeout is in seconds, for each step."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    implicit_tls: bool = True
    starttls: bool = False
    cafile: str | None = None
    timeout: float = 60.0

    def tls(self) -> ssl.SSLContext:
        return checked_tls(self.cafile)


def parse_imap_url(url: str) -> ImapServer:
    """ValueError says what is wrong with the URL, without repeating a password that may stand in it."""
    found = ServerUrl(url, "IMAP", _PORTS, _OPTIONS)
    if not found.user or not found.password:
        raise ValueError("the IMAP URL names a user, a password and a host: imaps://user:password@host/INBOX")
    starttls = found.flag("starttls", default=True)
    return ImapServer(
        host=found.host,
        port=found.port,
        user=found.user,
        password=found.password,
        folder=found.path or "INBOX",
        implicit_tls=found.implicit_tls,
        starttls=starttls and not found.implicit_tls,
        cafile=found.text("cafile"),
        timeout=found.seconds("timeout", 60.0),
    )
