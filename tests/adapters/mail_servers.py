"""SMTP servers on loopback: a real one, and one that answers by script, for what a real one does rarely."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from typing import Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

HANG_UP = ""
"""A scripted reply: close the connection without a word."""
SILENCE = "…"
"""A scripted reply: say nothing, and stay."""


class Inbox:
    """Handler of the real server: keeps each message as it came over the wire."""

    def __init__(self, refuse: Callable[[str], str | None] = lambda _to: None) -> None:
        self.envelopes: list[Envelope] = []
        self.greetings = 0
        self._refuse = refuse

    async def handle_EHLO(  # noqa: N802  (the name is the hook's)
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.greetings += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := self._refuse(address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        return f"250 taken as {len(self.envelopes)}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


SEVEN_BIT = {"enable_SMTPUTF8": False, "decode_data": True}
"""Options of a server that knows neither SMTPUTF8 nor 8BITMIME, and refuses all that is not ASCII."""


@contextlib.contextmanager
def real_server(inbox: Inbox, **options: object) -> Iterator[int]:
    controller = Controller(inbox, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


class ScriptedServer:
    """Answers `250` to everything, except what `script` says: for each verb the replies in order.

    The verbs are those of SMTP, `CONNECT` for the greeting and `END` for the end of a message. The script runs
    over all connections together, so "421 once, then as usual" is one entry.
    """

    USUAL = {"CONNECT": "220 hello", "DATA": "354 go ahead", "QUIT": "221 bye", "EHLO": "250 hello"}

    def __init__(self, **script: list[str]) -> None:
        self.script = {verb: list(replies) for verb, replies in script.items()}
        self.heard: list[str] = []
        self.messages: list[bytes] = []
        self.connections = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._open: list[socket.socket] = []
        self._thread = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        # shutdown wakes a thread that waits in accept or recv; close alone would leave it there.
        for each in (self._listener, *self._open):
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
            each.close()
        self._thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            self._open.append(connection)
            with contextlib.suppress(OSError), connection, connection.makefile("rb") as lines:
                self._talk(connection, lines)

    def _talk(self, connection: socket.socket, lines: Iterator[bytes]) -> None:
        if not self._answer(connection, "CONNECT"):
            return
        for line in lines:
            verb = line[:4].decode("ascii", "replace").strip().upper()
            self.heard.append(line.decode("utf-8", "replace").strip())
            reply = self._answer(connection, verb)
            if not reply or verb == "QUIT" or reply.startswith("421"):
                return
            if verb == "DATA" and reply.startswith("354"):
                self.messages.append(b"".join(iter(lambda: next(lines, b".\r\n"), b".\r\n")))
                if not self._answer(connection, "END"):
                    return

    def _answer(self, connection: socket.socket, verb: str) -> str:
        waiting = self.script.get(verb)
        reply = waiting.pop(0) if waiting else self.USUAL.get(verb, "250 ok")
        if reply not in {HANG_UP, SILENCE}:
            connection.sendall(reply.encode() + b"\r\n")
        return reply
