"""The offices' Word templates in the ledger."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlmodel import Session, col, select

from models.tables import TemplateRow
from models.templates import TemplateVersion
from tasks.adapters.ledger.events import append_event


def templates_of(session: Session, lead: str = "", kind: str = "") -> Sequence[TemplateRow]:
    """Of one office, of one kind, or all; in the order in which they were loaded."""
    query = select(TemplateRow).order_by(TemplateRow.lead, TemplateRow.kind, col(TemplateRow.version))
    query = query.where(TemplateRow.lead == lead) if lead else query
    query = query.where(TemplateRow.kind == kind) if kind else query
    return session.exec(query).all()


def as_version(row: TemplateRow) -> TemplateVersion:
    return TemplateVersion(row.version, row.sha256, row.file, row.valid_from)


def save_template(
    session: Session,
    lead: str,
    kind: str,
    *,
    version: int,
    sha256: str,
    file: str,
    valid_from: date,
    at: datetime,
    actor: str,
) -> TemplateRow:
    row = TemplateRow(
        lead=lead,
        kind=kind,
        version=version,
        sha256=sha256,
        file=file,
        valid_from=valid_from,
        loaded_at=at,
        loaded_by=actor,
    )
    session.add(row)
    append_event(
        session,
        "template loaded",
        at=at,
        actor=actor,
        unit=lead,
        template=kind,
        version=version,
        sha256=sha256,
        valid_from=valid_from,
    )
    return row
