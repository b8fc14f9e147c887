"""The decision table of the ladder, from the words of the rules; and what is known of a unit when they are asked.

Of the steps whose day has come, one is said: the latest. Which earlier ones nobody said, the ledger has as overtaken.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime

from tests.soak.dates import Report, Rung

ANY = (True, False)
SENT = ("sent", "")
_TABLE: tuple[tuple[tuple[bool, ...], tuple[bool, ...], tuple[bool, ...], tuple[str, str]], ...] = (
    # a later step     the day of      a step before the
    # has come too     closing is over deadline that is over   what the ledger says
    ((True,), ANY, ANY, ("skipped", "overtaken by {later}")),
    ((False,), (True,), ANY, ("skipped", "the cycle is closed")),
    ((False,), (False,), (True,), ("skipped", "the deadline has passed")),
    ((False,), (False,), (False,), SENT),
)


def verdict(later: Rung | None, *, closed: bool, too_late: bool) -> tuple[str, str]:
    """State and reason of one step that nobody has decided yet."""
    for overtaken, over, late, (state, reason) in _TABLE:
        if (later is not None) in overtaken and closed in over and too_late in late:
            return state, reason.format(later=later.name if later else "")
    raise AssertionError("the table has every case")


@dataclass
class Duty:
    """One unit's duty in one cycle."""

    version: int = 0
    counts: bool = False
    """A version of it counts: something came and was not returned."""
    nil: bool = False
    returned: bool = False
    exempt: bool = False
    extended: date | None = None
    until: date | None = None
    first_sent: datetime | None = None
    said: set[str] = field(default_factory=set)
    """The steps decided, as the ledger names them."""

    @property
    def owes(self) -> bool:
        return not self.counts and not self.exempt

    @property
    def own_day(self) -> date | None:
        """The last day it has for itself: of a correction, else of an extension."""
        return self.until if self.returned else self.extended

    def is_overdue(self, moment: datetime, due_at: datetime) -> bool:
        over = moment.date() > self.own_day if self.own_day else moment > due_at
        return self.owes and over


@dataclass
class Draft:
    """A document that waits for its number."""

    label: str
    written: date
    said: set[str] = field(default_factory=set)


@dataclass
class Cycle:
    report: Report
    duties: dict[str, Duty]
    collectors: dict[str, str]
    opened: datetime
    closed: datetime | None = None
    lists: set[tuple[str, str]] = field(default_factory=set)
    """(office, step): the lists of missing units that went."""
    letters: dict[str, int] = field(default_factory=dict)
    versions: list[str] = field(default_factory=list)
    """What went into each version of the report."""
    drafts: dict[str, Draft] = field(default_factory=dict)
    """Kind → the newest document of it, which nobody ever issues here."""
    asked_who_owes: bool = False
    """About units that have ended and in whose place nobody owes."""

    @property
    def all_in(self) -> bool:
        return bool(self.duties) and not any(duty.owes for duty in self.duties.values())


def went_in(cycles: list[Cycle]) -> str:
    """Changes when, and only when, something that stands in the report does."""
    parts = []
    for cycle in cycles:
        for unit, duty in cycle.duties.items():
            own_due = duty.extended or cycle.report.due_at.date()
            on_time = duty.first_sent is not None and duty.first_sent.date() <= own_due
            parts.append(
                (
                    unit,
                    duty.version,
                    duty.counts,
                    duty.nil,
                    duty.returned,
                    duty.exempt,
                    on_time,
                    duty.first_sent,
                )
            )
    return hashlib.sha256(repr(parts).encode()).hexdigest()
