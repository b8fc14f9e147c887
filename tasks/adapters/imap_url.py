"""The mailbox of the settings, read from one URL.

    imaps://user:pass@mail.tinh.example/INBOX      imap://user:pass@127.0.0.1:1143/INBOX?starttls=0

Query: `starttls=0|1` (of imap://; default 1, so that no password travels in the clear unasked), `cafile=PATH` (the
office's own certificate authority), `timeout=SECONDS` for each step. Certificates are always checked.
"""

import ssl
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, unquote, urlsplit

_PORTS = {"imap": 143, "imaps": 993}
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
        """A context that checks certificates."""
        return ssl.create_default_context(cafile=self.cafile)


def parse_imap_url(url: str) -> ImapServer:
    """ValueError says what is wrong with the URL, without repeating a password that may stand in it."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise ValueError("the IMAP URL begins with imaps:// or imap://")
    if not parts.hostname or not parts.username or not parts.password:
        raise ValueError("the IMAP URL names a user, a password and a host: imaps://user:password@host/INBOX")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port in the IMAP URL is not a number below 65536") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - _OPTIONS):
        raise ValueError(f"unknown option in the IMAP URL: {', '.join(unknown)}")
    if options.get("starttls", "1") not in {"0", "1"}:
        raise ValueError("starttls in the IMAP URL is 0 or 1")
    implicit = parts.scheme == "imaps"
    return ImapServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=unquote(parts.username),
        password=unquote(parts.password),
        folder=unquote(parts.path.strip("/")) or "INBOX",
        implicit_tls=implicit,
        starttls=not implicit and options.get("starttls", "1") == "1",
        cafile=options.get("cafile"),
        timeout=_seconds(options.get("timeout", "60")),
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise ValueError("timeout in the IMAP URL is a number of seconds, up to 3600")
    return seconds
