"""What a request may bring to a unit's page: so many bytes, and not forever; counted as they come, kept nowhere."""

import asyncio
from typing import Final

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dondoc.web.headers import PRIVATE
from models.attachments import LARGEST, MEGABYTE

MOST_BYTES: Final = LARGEST + 4 * MEGABYTE
"""The largest file that may come with a report, and every field of its page."""
PATIENCE: Final = 60.0
"""Seconds without a byte after which nobody waits any longer; a bad line is slow, not silent."""


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
        declared = dict(scope["headers"]).get(b"content-length", b"")
        too_much = declared.isdigit() and int(declared) > self.most
        came, whole = 0, False

        async def limited() -> Message:
            nonlocal came, whole
            if too_much:
                raise TooMuchError(413)
            if whole:  # what follows is only whether the reader has left
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self.patience)
            except TimeoutError:
                raise TooMuchError(408) from None
            came += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if came > self.most:
                raise TooMuchError(413)
            return message

        await self.app(scope, limited, send)
