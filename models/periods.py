"""Reporting periods: which ones an obligation has, and what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pendulum

from models.plan import Every, Obligation, Plan


@dataclass(frozen=True, slots=True)
class Period:
    """`label` is public: 2019, 2014-H1, 2014-Q3, 2014-03, 2019-2020. Both ends are included."""

    label: str
    start: date
    end: date
    every: Every

    @property
    def vietnamese(self) -> str:
        """As it stands in a sentence: năm 2019, 6 tháng đầu năm 2014, quý III năm 2014, giai đoạn 2019 - 2020."""
        year = self.end.year
        if self.every == "phase":
            return f"giai đoạn {self.start.year} - {year}"
        if self.every == "half-year":
            return f"6 tháng {'đầu' if self.label.endswith('1') else 'cuối'} năm {year}"
        if self.every == "quarter":
            return f"quý {('I', 'II', 'III', 'IV')[int(self.label[-1]) - 1]} năm {year}"
        if self.every == "month":
            return f"tháng {self.end.month} năm {year}"
        return f"năm {year}"


def periods_of(plan: Plan, obligation: Obligation) -> list[Period]:
    """Every period of the obligation within its years, in order of their ends; an ad-hoc duty has none."""
    found = [period for every in obligation.rhythms for period in _of_rhythm(plan, obligation, every)]
    return sorted(found, key=lambda period: (period.end, period.start))


def _of_rhythm(plan: Plan, obligation: Obligation, every: Every) -> Iterator[Period]:
    first = obligation.first_year or plan.first_year
    last = obligation.last_year or plan.last_year
    if every == "once":
        yield _year(_year_of_once(obligation, first), every)
    elif every == "phase":
        for phase in plan.phases:
            yield Period(phase.code, date(phase.first_year, 1, 1), date(phase.last_year, 12, 31), every)
    elif every != "ad-hoc":
        for year in range(first, last + 1):
            yield from _inside(year, every)


def _year_of_once(obligation: Obligation, first: int) -> int:
    due = obligation.due
    day = (due.before or due.by) if due else None
    return day.year if isinstance(day, date) else first


def _year(year: int, every: Every) -> Period:
    return Period(str(year), date(year, 1, 1), date(year, 12, 31), every)


def _inside(year: int, every: Every) -> Iterator[Period]:
    if every == "year":
        yield _year(year, every)
        return
    months = {"half-year": 6, "quarter": 3, "month": 1}[every]
    for i in range(12 // months):
        start, end = i * months + 1, (i + 1) * months
        label = {6: f"{year}-H{i + 1}", 3: f"{year}-Q{i + 1}", 1: f"{year}-{start:02d}"}[months]
        yield Period(label, date(year, start, 1), pendulum.date(year, end, 1).end_of("month"), every)
