"""Files dropped into the home's inbox: sorted by what stands inside them, taken in, and put aside. None is deleted but
lists of people and viruses, of which no copy may stay. A file that is gone when it is looked at was taken by another sweep, which put it aside.
"""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import opened_keys
from tasks.steps.collecting.accepting import Outcome
from tasks.steps.collecting.intake import Arrival, identify, take_in
from tasks.steps.opening import UnknownCycleError, find_planned

STRANGE = CycleKey("-", "-", "-")
"""Where files stand that name no cycle we know; they are refused and put aside for a person."""


def waiting(home: Home) -> dict[CycleKey, list[Path]]:
    """The files to take in, by the cycle each says it is for; a killed run leaves its file to the next."""
    found: dict[CycleKey, list[Path]] = {}
    files = sorted(home.inbox.iterdir()) if home.inbox.is_dir() else []
    for file in files:
        if file.is_file() and not file.name.startswith("."):
            with suppress(FileNotFoundError):
                found.setdefault(_cycle_of(file), []).append(file)
    for key in [key for key in found if key != STRANGE and not _is_known(home, key)]:
        found.setdefault(STRANGE, []).extend(found.pop(key))
    return found


def take_in_file(home: Home, file: Path, as_of: datetime) -> Outcome | None:
    """Take in one file and put it aside, under `accepted/` or `refused/`. The same file again changes nothing; None where
    another sweep has taken it.
    """
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        return None
    outcome = take_in(home, Arrival(data, file.name), as_of)
    with suppress(FileNotFoundError):  # two took it in, which left one report; the other has put it aside
        _put_aside(home, file, outcome)
    return outcome


def _put_aside(home: Home, file: Path, outcome: Outcome) -> None:
    if outcome.leaves_no_copy:
        file.unlink()
        return
    aside = home.inbox / ("accepted" if outcome.accepted else "refused")
    aside.mkdir(exist_ok=True)
    target = aside / file.name
    number = 1
    while target.exists():
        number += 1
        target = aside / f"{file.stem}-{number}{file.suffix}"
    file.rename(target)


def _is_known(home: Home, key: CycleKey) -> bool:
    """Is it open, or could it be?"""
    with home.ledger.read() as session:
        if key in opened_keys(session):
            return True
    try:
        return find_planned(home, key)[0].deadline is not None
    except UnknownCycleError:
        return False


def _cycle_of(file: Path) -> CycleKey:
    reading, _ = identify(file.read_bytes())
    try:
        return CycleKey.parse(reading.identity.cycle) if reading and reading.identity else STRANGE
    except ValueError:
        return STRANGE
