"""Open cycles whose day has come, and freeze who owes them."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache

from sqlmodel import Session

from models.calendar import PlannedCycle, plan_cycle, planned_cycles
from models.deadlines import ZONE, SetDue
from models.ids import CycleKey
from models.periods import find_period
from models.plan import Plan
from models.units import Unit, UnitTree
from models.units.owing import Unplaced, collector_of, owing, unplaced
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycle_acts import Owes, open_cycle
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle, opened_keys
from tasks.adapters.ledger.events import read_mark, set_mark
from tasks.adapters.ledger.plans import current_plans, dates_set_at, first_loaded, set_dues
from tasks.adapters.ledger.units import load_tree

SWEPT = "swept until"
"""The mark of the last finished sweep: a cycle that opened and closed while nobody swept is still opened."""


_LONG_AGO = datetime(1, 1, 2, tzinfo=ZONE)


class UnknownCycleError(LookupError):
    """No loaded plan has this cycle; the message says what there is."""


def open_due(home: Home, as_of: datetime) -> list[CycleKey]:
    """Open every cycle whose opening day has come. What was over before the first sweep, before its plan was loaded or
    before its date was set is left alone: nobody could have reported.
    """
    today = as_of.date()
    with home.ledger.write() as session:
        tree, known = load_tree(session), set(opened_keys(session))
        mark = read_mark(session, SWEPT)
        since = datetime.fromisoformat(mark).date() if mark else today
        loaded, dated = first_loaded(session), dates_set_at(session)
        return [
            planned.key
            for planned, sha256 in _all_planned(home, session)
            if planned.key not in known
            and _is_due_to_open(
                planned, today, since, max(loaded[planned.key.plan], dated.get(planned.key, _LONG_AGO)).date()
            )
            and _open(session, planned, sha256, tree, as_of)
        ]


def note_swept(home: Home, as_of: datetime) -> None:
    """Remember how far the world has been swept; never moves back."""
    with home.ledger.write() as session:
        mark = read_mark(session, SWEPT)
        if mark is None or datetime.fromisoformat(mark) < as_of:
            set_mark(session, SWEPT, as_of.isoformat())


def ensure_open(
    home: Home,
    key: CycleKey,
    as_of: datetime,
    unit: str | None = None,
    *,
    early: bool = False,
    only: str | None = None,
) -> LiveCycle:
    """The cycle as it stands, opened now if it was not: people may act before anyone swept.

    UnknownCycleError where no plan has it, where it has no date yet, or where its opening day has not come (`early`
    opens it all the same: a unit may send before). KeyError where this unit does not owe it; nothing is opened then.
    `only`: with the standing of this unit alone.
    """
    with home.ledger.read() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, home.days, key, only)
        if live:
            return _owing(live, unit)
    planned, sha256 = find_planned(home, key)
    if planned.deadline is None:
        raise UnknownCycleError(f"{key} has no date yet: set one with `dondoc set-due {key} …`")
    assert planned.opens_on
    if as_of.date() < planned.opens_on and not early:
        raise UnknownCycleError(f"{key} has not opened yet: it opens on {planned.opens_on}")
    with home.ledger.write() as session:
        tree = load_tree(session)
        owes = owes_of(planned, tree, _frozen_on(session, planned, as_of))
        if unit is not None and unit not in {each.unit.code for each in owes}:
            raise KeyError(f"{unit} does not owe {key}")
        open_cycle(session, planned, sha256, owes, at=as_of, actor="sweep")
        live = load_cycle(session, tree, home.days, key, only)
    assert live
    return live


def _owing(live: LiveCycle, unit: str | None) -> LiveCycle:
    if unit is not None:
        live.standing(unit)
    return live


def find_planned(home: Home, key: CycleKey) -> tuple[PlannedCycle, str]:
    """A cycle as its plan has it, opened or not; UnknownCycleError names what there is."""
    with home.ledger.read() as session:
        plans, dues = current_plans(session), set_dues(session)
    if key.plan not in plans:
        raise UnknownCycleError(f"no plan {key.plan}; loaded: {', '.join(plans) or 'none'}")
    plan, sha256 = plans[key.plan]
    try:
        obligation = plan.obligation(key.obligation)
        period = find_period(plan, obligation, key.period)
    except LookupError as error:
        raise UnknownCycleError(str(error.args[0])) from None
    return plan_cycle(plan, obligation, period, home.days, set_dues=dues), sha256


def _all_planned(home: Home, session: Session) -> list[tuple[PlannedCycle, str]]:
    dues, days = frozenset(set_dues(session).items()), home.days
    return [
        (planned, sha256)
        for plan, sha256 in current_plans(session).values()
        for planned in _planned(_Dated(sha256, days, dues, plan))
    ]


@dataclass(frozen=True)
class _Dated:
    """A version of a plan with all that its days depend on."""

    sha256: str
    days: WorkingDays
    dues: frozenset[tuple[CycleKey, SetDue]]
    plan: Plan = field(compare=False)


@lru_cache(maxsize=256)
def _planned(dated: _Dated) -> tuple[PlannedCycle, ...]:
    return tuple(planned_cycles(dated.plan, dated.days, dict(dated.dues)))


def _is_due_to_open(planned: PlannedCycle, today: date, since: date, known: date) -> bool:
    """Not over yet; or not over on the first day it could have been opened, and nobody has swept since then.

    `since` is the day swept last, `known` the day on which its plan and its date were known.
    """
    if planned.opens_on is None or planned.closes_on is None or planned.opens_on > today:
        return False
    could = max(planned.opens_on, known)
    return planned.closes_on >= today or planned.closes_on >= could >= since


def _open(session: Session, planned: PlannedCycle, sha256: str, tree: UnitTree, as_of: datetime) -> bool:
    owes = owes_of(planned, tree, _frozen_on(session, planned, as_of))
    return open_cycle(session, planned, sha256, owes, at=as_of, actor="sweep")


def _frozen_on(session: Session, planned: PlannedCycle, as_of: datetime) -> date:
    """The day whose units owe: that of opening, whenever it is swept; where the date was set later, that day."""
    assert planned.opens_on
    dated = dates_set_at(session).get(planned.key)
    return min(as_of.date(), max(planned.opens_on, dated.date()) if dated else planned.opens_on)


def owes_of(planned: PlannedCycle, tree: UnitTree, on: date) -> list[Owes]:
    """Who owes the cycle as of a day, each with the office its report goes through."""
    return [as_owing(planned, unit, tree, on) for unit in owing(tree, planned.obligation.owed_by, on)]


def unplaced_units(live: LiveCycle, tree: UnitTree) -> dict[str, Unplaced]:
    """Units the plan names that had ended when the cycle opened, and nobody has said yet who owes in their place: none
    of their successors owes, and they are not exempt themselves.
    """
    owing_now = {standing.unit for standing in live.standings}
    return {
        each.unit.code: each
        for each in unplaced(tree, live.planned.obligation.owed_by, live.opened_at.date())
        if not owing_now & {each.unit.code, *(unit.code for unit in each.candidates)}
    }


def as_owing(planned: PlannedCycle, unit: Unit, tree: UnitTree, on: date) -> Owes:
    through, lead = planned.obligation.through, planned.plan.lead
    return Owes(unit, collector_of(tree, unit.code, through, lead, on))
