"""Send an issued document to those of its Nơi nhận that have an address, through the outbox: each address once."""

from dataclasses import dataclass
from datetime import datetime

from models.dispatch import Recipients, recipients_of
from models.ids import CycleKey
from models.signing import DocumentState, document_label
from models.tables import DocumentRow
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.steps.acts import RefusedActError
from tasks.steps.documents.freezing import inputs_of_row
from tasks.steps.documents.issuing import Which, tell_event, the_document
from tasks.steps.listing import lead_of
from tasks.steps.unsigned import named

KIND = "dispatched"


@dataclass(frozen=True, slots=True)
class Dispatched:
    label: str
    queued: tuple[str, ...]
    """Units, by code, to which it goes now."""
    before: tuple[str, ...]
    """Those to which it went before."""
    without_address: tuple[str, ...]
    """Units that have no address, and lines that name no single unit: they get it on paper."""


def dispatch(
    home: Home, key: CycleKey, which: Which, *, as_of: datetime, actor: str, unsigned: bool = False
) -> Dispatched:
    """The signed scan goes, so there must be one; `unsigned`: the Word file, where an office has no scanner. Asked again,
    it goes to those alone who have not been sent it. RefusedActError says why not.
    """
    with home.ledger.write() as session:
        tree, live, row = the_document(home, session, key, which)
        label = document_label(row.kind, row.step, row.version)
        if row.state != DocumentState.ISSUED:
            raise RefusedActError(f"{label} of {key} is not issued: nobody is sent a draft")
        if not row.scan_sha256 and not unsigned:
            raise RefusedActError(f"{label} of {key} has no signed scan: dondoc document scan, or --unsigned")
        found = _recipients(home, live, tree, row, as_of)
        queued: list[str] = []
        before: list[str] = []
        without = list(found.unknown)
        for unit in found.units:
            emails = tree.emails(unit, as_of.date())
            new = [
                outbox.queue(
                    session,
                    cycle=row.cycle,
                    unit=unit,
                    kind=KIND,
                    step=label,
                    recipient=email,
                    planned_on=as_of.date(),
                    at=as_of,
                    payload=named(row),
                )
                for email in emails
            ]
            (queued if any(new) else before if emails else without).append(unit)
        if queued:
            row.dispatched_at = row.dispatched_at or as_of
            sha256 = row.scan_sha256 or row.sha256
            tell_event(session, "document dispatched", row, as_of, actor, units=queued, file_sha256=sha256)
        return Dispatched(label, tuple(queued), tuple(before), tuple(without))


def _recipients(home: Home, live: LiveCycle, tree: UnitTree, row: DocumentRow, as_of: datetime) -> Recipients:
    planned, on = live.planned, as_of.date()
    report = planned.plan.report_of(planned.obligation)
    assert report, "a document is written only where the plan has a report"
    inputs = inputs_of_row(home, row)
    lead = lead_of(live, tree, as_of).code
    if inputs and inputs.chase:  # to those it chases
        late = [s.unit for s in inputs.standings if s.overdue(inputs.chase.as_of)]
        return recipients_of(tree, on, late, inputs.chase.copies, [lead])
    if inputs and inputs.slip:
        return recipients_of(tree, on, (), inputs.slip.addressees, [lead])
    return recipients_of(tree, on, planned.obligation.to, [*report.addressees, *report.recipients], [lead])
