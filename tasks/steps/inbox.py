"""Files dropped into the home's inbox: sorted by what stands inside them, taken in, and put aside; none deleted."""

from datetime import datetime
from pathlib import Path

from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.steps.intake import Arrival, Outcome, identify, take_in

STRANGE = CycleKey("-", "-", "-")
"""Where files stand that name no cycle."""


def waiting(home: Home) -> dict[CycleKey, list[Path]]:
    """The files to take in, by the cycle each says it is for; a killed run leaves its file to the next."""
    found: dict[CycleKey, list[Path]] = {}
    files = sorted(home.inbox.iterdir()) if home.inbox.is_dir() else []
    for file in files:
        if file.is_file() and not file.name.startswith("."):
            found.setdefault(_cycle_of(file), []).append(file)
    return found


def take_in_file(home: Home, file: Path, as_of: datetime) -> Outcome:
    """Take in one file and put it aside, under `accepted/` or `refused/`. The same file again changes nothing."""
    outcome = take_in(home, Arrival(file.read_bytes(), file.name), as_of)
    aside = home.inbox / ("accepted" if outcome.accepted else "refused")
    aside.mkdir(exist_ok=True)
    target = aside / file.name
    number = 1
    while target.exists():
        number += 1
        target = aside / f"{file.stem}-{number}{file.suffix}"
    file.rename(target)
    return outcome


def _cycle_of(file: Path) -> CycleKey:
    reading, _ = identify(file.read_bytes())
    try:
        return CycleKey.parse(reading.identity.cycle) if reading and reading.identity else STRANGE
    except ValueError:
        return STRANGE
