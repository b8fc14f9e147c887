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
from urllib.parse import parse_qsl, unquote, urlsplit

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
        """A context that checks certificates, which the default of smtplib does not."""
        return ssl.create_default_context(cafile=self.cafile)


def parse_smtp_url(url: str) -> SmtpServer:
    """ValueError says what is wrong with the URL, without repeating a password that may stand in it."""
    parts = urlsplit(url)
    if parts.scheme not in _PORTS:
        raise ValueError("the SMTP URL begins with smtp:// or smtps://")
    if not parts.hostname:
        raise ValueError("the SMTP URL names no host")
    try:
        port = parts.port
    except ValueError:
        raise ValueError("the port in the SMTP URL is not a number below 65536") from None
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - _OPTIONS):
        raise ValueError(f"unknown option in the SMTP URL: {', '.join(unknown)}")
    user = unquote(parts.username or "")
    implicit = parts.scheme == "smtps"
    return SmtpServer(
        host=parts.hostname,
        port=port or _PORTS[parts.scheme],
        user=user,
        password=unquote(parts.password or ""),
        implicit_tls=implicit,
        starttls=not implicit and _flag(options.get("starttls"), default=bool(user)),
        cafile=options.get("cafile"),
        timeout=_seconds(options, "timeout", 60.0),
        verdict_timeout=_seconds(options, "verdict_timeout", 600.0),
        helo=options.get("helo"),
    )


def _flag(text: str | None, *, default: bool) -> bool:
    if text is None:
        return default
    if text not in {"0", "1"}:
        raise ValueError("starttls in the SMTP URL is 0 or 1")
    return text == "1"


def _seconds(options: dict[str, str], name: str, default: float) -> float:
    try:
        seconds = float(options.get(name, default))
    except ValueError:
        seconds = 0.0
    if not 0 < seconds <= 3600:
        raise ValueError(f"{name} in the SMTP URL is a number of seconds, up to 3600")
    return seconds
