"""What the addresses of a mail server and of a mailbox have in common: `scheme://user:password@host:port/path?options`.

Errors say what is wrong, without repeating a password that may stand in the address.
"""

import ssl
from collections.abc import Mapping
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit


class ServerUrl:
    """One address, split; `name` is what errors call it: SMTP, IMAP."""

    def __init__(self, url: str, name: str, ports: Mapping[str, int], options: set[str]) -> None:
        """`ports`: the schemes there are, with the port of each; the one with an s encrypts from the start."""
        self.name = name
        self._parts: SplitResult = urlsplit(url)
        if self._parts.scheme not in ports:
            schemes = " or ".join(f"{scheme}://" for scheme in ports)
            raise ValueError(f"the {name} URL begins with {schemes}")
        if not self._parts.hostname:
            raise ValueError(f"the {name} URL names no host")
        try:
            self.port = self._parts.port or ports[self._parts.scheme]
        except ValueError:
            raise ValueError(f"the port in the {name} URL is not a number below 65536") from None
        self._options = dict(parse_qsl(self._parts.query, keep_blank_values=True))
        if unknown := sorted(self._options.keys() - options):
            raise ValueError(f"unknown option in the {name} URL: {', '.join(unknown)}")
        self.host = self._parts.hostname
        self.user = unquote(self._parts.username or "")
        self.password = unquote(self._parts.password or "")
        self.path = unquote(self._parts.path.strip("/"))
        self.implicit_tls = self._parts.scheme.endswith("s")

    def text(self, option: str) -> str | None:
        return self._options.get(option)

    def flag(self, option: str, *, default: bool) -> bool:
        text = self._options.get(option)
        if text not in {None, "0", "1"}:
            raise ValueError(f"{option} in the {self.name} URL is 0 or 1")
        return default if text is None else text == "1"

    def seconds(self, option: str, default: float) -> float:
        try:
            seconds = float(self._options.get(option, default))
        except ValueError:
            seconds = 0.0
        if not 0 < seconds <= 3600:
            raise ValueError(f"{option} in the {self.name} URL is a number of seconds, up to 3600")
        return seconds


def checked_tls(cafile: str | None) -> ssl.SSLContext:
    """A context that checks certificates, which the defaults of smtplib and imaplib do not."""
    return ssl.create_default_context(cafile=cafile)
