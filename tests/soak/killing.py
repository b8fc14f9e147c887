"""One season swept by processes that are killed with SIGKILL at moments drawn from a seed, until all owed is done."""

import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from flows.sweep import sweep_plainly
from tasks.adapters.home import Home, in_use
from tests.ledger.office import apart
from tests.soak.books import OPEN, Books, rows_of, unlike, wrong
from tests.soak.crowd import DAYS, Crowd, later_that_day
from tests.soak.post_office import post_office
from tests.soak.undisturbed import SLOW, Pace, seconds, undisturbed

_PATIENCE = 120.0
"""Seconds within which what dead senders had claimed must be free again."""
_FRESH = 0.12
"""How often the next process is a fresh command, as long as there are any."""


@dataclass(frozen=True)
class Killed:
    """What became of one season."""

    kills: int
    commands: int
    """Kills that hit a fresh `dondoc sweep`."""
    doubts: int
    """Kills that left a row claimed and not marked."""
    books: Books
    unlike: tuple[str, ...]
    """Where it is not what an undisturbed run decides."""

    @property
    def broken(self) -> tuple[str, ...]:
        return (*wrong(self.books), *self.unlike)


def killed_season(
    folder: Path, seed: int, crowd: Crowd, *, at_most: int = sys.maxsize, fresh: int = 0
) -> Killed:
    """Kill one process after the other, `at_most` so many, until one has swept the last day; `fresh` of them are
    commands, each in a new interpreter.
    """
    ought, pace = undisturbed(folder, crowd)
    with post_office(folder, seed, SLOW) as server:
        home = crowd.home(folder / "killed", server.port)
        season = _Season(home, folder / "reached", random.Random(seed), pace, fresh)
        while not season.over:
            season.live_and_die() if season.kills < at_most else season.life(600)
        sweep_until_nothing_is_claimed(home)
        books = Books(rows_of(home), server.accepted())
        different = unlike(home, books, ought)
        home.ledger.close()
    return Killed(season.kills, season.commands, season.doubts, books, tuple(different))


def sweep_until_nothing_is_claimed(home: Home) -> None:
    """What a dead sender had claimed is nobody's for a while; later sweeps of the last day find it."""
    end = time.monotonic() + _PATIENCE
    minutes = 0
    with in_use(home):
        while {row.state for row in rows_of(home)} & OPEN and time.monotonic() < end:
            minutes = min(minutes + 1, 8 * 60)  # within working hours
            time.sleep(0.2)
            sweep_plainly(later_that_day(minutes))


class _Season:
    """`reached` holds how many days have been swept to their end; a process goes on from there."""

    def __init__(self, home: Home, reached: Path, draw: random.Random, pace: Pace, fresh: int) -> None:
        self.kills = self.commands = self.doubts = 0
        self._home, self._reached, self._draw, self._pace, self._fresh = home, reached, draw, pace, fresh
        self._claimed: set[str] = set()
        self._start_up = 0.0
        reached.write_text("0")
        if fresh:
            self._start_up = seconds(self.command)

    @property
    def day(self) -> int:
        return int(self._reached.read_text())

    @property
    def over(self) -> bool:
        return self.day == len(DAYS)

    def live_and_die(self) -> None:
        if self._fresh and self._draw.random() < _FRESH:
            self._fresh -= 1
            self.command()
        else:
            self.life(self._pace.moment(self._draw))

    def life(self, length: float) -> None:
        """One forked process; it is killed after this many seconds unless it has swept all days by then."""
        process = apart(self._home, self._sweep_on)
        process.join(length)
        if process.exitcode is None:
            process.kill()
            process.join()
            self._note_kill()
        else:
            assert process.exitcode == 0, "a sweep failed"

    def command(self) -> None:
        """`dondoc sweep` in a new interpreter, killed on its start or in its first messages; the very first one lives,
        and tells how long a start takes.
        """
        self._home.ledger.close()
        life = self._draw.uniform(0, self._start_up + 6 * self._pace.message) if self._start_up else None
        with _dondoc_sweep(self._home, DAYS[self.day]) as process:
            try:
                process.wait(life)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                self.commands += 1
                self._note_kill()
            else:
                assert process.returncode in {0, 1}, "a command failed"  # 1: messages are in doubt

    def _note_kill(self) -> None:
        self.kills += 1
        claimed = {row.key for row in rows_of(self._home) if row.state == "sending"}
        self.doubts += bool(claimed - self._claimed)
        self._claimed |= claimed

    def _sweep_on(self) -> None:
        with in_use(self._home):
            for place in range(self.day, len(DAYS)):
                while sweep_plainly(DAYS[place]).busy:  # the lock of the last one is not yet given back
                    time.sleep(0.005)
                part = self._reached.with_suffix(".part")
                part.write_text(str(place + 1))
                part.replace(self._reached)


def _dondoc_sweep(home: Home, day: datetime) -> "subprocess.Popen[bytes]":
    told = {name: str(getattr(home.settings, name)) for name in ("home", "plans", "database_url", "smtp_url")}
    return subprocess.Popen(
        [sys.executable, "-c", "from dondoc.cli import run; run()", "sweep", "--as-of", day.isoformat()],
        env={**os.environ, "DONDOC_SECRET_KEY": home.settings.secret_key, "DONDOC_FILES": ""}
        | {f"DONDOC_{name.upper()}": value for name, value in told.items()},
        cwd=home.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
