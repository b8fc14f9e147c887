"""A document on its way to issue: submitted for signature, approved, or given back to be a draft again."""

from datetime import datetime

from models.ids import CycleKey
from models.report.since import ReportChange
from models.signing import VIETNAMESE, DocumentState, document_label, may_become
from models.tables import DocumentRow
from tasks.adapters.home import Home
from tasks.steps.acts import RefusedActError
from tasks.steps.documents.flagging import changes_of, rest_on
from tasks.steps.documents.issuing import Which, stop_asking, tell_event, the_document

_EVENTS = {
    DocumentState.SUBMITTED: "document submitted",
    DocumentState.APPROVED: "document approved",
    DocumentState.DRAFT: "document sent back",
}


def submit(home: Home, key: CycleKey, which: Which, *, as_of: datetime, actor: str) -> DocumentRow:
    """From now on a change of what it was made from flags it. RefusedActError says why not."""
    return _move(home, key, which, DocumentState.SUBMITTED, as_of, actor)


def approve(
    home: Home, key: CycleKey, which: Which, *, as_of: datetime, actor: str, reason: str = ""
) -> DocumentRow:
    """Where reports it was made from have changed since it was submitted, a reason is asked for."""
    return _move(home, key, which, DocumentState.APPROVED, as_of, actor, reason)


def send_back(
    home: Home, key: CycleKey, which: Which, reason: str, *, as_of: datetime, actor: str
) -> DocumentRow:
    """To be a draft again, for a reason; it was not signed."""
    if not reason.strip():
        raise RefusedActError("say why with --reason")
    return _move(home, key, which, DocumentState.DRAFT, as_of, actor, reason)


def _move(
    home: Home,
    key: CycleKey,
    which: Which,
    to: DocumentState,
    as_of: datetime,
    actor: str,
    reason: str = "",
) -> DocumentRow:
    with home.ledger.write() as session:
        _, _, row = the_document(home, session, key, which)
        label = document_label(row.kind, row.step, row.version)
        if row.state == to or not may_become(row.state, to):
            raise RefusedActError(
                f"{label} of {key} is {row.state} ({VIETNAMESE[DocumentState(row.state)]}), not to be {to}"
            )
        if to is DocumentState.APPROVED and (changes := changes_of(session, row)) and not reason.strip():
            raise RefusedActError(
                f"{label} of {key} rests on reports that changed since it was submitted ({_said(changes)}): "
                "send it back, or say with --reason why it is approved all the same"
            )
        before, row.state = row.state, to.value
        row.state_since, row.asked = as_of, 0
        rest_on(home, session, row)
        stop_asking(session, row, f"{to.value} on {as_of.date()}")
        told = {"reason": reason} if reason else {}
        tell_event(session, _EVENTS[to], row, as_of, actor, sha256=row.sha256, was=before, **told)
        return row


def _said(changes: list[ReportChange]) -> str:
    return ", ".join(
        f"{each.unit}: version {each.then or 'none'}, now {each.now or 'none'}" for each in changes
    )
