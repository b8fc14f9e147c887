"""When a mail may arrive: in working hours of working days, unless the deadline itself leaves no other day."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.working_days import WorkingDays

_DAY = timedelta(days=1)
_PATTERN = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)")


@dataclass(frozen=True, slots=True)
class MailHours:
    """From `start` on and before `end`, by Vietnamese clocks; an `end` of None is midnight."""

    start: time
    end: time | None

    def opens(self, day: date, not_before: datetime) -> datetime | None:
        """The first moment of these hours on that day that is not before another; None where they are over."""
        begin = datetime.combine(day, self.start, not_before.tzinfo)
        if not_before <= begin:
            return begin
        is_on = not_before.date() == day and (self.end is None or not_before.time() < self.end)
        return not_before if is_on else None


def read_hours(text: str) -> MailHours:
    """`07:00-18:00`; ValueError says what is expected."""
    found = _PATTERN.fullmatch(text)
    if found:
        start = time(int(found[1]), int(found[2]))
        end = time(int(found[3]), int(found[4])) if found[3] else None
        if end is None or start < end:
            return MailHours(start, end)
    raise ValueError(f"{text!r} are no hours of a day: expected e.g. 07:00-18:00, at most 00:00-24:00")


def earliest(
    as_of: datetime,
    hours: MailHours,
    days: WorkingDays,
    *,
    due_at: datetime | None = None,
    had_today: bool = False,
) -> datetime:
    """The first moment from `as_of` on at which a mail may arrive. `due_at` is the deadline it is about, None where
    there is none to keep any more; `had_today`: its reader has had the mail of this day. Before a deadline that would
    be over by then it arrives on a day of rest, or a second time, and at the very last at night.
    """
    usual = _first(as_of, hours, days.is_working, skip_today=had_today)
    if due_at is None or as_of > due_at or usual <= due_at:
        return usual
    some_day = _first(as_of, hours, lambda _: True)
    return some_day if some_day <= due_at else as_of


def _first(
    as_of: datetime, hours: MailHours, is_open: Callable[[date], bool], *, skip_today: bool = False
) -> datetime:
    day = as_of.date() + (_DAY if skip_today else timedelta(0))
    while True:
        opens = hours.opens(day, as_of) if is_open(day) else None
        if opens is not None:
            return opens
        day += _DAY
