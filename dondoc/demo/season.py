"""The script of the season: which plan is loaded when, who sends what on which day, what the coordinator does.

Written so that everything a season holds occurs: on time, late, missing, nil, refused, returned and corrected,
extended, a duty without a date, a unit without an address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

How = Literal["filled", "nil", "wrong", "corrected"]


@dataclass(frozen=True, slots=True)
class Act:
    """Something people do on a day, before that day's sweep."""

    on: date
    cycle: str


@dataclass(frozen=True, slots=True)
class Load(Act):
    """A plan is loaded; `cycle` is its code."""


@dataclass(frozen=True, slots=True)
class Send(Act):
    """Units drop their filled forms into the inbox: those at these places in the list of who owes, or all."""

    places: tuple[int, ...] | None = None
    how: How = "filled"


@dataclass(frozen=True, slots=True)
class Return(Act):
    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class Extend(Act):
    place: int
    to: date
    reason: str


@dataclass(frozen=True, slots=True)
class SetDate(Act):
    """The coordinator sets the day (excluded) of a duty without a date."""

    before: date
    document: str


def _nam_dong() -> list[Act]:
    o1, o2, o3, o4 = (f"nam-dong-2014/O{n}/2014" for n in (1, 2, 3, 4))
    return [
        Load(date(2014, 3, 19), "nam-dong-2014"),
        Send(date(2014, 4, 3), o1, tuple(range(9))),
        Send(date(2014, 4, 3), o2),
        Send(date(2014, 4, 17), o1, (9,)),  # late; the last one never comes
        Send(date(2014, 10, 14), o3, (0, 1, 2, 3, 4, 5)),
        Send(date(2014, 10, 14), o3, (6,), "wrong"),  # refused: words in a number cell
        Send(date(2014, 10, 15), o3, (6,)),
        Return(date(2014, 10, 15), o3, 2, "Điểm tự chấm chưa khớp với biên bản họp đánh giá kèm theo"),
        Send(date(2014, 10, 17), o3, (7, 8)),
        Send(date(2014, 10, 17), o3, (2,), "corrected"),
        Send(date(2014, 10, 22), o3, (9, 10)),  # late
        Send(date(2014, 10, 28), o4),
    ]


def _hue() -> list[Act]:
    plan, result, children = "hue-588/O1/2019", "hue-588/O2/2019", "hue-647/O2/2019"
    return [
        Load(date(2019, 7, 4), "hue-588"),
        Send(date(2019, 7, 22), plan, (0, 1, 3)),
        Send(date(2019, 7, 26), plan, (4,)),  # late
        Load(date(2019, 11, 11), "hue-647"),
        Send(date(2019, 11, 22), result, (0, 1, 2, 5, 6)),
        Send(date(2019, 11, 22), result, (7, 8), "nil"),
        Extend(date(2019, 11, 22), result, 3, date(2019, 12, 5), "Địa bàn chia cắt do mưa lũ"),
        Send(date(2019, 11, 29), result, (9, 10)),
        Send(date(2019, 12, 4), result, (3, 4)),  # within the extension, and late
        Send(date(2019, 12, 18), children, (0, 1, 2, 3)),
        Send(date(2019, 12, 18), children, (4, 5, 6)),
        Send(date(2019, 12, 27), children, (7,)),  # late; the last one never comes
    ]


def _year_2020() -> list[Act]:
    hong_ngu = "hong-ngu-2020/O1/2020"
    year, phase = "lang-son-1438/O1/2020", "lang-son-1438/O1/2019-2020"
    document = "Công văn số 01/SLĐTBXH-TE ngày 30/11/2020 của Sở Lao động - Thương binh và Xã hội"
    return [
        Load(date(2020, 10, 22), "hong-ngu-2020"),
        Send(date(2020, 11, 6), hong_ngu, (0, 1, 2, 3, 4, 5, 6)),
        Send(date(2020, 11, 9), hong_ngu, (7, 8, 10, 11)),
        Send(date(2020, 11, 9), hong_ngu, (12, 13), "nil"),
        Send(date(2020, 11, 19), hong_ngu, (9,)),  # late
        Send(date(2020, 11, 24), "hue-588/O2/2020"),
        Load(date(2020, 11, 30), "lang-son-1438"),
        SetDate(date(2020, 11, 30), year, date(2020, 12, 31), document),
        SetDate(date(2020, 11, 30), phase, date(2020, 12, 31), document),
        Send(date(2020, 12, 15), "hue-647/O2/2020"),
        Send(date(2020, 12, 25), year, tuple(range(9))),
        Send(date(2020, 12, 25), phase, tuple(range(11))),
        Send(date(2020, 12, 29), year, (11, 12, 13), "nil"),
        Send(date(2020, 12, 29), phase, (11, 12, 13, 14), "nil"),
        Send(date(2021, 1, 4), year, (9, 10)),  # late
    ]


SEASONS: tuple[tuple[date, date, Callable[[], list[Act]]], ...] = (
    (date(2014, 3, 19), date(2014, 11, 14), _nam_dong),
    (date(2019, 7, 4), date(2020, 1, 8), _hue),
    (date(2020, 10, 22), date(2021, 1, 18), _year_2020),
)
"""First and last day of each season, and what happens in it."""

MACHINE_OFF = frozenset(
    {
        *(date(2014, 3, 28), date(2014, 10, 8), date(2014, 10, 9), date(2014, 10, 20), date(2014, 10, 24)),
        *(date(2019, 7, 15), date(2019, 7, 19), date(2019, 11, 20), date(2019, 11, 26)),
        *(date(2019, 12, 10), date(2019, 12, 16)),
        *(date(2020, 11, 2), date(2020, 11, 5), date(2020, 11, 18), date(2020, 11, 27)),
        *(date(2020, 12, 9), date(2020, 12, 21)),
    }
)
"""Reminder days on which nobody swept: the next sweep sends the latest step and records this one as overtaken."""


def acts() -> list[Act]:
    return sorted((act for _, _, season in SEASONS for act in season()), key=lambda act: act.on)


def in_season(day: date) -> bool:
    """A day on which the office works with the machine on."""
    return day not in MACHINE_OFF and any(
        first <= day <= last + timedelta(days=1) for first, last, _ in SEASONS
    )
