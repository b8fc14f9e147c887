"""The five plans that ship, loaded on the eve of their first year, and what the oracle knows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from models.deadlines import ZONE
from models.plan import Plan
from models.plan_text import parse_plan
from models.units import UnitTree
from models.units.owing import owing
from tasks.adapters.home import Home, open_home
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.settings import Settings
from tasks.adapters.unit_files import read_unit_file
from tasks.steps.reorganising import take_over
from tests.soak.acts import Act
from tests.soak.dates import DAY, Calendar, Report, printed, read_plans, report
from tests.soak.oracle import Oracle
from tests.soak.people import script

FIRST, LAST = date(2013, 1, 1), date(2026, 12, 31)
LOADED = datetime(2012, 12, 31, 9, tzinfo=ZONE)
BY_HAND = (
    *(("lang-son-1438", "O1", str(year), date(year, 12, 31)) for year in range(2019, 2025)),
    ("lang-son-1438", "O1", "2019-2020", date(2020, 12, 31)),
    *(("hue-647", "O4", str(year), date(year, 12, 31)) for year in range(2013, 2021)),
    *(("hue-588", "O6", str(year), date(year, 12, 25)) for year in range(2019, 2024)),
)
"""Reports without a date in their plan, and the day (excluded) that the coordinator sets for them."""


@dataclass(frozen=True)
class World:
    """A home and, apart from it, what the oracle reads."""

    home: Home
    plans: dict[str, Plan]
    tree: UnitTree
    calendar: Calendar
    reports: dict[str, Report]
    by_hand: frozenset[str]

    def acts(self, seed: int, first: date) -> list[Act]:
        """What people do about the reports that open well after the first day; those set by hand have their dates only
        by it. About a form that asks nothing they do nothing.
        """
        begun = first + 30 * DAY
        told = [
            (each, self._units(each))
            for each in self.reports.values()
            if each.opens_on > begun and each.obligation.get("form")
        ]
        return script(seed, told, self.by_hand)

    def oracle(self, loaded: date) -> Oracle:
        dated = {key: loaded for key in self.reports if key not in self.by_hand}
        return Oracle(self.reports, self.plans, self.tree, self.calendar, loaded, dated)

    def _units(self, asked: Report) -> list[str]:
        plan, code, _ = asked.key.split("/")
        obligation = self.plans[plan].obligation(code)
        return [unit.code for unit in owing(self.tree, obligation.owed_by, asked.opens_on)]


def new_home(
    folder: Path, plans: Path, only: Sequence[str] = (), database_url: str = "", smtp_url: str = ""
) -> Home:
    """A home with the units and plans of this folder in it, as if loaded before the first year."""
    settings = Settings(
        _env_file=None,
        home=folder,
        plans=plans,
        database_url=database_url,
        files="",
        smtp_url=smtp_url,
        secret_key="proof",
    )
    home = open_home(settings, empty=True)
    files = [
        (file.name, read_unit_file(file.read_text("utf-8"), file.name))
        for file in sorted((plans / "units").glob("*.csv"))
    ]
    take_over(home, files, as_of=LOADED, actor="proof")
    with home.ledger.write() as session:
        for file in sorted(plans.glob("*.yaml")):
            if not only or file.stem in only:
                save_plan(session, file.read_text("utf-8"), file.name, at=LOADED, actor="proof")
    return home


def world(
    home: Home, only: Sequence[str] = (), by_hand: Sequence[tuple[str, str, str, date]] = BY_HAND
) -> World:
    folder = home.settings.plans
    calendar = Calendar(folder / "holidays")
    files = [file for file in sorted(folder.glob("*.yaml")) if not only or file.stem in only]
    plans = {plan.code: plan for plan in (parse_plan(file.read_text("utf-8"), file.name) for file in files)}
    raw = {plan["code"]: plan for plan in read_plans(folder) if plan["code"] in plans}
    reports = [each for plan in raw.values() for each in printed(plan, calendar)]
    own = [
        report(raw[plan], code, period, day, counts=False, calendar=calendar)
        for plan, code, period, day in by_hand
        if plan in raw
    ]
    with home.ledger.read() as session:
        tree = load_tree(session)
    return World(
        home,
        plans,
        tree,
        calendar,
        {each.key: each for each in [*reports, *own]},
        frozenset(each.key for each in own),
    )
