"""Reporting periods: which ones an obligation has, and what they are called."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import pendulum

from models.plan import Every, Obligation, Plan, ReportingYear
from models.plan.due import split_day_month

_DAY = timedelta(days=1)
_ADHOC = re.compile(r"(?P<year>\d{4})-L(?P<number>[1-9]\d?)")


@dataclass(frozen=True, slots=True)
class Period:
    """`label` is public: 2019, 2014-H1, 2014-Q3, 2014-03, 2019-2020, and 2015-L1 for the first request of a duty that
    has no rhythm. Both ends are included.
    """

    label: str
    start: date
    end: date
    every: Every

    @property
    def first_year(self) -> int:
        """The reporting year it belongs to, or its first one: the year targets are meant for."""
        return int(self.label[:4])

    @property
    def last_year(self) -> int:
        return int(self.label[5:]) if self.every == "phase" else self.first_year

    @property
    def vietnamese(self) -> str:
        """As it stands in a sentence: năm 2019, 6 tháng đầu năm 2014, quý III năm 2014, giai đoạn 2019 - 2020."""
        year = self.year_in_words
        if self.every == "phase":
            return f"giai đoạn {self.first_year} - {self.last_year}"
        if self.every == "half-year":
            return f"6 tháng {'đầu' if self.label.endswith('1') else 'cuối'} {year}"
        if self.every == "quarter":
            return f"quý {('I', 'II', 'III', 'IV')[int(self.label[-1]) - 1]} {year}"
        if self.every == "month":
            return f"tháng {self.end.month} năm {self.end.year}"
        if self.every == "ad-hoc":
            return f"lần {self.label.split('L')[1]} {year}"
        return year

    @property
    def year_in_words(self) -> str:
        """năm 2019; a year that lies half in the next one (năm học) is năm 2019 - 2020."""
        start = _start_of_year(self)
        if start.year == self.first_year and start.month > 1:
            return f"năm {self.first_year} - {self.first_year + 1}"
        return f"năm {self.first_year}"


def periods_of(plan: Plan, obligation: Obligation) -> list[Period]:
    """Every period of the obligation within its years, in order of their ends; an ad-hoc duty has none."""
    found = [period for every in obligation.rhythms for period in _of_rhythm(plan, obligation, every)]
    return sorted(found, key=lambda period: (period.end, period.start))


def find_period(plan: Plan, obligation: Obligation, label: str) -> Period:
    """One period by its label, of an ad-hoc duty too; LookupError says which there are."""
    for period in periods_of(plan, obligation):
        if period.label == label:
            return period
    first, last = years_of(plan, obligation)
    if "ad-hoc" in obligation.rhythms:
        match = _ADHOC.fullmatch(label)
        if match and first <= int(match["year"]) <= last:
            return Period(label, *_bounds(int(match["year"]), obligation.year_of(plan)), "ad-hoc")
        raise LookupError(
            f"{plan.code}/{obligation.code} has no period {label}: expected {first}-L1 (lần 1) to {last}-L99"
        )
    labels = ", ".join(period.label for period in periods_of(plan, obligation))
    raise LookupError(f"{plan.code}/{obligation.code} has no period {label}; it has {labels}")


def years_of(plan: Plan, obligation: Obligation) -> tuple[int, int]:
    """First and last reporting year of the obligation."""
    return obligation.first_year or plan.first_year, obligation.last_year or plan.last_year


def _of_rhythm(plan: Plan, obligation: Obligation, every: Every) -> Iterator[Period]:
    first, last = years_of(plan, obligation)
    reporting_year = obligation.year_of(plan)
    if every == "once":
        year = _year_of_once(obligation, first)
        yield Period(str(year), date(year, 1, 1), date(year, 12, 31), every)
    elif every == "phase":
        for phase in plan.phases:
            start, _ = _bounds(phase.first_year, reporting_year)
            _, end = _bounds(phase.last_year, reporting_year)
            yield Period(phase.code, start, end, every)
    elif every != "ad-hoc":
        for year in range(first, last + 1):
            yield from _inside(year, every, reporting_year)


def _year_of_once(obligation: Obligation, first: int) -> int:
    due = obligation.due
    day = (due.before or due.by) if due else None
    return day.year if isinstance(day, date) else first


def _bounds(year: int, reporting_year: ReportingYear | None) -> tuple[date, date]:
    """First and last day of the reporting year with this label."""
    if reporting_year is None:
        return date(year, 1, 1), date(year, 12, 31)
    day, month = split_day_month(reporting_year.begins)
    starts_before = reporting_year.named_after == "end" and (day, month) != (1, 1)
    start = date(year - starts_before, month, day)
    return start, date(start.year + 1, month, day) - _DAY


def _start_of_year(period: Period) -> date:
    """Where the reporting year of a part of it began."""
    months = {"half-year": 6, "quarter": 3}.get(period.every)
    return _plus_months(period.start, -months * (int(period.label[-1]) - 1)) if months else period.start


def _inside(year: int, every: Every, reporting_year: ReportingYear | None) -> Iterator[Period]:
    """The year, or its parts: each so many months from the first day of the year on. A month is called after the
    calendar month it ends in.
    """
    first, last = _bounds(year, reporting_year)
    if every == "year":
        yield Period(str(year), first, last, every)
        return
    months = {"half-year": 6, "quarter": 3, "month": 1}[every]
    for i in range(12 // months):
        start = _plus_months(first, i * months)
        end = _plus_months(first, (i + 1) * months) - _DAY
        label = {6: f"{year}-H{i + 1}", 3: f"{year}-Q{i + 1}", 1: f"{end:%Y-%m}"}[months]
        yield Period(label, start, end, every)


def _plus_months(day: date, months: int) -> date:
    moved = pendulum.date(day.year, day.month, day.day).add(months=months)
    return date(moved.year, moved.month, moved.day)
