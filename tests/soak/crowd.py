"""A home with many units that owe by one day, some of whom have handed in, and the days of their season."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tasks.adapters.home import Home
from tests.ledger.office import at, filled, write_office
from tests.soak.years import new_home

DAYS = tuple(
    at(day)
    for day in (
        "2019-10-16",
        "2019-11-20",
        "2019-11-26",
        "2019-12-02",
        "2019-12-06",
        "2019-12-16",
        "2019-12-17",
        "2019-12-18",
    )
)
"""Mornings of the office's season: opening, T-7, T-3, T+1, T+5, closing, and two more for mail that waits for another
day.
"""
BEFORE = "2019-10-01"


@dataclass(frozen=True)
class Crowd:
    """`units` owe beside the three of the office; every tenth of them has laid its form into the inbox, unless it is
    `silent`.
    """

    units: int
    new_database: Callable[[], str] = str
    """The address of a database for each home; none where it is to be SQLite in the home."""

    silent: bool = False

    def home(self, folder: Path, smtp_port: int) -> Home:
        """Made anew; two of one crowd differ in nothing but where they lie."""
        plans = write_office(folder / "plans")
        add_communes(plans, self.units)
        home = new_home(
            folder / "home",
            plans,
            database_url=self.new_database(),
            # Leases are as long as all timeouts together, and the proofs wait for them.
            smtp_url=f"smtp://127.0.0.1:{smtp_port}?timeout=0.5&verdict_timeout=2",
        )
        home.inbox.mkdir()
        for number in () if self.silent else range(0, self.units, 10):
            (home.inbox / f"{code_of(number)}.xlsx").write_bytes(filled(home, code_of(number), BEFORE))
        return home


def later_that_day(minutes: int) -> datetime:
    """After the last morning, and before the next day."""
    return DAYS[-1].replace(hour=8 + minutes // 60, minute=minutes % 60)


def add_communes(plans: Path, units: int) -> None:
    """So many more, beside the three of the office."""
    with (plans / "units" / "mau.csv").open("a", encoding="utf-8") as file:
        file.writelines(_line(number) for number in range(units))


def code_of(number: int) -> str:
    return f"xa-so-{number}"


def _line(number: int) -> str:
    code, name = code_of(number), f"Số {number}"
    return (
        f"{code},{1000 + number},xa,commune,Xã {name},UBND xã {name},UBND,huyen-mau,2013-01-01,,dau-moi,"
        f"Cán bộ xã {name},{code}@mau.example,,,\n"
    )
