"""A virus scanner beside us: clamd, asked over its socket with INSTREAM (clamd(8)). Files never touch its disk or ours."""

import socket
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from urllib.parse import urlsplit

USUAL_PORT = 3310
_CHUNK = 1 << 16
_CONNECT, _ANSWER = 5.0, 30.0
"""Seconds to be connected, and between any two signs of life."""
_LONGEST_ANSWER = 4096


class ScannerError(OSError):
    """The scanner cannot be asked, or gives no verdict. Nothing may be taken in then; later it may be."""


class TooLargeToScanError(ScannerError):
    """The scanner takes no stream of this size (its StreamMaxLength), and never will."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """`host` is empty where it listens on a socket file at `path`."""

    host: str
    port: int
    path: str

    def __str__(self) -> str:
        return f"{self.host}:{self.port}" if self.host else self.path

    def infection(self, data: bytes) -> str:
        """The name of what was found in it, or "" where it is clean. ScannerError where there is no verdict."""
        answer = self._ask(b"zINSTREAM\0", _stream(data))
        if answer == "stream: OK":
            return ""
        if answer.startswith("stream: ") and answer.endswith(" FOUND"):
            return answer.removeprefix("stream: ").removesuffix(" FOUND")
        if answer.startswith("INSTREAM size limit exceeded"):
            raise TooLargeToScanError(
                f"clamd at {self} takes no {len(data)} bytes: raise its StreamMaxLength"
            )
        raise ScannerError(f"clamd at {self} gives no verdict: {answer[:200] or 'no answer'}")

    def version(self) -> str:
        return self._ask(b"zVERSION\0", iter(()))

    def _ask(self, command: bytes, stream: Iterator[bytes]) -> str:
        try:
            with closing(self._connect()) as connection:
                connection.settimeout(_ANSWER)
                try:
                    connection.sendall(command)
                    for part in stream:
                        connection.sendall(part)
                except (BrokenPipeError, ConnectionResetError):
                    pass  # it has heard enough: what it said before it hung up is the answer
                return _answer(connection)
        except OSError as error:
            raise ScannerError(f"clamd at {self} does not answer: {error}") from error

    def _connect(self) -> socket.socket:
        if self.host:
            return socket.create_connection((self.host, self.port), timeout=_CONNECT)
        connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        connection.settimeout(_CONNECT)
        try:
            connection.connect(self.path)
        except OSError:
            connection.close()
            raise
        return connection


def parse_clamd(url: str) -> Scanner:
    """`tcp://host[:port]` or `unix:///path`; ValueError says what is wrong."""
    parts = urlsplit(url)
    if parts.scheme == "unix" and parts.path and not parts.netloc:
        return Scanner("", 0, parts.path)
    if parts.scheme == "tcp" and parts.hostname and parts.path in {"", "/"}:
        return Scanner(parts.hostname, parts.port or USUAL_PORT, "")
    raise ValueError(f"DONDOC_CLAMD is tcp://host:port or unix:///path, not {url!r}")


def _stream(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        yield struct.pack("!L", len(chunk)) + chunk
    yield struct.pack("!L", 0)


def _answer(connection: socket.socket) -> str:
    said = b""
    while not said.endswith(b"\0") and len(said) < _LONGEST_ANSWER:
        part = connection.recv(_LONGEST_ANSWER)
        if not part:
            break
        said += part
    return said.rstrip(b"\0\r\n ").decode("utf-8", "replace")
