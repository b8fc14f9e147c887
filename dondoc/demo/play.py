"""Play the season: on each day what people do, then the sweep, as a Prefect flow run."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from dondoc.demo.figures import answers_for
from dondoc.demo.fill import Answers, fill_form
from dondoc.demo.records_office import RecordsOffice
from dondoc.demo.season import Act, Extend, Load, Return, Send, SetDate, acts, in_season
from models.deadlines import ZONE, SetDue
from models.form import FormSpec
from models.ids import CycleKey
from tasks.adapters.home import Home, open_home
from tasks.adapters.ledger.documents import documents_of
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import save_units
from tasks.adapters.settings import Settings
from tasks.adapters.unit_files import read_unit_file
from tasks.adapters.workbooks import write_form
from tasks.steps import acts as deciding
from tasks.steps import dating
from tasks.steps.board import board
from tasks.steps.collecting.forms import form_for
from tasks.steps.opening import ensure_open, open_due
from tasks.steps.selecting import cycles_with_work
from tasks.steps.stops import stops

_PEOPLE_AT = time(8, 30)
_SWEEP_AT = time(16)
Sweep = Callable[[datetime], Any]


class HomeNotEmptyError(ValueError):
    """The demo starts from nothing, so that it never mixes with real work."""


def check_empty(folder: Path) -> None:
    """HomeNotEmptyError where something is there already."""
    if folder.exists() and any(folder.iterdir()):
        raise HomeNotEmptyError(f"{folder} is not empty: name another folder with --home, or remove it")


def new_home(folder: Path) -> Home:
    """An empty home with the units loaded and no plan yet; HomeNotEmptyError where something is there already."""
    check_empty(folder)
    home = open_home(Settings(home=folder, database_url="", files="", smtp_url=""), empty=True)
    with home.ledger.write() as session:
        for file in sorted((home.settings.plans / "units").glob("*.csv")):
            found = read_unit_file(file.read_text("utf-8"), file.name)
            save_units(
                session, found.units, found.links, at=_at(date(2013, 1, 2)), actor="demo", source=file.name
            )
    (home.folder / "workbooks").mkdir(exist_ok=True)
    home.inbox.mkdir(exist_ok=True)
    return home


def days_of(home: Home) -> list[date]:
    """Every day of the season on which people act or the calendar has something; known before it begins."""
    found = {act.on for act in acts()}
    with home.rehearsal(home.transport()) as rehearsed:
        for act in acts():
            if isinstance(act, Load | SetDate):
                _perform(rehearsed, act)
        if found:
            found |= {day for day in stops(rehearsed, min(found), date(2021, 12, 31)) if in_season(day)}
    return sorted(found)


def play(home: Home, sweep: Sweep) -> Iterator[date]:
    """One day after the other; yields each when it is done. A day with nothing to do is passed over: any later sweep
    finds what it left.
    """
    todo, office = acts(), RecordsOffice()
    for day in days_of(home):
        acting = [act for act in todo if act.on == day]
        office.issue_all(home, _at(day))
        for act in acting:
            _perform(home, act)
        at = datetime.combine(day, _SWEEP_AT, ZONE)
        open_due(home, at)
        if acting or cycles_with_work(home, at):
            sweep(at)
        yield day


def summary(home: Home) -> dict[str, Any]:
    """What the season left behind."""
    with home.ledger.read() as session:
        documents = [home.files.path(row.file) for row in documents_of(session)]
    rows = board(home, datetime.combine(date(2021, 1, 31), _SWEEP_AT, ZONE))
    new = home.maildir / "new"
    return {
        "home": str(home.folder.resolve()),
        "documents": documents,
        "mails": len(list(new.iterdir())) if new.is_dir() else 0,
        "submissions": sum(row["received"] for row in rows),
        "workbooks": len(list((home.folder / "workbooks").rglob("*.xlsx"))),
        "cycles": [row for row in rows if row["opened"]],
    }


def _perform(home: Home, act: Act) -> None:
    at = _at(act.on)
    if isinstance(act, Load):
        file = home.settings.plans / f"{act.cycle}.yaml"
        with home.ledger.write() as session:
            save_plan(session, file.read_text("utf-8"), file.name, at=at, actor="demo")
        return
    key = CycleKey.parse(act.cycle)
    if isinstance(act, SetDate):
        due = SetDue(act.before, inclusive=False, document=act.document)
        dating.set_due(home, key, due, as_of=at, actor="Sở Lao động - Thương binh và Xã hội")
    elif isinstance(act, Return):
        deciding.return_report(
            home, key, _unit(home, key, act.place, at), act.reason, as_of=at, actor="coordinator"
        )
    elif isinstance(act, Extend):
        unit = _unit(home, key, act.place, at)
        deciding.extend(home, key, unit, act.to, act.reason, as_of=at, actor="coordinator")
    elif isinstance(act, Send):
        _send(home, key, act, at)


def _send(home: Home, key: CycleKey, act: Send, at: datetime) -> None:
    """Each unit opens its form, types, saves it under a name of its own, and it arrives in the inbox."""
    live = ensure_open(home, key, at)
    places = range(len(live.standings)) if act.places is None else act.places
    for place in places:
        standing = live.standings[place]
        spec = form_for(home, key, standing.unit, at, live)
        answers = _spoiled(answers_for(spec, place), spec) if act.how == "wrong" else answers_for(spec, place)
        if act.how == "nil":
            answers = Answers(nil=True)
        elif act.how == "corrected":
            answers = _corrected(answers)
        name = f"{key.plan}-{key.obligation}-{key.period}-{standing.unit}-{at:%Y%m%d}.xlsx"
        kept = home.folder / "workbooks" / name
        kept.write_bytes(fill_form(write_form(spec), answers))
        shutil.copyfile(kept, home.inbox / name)


def _spoiled(answers: Answers, spec: FormSpec) -> Answers:
    """Words in the first number cell."""
    code = next(row.code for row in spec.entered_rows if row.kind in {"count", "number", "money"})
    return replace(answers, figures={**answers.figures, code: "khoảng 700 điểm"})


def _corrected(answers: Answers) -> Answers:
    code = next(code for code, value in answers.figures.items() if isinstance(value, int))
    value = answers.figures[code]
    assert isinstance(value, int)
    return replace(answers, figures={**answers.figures, code: value + 12})


def _unit(home: Home, key: CycleKey, place: int, at: datetime) -> str:
    return ensure_open(home, key, at).standings[place].unit


def _at(day: date) -> datetime:
    return datetime.combine(day, _PEOPLE_AT, ZONE)


@contextmanager
def prefect_sweep(home: Home) -> Iterator[Sweep]:
    """The real flow, recorded by a Prefect server of the demo's own."""
    from dondoc.serve.server import prefect_server

    with prefect_server(home.folder):
        from flows.sweep import sweep

        yield sweep
