"""Record that a document was issued: its number and day, as the records office gave them; and tell the units whose
reports it was made from. What is issued is never written anew: what changes later is a new version, a draft again.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, select

from models.deadlines import ZONE
from models.ids import CycleKey
from models.plan import Report
from models.signing import LARGEST_NUMBER, DocumentState, document_label, full_number, may_become
from models.tables import DocumentRow, MessageRow
from models.text import short_date
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle, load_cycle
from tasks.adapters.ledger.documents import find_document, issued_under
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.units import load_tree
from tasks.steps.acts import RefusedActError
from tasks.steps.documents.flagging import rest_on
from tasks.steps.listing import lead_of
from tasks.steps.opening import UnknownCycleError, find_planned
from tasks.steps.unsigned import KIND, named, written_on


@dataclass(frozen=True, slots=True)
class Which:
    """One document of a cycle: of a công văn without a step the last one, without a version the newest."""

    kind: str = "bao-cao"
    step: str = ""
    version: int | None = None

    def __str__(self) -> str:
        what = f"{self.kind} {self.step}".strip()
        return f"{what} version {self.version}" if self.version else what


@dataclass(frozen=True, slots=True)
class IssuedDocument:
    kind: str
    step: str
    version: int
    number: str
    """Số, ký hiệu."""
    day: date
    told: int
    """How many units are told."""


def issue(
    home: Home, key: CycleKey, which: Which, number: int, day: date, *, as_of: datetime, actor: str
) -> IssuedDocument:
    """RefusedActError says why not; nothing is recorded then."""
    if which.step and which.kind == "bao-cao":
        raise RefusedActError("a Báo cáo has no step: --step is for a công văn")
    if not 1 <= number <= LARGEST_NUMBER:
        raise RefusedActError(f"{number} is no number of a document: expected 1 to {LARGEST_NUMBER}")
    with home.ledger.write() as session:
        tree, live, row = the_document(home, session, key, which)
        full = full_number(number, _symbol(live, row.kind))
        label = document_label(row.kind, row.step, row.version)
        if not may_become(row.state, DocumentState.ISSUED):
            raise RefusedActError(
                f"{label} of {live.key} was issued as {row.number} on {row.day}; what is wrong in it is corrected by a new "
                "document, a number that was recorded wrongly with --correct"
            )
        _check(home, session, live, tree, row, full, day, as_of)
        row.state, row.number, row.day = DocumentState.ISSUED.value, full, day
        row.state_since, row.asked = as_of, 0
        rest_on(home, session, row)
        tell_event(session, "document issued", row, as_of, actor, sha256=row.sha256, number=full, day=day)
        stop_asking(session, row, f"issued as {row.number}")
        told = _tell_units(session, live, tree, row, as_of) if row.kind == "bao-cao" else 0
        return IssuedDocument(row.kind, row.step, row.version, full, day, told)


def correct_issue(
    home: Home,
    key: CycleKey,
    which: Which,
    number: int,
    day: date,
    reason: str,
    *,
    as_of: datetime,
    actor: str,
) -> IssuedDocument:
    """A number or day that was recorded wrongly: the document is as it was, the event of before stays, and the units are
    told again. RefusedActError says why not.
    """
    if not reason.strip():
        raise RefusedActError("say why with --reason")
    with home.ledger.write() as session:
        tree, live, row = the_document(home, session, key, which)
        label = document_label(row.kind, row.step, row.version)
        if row.state != DocumentState.ISSUED:
            raise RefusedActError(f"{label} of {key} is not issued: there is nothing to correct")
        full = full_number(number, _symbol(live, row.kind))
        if (full, day) == (row.number, row.day):
            raise RefusedActError(f"{label} of {key} is recorded as {full} of {day} already")
        _check(home, session, live, tree, row, full, day, as_of)
        was = {"was_number": row.number, "was_day": row.day}
        row.number, row.day = full, day
        tell_event(session, "issue corrected", row, as_of, actor, number=full, day=day, reason=reason, **was)
        mark = f"/{full} {day}"
        told = _tell_units(session, live, tree, row, as_of, mark) if row.kind == "bao-cao" else 0
        return IssuedDocument(row.kind, row.step, row.version, full, day, told)


def the_document(
    home: Home, session: Session, key: CycleKey, which: Which
) -> tuple[UnitTree, LiveCycle, DocumentRow]:
    """UnknownCycleError, or RefusedActError where the cycle has no such document."""
    tree = load_tree(session)
    live = load_cycle(session, tree, home.days, key)
    if live is None:
        find_planned(home, key)
        raise UnknownCycleError(f"{key} has not opened yet: it has no documents")
    row = find_document(session, key, which.kind, which.step, which.version)
    if row is None:
        raise RefusedActError(f"{key} has no {which}")
    return tree, live, row


def tell_event(
    session: Session, kind: str, row: DocumentRow, as_of: datetime, actor: str, **told: Any
) -> None:
    append_event(
        session,
        kind,
        at=as_of,
        actor=actor,
        cycle=row.cycle,
        document=row.kind,
        step=row.step,
        version=row.version,
        **told,
    )


def _symbol(live: LiveCycle, kind: str) -> str:
    report: Report | None = live.planned.plan.report_of(live.planned.obligation)
    assert report, "a document is written only where the plan has a report"
    return report.symbol if kind == "bao-cao" else report.letter_symbol


def _check(
    home: Home,
    session: Session,
    live: LiveCycle,
    tree: UnitTree,
    row: DocumentRow,
    full: str,
    day: date,
    as_of: datetime,
) -> None:
    label = document_label(row.kind, row.step, row.version)
    if not written_on(row) <= day <= as_of.astimezone(ZONE).date():
        raise RefusedActError(
            f"{day} is no day for {label}: it was drafted on {written_on(row)}, and today is {as_of.date()}"
        )
    lead = lead_of(live, tree, as_of).code
    for other in issued_under(session, full, day.year):
        if other.id == row.id:
            continue
        its = load_cycle(session, tree, home.days, CycleKey.parse(other.cycle))
        if its and lead_of(its, tree, as_of).code == lead:
            other_label = document_label(other.kind, other.step, other.version)
            raise RefusedActError(
                f"{full} is {other_label} of {other.cycle} already, issued on {short_date(other.day or day)}"
            )


def stop_asking(session: Session, row: DocumentRow, reason: str) -> None:
    """What waits to be said about the draft is no longer true: that it is there to be signed, that it has waited."""
    label = document_label(row.kind, row.step, row.version)
    waiting = session.exec(
        select(MessageRow).where(
            MessageRow.cycle == row.cycle,
            MessageRow.state == "queued",
            col(MessageRow.kind).in_((KIND, "report-ready")),
        )
    ).all()
    about = [
        each.id
        for each in waiting
        if each.id
        and (
            each.step.startswith(f"{label}/")
            if each.kind == KIND
            else row.kind == "bao-cao" and each.step == f"v{row.version}"
        )
    ]
    if about:
        outbox.mark(session, about, "withdrawn", reason=reason)


def _tell_units(
    session: Session, live: LiveCycle, tree: UnitTree, row: DocumentRow, as_of: datetime, mark: str = ""
) -> int:
    """Once for each unit and document: those whose report came before it was written, but not the lead unit itself."""
    lead = lead_of(live, tree, as_of).code
    told = [
        standing.unit
        for standing in live.standings
        if standing.reported
        and standing.first_submitted_at
        and standing.first_submitted_at <= row.written_at
        and tree.office(standing.unit, as_of.date()).code != lead
    ]
    for unit in told:
        outbox.queue_for_unit(
            session,
            tree.emails(unit, as_of.date()),
            cycle=str(live.key),
            unit=unit,
            kind="issued",
            step=document_label(row.kind, row.step, row.version) + mark,
            planned_on=as_of.date(),
            at=as_of,
            payload=named(row),
        )
    return len(told)
