"""Who works at once in one process of the page, however many ask.

Threads of Python that all have work to do hinder each other: with forty of them every question to the ledger waits for
thirty-nine. So there are few, and none of them is spent on waiting: the ledger has one writer at a time, and files may be
long in coming from a scanner, so who posts is given a thread only when it is their turn, and who looks is never kept
waiting by them all.
"""

from asyncio import Semaphore
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio.to_thread
from anyio.lowlevel import RunVar
from fastapi import FastAPI

THREADS: Final = 5
_WRITERS, _WITH_FILES = 1, 2
"""At once; together fewer than there are threads. So many files are in memory; the others wait on disk."""

_writing: RunVar[Semaphore] = RunVar("writing")
_with_files: RunVar[Semaphore] = RunVar("with files")


@asynccontextmanager
async def few_threads(_app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield


@asynccontextmanager
async def turn(*, has_file: bool) -> AsyncIterator[None]:
    """Wait for it here, first come, first served."""
    async with _of(_with_files, _WITH_FILES) if has_file else _of(_writing, _WRITERS):
        yield


def _of(kind: RunVar[Semaphore], many: int) -> Semaphore:
    found = kind.get(None)
    if found is None:
        found = Semaphore(many)
        kind.set(found)
    return found
