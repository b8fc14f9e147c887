"""Holiday files (`plans/holidays/<year>.yaml`) to the calendar of working days."""

import datetime as dt
import os
from functools import lru_cache
from pathlib import Path
from typing import Self

import yaml
from pydantic import model_validator

from models.plan.strict import Strict, Text
from models.working_days import WorkingDays

SATURDAY = 5


class _Holiday(Strict):
    date: dt.date
    name: Text
    compensates: dt.date | None = None


class _WorkingSaturday(Strict):
    date: dt.date
    instead_of: dt.date
    decided_by: Text


class HolidayYear(Strict):
    """One year's file; `status: expected` (dự kiến) until a yearly decision is loaded."""

    year: int
    status: Text
    decided_by: Text
    holidays: list[_Holiday]
    working_saturdays: list[_WorkingSaturday] = []

    @model_validator(mode="after")
    def _days_agree(self) -> Self:
        off = {day.date for day in self.holidays}
        for day in sorted(off | {swap.date for swap in self.working_saturdays}):
            if day.year != self.year:
                raise ValueError(f"{day} is not in {self.year}")
        for swap in self.working_saturdays:
            if swap.date.weekday() != SATURDAY or swap.date in off:
                raise ValueError(f"{swap.date} is not a Saturday that can be worked")
            if swap.instead_of not in off:
                raise ValueError(
                    f"{swap.instead_of} is worked off on {swap.date} but is not among the holidays"
                )
        return self


def read_working_days(folder: Path) -> WorkingDays:
    """Every year's file in the folder; ValueError names the file that is wrong."""
    with os.scandir(folder) as entries:
        files = [(e.path, e.stat().st_mtime_ns) for e in entries if e.name.endswith(".yaml")]
    return _read(tuple(sorted(files)))


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, int], ...]) -> WorkingDays:
    holidays: dict[dt.date, str] = {}
    saturdays: set[dt.date] = set()
    years = set()
    for file, _changed in files:
        try:
            year = HolidayYear.model_validate(yaml.safe_load(Path(file).read_text("utf-8")))
        except (yaml.YAMLError, ValueError) as error:
            raise ValueError(f"{file}: {error}") from None
        holidays |= {day.date: day.name for day in year.holidays}
        saturdays |= {day.date for day in year.working_saturdays}
        years.add(year.year)
    return WorkingDays(holidays, frozenset(saturdays), frozenset(years))
