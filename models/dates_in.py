"""Dates as offices type them: 29/11/2019, 9-3-2019, 12/ 8/ 2010, ngày 26 tháng 4 năm 2013. What leaves room is asked about."""

import re
from datetime import date

from models.text import fold, short_date

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2100, 12, 31)
_CENTURY = "20"
"""A year of two digits is offered as one of this century."""
_WORDS = re.compile(r"(?:ngày )?(\d{0,2}) ?tháng (\d{1,2}) ?(?:năm|,)? ?(\d{4})")
_FIGURES = re.compile(r"(?:ngày )?(\d{1,2}) ?[/.\-] ?(\d{1,2}) ?[/.\-] ?(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


class UnclearDateError(ValueError):
    """Why a text is not taken as a day; completes a Vietnamese sentence. `offers` are what it may mean."""

    def __init__(self, reason: str, *offers: date) -> None:
        super().__init__(reason)
        self.offers = tuple(short_date(offer) for offer in offers)


def read_date(text: str) -> date:
    """The one day the text means; UnclearDateError where it is none, or not exactly one."""
    said = fold(text).rstrip(".")
    if iso := _ISO.fullmatch(said):
        return _day(iso[3], iso[2], iso[1])
    found = _WORDS.fullmatch(said) or _FIGURES.fullmatch(said)
    if found is None:
        raise UnclearDateError("đề nghị ghi đủ ngày/tháng/năm, ví dụ 29/11/2019")
    day, month, year = found.groups()
    if not day:
        raise UnclearDateError("chưa ghi ngày; đề nghị ghi đủ ngày/tháng/năm")
    if len(year) == 2:
        raise UnclearDateError("năm cần ghi đủ bốn chữ số", _day(day, month, _CENTURY + year))
    if int(month) > 12 >= int(day):
        raise UnclearDateError(
            "ghi tháng trước ngày; đề nghị ghi ngày trước, tháng sau", _day(month, day, year)
        )
    return _day(day, month, year)


def check_day(day: date) -> date:
    """The same; UnclearDateError for a day no report can be about."""
    if not FIRST_DAY <= day <= LAST_DAY:
        raise UnclearDateError(f"năm {day.year} không hợp lý; đề nghị kiểm tra lại")
    return day


def _day(day: str, month: str, year: str) -> date:
    try:
        return check_day(date(int(year), int(month), int(day)))
    except UnclearDateError:
        raise
    except ValueError:
        raise UnclearDateError("không có ngày này trong lịch; đề nghị kiểm tra lại") from None
