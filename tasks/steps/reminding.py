"""Decide who is reminded of one cycle by now; the mails go into the outbox in the same transaction."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.calendar import Rung, ladder
from models.deadlines import Deadline, deadline_on
from models.ids import CycleKey
from models.plan import Step
from models.reminders import decide_reminders
from models.states import Standing
from models.units import Unit, UnitTree
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.outbox import NO_ADDRESS, WITHOUT_ADDRESS
from tasks.adapters.ledger.units import load_tree


@dataclass(frozen=True, slots=True)
class OwedMail:
    """One mail that is owed by now, or one step to record as skipped; `step` as the ledger names it."""

    unit: str
    kind: str
    step: str
    recipient: str
    on: date
    reason: str = ""
    """Why it is not sent; empty where it is."""


def remind(home: Home, key: CycleKey, as_of: datetime) -> int:
    """Queue what is owed by now to the units that have not reported; returns how many mails were queued."""
    with home.ledger.write() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, home.days, key)
        queued = 0
        for owed in owed_mails(session, live, tree, home.days, as_of) if live else ():
            new = outbox.queue(
                session,
                cycle=str(key),
                unit=owed.unit,
                kind=owed.kind,
                step=owed.step,
                recipient=owed.recipient,
                planned_on=owed.on,
                at=as_of,
                state="skipped" if owed.reason else "queued",
                reason=owed.reason,
            )
            queued += new and not owed.reason
    return queued


def owed_mails(
    session: Session, live: LiveCycle, tree: UnitTree, days: WorkingDays, as_of: datetime
) -> list[OwedMail]:
    """What the ledger does not have yet of all that ought to have been decided by now."""
    decided = outbox.decided_steps(session, str(live.key), ("reminder", "overdue", "missing-list"))
    owed = []
    for standing in live.standings:
        # After closing, only a deadline of its own still goes on: an extension, or the date of a correction.
        if live.closed_at and standing.own_last_day is None:
            continue
        if not standing.reported and not standing.exempt:
            addresses = tree.emails(standing.unit, as_of.date())
            owed += _owed_to_unit(live, standing, addresses, decided.get(standing.unit, set()), days, as_of)
    return owed if live.closed_at else owed + _owed_to_lead(live, tree, decided, as_of)


def own_deadline(live: LiveCycle, standing: Standing, days: WorkingDays) -> tuple[Deadline, tuple[Rung, ...]]:
    """The deadline that holds for this unit, extended or not, and the ladder that goes with it."""
    assert live.planned.deadline
    if standing.own_last_day is None:
        return live.planned.deadline, live.planned.rungs
    deadline = deadline_on(standing.own_last_day, inclusive=True, days=days)
    return deadline, ladder(ladder_for(live, standing), deadline, days)


def ladder_for(live: LiveCycle, standing: Standing) -> tuple[Step, ...]:
    """A report that was returned has a ladder of its own; an extended deadline keeps the obligation's."""
    obligation = live.planned.obligation
    return obligation.returned_ladder if standing.returned else obligation.ladder


def step_name(step: str, standing: Standing) -> str:
    """A deadline of its own starts a ladder of its own, so its steps carry the date."""
    return f"{step}@{standing.own_last_day}" if standing.own_last_day else step


def _owed_to_unit(
    live: LiveCycle,
    standing: Standing,
    addresses: tuple[str, ...],
    done: set[str],
    days: WorkingDays,
    as_of: datetime,
) -> list[OwedMail]:
    deadline, rungs = own_deadline(live, standing, days)
    assert live.planned.closes_on
    decisions = decide_reminders(
        rungs,
        deadline,
        # Closing ends nothing for a correction: it is awaited until it comes.
        date.max if standing.returned else max(live.planned.closes_on, days.add(deadline.day_x, 1)),
        done={step.split("@")[0] for step in done if step_name(step.split("@")[0], standing) == step},
        as_of=as_of,
    )
    return [
        OwedMail(
            unit=standing.unit,
            kind="overdue" if decision.step.startswith("T+") else "reminder",
            step=step_name(decision.step, standing),
            recipient=recipient,
            on=decision.on,
            reason=decision.reason or (WITHOUT_ADDRESS if recipient == NO_ADDRESS else ""),
        )
        for decision in decisions
        for recipient in addresses or (NO_ADDRESS,)
    ]


def _owed_to_lead(
    live: LiveCycle, tree: UnitTree, decided: dict[str, set[str]], as_of: datetime
) -> list[OwedMail]:
    """One list of all missing units at each step after day X until closing, to the lead unit, and to each office that collects from
    some of them a list of those; never one mail per unit. Where the step brings a công văn, the lead unit's list goes
    with it instead.
    """
    deadline, closes_on = live.planned.deadline, live.planned.closes_on
    assert deadline
    assert closes_on
    late = [s for s in live.standings if s.overdue(as_of)]
    passed = [r for r in live.planned.rungs if r.step.days > 0 and r.on <= as_of.date()]
    if not passed or not late or as_of < deadline.late_from or as_of.date() > closes_on:
        return []
    lead = lead_of(live, tree, as_of).code
    without_letter = [rung for rung in passed if not rung.step.letter][-1:]
    holders = [tree.holder(s.collector, as_of.date()) for s in late]
    # An office nobody holds any more gets no list: its units are in that of the lead unit.
    collectors = {holder.code for holder in holders if holder}
    lists = dict.fromkeys(collectors, passed[-1:]) | {lead: without_letter}
    return [
        OwedMail(code, "missing-list", rung.step.step, recipient, rung.on)
        for code in sorted(lists)
        for rung in lists[code]
        if rung.step.step not in decided.get(code, set())
        for recipient in office_addresses(live, tree, code, as_of)
    ]


def owing_to(live: LiveCycle, tree: UnitTree, office: str, as_of: datetime) -> list[Standing]:
    """The units of this cycle an office sees: the lead unit all of them, another those it collects from."""
    owing = [s for s in live.standings if not s.exempt]
    if office == lead_of(live, tree, as_of).code:
        return owing
    return [s for s in owing if tree.office(s.collector, as_of.date()).code == office]


def missing_of(live: LiveCycle, tree: UnitTree, office: str, as_of: datetime) -> list[Standing]:
    """Those of them that have not reported."""
    return [s for s in owing_to(live, tree, office, as_of) if not s.reported]


def lead_of(live: LiveCycle, tree: UnitTree, as_of: datetime) -> Unit:
    """The lead unit of the plan, or the office that has taken its work over."""
    return tree.office(live.planned.plan.lead, as_of.date())


def office_addresses(live: LiveCycle, tree: UnitTree, code: str, as_of: datetime) -> tuple[str, ...]:
    """Where an office that collects is written to; without an address of its own, that of the plan's contact."""
    holder = tree.holder(code, as_of.date())
    return (holder.emails_on(as_of.date()) if holder else ()) or (live.planned.plan.contact.email,)


def tell_lead(session: Session, live: LiveCycle, kind: str, step: str, as_of: datetime) -> None:
    """Queue a mail about this cycle to the lead unit, at each of its addresses."""
    tree = load_tree(session)
    lead = lead_of(live, tree, as_of).code
    for recipient in office_addresses(live, tree, lead, as_of):
        outbox.queue(
            session,
            cycle=str(live.key),
            unit=lead,
            kind=kind,
            step=step,
            recipient=recipient,
            planned_on=as_of.date(),
            at=as_of,
        )
