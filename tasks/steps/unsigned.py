"""Documents that wait: for being submitted, for a signature, for a number. The lead unit is asked about each on the ladder
of its state, until it is recorded as issued or a newer one takes its place.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from sqlmodel import Session

from models.calendar import Rung
from models.deadlines import ZONE
from models.ids import CycleKey
from models.reminders import Reminder
from models.signing import decide_asking, document_label, waiting_rungs
from models.tables import DocumentRow
from models.units import UnitTree
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.documents import waiting_drafts
from tasks.adapters.ledger.units import load_tree
from tasks.steps.listing import lead_of, office_addresses

KIND = "unsigned"
Drafts = Mapping[str, Sequence[DocumentRow]]
"""The drafts that wait, by cycle."""


def ask_about_drafts(home: Home, key: CycleKey, as_of: datetime) -> int:
    """Queue what is owed by now about the drafts of this cycle; returns how many mails were queued."""
    with home.ledger.read() as session:
        if not waiting_drafts(session, key):
            return 0
    with home.ledger.write() as session:
        tree = load_tree(session)
        live = load_cycle(session, tree, home.days, key)
        assert live, "a document is of a cycle that has opened"
        return sum(
            _ask(session, live, tree, row, decision, as_of)
            for row, decision in asked_about(live, waiting_drafts(session, key), home.days, as_of)
        )


def asked_about(
    live: LiveCycle, drafts: Drafts, days: WorkingDays, as_of: datetime
) -> list[tuple[DocumentRow, Reminder]]:
    """What has not been decided yet of all that ought to have been asked by now."""
    return [
        (row, decision)
        for row in drafts.get(str(live.key), ())
        if is_wanted(live, row.kind, as_of)
        for rungs in [rungs_of(live, row, days)]
        for decision in decide_asking(rungs, done=row.asked, today=as_of.date())
    ]


def _ask(
    session: Session, live: LiveCycle, tree: UnitTree, row: DocumentRow, decision: Reminder, as_of: datetime
) -> int:
    """The step and its place in the ladder, in one transaction."""
    label, lead = about(row), lead_of(live, tree, as_of).code
    row.asked = int(decision.step[1:])
    new = [
        outbox.queue(
            session,
            cycle=str(live.key),
            unit=lead,
            kind=KIND,
            step=f"{label}/{decision.step}",
            recipient=recipient,
            planned_on=decision.on,
            at=as_of,
            state="skipped" if decision.reason else "queued",
            reason=decision.reason,
            payload=named(row),
        )
        for recipient in office_addresses(live, tree, lead, as_of)
    ]
    return 0 if decision.reason else sum(new)


def is_wanted(live: LiveCycle, kind: str, as_of: datetime) -> bool:
    """Is anybody still to sign it? A công văn đôn đốc is of no use once its cycle is over, or nobody is late any more."""
    if kind != "cong-van":
        return True
    is_over = live.closed_at is not None or as_of.date() > (live.planned.closes_on or date.max)
    return not is_over and any(standing.overdue(as_of) for standing in live.standings)


def draft_of(session: Session, key: CycleKey, step: str) -> DocumentRow | None:
    """The draft that a step (`bao-cao-v1/T+2`) is about; None where it waits no more, or a newer one does."""
    label = step.rpartition("/")[0]
    rows = waiting_drafts(session, key).get(str(key), [])
    return next((row for row in rows if about(row) == label), None)


def about(row: DocumentRow) -> str:
    """What a step about this document begins with; each state, and each time it comes into it, has a ladder of its own."""
    label = document_label(row.kind, row.step, row.version)
    return f"{label}/{row.state}@{since(row)}" if row.state_since else label


def goes_on(live: LiveCycle, drafts: Drafts) -> bool:
    """Is there a draft of this closed cycle whose ladder has not come to its end?"""
    signing = live.planned.plan.signing
    return any(
        row.kind != "cong-van"
        and any(step.days > row.asked for step in signing.ladder_of(row.kind, row.state))
        for row in drafts.get(str(live.key), ())
    )


def rungs_of(live: LiveCycle, row: DocumentRow, days: WorkingDays) -> tuple[Rung, ...]:
    return waiting_rungs(live.planned.plan.signing.ladder_of(row.kind, row.state), since(row), days)


def named(row: DocumentRow) -> dict[str, str | int]:
    """A document among those of its cycle, as a message about it keeps it."""
    return {"kind": row.kind, "step": row.step, "version": row.version}


def since(row: DocumentRow) -> date:
    """The day it came into its state."""
    return row.state_since.astimezone(ZONE).date() if row.state_since else written_on(row)


def written_on(row: DocumentRow) -> date:
    return row.written_at.astimezone(ZONE).date()
