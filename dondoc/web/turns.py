"""Who works at once in one process of the page, however many ask.

Threads of Python that all have work to do hinder each other: with forty of them every question to the ledger waits for
thirty-nine. So there are few: some for those who look, one for who writes, since the ledger has one writer at a time,
and two for files, which may be long at the virus scanner. Each kind waits in a queue of its own, first come, first served:
whoever's turn it is to write is never behind those who only look. Those who send a report go together: what comes while
one transaction is written is the next one, so that the more there are the less each costs.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial, wraps
from typing import Any, Final, Generic, TypeVar

import anyio.to_thread
from anyio import CapacityLimiter
from anyio.lowlevel import RunVar
from fastapi import FastAPI, Response

LOOKERS: Final = 2
_WRITERS, _WITH_FILES = 1, 2
"""At once. So many files are in memory; the others wait on disk."""

_Asked = TypeVar("_Asked")
_Told = TypeVar("_Told")
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
        limiter = _of(_with_files, _WITH_FILES) if has_file else _of(_writing, _WRITERS)
        return await anyio.to_thread.run_sync(partial(act, **asked), limiter=limiter)

    return acting


class Together(Generic[_Asked, _Told]):
    """Does for all who wait at once what each asks: one of them at work, the others in the next turn."""

    def __init__(self, act: Callable[[Sequence[_Asked]], Sequence[_Told | Exception]]) -> None:
        """`act` tells of each what became of it; it is called in the thread of who writes."""
        self._act = act
        self._waiting: list[_Turn[_Asked, _Told]] = []
        self._at_work = anyio.Lock()

    async def ask(self, asked: _Asked) -> _Told:
        """What became of it; where that is an error, it is raised."""
        mine: _Turn[_Asked, _Told] = _Turn(asked)
        self._waiting.append(mine)
        async with self._at_work:
            if mine.told is None:  # nobody took it along
                turn, self._waiting = self._waiting, []
                for each, told in zip(turn, await self._act_in_turn(turn), strict=True):
                    each.told = told
        assert mine.told is not None
        if isinstance(mine.told, Exception):
            raise mine.told
        return mine.told

    async def _act_in_turn(self, turn: "list[_Turn[_Asked, _Told]]") -> Sequence[_Told | Exception]:
        act = partial(self._act, [each.asked for each in turn])
        try:
            return await anyio.to_thread.run_sync(act, limiter=_of(_writing, _WRITERS))
        except Exception as error:  # noqa: BLE001 - raised for everyone who waited for it
            return [error] * len(turn)


@dataclass
class _Turn(Generic[_Asked, _Told]):
    asked: _Asked
    told: _Told | Exception | None = None


def _of(kind: RunVar[CapacityLimiter], many: int) -> CapacityLimiter:
    found = kind.get(None)
    if found is None:
        found = CapacityLimiter(many)
        kind.set(found)
    return found
