"""What the oracle tells, row by row, and whom each message goes to."""

from dataclasses import dataclass, field
from datetime import date, datetime

from models.units import UnitTree
from tests.soak.dates import Report

ASKING = {"reminder", "overdue"}
_TO_AN_OFFICE = {"missing-list", "letter-ready", "report-ready", "unplaced", "unsigned"}


@dataclass
class Told:
    """Rows as `seen` takes them from a picture."""

    cycles: dict[str, tuple[date, date | None]] = field(default_factory=dict)
    """Key → opened and closed on which day."""
    messages: dict[str, tuple[str, str, date, date]] = field(default_factory=dict)
    """Key of the outbox → state, reason, planned on, decided on."""
    documents: dict[tuple[str, str, str, int], date] = field(default_factory=dict)
    """Cycle, kind, step, version → written on."""


@dataclass
class Teller:
    """Writes messages down as the outbox must have them."""

    reports: dict[str, Report]
    tree: UnitTree
    told: Told = field(default_factory=Told)
    waiting: list[str] = field(default_factory=list)
    """Keys of what is decided and has not gone, in that order."""

    def write(
        self,
        cycle: str,
        unit: str,
        kind: str,
        step: str,
        now: datetime,
        said: tuple[str, str] = ("sent", ""),
        planned: date | None = None,
        *,
        task: bool = False,
    ) -> None:
        """One row for each address; a unit without one is a task, an office without one is written to by the plan's,
        unless it is a `task` too.
        """
        today = now.date()
        if kind in _TO_AN_OFFICE and not task:
            holder = self.tree.holder(unit, today)
            to = (holder.emails_on(today) if holder else ()) or (
                self.reports[cycle].plan["contact"]["email"],
            )
        else:
            to = self.tree.nearest(unit, today).emails_on(today)
            if not to:
                to, said = ("(no address)",), ("skipped", said[1] or "the unit has no working address")
        for address in to:
            key = f"{cycle}|{unit}|{kind}|{step}|{address}"
            assert key not in self.told.messages, f"{key} is told twice"
            self.told.messages[key] = (*said, planned or today, today)
            if said[0] == "sent":
                self.waiting.append(key)

    def withdraw(self, cycle: str, unit: str, reason: str) -> None:
        """What asks this unit and has not gone yet."""
        for key in list(self.waiting):
            about, whose, kind, _ = key.split("|", 3)
            if (about, whose) == (cycle, unit) and kind in ASKING:
                self.say(key, "withdrawn", reason)

    def say(self, key: str, state: str, reason: str) -> None:
        """What became of a message that waited, other than that it went."""
        _, _, planned, decided = self.told.messages[key]
        self.told.messages[key] = (state, reason, planned, decided)
        self.waiting.remove(key)
