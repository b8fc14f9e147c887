"""One thing somebody does, between two mornings."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

What = Literal["send", "nil", "drop", "junk", "return", "extend", "exempt", "date"]


@dataclass(frozen=True, slots=True)
class Act:
    """`drop` is a file laid into the inbox, `junk` one that is no workbook, `date` a date set where the plan has none.
    `until` is the day it grants, asks for or sets.
    """

    at: datetime
    what: What
    cycle: str
    unit: str = ""
    place: int = 0
    number: int = 1
    """Which text of its own the unit sends: another number is another content."""
    until: date | None = None


def junk(act: Act) -> bytes:
    """A file that is no workbook; its hash stands in the name of the mail that refuses it."""
    return f"{act.cycle} {act.unit} {act.number}".encode()
