"""Daily anchors: small files in the home, one a day, that say how long the chain of events was and how it ended.

Kept or copied elsewhere they show what the chain itself cannot: that its newest events were taken away, or that all of it
was written anew.
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

FOLDER = "anchors"


@dataclass(frozen=True, slots=True)
class Anchor:
    """After `events` events the newest had this seal."""

    day: date
    events: int
    seal: str
    swept: str
    """The moment of the sweep that wrote it."""


class AnchorError(ValueError):
    """A file that is no anchor; the message names it."""


def read_anchors(home: Path) -> list[Anchor]:
    """In the order of their days; AnchorError for one that cannot be read."""
    return [_read(file) for file in sorted((home / FOLDER).glob("????-??-??.json"))]


def read_anchor(home: Path, day: date) -> Anchor | None:
    file = _file(home, day)
    return _read(file) if file.exists() else None


def write_anchor(home: Path, anchor: Anchor) -> None:
    """Whole or not at all."""
    file = _file(home, anchor.day)
    file.parent.mkdir(exist_ok=True)
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    told = asdict(anchor) | {"day": anchor.day.isoformat()}
    part.write_text(json.dumps(told, sort_keys=True) + "\n", "ascii")
    part.replace(file)


def _file(home: Path, day: date) -> Path:
    return home / FOLDER / f"{day.isoformat()}.json"


def _read(file: Path) -> Anchor:
    try:
        told = json.loads(file.read_text("ascii"))
        return Anchor(
            date.fromisoformat(told["day"]), int(told["events"]), str(told["seal"]), str(told["swept"])
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AnchorError(f"{FOLDER}/{file.name} is no anchor: {type(error).__name__}") from error
