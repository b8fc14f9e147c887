"""Mail is never lost and never repeated: hundreds of senders killed, and several at once, before a real mail server."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.postgres import postgres_server
from tests.soak.at_once import Together, swept_together
from tests.soak.books import Books
from tests.soak.crowd import Crowd
from tests.soak.killing import Killed, killed_season
from tests.soak.page import Outcome, Proof, Say, table
from tests.soak.undisturbed import undisturbed

KILLS = dict(
    zip(("PostgreSQL", "SQLite"), map(int, os.environ.get("SOAK_KILLS", "100 500").split()), strict=True)
)
"""So many at least: seasons are swept, each with its own seed, until there were as many."""
_SEASONS = 20
"""But no more than these, however few kills they take."""
_UNITS = 80
_FRESH = 8
_TOGETHER = (2, 4)
_HEAD = (
    "Ledger",
    "Kills",
    "of commands",
    "left in doubt",
    "Decided",
    "Accepted",
    "Sent",
    "Unknown",
    "Skipped",
    "In doubt, arrived",
    "In doubt, not arrived",
    "Twice",
    "Lost",
    "Not as undisturbed",
    "s",
)


@dataclass(frozen=True)
class Job:
    backend: str
    seed: int = 0
    """Of a season with kills; 0: the sweeps at once."""


@dataclass(frozen=True)
class Done:
    job: Job
    seconds: float
    killed: tuple[Killed, ...] = ()
    together: tuple[tuple[int, bool, Together], ...] = ()
    """Processes, locked or not, and what became of it."""


def do(job: Job) -> Done:
    begin = time.perf_counter()
    with (
        TemporaryDirectory(prefix="dondoc-soak-", ignore_cleanup_errors=True) as name,
        _databases(job) as new,
    ):
        folder = Path(name)
        if job.seed:
            found = killed_season(folder, job.seed, Crowd(_UNITS, new), fresh=_FRESH)
            return Done(job, time.perf_counter() - begin, killed=(found,))
        crowd = Crowd(_UNITS, new, silent=True)
        ought, _ = undisturbed(folder, crowd)
        together = tuple(
            (number, locked, _at_once(folder / f"{number}{locked}", crowd, ought, number, locked=locked))
            for number in _TOGETHER
            for locked in (True, False)
        )
        return Done(job, time.perf_counter() - begin, together=together)


def run(say: Say) -> Outcome:
    done: list[Done] = []
    jobs = _jobs(done)
    running: set[Future[Done]] = set()
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        while running := running | {pool.submit(do, job) for job in islice(jobs, 2 - len(running))}:
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                done.append(future.result())
                say(f"{_named(done[-1])}: {done[-1].seconds:.0f} s")
    killed = table(_HEAD, [_row(backend, done) for backend in KILLS])
    together = table(_HEAD_TOGETHER, [row for one in done for row in _together(one)])
    return Outcome(f"{_TEXT}\n\n{killed}\n\n{_TEXT_TOGETHER}\n\n{together}", tuple(_broken(done)))


def _jobs(done: list[Done]) -> Iterator[Job]:
    """What is to be done next, in the light of what is done."""
    for backend, least in KILLS.items():
        for seed in range(1, 1 + _SEASONS):
            if _kills(done, backend) >= least:
                break
            yield Job(backend, seed)
        yield Job(backend)


def _kills(done: list[Done], backend: str) -> int:
    return _sum(done, backend, lambda each: each.kills)


def _at_once(folder: Path, crowd: Crowd, ought: set[str], number: int, *, locked: bool) -> Together:
    folder.mkdir()
    return swept_together(folder, crowd, ought, number, locked=locked)


@contextmanager
def _databases(job: Job) -> Iterator[Callable[[], str]]:
    if job.backend == "PostgreSQL":
        with postgres_server() as new_database:
            yield new_database
    else:
        yield str


def _broken(done: list[Done]) -> Iterator[str]:
    for one in done:
        for each in (*one.killed, *(found for *_, found in one.together)):
            yield from (f"{_named(one)}: {line}" for line in each.broken)
    for backend, least in KILLS.items():
        if _kills(done, backend) < least:
            yield f"{backend}: only {_kills(done, backend)} kills of {least}"


def _sum(done: list[Done], backend: str, of: Callable[[Killed], int]) -> int:
    return sum(of(each) for one in done if one.job.backend == backend for each in one.killed)


def _row(backend: str, done: list[Done]) -> tuple[object, ...]:
    counts: tuple[Callable[[Killed], int], ...] = (
        lambda each: each.kills,
        lambda each: each.commands,
        lambda each: each.doubts,
        lambda each: len(each.books.rows),
        lambda each: len(each.books.accepted),
        lambda each: each.books.count("sent"),
        lambda each: each.books.count("unknown"),
        lambda each: each.books.count("skipped"),
        lambda each: _arrived(each.books),
        lambda each: len(each.books.doubted) - _arrived(each.books),
        lambda each: len(each.books.twice),
        lambda each: len(each.books.lost) + len(each.books.strange),
        lambda each: len(each.unlike),
    )
    seconds = sum(one.seconds for one in done if one.job.backend == backend and one.killed)
    return (backend, *(_sum(done, backend, count) for count in counts), f"{seconds:.0f}")


def _arrived(books: Books) -> int:
    return sum(row.message_id in books.arrived for row in books.doubted)


def _together(one: Done) -> Iterator[tuple[object, ...]]:
    for number, locked, found in one.together:
        books = found.books
        yield (
            f"{one.job.backend}, {'with' if locked else 'without'} the lock",
            number,
            " + ".join(str(sent) for sent in sorted(found.sent_by)),
            len(books.rows),
            len(books.accepted),
            books.count("sent"),
            len(books.twice),
            len(books.lost) + len(books.strange),
        )


def _named(one: Done) -> str:
    return f"{one.job.backend}, {f'season {one.job.seed}' if one.job.seed else 'sweeps at once'}"


_HEAD_TOGETHER = (
    "Sweeps at once",
    "Processes",
    "Sent by each",
    "Decided",
    "Accepted",
    "Sent",
    "Twice",
    "Lost",
)
_TEXT = f"""{_UNITS + 3} communes owe a report, and the days of their season are swept, one after the other: opening,
T-7, T-3, T+1, T+5, closing and two after. Some forms lie in the inbox. Every sweeping process is killed with `SIGKILL` at a moment
drawn from a seed: in its start, while it decides, among its first messages, or days later; the next one goes on with the
day it finds. Some are fresh commands, `dondoc sweep`. Mail goes to a real SMTP server that outlives them all, keeps what
it accepts, and is slow now and then, before it accepts a message or between accepting and saying so
([killing.py](../tests/soak/killing.py), [post_office.py](../tests/soak/post_office.py)).

Then the ledger's word is laid beside the server's ([books.py](../tests/soak/books.py)). *Left in doubt*: kills after
which a message was claimed and nobody had said what became of it. *Twice*: messages the server accepted twice, and keys
that are in the ledger twice. *Lost*: messages that are decided and neither sent, in doubt, nor left out with a reason;
those that are said to be sent and were not accepted; and those accepted that are neither sent nor in doubt. *Not as
undisturbed*: keys that only this run or only one without kills has decided, and a chain of events that is broken. These
three must be 0. *In doubt* is what stands as `unknown`, or was overtaken by a later reminder while it did.

Command: `make soak`, or `.venv/bin/python -m tests.soak kills` for this alone; how many kills at least on
PostgreSQL and on SQLite, with `SOAK_KILLS="100 500"`. Where a kill hits depends on the machine, so the counts vary."""
_TEXT_TOGETHER = f"""The same season, in which nobody hands in, swept by several processes at once, each day by all of
them: with the sweep's lock, so that one works and the others leave it to it, and with the lock taken away, so that only
the ledger keeps them apart. Nothing may be in doubt. {_UNITS + 3} communes:"""

PROOF = Proof("kills", "Kills and sweeps at once", run)
