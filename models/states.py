"""Where a unit stands in a cycle. Zero, nil and missing are three things; so are late and returned."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

SOON = timedelta(days=3)
"""Sắp đến hạn: three days before (domain handbook §6)."""


class State(StrEnum):
    NO_DATE = "no_date"
    NOT_DUE = "not_due"
    DUE = "due"
    LATE = "late"
    RETURNED = "returned"
    ON_TIME = "submitted_on_time"
    SUBMITTED_LATE = "submitted_late"
    NIL = "nil"
    EXEMPT = "exempt"
    NO_ADDRESS = "no_address"


VIETNAMESE = {
    State.NO_DATE: "chưa có hạn",
    State.NOT_DUE: "chưa đến hạn",
    State.DUE: "sắp đến hạn",
    State.LATE: "quá hạn, chưa gửi",
    State.RETURNED: "yêu cầu chỉnh lý",
    State.ON_TIME: "đã gửi đúng hạn",
    State.SUBMITTED_LATE: "đã gửi muộn",
    State.NIL: "không phát sinh",
    State.EXEMPT: "được miễn",
    State.NO_ADDRESS: "chưa có địa chỉ",
}

REPORTED = frozenset({State.ON_TIME, State.SUBMITTED_LATE, State.NIL})
OUTSTANDING = frozenset({State.NOT_DUE, State.DUE, State.LATE, State.RETURNED, State.NO_ADDRESS})


def is_past(due_at: datetime, moment: datetime) -> bool:
    """Deadlines are told to the second: the last second (23:59:59) counts to its end, which is 24:00."""
    return moment.replace(microsecond=0) > due_at


@dataclass(frozen=True, slots=True)
class Standing:
    """What the ledger knows of one unit in one cycle; `state` is decided from it and the moment asked about."""

    unit: str
    unit_name: str
    due_at: datetime | None
    has_address: bool
    first_submitted_at: datetime | None = None
    version: int | None = None
    """The version that counts; None when nothing was accepted or it was returned."""
    nil: bool = False
    returned: bool = False
    exempt: bool = False
    extended_to: date | None = None
    returned_until: date | None = None
    reason: str = ""
    kind: str = ""
    """Of the unit, as frozen when the cycle opened."""
    collector: str = ""
    """Whom its report goes through, as frozen when the cycle opened."""
    channel: str | None = None
    """How the version that counts came; None where there is none."""
    paper: str = ""
    """Of one entered by hand: number and date of the paper, or who told it and when."""

    @property
    def own_last_day(self) -> date | None:
        """The last day of a deadline of its own: for the correction of a returned report, or an extension."""
        return self.returned_until if self.returned else self.extended_to

    def overdue(self, as_of: datetime) -> bool:
        """Is something still to come from it, and its own deadline over? An extension that runs is not overdue."""
        if self.reported or self.exempt:
            return False
        if self.own_last_day is not None:
            return as_of.date() > self.own_last_day
        return self.due_at is not None and is_past(self.due_at, as_of)

    @property
    def reported(self) -> bool:
        return self.version is not None and not self.returned and not self.exempt

    @property
    def on_time(self) -> bool:
        """Decided by the first complete submission, whatever came later (domain handbook §6)."""
        return self.first_submitted_at is not None and (
            self.due_at is None or not is_past(self.due_at, self.first_submitted_at)
        )

    def state(self, as_of: datetime) -> State:
        if self.exempt:
            return State.EXEMPT
        if self.returned:
            return State.RETURNED
        if self.version is not None:
            return State.NIL if self.nil else State.ON_TIME if self.on_time else State.SUBMITTED_LATE
        return self._waiting(as_of)

    def _waiting(self, as_of: datetime) -> State:
        if self.due_at is None:
            return State.NO_DATE
        if is_past(self.due_at, as_of):
            return State.LATE
        if not self.has_address:
            return State.NO_ADDRESS
        return State.DUE if as_of >= self.due_at - SOON else State.NOT_DUE


@dataclass(frozen=True, slots=True)
class Coverage:
    """n of N, and what the rest is. `expected` leaves exempt units out, so no rate passes 100 %."""

    expected: int
    received: int
    on_time: int
    late: int
    nil: int
    missing: int

    @property
    def completeness(self) -> float | None:
        """Percent of those who owe that have reported; None where nobody owes. Never above 100."""
        return rate(self.received, self.expected)

    @property
    def timeliness(self) -> float | None:
        """Percent of those who owe that reported in time."""
        return rate(self.on_time, self.expected)


def rate(part: int, whole: int) -> float | None:
    """Percent, two decimals; None of nothing."""
    return round(part * 100 / whole, 2) if whole else None


def coverage(standings: list[Standing]) -> Coverage:
    """How complete a cycle is. `late` counts reports that came late; what has not come is `missing`."""
    owing = [standing for standing in standings if not standing.exempt]
    reported = [standing for standing in owing if standing.reported]
    on_time = sum(standing.on_time for standing in reported)
    return Coverage(
        expected=len(owing),
        received=len(reported),
        on_time=on_time,
        late=len(reported) - on_time,
        nil=sum(standing.nil for standing in reported),
        missing=len(owing) - len(reported),
    )
