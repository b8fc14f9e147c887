"""When something is due, as the plan says it. `models/deadlines.py` turns a rule and a period into moments."""

import re
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import Field, PlainValidator, StringConstraints, WithJsonSchema, model_validator

from models.plan.strict import FULL_DATE, ObligationCode, Strict, read_day

HOUR_PATTERN = r"^([01]\d|2[0-3]):[0-5]\d$"
_DAY_MONTH = re.compile(r"\d{1,2}/\d{1,2}")

Every = Literal["once", "year", "half-year", "quarter", "month", "phase", "ad-hoc"]
"""How often a duty returns. `ad-hoc` (thường xuyên, kịp thời, đột xuất) has no periods of its own: a cycle opens only
where the coordinator sets a day for one.
"""

PARTS = {"half-year": ("H1", "H2"), "quarter": ("Q1", "Q2", "Q3", "Q4")}
"""Keys of a table of days for periods inside a year; months are 01 to 12, with a `default` for the others."""

LAST_OF_EVERY_MONTH = 28

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


def _read_due_days(value: Any) -> date | str | int | dict[str, date | str | int]:
    if isinstance(value, dict):
        months = {str(key).zfill(2): day for key, day in value.items()}  # 7 and 07 are one month
        return {key: _read_due_day(day) for key, day in months.items()}
    return _read_due_day(value)


DueDay = date | str | int
"""A full date (`30/10/2013`), a day of every year (`30/11`), or a day of the month (`25`)."""

_DAY_OF_YEAR = {"type": "string", "pattern": r"^\d{1,2}/\d{1,2}$", "examples": ["30/11", "20/6"]}
_DAY_OF_MONTH = {"type": "integer", "minimum": 1, "maximum": LAST_OF_EVERY_MONTH, "examples": [25]}
_ONE_DAY = [FULL_DATE, _DAY_OF_YEAR, _DAY_OF_MONTH]
_TABLE_OF_DAYS = {
    "type": "object",
    "patternProperties": {r"^(H[12]|Q[1-4]|0?[1-9]|1[0-2]|default|year|\d{4}-\d{4})$": {"anyOf": _ONE_DAY}},
    "additionalProperties": False,
    "examples": [
        {"H1": "20/6", "H2": "20/12"},
        {"default": 25, "12": 20},
        {"year": "20/12", "2019-2020": "15/12/2020"},
    ],
}

DueDays = Annotated[
    DueDay | dict[str, DueDay],
    PlainValidator(_read_due_days),
    WithJsonSchema({"anyOf": [*_ONE_DAY, _TABLE_OF_DAYS]}),
]
"""One day, or a table: `{H1: 20/6, H2: 20/12}`, `{default: 25, "12": 20}`, `{2019-2020: 15/12/2020}`. A duty of
several rhythms has one table with the keys of all; the whole year is `year`.
"""


class After(Strict):
    """n working days after the cut-off, or after another obligation of the plan falls due. That day still counts."""

    of: Literal["cutoff"] | ObligationCode
    """cutoff, or an obligation."""
    working_days: Annotated[int, Field(ge=1, le=250)]
    """Counted from the day after."""


class Ahead(Strict):
    """Cascade: n working days before the last working day in time of an obligation above, which is fed by this one.

    The date above is entered once; this one is proposed from it, and may be fixed by hand with `before` or `by`, or by
    the coordinator before the cycle opens.
    """

    of: ObligationCode
    """The obligation above."""
    working_days: Annotated[int, Field(ge=1, le=250)]
    """What the level above needs to add up."""


class Due(Strict):
    """One due rule. Exactly one of `before` (excludes the day), `by` (includes it), `after` or `ahead` is given.

    `before`/`by` take a full date (once), a day-month (year), a day of the month (month), or a table (see DueDays).
    """

    before: DueDays | None = None
    """trước ngày X: the day before X is the last in time."""
    by: DueDays | None = None
    """chậm nhất ngày X: X is the last day in time."""
    after: After | None = None
    """Working days after the cut-off or after another obligation."""
    ahead: Ahead | None = None
    """Working days before an obligation above."""
    next_year: bool = False
    """The day lies in the calendar year after the period's end; in a table, those days that have passed when
    their half-year or quarter ends.
    """
    next_month: bool = False
    """The day lies in the month after the period's end (monthly duties)."""
    at: Annotated[str, StringConstraints(pattern=HOUR_PATTERN)] | None = None
    """Hour of the last day; 24:00 when not given."""
    opens: DueDays | None = None
    """First day of a submission window; a table where its parts differ."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        given = [name for name in ("before", "by", "after", "ahead") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError("a due rule has exactly one of: before, by, after, ahead")
        return self

    @property
    def inclusive(self) -> bool:
        """True where day X itself still counts (`chậm nhất ngày X`)."""
        return self.before is None

    @property
    def counts_from(self) -> str | None:
        """The obligation whose day this one is counted from, where there is one."""
        if self.ahead:
            return self.ahead.of
        return self.after.of if self.after and self.after.of != "cutoff" else None


def _read_first_day(value: Any) -> str:
    if not isinstance(value, str) or not _DAY_MONTH.fullmatch(value.strip()):
        raise ValueError(f"expected a day and month, e.g. 15/12 (found: {value})")
    day, _ = split_day_month(value.strip())
    if day > LAST_OF_EVERY_MONTH:
        raise ValueError(f"a reporting year begins on a day of the month from 1 to {LAST_OF_EVERY_MONTH}")
    return value.strip()


class ReportingYear(Strict):
    """A reporting year that is not the calendar year, e.g. `begins: 15/12` (15/12 of the year before to 14/12, the
    periods of Nghị định 09/2019) or `{begins: 01/9, named_after: start}` (năm học).
    """

    begins: Annotated[
        str,
        PlainValidator(_read_first_day),
        WithJsonSchema(_DAY_OF_YEAR),
    ]
    """Its first day."""
    named_after: Literal["end", "start"] = "end"
    """Which calendar year is its label: the one it ends in, or the one it starts in."""
