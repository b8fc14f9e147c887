"""The form of one unit for one cycle as it goes out, and whose a form is that comes back."""

import hmac
from dataclasses import dataclass, replace
from datetime import datetime

from models.form import FormSpec
from models.form_of_plan import build_form
from models.ids import CycleKey
from models.reading import Reading
from models.units.owing import collector_of, owing
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.workbooks import write_form
from tasks.steps.collecting.earlier import last_period_of
from tasks.steps.opening import UnknownCycleError, find_planned


@dataclass(frozen=True, slots=True)
class Expected:
    """Whose report, for which cycle, the sender says this is."""

    key: CycleKey
    unit: str


def form_for(
    home: Home, key: CycleKey, unit: str, as_of: datetime, live: LiveCycle | None = None
) -> FormSpec:
    """The form of one unit for one cycle. KeyError for an unknown unit, UnknownCycleError for a cycle."""
    planned = live.planned if live else find_planned(home, key)[0]
    with home.ledger.read() as session:
        tree = load_tree(session)
    on = live.opened_at.date() if live else as_of.date()
    through = next((s.collector for s in live.standings if s.unit == unit), "") if live else ""
    through = through or collector_of(tree, unit, planned.obligation.through, planned.plan.lead, on)
    collector = tree.office(through, on).body
    whose = tree.nearest(unit, on)
    spec = build_form(planned, whose, collector, "")
    last = last_period_of(home, planned, tree, whose, on)
    return replace(spec, token=home.token(key, unit, spec.version), last_period=last)


def form_owed(home: Home, key: CycleKey, unit: str, as_of: datetime) -> FormSpec:
    """Like `form_for`, for a unit that owes this report; KeyError where it does not."""
    with home.ledger.read() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, home.days, key)
    spec = form_for(home, key, unit, as_of, live)
    if live:
        live.standing(unit)
    else:
        planned, _ = find_planned(home, key)
        owed_by, on = planned.obligation.owed_by, planned.opens_on or planned.period.start
        if unit not in {owes.code for owes in owing(tree, owed_by, on)}:
            raise KeyError(f"{unit} does not owe {key}")
    return spec


def claimed_by(reading: Reading) -> Expected | None:
    if reading.identity is None:
        return None
    try:
        return Expected(CycleKey.parse(reading.identity.cycle), reading.identity.unit)
    except ValueError:
        return None


def is_ours(home: Home, reading: Reading) -> bool:
    """Did this installation write the form for just this cycle and unit? Asked before anything else is believed."""
    own = reading.identity
    if own is None:
        return False
    try:
        token = home.token(CycleKey.parse(own.cycle), own.unit, own.version)
    except ValueError:
        return False
    return hmac.compare_digest(token.encode(), own.token.encode())


def is_as_sent(home: Home, whose: Expected, data: bytes, as_of: datetime) -> bool:
    """Is it the form just as it goes out to the unit, byte for byte? A mail that is forwarded carries it along."""
    try:
        return write_form(form_for(home, whose.key, whose.unit, as_of, _live(home, whose.key))) == data
    except (UnknownCycleError, KeyError):
        return False


def _live(home: Home, key: CycleKey) -> LiveCycle | None:
    with home.ledger.read() as session:
        return load_cycle(session, load_tree(session), home.days, key)
