"""What units are told: reminders, receipts, refusals, returns, days that change. The rule "no outgoing text calls a unit late
before day X has passed" (domain handbook §2.1) is kept here, so that no template can break it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from models.mail.lines import FindingLine, Office, OwedLine, vietnam_time


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
    def desks(self) -> tuple[Office, ...]:
        return tuple(dict.fromkeys(line.answers for line in self.lines))

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

    @property
    def desks(self) -> tuple[Office, ...]:
        return (self.line.answers,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt(_OneLine):
    """A file was taken in whole. `on_time` is the ledger's verdict on the first submission of this cycle; `exempt` where
    the unit owed none, so that it is kept and not added up.
    """

    folder: ClassVar[str] = "receipt"
    number: str
    received_at: datetime
    file_name: str
    sha256: str
    version: int
    on_time: bool
    first_received_at: datetime | None = None
    nil: bool = False
    exempt: bool = False
    sender: str = ""
    """The address it came from, where it came by mail."""
    by_hand: str = ""
    """How it came on paper or by telephone; empty where the unit sent it itself."""
    entered_by: str = ""
    warnings: tuple[FindingLine, ...] = ()
    sent_by: str = ""
    """Who said on the page that they send it."""
    attachments: tuple[tuple[str, str], ...] = ()
    """(name, SHA-256) of each file that came with it."""

    @property
    def unanswered(self) -> int:
        """Warnings without a reason."""
        return sum(not warning.reason for warning in self.warnings)

    @property
    def timing(self) -> Timing:
        """On time, late, or neither yet; judged by the first submission, which a correction never moves."""
        if self.on_time:
            return Timing.ON_TIME
        counted = vietnam_time(self.first_received_at or self.received_at)
        return Timing.LATE if counted.date() > self.line.blameless_until else Timing.NOT_YET_LATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file was not taken in and nothing of it was saved. `unit` and `line` are unknown for a strange file;
    `corrections` is the name of the attached form that has its values, and the findings at their cells.
    """

    folder: ClassVar[str] = "refused"
    office: Office
    file_name: str
    received_at: datetime
    findings: tuple[FindingLine, ...]
    unit: str = ""
    line: OwedLine | None = None
    contact: str = ""
    submit_to: str = ""
    corrections: str = ""

    def __post_init__(self) -> None:
        if not self.findings:
            raise ValueError("a file is never refused without saying why")

    @property
    def offices(self) -> tuple[Office, ...]:
        return (self.office,)

    @property
    def desks(self) -> tuple[Office, ...]:
        return (self.line.answers,) if self.line else (self.office,)


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
class Issued(_OneLine):
    """The report made of what this unit sent was issued, from the reports of `received` of `expected` units; nothing of
    who was late. `number` is số, ký hiệu; `before` those, and the day, of an earlier version that was issued.
    """

    folder: ClassVar[str] = "issued"
    title: str
    number: str
    day: date
    received: int | None = None
    expected: int | None = None
    before: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineChanged(_OneLine):
    """The day is another one for everybody, by `document`. `own_day` where the unit has a later day of its own, or one for
    a correction, which stays; `calendar` is the name of the calendar entry that is attached.
    """

    folder: ClassVar[str] = "deadline-changed"
    old_day: date
    new_day: date
    reason: str
    document: str
    own_day: date | None = None
    calendar: str = ""

    def __post_init__(self) -> None:
        if not self.document.strip():
            raise ValueError("a deadline is changed by a document")
