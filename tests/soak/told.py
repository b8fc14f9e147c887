"""What the oracle tells, row by row, and whom each message goes to."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from models.units import UnitTree
from tests.soak.dates import Report

_TO_AN_OFFICE = {"missing-list", "letter-ready", "report-ready"}


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

    def withdraw(self, cycle: str, unit: str, kinds: set[str], today: date, reason: str) -> None:
        """What this morning decided and has not sent yet; an empty unit: of every unit."""
        for key in list(self._decided(cycle, unit, kinds, today)):
            _, _, planned, decided = self.told.messages[key]
            self.told.messages[key] = ("withdrawn", reason, planned, decided)

    def _decided(self, cycle: str, unit: str, kinds: set[str], today: date) -> Iterator[str]:
        for key, (state, _, _, decided) in self.told.messages.items():
            about, whose, kind, _ = key.split("|", 3)
            if (about, state, decided) == (cycle, "sent", today) and kind in kinds and unit in {"", whose}:
                yield key
