"""The days of a plan's reports, worked out once more from the plan file and the words of the handbook (§2), without the
program's own calendar: what the oracle counts with.
"""

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import yaml

from models.deadlines import ZONE

DAY = timedelta(days=1)
USUAL_LADDER = [
    {"step": "T-14"},
    {"step": "T-7"},
    {"step": "T-3"},
    {"step": "T+1", "letter": 1},
    {"step": "T+5", "letter": 2},
]
"""Handbook §6, where a plan says nothing else."""
RETURNED_LADDER = [{"step": "T-2"}, {"step": "T+1"}, {"step": "T+3"}, {"step": "T+5"}]
"""Of a report that was returned, around the day its correction is awaited."""

USUAL_SIGNING = {"bao-cao": ["T+2", "T+5", "T+10"], "cong-van": ["T+1", "T+3"]}
"""About a draft that waits for its number."""


class Calendar:
    """Working days as the holiday files have them."""

    def __init__(self, folder: Path) -> None:
        years = [yaml.safe_load(file.read_text("utf-8")) for file in folder.glob("*.yaml")]
        self.off = {day["date"] for year in years for day in year["holidays"]}
        self.worked = {day["date"] for year in years for day in year.get("working_saturdays", ())}

    def works(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < 5 and day not in self.off)

    def not_after(self, day: date) -> date:
        while not self.works(day):
            day -= DAY
        return day

    def count(self, day: date, number: int) -> date:
        """So many working days later, or earlier."""
        way = DAY if number > 0 else -DAY
        while number:
            day += way
            number -= (1 if number > 0 else -1) if self.works(day) else 0
        return day


@dataclass(frozen=True, slots=True)
class Rung:
    name: str
    on: date
    letter: int
    copies: tuple[str, ...] = ()
    """Offices the step copies in."""

    @property
    def is_before(self) -> bool:
        return self.name[1] == "-"


@dataclass(frozen=True, slots=True)
class Report:
    """One report of one period, with all its days."""

    key: str
    obligation: dict[str, Any]
    plan: dict[str, Any]
    day_x: date
    due_at: datetime
    opens_on: date
    closes_on: date
    rungs: tuple[Rung, ...]

    @property
    def writes(self) -> bool:
        """Is an official report made of it?"""
        told = self.obligation.get("report") or self.plan.get("report")
        return bool(told) and self.obligation["kind"] in {"plan", "result", "inform", "register"}

    @property
    def feeders(self) -> list[str]:
        """The reports of the same period whose figures go into it."""
        plan, code, period = self.key.split("/")
        return [
            f"{plan}/{other['code']}/{period}"
            for other in self.plan["obligations"]
            if other.get("feeds") == code
        ]


def rungs(
    obligation: dict[str, Any], day_x: date, last_day: date, calendar: Calendar, *, returned: bool = False
) -> tuple[Rung, ...]:
    """T-n before the last working day in time, T+n after day X; in the order of their days."""
    found = []
    usual = obligation.get("reminders") or USUAL_LADDER
    for step in (obligation.get("returned") or RETURNED_LADDER) if returned else usual:
        number = int(step["step"][1:])
        start = day_x if number > 0 else calendar.not_after(last_day)
        found.append((calendar.count(start, number), number, Rung(step["step"], date.min, 0), step))
    return tuple(
        Rung(rung.name, on, step.get("letter", 0), tuple(step.get("copy_to", ())))
        for on, _, rung, step in sorted(found, key=lambda f: f[:2])
    )


def signing(plan: dict[str, Any], kind: str, written: date, calendar: Calendar) -> list[tuple[str, date]]:
    """The steps at which the lead unit is asked about a draft: working days after it was written."""
    own = plan.get("signing", {}).get({"bao-cao": "report", "cong-van": "letter"}[kind], USUAL_SIGNING[kind])
    return [(name, calendar.count(written, int(name[2:]))) for name in own]


def report(
    plan: dict[str, Any], code: str, period: str, day_x: date, *, counts: bool, calendar: Calendar
) -> Report:
    """`counts`: day X is itself the last day (`chậm nhất ngày X`), else the day before it is (`trước ngày X`)."""
    obligation = next(o for o in plan["obligations"] if o["code"] == code)
    last_day = day_x if counts else day_x - DAY
    return Report(
        key=f"{plan['code']}/{code}/{period}",
        obligation=obligation,
        plan=plan,
        day_x=day_x,
        due_at=datetime.combine(last_day, time(23, 59, 59), ZONE),
        opens_on=day_x - obligation.get("opens_days_before", 45) * DAY,
        closes_on=calendar.count(day_x, obligation.get("closes_working_days_after", 10)),
        rungs=rungs(obligation, day_x, last_day, calendar),
    )


def printed(plan: dict[str, Any], calendar: Calendar) -> list[Report]:
    """The reports whose day the plan prints: once, or every year."""
    found = []
    for obligation in plan["obligations"]:
        due = obligation.get("due")
        if not due:
            continue
        assert set(due) == {"before"}, f"{plan['code']}: the proof knows only `before`"
        parts = [int(part) for part in str(due["before"]).split("/")]
        if obligation["every"] == "once":
            days = {str(parts[2]): date(parts[2], parts[1], parts[0])}
        else:
            assert obligation["every"] == "year"
            first = obligation.get("first_year", plan["first_year"])
            last = obligation.get("last_year", plan["last_year"])
            days = {str(year): date(year, parts[1], parts[0]) for year in range(first, last + 1)}
        found += [
            report(plan, obligation["code"], period, day, counts=False, calendar=calendar)
            for period, day in days.items()
        ]
    return found


def read_plans(folder: Path) -> list[dict[str, Any]]:
    return [yaml.safe_load(file.read_text("utf-8")) for file in sorted(folder.glob("*.yaml"))]


def unit_rows(folder: Path) -> list[dict[str, str]]:
    return [
        row for file in sorted(folder.glob("*.csv")) for row in csv.DictReader(file.open(encoding="utf-8"))
    ]
