"""Who works at once in one process of the page, however many ask.

Threads of Python that all have work to do hinder each other: with forty of them every question to the ledger waits for
thirty-nine. So there are few: some for those who look, one for who writes, since the ledger has one writer at a time,
and two for files, which may be long at the virus scanner. Each kind waits in a queue of its own, first come, first served:
whoever's turn it is to write is never behind those who only look.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial, wraps
from typing import Any, Final

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from fastapi import FastAPI, Response

LOOKERS: Final = 2
_WRITERS, _WITH_FILES = 1, 2
"""At once. So many files are in memory; the others wait on disk."""

_writing: RunVar[CapacityLimiter] = RunVar("writing")
_with_files: RunVar[CapacityLimiter] = RunVar("with files")


@asynccontextmanager
async def few_threads(_app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = LOOKERS
    yield


def in_turn(act: Callable[..., Response]) -> Callable[..., Awaitable[Response]]:
    """An endpoint that is asked to do what was `posted`, in a thread, when it is its turn."""

    @wraps(act)
    async def acting(**asked: Any) -> Response:
        has_file = asked["posted"].file is not None
        limiter = _of(_with_files, _WITH_FILES) if has_file else writer()
        return await anyio.to_thread.run_sync(partial(act, **asked), limiter=limiter)

    return acting


def writer() -> CapacityLimiter:
    """The turn of who writes."""
    return _of(_writing, _WRITERS)


def _of(kind: RunVar[CapacityLimiter], many: int) -> CapacityLimiter:
    found = kind.get(None)
    if found is None:
        found = CapacityLimiter(many)
        kind.set(found)
    return found
