"""When something is due, as the plan says it. `models/deadlines.py` turns a rule and a period into moments."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, StringConstraints, WithJsonSchema, model_validator

from models.plan.strict import ObligationCode, Strict, read_day

HOUR_PATTERN = r"^([01]\d|2[0-3]):[0-5]\d$"
_DAY_MONTH = re.compile(r"\d{1,2}/\d{1,2}")

Every = Literal["once", "year", "half-year", "quarter", "month", "phase", "ad-hoc"]
"""How often a duty returns. `ad-hoc` (thường xuyên, kịp thời, đột xuất) has no periods and opens no cycle."""

PARTS = {"half-year": ("H1", "H2"), "quarter": ("Q1", "Q2", "Q3", "Q4")}
"""Keys of a `days` table for periods inside a year; months are 01 to 12."""

_LAST_OF_EVERY_MONTH = 28

LONGEST_MONTH = {1: 31, 2: 28, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def split_day_month(text: str) -> tuple[int, int]:
    """`30/11` → (30, 11). A day that does not come every year (29/02, 31/11) is a ValueError."""
    day, month = map(int, text.split("/"))
    if month not in LONGEST_MONTH or not 1 <= day <= LONGEST_MONTH[month]:
        raise ValueError(f"{text} is not a day of every year")
    return day, month


def _read_due_day(value: Any) -> date | str | int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and _DAY_MONTH.fullmatch(value.strip()):
        split_day_month(value.strip())
        return value.strip()
    return read_day(value)


DueDay = Annotated[
    date | str | int,
    PlainValidator(_read_due_day),
    WithJsonSchema(
        {"type": ["string", "integer"], "description": "30/10/2013, 30/11, or a day of the month"}
    ),
]
"""A full date (`30/10/2013`), a day of every year (`30/11`), or a day of the month (`25`)."""


def _read_due_days(value: Any) -> date | str | int | dict[str, date | str | int]:
    if isinstance(value, dict):
        months = {str(key).zfill(2): day for key, day in value.items()}  # 7 and 07 are one month
        return {key: _read_due_day(day) for key, day in months.items()}
    return _read_due_day(value)


DueDays = Annotated[
    date | str | int | dict[str, date | str | int],
    PlainValidator(_read_due_days),
    WithJsonSchema(
        {"type": ["string", "integer", "object"], "description": "a day, or a table of days by part"}
    ),
]


class After(Strict):
    """Relative: n working days after the cut-off, or after another obligation of the plan falls due."""

    of: Literal["cutoff"] | ObligationCode
    working_days: Annotated[int, Field(ge=1, le=250)]


class Due(Strict):
    """One due rule. Exactly one of `before` (excludes the day), `by` (includes it) or `after` is given.

    `before`/`by` take a full date (once, or a table by phase), a day-month (year), or a table: by half-year
    `{H1: 20/6, H2: 20/12}`, by quarter, by month (`{default: 25, "12": 20}`, days of the month).
    """

    before: DueDays | None = None
    by: DueDays | None = None
    after: After | None = None
    next_year: bool = False
    """The day lies in the calendar year after the period's end; in a table, those days that have passed when
    their half-year or quarter ends.
    """
    next_month: bool = False
    """The day lies in the month after the period's end (monthly duties)."""
    at: Annotated[str, StringConstraints(pattern=HOUR_PATTERN)] | None = None
    """Hour of the last day; 24:00 when not given."""
    opens: DueDay | None = None
    """First day of a submission window."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [name for name in ("before", "by", "after") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("a due rule has exactly one of: before, by, after")
        return self

    @property
    def inclusive(self) -> bool:
        """True where day X itself still counts (`chậm nhất ngày X`)."""
        return self.before is None


def check_due(every: Every, due: Due, phases: set[str]) -> None:
    """The day must be written in the way its rhythm needs; ValueError names the form expected."""
    day = due.before if due.before is not None else due.by
    if due.next_month and (every != "month" or due.next_year):
        raise ValueError("next_month is for monthly duties, without next_year")
    if isinstance(due.opens, int) and not 1 <= due.opens <= _LAST_OF_EVERY_MONTH:
        raise ValueError("a window opens on a day of the month from 1 to 28")
    if due.after is not None:
        return
    if isinstance(day, dict):
        _check_table(every, day, phases)
    else:
        _check_day(every, day)


def _check_table(every: Every, table: Mapping[str, object], phases: set[str]) -> None:
    wanted: set[str] = {
        "phase": phases,
        "half-year": {"H1", "H2"},
        "quarter": {"Q1", "Q2", "Q3", "Q4"},
        "month": {"default"},
    }.get(every, set())
    months = {f"{month:02d}" for month in range(1, 13)}
    extra = set(table) - wanted - (months if every == "month" else set())
    missing = wanted - set(table)
    if every == "month" and months <= set(table):
        missing = set()
    if extra or missing or not wanted:
        keys = "01 to 12, or default" if every == "month" else ", ".join(sorted(wanted)) or "(none)"
        raise ValueError(f"a table of days for {every} has the keys {keys}")
    for day in table.values():
        _check_day({"half-year": "year", "quarter": "year", "phase": "once"}.get(every, every), day)


def _check_day(every: str, day: object) -> None:
    if every == "month":
        if not isinstance(day, int) or not 1 <= day <= _LAST_OF_EVERY_MONTH:
            raise ValueError("a monthly duty is due on a day of the month from 1 to 28")
    elif every == "year":
        if not isinstance(day, str):
            raise ValueError("a yearly duty is due on a day and month, e.g. 30/11")
    elif every in {"once", "phase"}:
        if isinstance(day, str | int):
            raise ValueError(f"a duty of {every} is due on a full date, e.g. 30/10/2013")
    else:
        raise ValueError(f"a duty of {every} needs a table of days")
