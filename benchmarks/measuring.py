"""Taking turns on the same machine at the same time: whatever slows one contender slows the others as well.

What only computes is measured in processor time, so that a busy machine does not cut into one contender more than
into another; on an idle machine that is the time by the clock. What waits for another process is measured by the
clock.
"""

import gc
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

Contender = Callable[[], object]
Clock = Callable[[], float]

WARM_UP: Final = 3


@dataclass(frozen=True, slots=True)
class Result:
    """One key of results.json, with the bound asked of it: at least or at most, or none."""

    key: str
    value: float
    at_least: float | None = None
    at_most: float | None = None

    @property
    def target(self) -> str:
        if self.at_least is not None:
            return f"≥ {self.at_least:g}"
        return "" if self.at_most is None else f"≤ {self.at_most:g}"

    @property
    def met(self) -> bool:
        return (self.at_least is None or self.value >= self.at_least) and (
            self.at_most is None or self.value <= self.at_most
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one benchmark found: medians in milliseconds for one document, form or message, and its results."""

    title: str
    medians: Mapping[str, float]
    results: tuple[Result, ...]


def medians(
    contenders: Mapping[str, Contender], repetitions: int, clock: Clock = time.process_time
) -> dict[str, float]:
    """The median milliseconds of each contender, called in turns; every round begins with another one.

    The first few rounds are not counted: they pay for imports and caches, which all contenders may keep.
    """
    names = list(contenders)
    taken: dict[str, list[float]] = {name: [] for name in names}
    gc.collect()
    for turn in range(-WARM_UP, repetitions):
        first = turn % len(names)
        for name in names[first:] + names[:first]:
            begun = clock()
            contenders[name]()
            taken[name].append((clock() - begun) * 1000)
    return {name: statistics.median(times[WARM_UP:]) for name, times in taken.items()}
