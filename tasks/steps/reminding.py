"""Decide who is reminded of one cycle by now; the mails go into the outbox in the same transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.calendar import Rung, ladder
from models.deadlines import Deadline, deadline_on
from models.ids import CycleKey
from models.plan import Step
from models.reminders import Reminder, decide_reminders
from models.states import Standing
from models.texting import text_address
from models.units import UnitTree
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.addresses import failing_addresses
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.outbox import NO_ADDRESS, WITHOUT_ADDRESS
from tasks.adapters.ledger.units import load_tree
from tasks.steps.listing import OwedMail, lead_of, office_addresses, owed_lists
from tasks.steps.unplaced import owed_question


@dataclass(frozen=True, slots=True)
class _Reach:
    """Where a unit is written to."""

    emails: tuple[str, ...]
    texts: tuple[str, ...]

    def of(self, decision: Reminder, rungs: Sequence[Rung]) -> tuple[str, ...]:
        """Its addresses; its telephones, too, at a step the plan marks, and at every step where no address works. That
        nobody could be written to by mail is on record all the same.
        """
        marked = any(rung.step.sms for rung in rungs if rung.step.step == decision.step)
        texted = decision.action == "send" and (marked or not self.emails)
        return (*(self.emails or (NO_ADDRESS,)), *(self.texts if texted else ()))


def remind(home: Home, key: CycleKey, as_of: datetime) -> int:
    """Queue what is owed by now to the units that have not reported, and to offices about them; returns how many mails
    were queued.
    """
    with home.ledger.write() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, home.days, key)
        queued = 0
        for owed in owed_mails(session, live, tree, home.days, as_of, home.settings.sms_to) if live else ():
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
                payload={"sms": True} if owed.sms else None,
            )
            queued += new and not owed.reason
    return queued


def owed_mails(
    session: Session, live: LiveCycle, tree: UnitTree, days: WorkingDays, as_of: datetime, sms_to: str = ""
) -> list[OwedMail]:
    """What the ledger does not have yet of all that ought to have been decided by now; `sms_to` as in the settings."""
    decided = outbox.decided_steps(session, str(live.key), ("reminder", "overdue"))
    owed = []
    for standing in live.standings:
        # After closing, only a deadline of its own still goes on: an extension, or the date of a correction.
        if live.closed_at and standing.own_last_day is None:
            continue
        if not standing.reported and not standing.exempt:
            reach = _reach(session, tree, standing.unit, as_of, sms_to)
            owed += _owed_to_unit(live, standing, reach, decided.get(standing.unit, set()), days, as_of)
    if live.closed_at:
        return owed
    return [*owed, *owed_lists(session, live, tree, as_of), *owed_question(session, live, tree, as_of)]


def _reach(session: Session, tree: UnitTree, unit: str, as_of: datetime, sms_to: str) -> _Reach:
    emails = tree.emails(unit, as_of.date())
    if not sms_to:
        return _Reach(emails, ())
    failing = {each.address for each in failing_addresses(session)}
    texts = dict.fromkeys(text_address(phone, sms_to) for phone in tree.phones(unit, as_of.date()))
    return _Reach(emails, tuple(each for each in texts if each and each not in failing))


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


def step_name(step: str, live: LiveCycle, standing: Standing) -> str:
    """A deadline of its own starts a ladder of its own, so its steps carry the date; so does a changed common one."""
    return f"{step}@{standing.own_last_day}" if standing.own_last_day else step + live.mark


def _owed_to_unit(
    live: LiveCycle,
    standing: Standing,
    reach: _Reach,
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
        done={step.split("@")[0] for step in done if step_name(step.split("@")[0], live, standing) == step},
        as_of=as_of,
    )
    return [
        OwedMail(
            unit=standing.unit,
            kind="overdue" if decision.step.startswith("T+") else "reminder",
            step=step_name(decision.step, live, standing),
            recipient=recipient,
            sms=recipient in reach.texts,
            on=decision.on,
            reason=decision.reason or (WITHOUT_ADDRESS if recipient == NO_ADDRESS else ""),
        )
        for decision in decisions
        for recipient in reach.of(decision, rungs)
    ]


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
