"""What each outgoing message says, as values: one frozen dataclass per message folder of templates/email.

Pure: no clock, no rendering, no address book. Whoever decides that a message is owed fills one of these in;
tasks/adapters/mail_text.py turns it into words. The rule "no outgoing text calls a unit late before day X
has passed" (domain handbook §2.1) is kept here, so that no template can break it.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from enum import StrEnum
from typing import ClassVar

from models.mail_watch import SweepWatch

# Vietnam keeps UTC+7 all year, so a fixed offset is the zone and no zone database is read.
VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")

_DOMAIN = re.compile(
    r"(?=.{1,255}\Z)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*"
)


def message_id(key: str, domain: str) -> str:
    """The Message-ID of the outbox row `key`: the same key gives the same id in every process and year.

    `domain` is an ASCII host name of ours. A mail that goes out twice after a crash is thereby recognisable
    as one. Raises ValueError for an empty key or a domain that no Message-ID may carry (RFC 5322 §3.6.4).
    """
    if not key:
        raise ValueError("an outbox key is never empty")
    if not _DOMAIN.fullmatch(domain):
        raise ValueError(f"not a host name: {domain!r}")
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{domain.lower()}>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """A lead unit as the person reading the mail knows it: who signs, whom to call."""

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
    named_day: date | None = None
    last_hour: time | None = None
    last_working_day: date | None = None
    working_days_left: int | None = None
    through: str = ""
    to: tuple[str, ...] = ()
    step: str = ""
    link: str = ""
    form: str = ""
    nil_allowed: bool = False
    extended: bool = False
    returned: bool = False
    """A report was received and returned: what is awaited is its correction, until `last_day`."""

    @property
    def blameless_until(self) -> date:
        """The last day on which nobody may be called late: X itself, whatever the internal policy says."""
        return max(self.last_day, self.named_day or self.last_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingLine:
    """One thing wrong or doubtful in a file, in words for the unit. `cell` and `indicator` may be empty."""

    message: str
    cell: str = ""
    indicator: str = ""


class Timing(StrEnum):
    ON_TIME = "on_time"
    NOT_YET_LATE = "not_yet_late"  # after the internal last day, while day X of "trước ngày X" still runs
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """To a unit, about one or more owed reports.

    `submit_to` is the address that takes in filled workbooks; empty where none is set up. `on` is the day the
    message speaks of: what it counts, it counts from then, even if it is delivered a day later. `calendar` is the
    name of the calendar entry that is attached.
    """

    unit: str
    on: date
    lines: tuple[OwedLine, ...]
    contact: str = ""
    submit_to: str = ""
    calendar: str = ""

    def __post_init__(self) -> None:
        if not self.lines:
            raise ValueError("a reminder names at least one owed report")

    @property
    def offices(self) -> tuple[Office, ...]:
        return tuple(dict.fromkeys(line.lead for line in self.lines))

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.step for line in self.lines if line.step))

    @property
    def first_last_day(self) -> date:
        return min(line.last_day for line in self.lines)

    @property
    def forms(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(line.form for line in self.lines if line.form))

    @property
    def nil_allowed(self) -> bool:
        return any(line.nil_allowed for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder(_Lines):
    folder: ClassVar[str] = "reminder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overdue(_Lines):
    """The deadline has passed without a report. Raises ValueError while any line's day X still runs."""

    folder: ClassVar[str] = "overdue"

    def __post_init__(self) -> None:
        # Spelt out, because a slotted dataclass is a new class and bare super() would look for the old one.
        _Lines.__post_init__(self)
        for line in self.lines:
            if self.on <= line.blameless_until:
                raise ValueError(f"{line.cycle} is not overdue before {line.blameless_until} has passed")


@dataclass(frozen=True, slots=True, kw_only=True)
class _OneLine:
    """To a unit, about one report it has sent or asked about."""

    unit: str
    line: OwedLine
    contact: str = ""
    submit_to: str = ""

    @property
    def offices(self) -> tuple[Office, ...]:
        return (self.line.lead,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(_OneLine):
    """A file was taken in whole. `on_time` is the ledger's verdict on the first submission of this cycle."""

    folder: ClassVar[str] = "receipt"
    number: str
    received_at: datetime
    file_name: str
    sha256: str
    version: int
    on_time: bool
    first_received_at: datetime | None = None
    nil: bool = False
    warnings: tuple[FindingLine, ...] = ()

    @property
    def timing(self) -> Timing:
        """On time, late, or neither yet; judged by the first submission, which a correction never moves."""
        if self.on_time:
            return Timing.ON_TIME
        counted = vietnam_time(self.first_received_at or self.received_at)
        return Timing.LATE if counted.date() > self.line.blameless_until else Timing.NOT_YET_LATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file was not taken in and nothing of it was saved. `unit` and `line` are unknown for a strange file."""

    folder: ClassVar[str] = "refused"
    office: Office
    file_name: str
    received_at: datetime
    findings: tuple[FindingLine, ...]
    unit: str = ""
    line: OwedLine | None = None
    contact: str = ""
    submit_to: str = ""

    def __post_init__(self) -> None:
        if not self.findings:
            raise ValueError("a file is never refused without saying why")

    @property
    def offices(self) -> tuple[Office, ...]:
        return (self.office,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned(_OneLine):
    """Version `version` goes back for correction until `new_day`; the reason is mandatory (handbook §6). `calendar` is
    the name of the calendar entry that is attached.
    """

    folder: ClassVar[str] = "returned"
    version: int
    reason: str
    new_day: date
    findings: tuple[FindingLine, ...] = ()
    calendar: str = ""

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("a report is never returned without a reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended(_OneLine):
    """One unit may send later. `line` carries the old deadline; `decided_by` a person or a document; `calendar` is
    the name of the calendar entry that is attached.
    """

    folder: ClassVar[str] = "extended"
    new_day: date
    reason: str
    decided_by: str = ""
    calendar: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingUnit:
    """A unit that has not reported. `own_last_day` where it was extended; `note` e.g. when it was reminded."""

    name: str
    own_last_day: date | None = None
    no_address: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingGroup:
    """All units missing from one cycle; `received` of `expected` units have reported (nil returns count)."""

    line: OwedLine
    expected: int
    received: int
    units: tuple[MissingUnit, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingList:
    """One digest to a lead unit: every missing unit of every cycle, never cut, never one mail per unit. `letter` is
    the file name of the công văn đôn đốc that is attached as a draft; empty where the step brings none.
    """

    folder: ClassVar[str] = "missing-list"
    unit: str
    on: date
    groups: tuple[MissingGroup, ...]
    contact: str = ""
    board: str = ""
    letter: str = ""
    offices: ClassVar[tuple[Office, ...]] = ()

    def __post_init__(self) -> None:
        if not self.missing:
            raise ValueError("a list of missing units names at least one")

    @property
    def missing(self) -> int:
        return sum(len(group.units) for group in self.groups)

    @property
    def unmailed(self) -> int:
        return sum(unit.no_address for group in self.groups for unit in group.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReady:
    """The lead unit's document is written and waits for number, date and signature."""

    folder: ClassVar[str] = "report-ready"
    unit: str
    line: OwedLine
    title: str
    version: int
    file_name: str
    path: str
    sha256: str
    expected: int
    received: int
    nil: int = 0
    missing: tuple[str, ...] = ()
    contact: str = ""
    link: str = ""
    offices: ClassVar[tuple[Office, ...]] = ()


Message = (
    Reminder | Overdue | Receipt | Refused | Returned | Extended | MissingList | ReportReady | SweepWatch
)
MESSAGES: tuple[type[Message], ...] = (
    Reminder,
    Overdue,
    Receipt,
    Refused,
    Returned,
    Extended,
    MissingList,
    ReportReady,
    SweepWatch,
)


def vietnam_time(moment: datetime) -> datetime:
    """The same instant on a Vietnamese clock. Raises ValueError for a time without a zone."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment.isoformat()}")
    return moment.astimezone(VIETNAM)
