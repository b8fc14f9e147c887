"""What people do between the sweeps, by a script drawn from a seed: they send on time, late, early and not at all,
nothing to report, a wrong file, a correction; and the coordinator returns, extends, exempts and sets dates.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Literal

from dondoc.demo.figures import answers_for
from dondoc.demo.fill import Answers, fill_form
from models.deadlines import ZONE, SetDue
from models.form import FormSpec
from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import load_cycle
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.workbooks import write_form
from tasks.steps import acts
from tasks.steps.intake import Arrival, Expected, form_for, take_in
from tests.soak.dates import DAY, Report

What = Literal["send", "nil", "drop", "junk", "return", "extend", "exempt", "date"]
Typist = Callable[[FormSpec, int], Answers]
"""What the unit at this place in the list types."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing somebody does, between two mornings. `until` is the day it grants, asks for or sets."""

    at: datetime
    what: What
    cycle: str
    unit: str = ""
    place: int = 0
    number: int = 1
    """Which text of its own the unit sends: another number is another content."""
    until: date | None = None


def junk(act: Act) -> bytes:
    """A file that is no workbook; its hash stands in the name of the mail that refuses it."""
    return f"{act.cycle} {act.unit} {act.number}".encode()


def shipped_typist(spec: FormSpec, place: int) -> Answers:
    return answers_for(spec, place)


def script(seed: int, reports: list[tuple[Report, list[str]]], set_by_hand: frozenset[str]) -> list[Act]:
    """All acts about these reports and the units that owe them, in order of time. Reports `set_by_hand` have their
    date set by an act first.
    """
    found: list[Act] = []
    for report, units in reports:
        draw = random.Random(f"{seed} {report.key}")
        start = report.opens_on
        if report.key in set_by_hand:
            on = report.day_x - draw.choice((55, 62, 70, 30)) * DAY  # the last: after it would have opened
            start = max(start, on + DAY)
            found.append(Act(_moment(draw, on), "date", report.key, until=report.day_x))
        for place, unit in enumerate(units):
            found += _life(draw, report, unit, place, start)
    return sorted(found, key=lambda act: (act.at, act.cycle, act.unit))


def _life(draw: random.Random, report: Report, unit: str, place: int, start: date) -> Iterator[Act]:
    """All that one unit and its coordinator do about one report, from its opening on (`early`: before)."""

    def act(what: What, on: date, number: int = 1, until: date | None = None) -> Act:
        return Act(_moment(draw, on), what, report.key, unit, place, number, until)

    first = max(start, report.day_x - 28 * DAY) if draw.random() < 0.3 else start
    span = (report.closes_on - first).days
    sent = first + draw.randint(1, span + 15) * DAY
    gap = lambda most: draw.randint(1, most) * DAY  # noqa: E731 - a word for it, used six times below
    nil = "nil" if report.obligation.get("form", {}).get("nil") else "send"
    match draw.choices(_LIVES, _OFTEN)[0]:
        case "send":
            yield act("send", sent)
        case "nil":
            yield act(nil, sent)  # type: ignore[arg-type]
        case "drop":
            yield act("drop", sent)
        case "early":
            yield act("send", start - gap(6) if start == report.opens_on else sent)
        case "correct":
            yield act("send", sent)
            yield act("send", sent + gap(9), 2)
        case "junk":
            yield act("junk", sent)
            yield act("send", sent + gap(5))
        case "return":
            back = sent + gap(12)
            until = back + draw.randint(2, 25) * DAY
            yield act("send", sent)
            yield act("return", back, until=until)
            if draw.random() < 0.7:
                yield act("send", back + gap(30), 2)
        case "extend":
            on = start + draw.randint(1, (report.day_x - start).days - 1) * DAY
            to = report.day_x + gap(45)
            yield act("extend", on, until=to)
            if draw.random() < 0.3:
                yield act("extend", min(on + gap(20), to), until=to + gap(20))
            if draw.random() < 0.6:
                yield act("send", on + gap(60))
        case "exempt":
            if draw.random() < 0.4:
                yield act("send", sent)
            yield act("exempt", sent + gap(8))


_LIVES = ("silent", "send", "nil", "drop", "early", "correct", "junk", "return", "extend", "exempt")
_OFTEN = (20, 25, 6, 8, 2, 8, 5, 13, 12, 4)


def _moment(draw: random.Random, on: date) -> datetime:
    """Between two mornings, to the second, so that no two acts of one report meet."""
    start = datetime.combine(on, time(9), ZONE)
    return start + timedelta(seconds=draw.randint(0, 13 * 3600))


def perform(home: Home, act: Act, typist: Typist) -> None:
    """Do it, by the program's own way in. AssertionError where a form that should be accepted is refused."""
    key = CycleKey.parse(act.cycle)
    match act.what:
        case "send" | "nil":
            file = Arrival(_form(home, key, act, typist), f"{act.unit}.xlsx")
            outcome = take_in(home, file, act.at, Expected(key, act.unit))
            assert outcome.accepted, (act, outcome.findings)
        case "drop":
            home.inbox.mkdir(exist_ok=True)
            name = f"{act.cycle.replace('/', '-')}-{act.unit}.xlsx"
            (home.inbox / name).write_bytes(_form(home, key, act, typist))
        case "junk":
            take_in(home, Arrival(junk(act), "anh.jpg"), act.at, Expected(key, act.unit))
        case _:
            _decide(home, key, act)


def _decide(home: Home, key: CycleKey, act: Act) -> None:
    who, why = "cán bộ", "lý do mẫu"
    if act.what == "exempt":
        acts.exempt(home, key, act.unit, why, as_of=act.at, actor=who)
        return
    assert act.until
    if act.what == "return":
        acts.return_report(home, key, act.unit, why, as_of=act.at, actor=who, until=act.until)
    elif act.what == "extend":
        acts.extend(home, key, act.unit, act.until, why, as_of=act.at, actor=who)
    else:
        acts.set_due(
            home, key, SetDue(act.until, inclusive=False, document="Công văn mẫu"), as_of=act.at, actor=who
        )


def _form(home: Home, key: CycleKey, act: Act, typist: Typist) -> bytes:
    with home.ledger.read() as session:
        live = load_cycle(session, load_tree(session), home.days, key)
    spec = form_for(home, key, act.unit, act.at, live)
    if act.what == "nil":
        return fill_form(write_form(spec), Answers(nil=True))
    return fill_form(write_form(spec), _told_apart(spec, typist(spec, act.place), act.number))


def _told_apart(spec: FormSpec, answers: Answers, number: int) -> Answers:
    """Another number, another content: in the first section, else in the first figure."""
    if spec.narratives:
        section = spec.narratives[0].code
        said = f"{answers.narratives.get(section, 'Đã thực hiện.')} Bản {number}."
        return replace(answers, narratives={**answers.narratives, section: said})
    code, value = next((c, v) for c, v in answers.figures.items() if isinstance(v, int))
    return replace(answers, figures={**answers.figures, code: value + number})
