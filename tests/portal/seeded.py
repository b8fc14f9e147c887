"""A home with one season's end in it, made through the real steps: what every state of the board needs."""

from datetime import date, datetime
from pathlib import Path

from dondoc.demo.figures import answers_for
from dondoc.demo.fill import Answers, fill_form
from models.deadlines import ZONE
from models.ids import CycleKey
from tasks.adapters.home import Home, open_home
from tasks.adapters.settings import Settings
from tasks.adapters.workbooks import write_form
from tasks.steps import acts
from tasks.steps.closing import close_due
from tasks.steps.collecting.forms import Expected, form_for
from tasks.steps.collecting.intake import Arrival, take_in
from tasks.steps.documents.writing import write_due
from tasks.steps.opening import ensure_open, note_swept

YEARLY = CycleKey("hue-588", "O2", "2019")
COMMUNES = CycleKey("hong-ngu-2020", "O1", "2020")
EVIL = '<script>alert("x")</script>'


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def settings_of(folder: Path) -> Settings:
    return Settings(_env_file=None, home=folder)


def seed(folder: Path) -> Home:
    """hue-588/O2/2019 with on time, nil, late, extended, exempt, returned and missing units; one cycle with a unit
    that has no address; swept until 10/12/2019 17:00.
    """
    home = open_home(settings_of(folder))
    live = ensure_open(home, YEARLY, at("2019-10-16T08:00"))
    units = [standing.unit for standing in live.standings]
    _send(home, units[0], at("2019-11-21T16:00"))
    _send(home, units[1], at("2019-12-03T09:15"))
    _send(home, units[5], at("2019-11-22T10:00"), nil=True)
    _send(home, units[6], at("2019-11-25T10:00"), nil=True)
    acts.return_report(
        home,
        YEARLY,
        units[6],
        f"Thiếu số liệu {EVIL}",
        as_of=at("2019-11-26T09:00"),
        actor="test",
        about={"H588.05": f"Vì sao không có? {EVIL}"},
    )
    acts.extend(
        home, YEARLY, units[3], date(2019, 12, 5), "Mưa lũ", as_of=at("2019-11-27T09:00"), actor="test"
    )
    acts.exempt(home, YEARLY, units[7], "Không có xã thuộc diện", as_of=at("2019-11-27T09:30"), actor="test")
    write_due(home, YEARLY, at("2019-12-02T17:00"))
    ensure_open(home, COMMUNES, at("2019-12-09T08:00"), early=True)
    note_swept(home, at("2019-12-10T17:00"))
    return home


def close_and_report(home: Home) -> None:
    """The closing day passes: the Báo cáo is written."""
    assert close_due(home, YEARLY, at("2019-12-20T17:00"))
    write_due(home, YEARLY, at("2019-12-20T17:00"))


def _send(home: Home, unit: str, moment: datetime, *, nil: bool = False) -> None:
    spec = form_for(home, YEARLY, unit, moment)
    answers = Answers(nil=True) if nil else answers_for(spec, 1)
    data = fill_form(write_form(spec), answers)
    outcome = take_in(home, Arrival(data, f"{unit}.xlsx"), moment, Expected(YEARLY, unit))
    assert outcome.accepted, outcome.findings
