"""What people do between the sweeps, by a script drawn from a seed, and done by the program's own ways in."""

import random
from collections.abc import Callable
from dataclasses import replace

from dondoc.demo.fill import Answers, fill_form
from models.deadlines import SetDue
from models.form import FormSpec
from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import load_cycle
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.workbooks import write_form
from tasks.steps import acts as deciding
from tasks.steps import dating
from tasks.steps.collecting.forms import Expected, form_for
from tasks.steps.collecting.intake import Arrival, take_in
from tests.soak.acts import Act, junk
from tests.soak.dates import DAY, Report
from tests.soak.lives import life, moment

Typist = Callable[[FormSpec, int], Answers]
"""What the unit at this place in the list types."""


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
            found.append(Act(moment(draw, on), "date", report.key, until=report.day_x))
        for place, unit in enumerate(units):
            found += life(draw, report, unit, place, start)
    return sorted(found, key=lambda act: (act.at, act.cycle, act.unit))


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
        deciding.exempt(home, key, act.unit, why, as_of=act.at, actor=who)
        return
    assert act.until
    if act.what == "return":
        deciding.return_report(home, key, act.unit, why, as_of=act.at, actor=who, until=act.until)
    elif act.what == "extend":
        deciding.extend(home, key, act.unit, act.until, why, as_of=act.at, actor=who)
    else:
        dating.set_due(
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
