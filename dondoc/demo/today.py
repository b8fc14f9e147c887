"""A home whose one duty is under way today: invented units, ten working days to report, the first reminder sent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dondoc.demo.play import check_empty
from models.deadlines import ZONE
from models.ids import CycleKey
from models.working_days import WorkingDays
from tasks.adapters.clock import START_OF_WORK
from tasks.adapters.home import Home, in_use, open_home
from tasks.adapters.ledger.cycles import load_cycle
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import load_tree, save_units
from tasks.adapters.settings import Settings
from tasks.adapters.unit_files import read_unit_file
from tasks.steps.collecting.page_links import last_day_of, link_of

BASE_URL = "http://127.0.0.1:8080"
"""Where `dondoc serve` shows the page unless told otherwise."""
UNIT = "xa-mau-an"
_PLAN, _ACTOR = "dung-thu", "demo"
_AHEAD = 10
"""Working days from the first reminder to the last day in time."""


@dataclass(frozen=True, slots=True)
class Dates:
    """`begins`: the plan is loaded, its cycle opens, the first reminder goes. `last_day`: the last one in time."""

    begins: datetime
    last_day: date
    cutoff: date
    """Last day of the month before."""


def dates_of(now: datetime, days: WorkingDays) -> Dates:
    """What holds at this moment. It all begins when the last working day began: at night and on a day of rest no mail
    would go, and there would be nothing to look at.
    """
    day = now.date() if now.time() >= START_OF_WORK else now.date() - timedelta(days=1)
    first = days.on_or_before(day)
    begins = datetime.combine(first, START_OF_WORK, ZONE)
    return Dates(begins, days.add(first, _AHEAD), first.replace(day=1) - timedelta(days=1))


def make(folder: Path, now: datetime) -> Home:
    """The home, swept for the moment the duty began and for this one; HomeNotEmptyError where something is there."""
    check_empty(folder)
    # Whatever the environment says, nothing leaves this home; mail goes at the hours the dates are chosen for.
    settings = Settings(
        home=folder,
        base_url=BASE_URL,
        mail_hours="07:00-18:00",
        database_url="",
        files="",
        smtp_url="",
        imap_url="",
        sms_to="",
    )
    home = open_home(settings, empty=True)
    dates = dates_of(now, home.days)
    _load(home, dates)
    from flows.sweep import sweep_plainly

    with in_use(home):
        for at in (dates.begins, now):
            sweep_plainly(at)
    return home


def summary(home: Home, now: datetime) -> dict[str, Any]:
    """What a person needs to try it."""
    last_day = dates_of(now, home.days).last_day
    key = CycleKey(_PLAN, "O1", str(last_day.year))
    with home.ledger.read() as session:
        live = load_cycle(session, load_tree(session), home.days, key)
        link = link_of(home, session, key, UNIT)
    assert live
    folder = home.folder.resolve()
    return {
        "home": str(folder),
        "documents": [],
        "submissions": 0,
        "mails": len(list((home.maildir / "new").iterdir())),
        "maildir": str(folder / "mail"),
        "plan_file": str(_files_of(home)[0].resolve()),
        "cycle": str(key),
        "unit": UNIT,
        "last_day": last_day.isoformat(),
        "link": link,
        "until": last_day_of(live, UNIT).isoformat(),
        "environment": {"DONDOC_HOME": str(folder), "DONDOC_BASE_URL": BASE_URL},
    }


def _load(home: Home, dates: Dates) -> None:
    """Write the plan and its units beside the ledger, as files to read and change, and load them."""
    words = {
        "opens": f"{dates.begins:%d/%m/%Y}",
        "last_day": f"{dates.last_day:%d/%m/%Y}",
        "cutoff": f"{dates.cutoff:%d/%m/%Y}",
        "first_year": dates.begins.year,
        "last_year": dates.last_day.year,
        "ahead": _AHEAD,
    }
    templates = Environment(  # noqa: S701 - YAML and CSV, not HTML; dates and numbers are all that is put in
        loader=FileSystemLoader(home.settings.templates / "plan" / "today"),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
    )
    plan, units = _files_of(home)
    units.parent.mkdir(parents=True)
    for file, name in ((plan, "plan.yaml"), (units, "units.csv")):
        file.write_text(templates.get_template(name).render(words), "utf-8")
    found = read_unit_file(units.read_text("utf-8"), units.name)
    with home.ledger.write() as session:
        save_units(session, found.units, found.links, at=dates.begins, actor=_ACTOR, source=units.name)
        save_plan(session, plan.read_text("utf-8"), plan.name, at=dates.begins, actor=_ACTOR)


def _files_of(home: Home) -> tuple[Path, Path]:
    folder = home.folder / "plans"
    return folder / f"{_PLAN}.yaml", folder / "units" / "mau.csv"
