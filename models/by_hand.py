"""Reports that came on paper or by telephone and are entered for the unit: what must be said of them, and how it is told."""

import re
from datetime import date, datetime, time

from models.text import nfc

PAPER, PHONE = "paper", "phone"
_NUMBER = re.compile(r"\bsố\s*:?\s*\d[\w./-]*", re.IGNORECASE)
_DAY = re.compile(r"\bngày\s+(\d{1,2})(?:/|\s+tháng\s+)(\d{1,2})(?:/|\s+năm\s+)(\d{4})\b", re.IGNORECASE)
_LONGEST = 200
_SHORTEST_WORD = 10
_NO_HOUR = time(8)
"""A bare date is read as the start of that working day."""


class NotByHandError(ValueError):
    """What was said of the paper or the call is not enough to find it again; the message says what is missing."""


def paper_said(text: str, received_on: date) -> str:
    """The number and date of a paper, on one line: `Số 12/BC-UBND ngày 25/11/2019`."""
    said = _line(text)
    found = _DAY.search(said)
    if not _NUMBER.search(said) or not found:
        raise NotByHandError(f'{text!r} names no paper: expected e.g. "Số 12/BC-UBND ngày 25/11/2019"')
    day, month, year = (int(part) for part in found.groups())
    try:
        written = date(year, month, day)
    except ValueError:
        raise NotByHandError(f"{text!r}: there is no such day as {found[0]}") from None
    if written > received_on:
        raise NotByHandError(
            f"the paper is of {written}, and was received on {received_on}, before it was written"
        )
    return said


def call_said(text: str) -> str:
    """Who told it, and when."""
    said = _line(text)
    if len(said) < _SHORTEST_WORD:
        raise NotByHandError(f"{text!r} says too little: who told it, and when?")
    return said


def received_moment(received: datetime, as_of: datetime, opened_at: datetime) -> datetime:
    """When it counts as received: the moment that was said; a day of which no hour was said never lies after now, nor
    before the cycle opened that day. NotByHandError where the day does.
    """
    if received.date() > as_of.date() or (received > as_of and received.time() != _NO_HOUR):
        raise NotByHandError(f"{received:%Y-%m-%d %H:%M} has not come yet")
    if received.date() < opened_at.date():
        raise NotByHandError(f"{received.date()} is before the cycle opened, on {opened_at.date()}")
    return min(max(received, opened_at), as_of)


def how_received(channel: str | None, paper: str) -> str:
    """In Vietnamese; empty for what the unit sent itself."""
    if channel == PAPER:
        return f"nhập hộ từ văn bản giấy {paper[:1].lower()}{paper[1:]}"
    return f"nhập hộ theo điện thoại: {paper}" if channel == PHONE else ""


def _line(text: str) -> str:
    said = " ".join(nfc(text).split())
    if len(said) > _LONGEST:
        raise NotByHandError(f"too long: {len(said)} characters, at most {_LONGEST}")
    return said
