"""What several messages say alike: an office, a report that is owed, a thing found in a file."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

# Vietnam keeps UTC+7 all year, so a fixed offset is the zone and no zone database is read.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office as the person reading the mail knows it: the lead unit, which signs, or the one to send to and to call."""

    name: str
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedLine:
    """One report one unit owes. A message may carry several, of several plans and lead units.

    `last_day` is the last day on which the report is in time under the plan's policy (or the unit's
    extension); `named_day` is the X of "trước ngày X" and is given only for that wording. `last_hour` is set
    where the plan names an hour of the last day. `working_days_left` is counted from the message's own day.
    """

    cycle: str
    plan: str
    obligation: str
    period: str
    wording: str
    last_day: date
    lead: Office
    desk: Office | None = None
    """The office that collects from this unit, where it can be written to itself; None: the lead unit does."""
    named_day: date | None = None
    last_hour: time | None = None
    last_working_day: date | None = None
    working_days_left: int | None = None
    through: str = ""
    to: tuple[str, ...] = ()
    step: str = ""
    link: str = ""
    form: str = ""
    filled: bool = False
    """The form that goes along holds what was sent."""
    nil_allowed: bool = False
    moved_by: str = ""
    """The document that changed the day for everybody."""
    extended: bool = False
    returned: bool = False
    """A report was received and returned: what is awaited is its correction, until `last_day`."""

    @property
    def answers(self) -> Office:
        """Whom the filled form goes back to, and whom to call."""
        return self.desk or self.lead

    @property
    def blameless_until(self) -> date:
        """The last day on which nobody may be called late: X itself, whatever the internal policy says."""
        return max(self.last_day, self.named_day or self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One thing wrong or doubtful in a file, in words for the unit. `cell` and `indicator` may be empty; `reason` is
    what the unit answered to a warning.
    """

    message: str
    cell: str = ""
    indicator: str = ""
    reason: str = ""


def vietnam_time(moment: datetime) -> datetime:
    """The same instant on a Vietnamese clock. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment.isoformat()}")
    return moment.astimezone(VIETNAM)
