"""One season swept by several processes at the same time, each day by all of them."""

from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path
from unittest.mock import patch

from flows.sweep import sweep_plainly
from tasks.adapters.home import Home, in_use
from tests.ledger.office import apart
from tests.soak.books import Books, rows_of, unlike, wrong
from tests.soak.crowd import DAYS, Crowd, later_that_day
from tests.soak.killing import sweep_until_nothing_is_claimed
from tests.soak.post_office import post_office


@dataclass(frozen=True)
class Together:
    """What became of it."""

    books: Books
    sent_by: tuple[int, ...]
    """How many messages each of the processes sent."""
    broken: tuple[str, ...]


def swept_together(folder: Path, crowd: Crowd, ought: set[str], processes: int, *, locked: bool) -> Together:
    """`ought`: the keys an undisturbed run decides. `locked`: with the sweep's lock, as in life; else all of them work at once. The crowd is a silent one: that files
    are taken from the inbox by one sweep at a time is what the lock is there for.
    """
    with post_office(folder) as server:
        home = crowd.home(folder / "together", server.port)
        together = get_context("fork").Barrier(processes)
        sent = get_context("fork").Array("i", processes)

        def work(place: int) -> None:
            try:
                sent[place] = _sweep_all(home, together, locked=locked)
            except BaseException:
                together.abort()  # else the others wait for it
                raise

        several = [apart(home, lambda place=place: work(place)) for place in range(processes)]
        for process in several:
            process.join()
            assert process.exitcode == 0, "a sweep failed"
        with in_use(home):
            sweep_plainly(later_that_day(0))  # what was left over by one that found another at work
        sweep_until_nothing_is_claimed(home)
        books = Books(rows_of(home), server.accepted())
        broken = [*wrong(books), *unlike(home, books, ought)]
        broken += (f"{row.key} is in doubt" for row in books.doubted)
        home.ledger.close()
    return Together(books, tuple(sent), tuple(broken))


def _sweep_all(home: Home, together: Barrier, *, locked: bool) -> int:
    """Nobody goes on to the next day before everybody has done this one, else its steps are overtaken."""
    sent = 0
    with in_use(home), patch.object(Home, "sweep_lock", Home.sweep_lock if locked else _no_lock):
        for day in DAYS:
            together.wait(120)
            sent += sweep_plainly(day).sent
    return sent


@contextmanager
def _no_lock(_home: Home):
    yield True
