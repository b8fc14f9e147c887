"""Mail that came in, and the forms in it, as the ledger has them."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from models.finding import Finding
from models.inbound_words import WAITING
from models.tables import InboundFormRow, InboundRow


class KnownFormError(RuntimeError):
    """The form of that mail was decided on before, or is being decided on by another: nothing more happens."""


def form_rows(session: Session, inbound_id: int) -> list[InboundFormRow]:
    query = select(InboundFormRow).where(InboundFormRow.inbound_id == inbound_id)
    return list(session.exec(query.order_by(col(InboundFormRow.number))))


def add_form(
    session: Session, inbound_id: int, sha256: str, findings: Sequence[Finding] = (), **told: Any
) -> None:
    """Record what became of one form; KnownFormError where that is recorded already."""
    rows = form_rows(session, inbound_id)
    if any(row.sha256 == sha256 for row in rows):
        raise KnownFormError(sha256)
    said = findings_json(findings)
    session.add(
        InboundFormRow(inbound_id=inbound_id, number=len(rows) + 1, sha256=sha256, findings=said, **told)
    )
    session.flush()


def findings_json(findings: Sequence[Finding]) -> str:
    return json.dumps([finding.as_json() for finding in findings], ensure_ascii=False)


def mails(
    session: Session, states: Collection[str], *, by: datetime | None = None, newest_first: bool = False
) -> list[InboundRow]:
    """Those in one of these states that were read until then; all that ask or asked something where none is named."""
    query = select(InboundRow).where(InboundRow.state != "")
    if states:
        query = query.where(col(InboundRow.state).in_(states))
    if by:
        query = query.where(col(InboundRow.read_at) <= by)
    order = col(InboundRow.id).desc() if newest_first else col(InboundRow.id)
    return list(session.exec(query.order_by(order)))


def waiting_mails(session: Session, by: datetime) -> list[InboundRow]:
    """What asks something of a person, the oldest first."""
    return mails(session, WAITING, by=by)


def mail_row(session: Session, number: int) -> InboundRow:
    """KeyError where there is none, or where it asks nothing of anybody."""
    row = session.get(InboundRow, number)
    if row is None or not row.state:
        raise KeyError(f"no mail {number}; `dondoc mailbox list` shows them")
    return row


def sum_up(row: InboundRow, forms: Sequence[InboundFormRow]) -> None:
    """The state of a mail from those of its forms: what waits for a decision first, then what waits for eyes."""
    for state in WAITING:
        waits = [form for form in forms if form.state == state]
        if waits:
            row.state, row.why = state, waits[0].why
            return
    row.state, row.why = "done", ""
    if forms and all(form.state == "dismissed" for form in forms):
        row.state = "dismissed"
