"""What a text message says: less than a mail, and never what a mail may not say."""

import textwrap
from dataclasses import dataclass
from datetime import date

from models.mail.lines import OwedLine

_TITLE = 60
"""Characters of the name of a report; with offices and units of usual names all stays within five text messages of 67
characters with diacritics.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texted:
    """To a telephone of a unit, about reports it owes. `mailed_to` is where the forms went by mail; empty where the unit has
    no address that works, so that it must call.
    """

    unit: str
    on: date
    lines: tuple[OwedLine, ...]
    mailed_to: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a text names at least one owed report")

    @property
    def first(self) -> OwedLine:
        """The report whose day comes, or came, first."""
        return min(self.lines, key=lambda line: line.last_day)

    @property
    def title(self) -> str:
        return textwrap.shorten(self.first.obligation, _TITLE, placeholder="…")

    @property
    def is_overdue(self) -> bool:
        """Has a day passed on which nobody may be called late (domain handbook §2.1)?"""
        return self.on > self.first.blameless_until
