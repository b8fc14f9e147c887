"""One person, one mail a day: what several duties, plans and units have to say to one address, in one message."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.mail.lines import Office, OwedLine
from models.mail.to_offices import Flagged, MissingList, ReportReady, Unsigned
from models.mail.to_units import DeadlineChanged, Issued, Overdue, Reminder
from models.mail.unplaced import Unplaced

DailyPart = (
    Overdue | DeadlineChanged | Reminder | MissingList | ReportReady | Unplaced | Flagged | Unsigned | Issued
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """Two parts or more, the most urgent first. Each says what it would say as a mail of its own; how to send is said once,
    below the last part that asks for something, and whom to call once, at the end.
    """

    folder: ClassVar[str] = "daily"
    on: date
    parts: tuple[DailyPart, ...]
    contact: str = ""
    submit_to: str = ""

    def __post_init__(self) -> None:
        if len(self.parts) < 2:
            raise ValueError("a mail of one part is that part")

    @property
    def units(self) -> tuple[str, ...]:
        """Whom the reader of this address answers for."""
        return tuple(dict.fromkeys(part.unit for part in self.parts))

    @property
    def unit(self) -> str:
        return "; ".join(self.units)

    @property
    def offices(self) -> tuple[Office, ...]:
        return tuple(dict.fromkeys(office for part in self.parts for office in part.offices))

    @property
    def desks(self) -> tuple[Office, ...]:
        return tuple(dict.fromkeys(office for part in self.parts for office in part.desks))

    @property
    def lines(self) -> tuple[OwedLine, ...]:
        """Every report that is asked for."""
        found: list[OwedLine] = []
        for part in self.parts:
            if isinstance(part, Reminder | Overdue):
                found += part.lines
            elif isinstance(part, DeadlineChanged):
                found.append(part.line)
        return tuple(found)

    @property
    def last_asking(self) -> DailyPart | None:
        """The last part that asks for a report; what follows it only tells."""
        asking = (part for part in self.parts if isinstance(part, Reminder | Overdue | DeadlineChanged))
        return next(reversed(list(asking)), None)

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.step for line in self.lines if line.step))
