"""One run without kills: what it decides, and how fast it is."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.sweep import sweep_plainly
from tasks.adapters.home import Home, in_use
from tests.ledger.office import apart
from tests.soak.books import Books, rows_of, wrong
from tests.soak.crowd import DAYS, Crowd
from tests.soak.post_office import LONGEST, post_office

SLOW = 0.5
"""The share of messages the server of the killed hesitates over."""


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds of a process that finds nothing to do, and of one message to the slow server: measured, so that the kills
    of a slow machine are spread like those of a fast one.
    """

    idle: float
    message: float

    def moment(self, draw: random.Random) -> float:
        """How long a process lives: into its start, into its first messages, or through days."""
        (part,) = draw.choices(("start", "sending", "days"), (25, 68, 7))
        if part == "start":
            return draw.uniform(0, 1.2 * self.idle)
        return self.idle + draw.uniform(0, (4 if part == "sending" else 16) * self.message)


def undisturbed(folder: Path, crowd: Crowd) -> tuple[set[str], Pace]:
    """The keys that one run without kills decides, and how long it takes. AssertionError where it is not sent whole.

    Processes forked from this one later have what it has compiled, and are soon at their mail.
    """
    folder = folder / "undisturbed"
    folder.mkdir()
    with post_office(folder) as server:
        home = crowd.home(folder, server.port)
        with in_use(home):
            first = seconds(lambda: [sweep_plainly(day) for day in DAYS])
        idle = seconds(lambda: apart(home, lambda: _sweep_one(home, DAYS[-1])).join())
        books = Books(rows_of(home), server.accepted())
        keys = {row.key for row in books.rows}
        assert not wrong(books)
        assert not books.doubted
        home.ledger.close()
    return keys, Pace(idle, first / len(books.accepted) + SLOW * LONGEST / 2)


def seconds(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def _sweep_one(home: Home, day: datetime) -> None:
    with in_use(home):
        sweep_plainly(day)
