"""The dead man's switch: has a sweep been missed, and is there something to say about it?"""

from datetime import datetime, timedelta
from enum import StrEnum


class Word(StrEnum):
    """What the administrator is mailed: once for an outage, and once when it is over."""

    ALARM = "alarm"
    OVER = "over"


def is_missed(since: datetime, now: datetime, hours: int) -> bool:
    """Has no sweep succeeded for more than so many hours? `since` is the last one, of a new home its making."""
    return now - since > timedelta(hours=hours)


def word_owed(*, missed: bool, told: bool) -> Word | None:
    """`told`: an alarm has gone out and not been called off."""
    if missed == told:
        return None
    return Word.ALARM if missed else Word.OVER
