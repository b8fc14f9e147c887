"""Those who ask the same at the same time go together: what comes while one turn is at work is the next turn, so that the
more there are, the less each costs.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

import anyio
import anyio.to_thread

from dondoc.web.turns import writer

_Asked = TypeVar("_Asked")
_Told = TypeVar("_Told")


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
                try:
                    found = await self._act_in_turn(turn)
                except BaseException:
                    # Who leads is cut off: the others ask again, and what is kept stays as it is.
                    self._waiting[:0] = [each for each in turn if each is not mine]
                    raise
                for each, told in zip(turn, found, strict=True):
                    each.told = told
        assert mine.told is not None
        if isinstance(mine.told, Exception):
            raise mine.told
        return mine.told

    async def _act_in_turn(self, turn: "list[_Turn[_Asked, _Told]]") -> Sequence[_Told | Exception]:
        act = partial(self._act, [each.asked for each in turn])
        try:
            return await anyio.to_thread.run_sync(act, limiter=writer())
        except Exception as error:  # noqa: BLE001 - raised for everyone who waited for it
            return [error] * len(turn)


@dataclass
class _Turn(Generic[_Asked, _Told]):
    asked: _Asked
    told: _Told | Exception | None = None
