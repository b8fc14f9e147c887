"""Is a day written in the way its rhythm needs? Asked when a plan is read; ValueError names the form expected."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from models.plan.due import LAST_OF_EVERY_MONTH, PARTS, Due, DueDay, Every

_MONTHS = {f"{month:02d}" for month in range(1, 13)}


def check_due(rhythms: Sequence[Every], due: Due, phases: Collection[str]) -> None:
    """The whole rule, its window included."""
    if due.next_month and (set(rhythms) != {"month"} or due.next_year):
        raise ValueError("next_month is for monthly duties, without next_year")
    if due.opens is not None:
        _check_opens(rhythms, due.opens, phases)
    day = due.before if due.before is not None else due.by
    if day is not None:
        check_days(rhythms, day, phases)


def check_days(
    rhythms: Sequence[Every], days: DueDay | Mapping[str, DueDay], phases: Collection[str]
) -> None:
    """One day for a duty of one rhythm, else a table with a day for every part."""
    if not isinstance(days, Mapping):
        if len(rhythms) > 1:
            raise ValueError(
                f"a duty of {' and '.join(rhythms)} needs a table of days with the keys {_keys(rhythms, phases)}"
            )
        _check_day(rhythms[0], days)
        return
    wanted = {key: every for every in rhythms for key in _wanted(every, phases, alone=len(rhythms) == 1)}
    allowed = wanted.keys() | (_MONTHS if "month" in rhythms else set())
    missing = wanted.keys() - days.keys() - ({"default"} if days.keys() >= _MONTHS else set())
    if missing or not wanted or not days.keys() <= allowed:
        surplus = ", ".join(sorted(days.keys() - allowed))
        raise ValueError(
            f"a table of days for {' and '.join(rhythms)} has the keys {_keys(rhythms, phases)}"
            + (f", not {surplus}" if surplus else "")
        )
    for key, day in days.items():
        _check_day(_DAY_OF_PART.get(wanted.get(key, "month"), wanted.get(key, "month")), day)


def check_cutoff(
    rhythms: Sequence[Every], cutoff: DueDay | Mapping[str, DueDay], phases: Collection[str]
) -> None:
    """A cut-off is a day of the last year or month of the period, a full date, or a table like that of the due rule."""
    if isinstance(cutoff, Mapping):
        check_days(rhythms, cutoff, phases)
    elif isinstance(cutoff, int):
        if not 1 <= cutoff <= LAST_OF_EVERY_MONTH:
            raise ValueError("a cut-off is a day of the month from 1 to 28")
    elif isinstance(cutoff, str):
        if not set(rhythms) <= {"year", "phase", "once"}:
            raise ValueError(
                f"a duty of {' and '.join(rhythms)} has its cut-off on a day of the month, or in a table"
            )
    elif set(rhythms) != {"once"}:
        raise ValueError(
            "a cut-off on a full date is for a duty of once; else give a day and month, e.g. 14/12"
        )


_DAY_OF_PART = {"half-year": "year", "quarter": "year", "phase": "once"}


def _wanted(every: Every, phases: Collection[str], *, alone: bool) -> Collection[str]:
    if every in PARTS:
        return PARTS[every]
    # Alone, a day of the year needs no table.
    return {"phase": phases, "month": {"default"}, "year": set() if alone else {"year"}}.get(every, set())


def _keys(rhythms: Sequence[Every], phases: Collection[str]) -> str:
    alone = len(rhythms) == 1
    named = [
        key for every in rhythms if every != "month" for key in sorted(_wanted(every, phases, alone=alone))
    ]
    return ", ".join([*named, *(["01 to 12, or default"] if "month" in rhythms else [])]) or "(none)"


def _check_day(every: str, day: object) -> None:
    if every == "month":
        if not isinstance(day, int) or not 1 <= day <= LAST_OF_EVERY_MONTH:
            raise ValueError("a monthly duty is due on a day of the month from 1 to 28")
    elif every == "year":
        if not isinstance(day, str):
            raise ValueError("a yearly duty is due on a day and month, e.g. 30/11")
    elif every in {"once", "phase"}:
        if not isinstance(day, date):
            raise ValueError(f"a duty of {every} is due on a full date, e.g. 30/10/2013")
    else:
        raise ValueError(f"a duty of {every} needs a table of days")


def _check_opens(
    rhythms: Sequence[Every], opens: DueDay | Mapping[str, DueDay], phases: Collection[str]
) -> None:
    if isinstance(opens, Mapping):
        check_days(rhythms, opens, phases)
    elif isinstance(opens, int) and not 1 <= opens <= LAST_OF_EVERY_MONTH:
        raise ValueError("a window opens on a day of the month from 1 to 28")
    elif isinstance(opens, date) and set(rhythms) != {"once"}:
        raise ValueError("a window that opens once, on a full date, is for a duty of once; else give a table")
