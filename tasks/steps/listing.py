"""Who is told which units are missing: the lead unit, the offices that collect, and those a step copies in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from models.calendar import Rung
from models.reminders import decide_reminders
from models.states import Standing
from models.units import Unit, UnitTree
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.outbox import NO_ADDRESS, WITHOUT_ADDRESS


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
    sms: bool = False
    """A text message, by way of a gateway's address."""


def owed_lists(session: Session, live: LiveCycle, tree: UnitTree, as_of: datetime) -> Iterator[OwedMail]:
    """One list of all missing units at each step after day X until closing: to the lead unit, of those it collects from
    to each office that collects, and to the offices the step copies in; never one mail per unit. Where the step brings
    a công văn, the lead unit's list goes with it instead. Of the steps that have come the latest is told; those before
    it that nobody told are recorded as overtaken, and so are the công văn nobody drafted.
    """
    deadline = live.planned.deadline
    assert deadline
    late = [s for s in live.standings if s.overdue(as_of)]
    passed = [r for r in live.planned.rungs if r.step.days > 0 and r.on <= as_of.date()]
    if not passed or not late or as_of < deadline.late_from:
        return
    lists = outbox.decided_steps(session, str(live.key), ("missing-list",))
    for code, rungs in sorted(_readers(live, tree, late, passed, as_of).items()):
        addresses = _addresses(live, tree, code, late, as_of)
        for each, reason in _undecided(live, rungs, lists.get(code, set()), as_of):
            for to in addresses or (NO_ADDRESS,):
                why = reason or (WITHOUT_ADDRESS if to == NO_ADDRESS else "")
                yield OwedMail(code, "missing-list", each.step.step + live.mark, to, each.on, why)
    if live.planned.plan.report_of(live.planned.obligation) is not None:
        yield from _missed_letters(session, live, tree, [r for r in passed if r.step.letter], as_of)


def _readers(
    live: LiveCycle, tree: UnitTree, late: Sequence[Standing], passed: Sequence[Rung], as_of: datetime
) -> dict[str, list[Rung]]:
    """Office → the steps that have come at which it gets a list. An office nobody holds any more gets none: its units
    are in that of the lead unit.
    """
    found = {code: list(passed) for code in _collectors(tree, late, as_of)}
    for rung in passed:
        for code in _copied(tree, rung, as_of):
            if rung not in found.setdefault(code, []):
                found[code].append(rung)
    return found | {lead_of(live, tree, as_of).code: [rung for rung in passed if not rung.step.letter]}


def _collectors(tree: UnitTree, late: Sequence[Standing], as_of: datetime) -> set[str]:
    holders = (tree.holder(s.collector, as_of.date()) for s in late)
    return {holder.code for holder in holders if holder}


def _copied(tree: UnitTree, rung: Rung, as_of: datetime) -> set[str]:
    holders = (tree.holder(code, as_of.date()) for code in rung.step.copy_to)
    return {holder.code for holder in holders if holder}


def _addresses(
    live: LiveCycle, tree: UnitTree, code: str, late: Sequence[Standing], as_of: datetime
) -> tuple[str, ...]:
    """An office that is only copied in is not written to at the plan's contact, who has the list already."""
    if code == lead_of(live, tree, as_of).code or code in _collectors(tree, late, as_of):
        return office_addresses(live, tree, code, as_of)
    return tree.emails(code, as_of.date())


def _undecided(
    live: LiveCycle, rungs: Sequence[Rung], decided: set[str], as_of: datetime
) -> Iterator[tuple[Rung, str]]:
    """The steps the ledger does not have yet, each with the reason why it is skipped; by the rule of the reminders."""
    deadline, closes_on = live.planned.deadline, live.planned.closes_on
    assert deadline
    assert closes_on
    by_name: Mapping[str, Rung] = {rung.step.step: rung for rung in rungs}
    done = {name for name in by_name if name + live.mark in decided}
    for decision in decide_reminders(rungs, deadline, closes_on, done=done, as_of=as_of):
        yield by_name[decision.step], decision.reason


def _missed_letters(
    session: Session, live: LiveCycle, tree: UnitTree, letters: Sequence[Rung], as_of: datetime
) -> Iterator[OwedMail]:
    """The công văn steps that passed without a draft; the latest is left to be drafted while the cycle is open."""
    by_unit = outbox.decided_steps(session, str(live.key), ("letter-ready",))
    decided = {step for steps in by_unit.values() for step in steps}  # whoever was the lead unit then
    lead = lead_of(live, tree, as_of).code
    for each, reason in _undecided(live, letters, decided, as_of):
        for to in office_addresses(live, tree, lead, as_of) if reason else ():
            yield OwedMail(lead, "letter-ready", each.step.step + live.mark, to, each.on, reason)


def owing_to(live: LiveCycle, tree: UnitTree, office: str, as_of: datetime, step: str = "") -> list[Standing]:
    """The units of this cycle an office sees: the lead unit, and an office that was copied in by this step, all of
    them; another those it collects from.
    """
    owing = [s for s in live.standings if not s.exempt]
    if office == lead_of(live, tree, as_of).code or _sees_all(live, tree, office, as_of, step):
        return owing
    return [s for s in owing if tree.office(s.collector, as_of.date()).code == office]


def _sees_all(live: LiveCycle, tree: UnitTree, office: str, as_of: datetime, step: str) -> bool:
    names = [rung.step.step for rung in live.planned.rungs]
    name = step.split("@", maxsplit=1)[0]
    until = names.index(name) + 1 if name in names else 0
    return any(office in _copied(tree, rung, as_of) for rung in live.planned.rungs[:until])


def missing_of(
    live: LiveCycle, tree: UnitTree, office: str, as_of: datetime, step: str = ""
) -> list[Standing]:
    """Those of them that have not reported."""
    return [s for s in owing_to(live, tree, office, as_of, step) if not s.reported]


def lead_of(live: LiveCycle, tree: UnitTree, as_of: datetime) -> Unit:
    """The lead unit of the plan, or the office that has taken its work over."""
    return tree.office(live.planned.plan.lead, as_of.date())


def office_addresses(live: LiveCycle, tree: UnitTree, code: str, as_of: datetime) -> tuple[str, ...]:
    """Where an office that collects is written to; without an address of its own, that of the plan's contact."""
    holder = tree.holder(code, as_of.date())
    return (holder.emails_on(as_of.date()) if holder else ()) or (live.planned.plan.contact.email,)
