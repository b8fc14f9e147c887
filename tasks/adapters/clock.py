"""The one place that reads the clock. Everything else is told `as_of`."""

import re
import time as time_to
from datetime import date, datetime, time

import pendulum

from models.deadlines import ZONE
from models.plan.strict import read_day

START_OF_WORK = time(8)
"""What a bare date means: the start of that working day."""


_VIETNAMESE_DAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}")


def now() -> datetime:
    return pendulum.now(ZONE)


def wait_until(moment: datetime) -> None:
    """Sleep until then; not at all where it has passed."""
    time_to.sleep(max((moment - now()).total_seconds(), 0))


def read_moment(text: str) -> datetime:
    """A date or date-time, read as Asia/Ho_Chi_Minh when it has no zone; ValueError says what is expected."""
    try:
        if _VIETNAMESE_DAY.fullmatch(text):
            return datetime.combine(read_day(text), START_OF_WORK, ZONE)
        if len(text) <= len("2019-11-29"):
            return datetime.combine(date.fromisoformat(text), START_OF_WORK, ZONE)
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError(
            f"{text!r} is not a moment: expected 2019-11-29, 29/11/2019 or 2019-11-29T17:00"
        ) from None
    return in_vietnam(moment)


def in_vietnam(moment: datetime) -> datetime:
    """The same moment as Vietnam's clocks show it; one without a zone is taken for that. Days are counted there."""
    return moment.replace(tzinfo=ZONE) if moment.tzinfo is None else moment.astimezone(ZONE)
