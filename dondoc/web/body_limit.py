"""What a request may bring to a unit's page: so many bytes, and not forever; counted as they come, kept nowhere."""

import asyncio
import time
from contextlib import suppress
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dondoc.web.headers import PRIVATE
from models.attachments import LARGEST, MEGABYTE

MOST_BYTES: Final = LARGEST + 4 * MEGABYTE
"""The largest file that may come with a report, and every field of its page."""
MOST_THROWN_AWAY: Final = 100 * MEGABYTE
"""Of a body that is too large so much is still waited for and thrown away: a browser that is hung up on while it sends
shows an error of its own, and never our page that says what is wrong.
"""
PATIENCE: Final = 60.0
"""Seconds without a byte after which nobody waits any longer; a bad line is slow, not silent."""
SLOWEST: Final = 1000.0
"""Bytes a second that a body must bring at least, after the first PATIENCE seconds."""


class TooMuchError(Exception):
    """The body is larger than anything a page asks for, or does not come."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class BodyLimitMiddleware:
    def __init__(self, app: ASGIApp, most: int = MOST_BYTES, patience: float = PATIENCE) -> None:
        self.app = app
        self.most = most
        self.patience = patience

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(PRIVATE):
            await self.app(scope, receive, send)
            return
        body = _Body(receive, self.most, self.patience)
        declared = dict(scope["headers"]).get(b"content-length", b"")
        too_much = declared.isdigit() and int(declared) > self.most

        async def limited() -> Message:
            if body.is_whole:  # what follows is only whether the reader has left
                return await receive()
            if too_much:
                await body.throw_away()
                raise TooMuchError(413)
            message = await body.more()
            if body.came > self.most:
                await body.throw_away()
                raise TooMuchError(413)
            return message

        await self.app(scope, limited, send)


class _Body:
    """One body, counted while it comes."""

    def __init__(self, receive: Receive, most: int, patience: float) -> None:
        self._receive, self._most, self._patience = receive, most, patience
        self._begun = time.monotonic()
        self.came, self.is_whole = 0, False

    async def more(self) -> Message:
        """The next piece. TooMuchError where it does not come, or all of it too slowly."""
        spent = time.monotonic() - self._begun
        left = self._patience + self.came / SLOWEST - spent
        try:
            message = await asyncio.wait_for(self._receive(), max(min(self._patience, left), 0))
        except TimeoutError:
            raise TooMuchError(408) from None
        self.came += len(message.get("body", b""))
        self.is_whole = not message.get("more_body", False)
        return message

    async def throw_away(self) -> None:
        with suppress(TooMuchError):
            while not self.is_whole and self.came < MOST_THROWN_AWAY:
                await self.more()
