"""Edited sections in the ledger: every version kept, the newest counts."""

import json
from collections import defaultdict
from datetime import datetime

from sqlmodel import Session, col, func, select

from models.ids import CycleKey
from models.report.sections import Edited
from models.tables import SectionTextRow
from tasks.adapters.ledger.events import append_event


def edited_sections(session: Session, key: CycleKey) -> tuple[Edited, ...]:
    """The newest version of each section, in order of their codes; none of one that was taken back."""
    return tuple(_edited(row) for row in section_rows(session, key) if row.text)


def section_rows(session: Session, key: CycleKey) -> list[SectionTextRow]:
    """The newest row of each section that was ever edited."""
    newest = (
        select(func.max(SectionTextRow.id))
        .where(SectionTextRow.cycle == str(key))
        .group_by(SectionTextRow.code)
    )
    query = select(SectionTextRow).where(col(SectionTextRow.id).in_(newest)).order_by(SectionTextRow.code)
    return list(session.exec(query))


def edits_in(session: Session) -> dict[str, tuple[str, ...]]:
    """Cycle → the newest version of each of its edited sections, as `code@version`."""
    query = (
        select(SectionTextRow.cycle, SectionTextRow.code, func.max(SectionTextRow.version))
        .group_by(SectionTextRow.cycle, SectionTextRow.code)
        .order_by(SectionTextRow.cycle, SectionTextRow.code)
    )
    found: dict[str, list[str]] = defaultdict(list)
    for cycle, code, version in session.exec(query):
        found[cycle].append(f"{code}@{version}")
    return {cycle: tuple(marks) for cycle, marks in found.items()}


def save_section(session: Session, key: CycleKey, edited: Edited, *, at: datetime, actor: str) -> None:
    """The next version; an empty text takes the edit back."""
    basis = {source: [seal, edited.names[source]] for source, seal in edited.basis.items()}
    session.add(
        SectionTextRow(
            cycle=str(key),
            code=edited.code,
            version=edited.version,
            text=edited.text,
            basis=json.dumps(basis, ensure_ascii=False, sort_keys=True),
            edited_by=actor,
            edited_at=at,
        )
    )
    append_event(
        session,
        "section edited" if edited.text else "section edit taken back",
        at=at,
        actor=actor,
        cycle=str(key),
        section=edited.code,
        version=edited.version,
    )


def _edited(row: SectionTextRow) -> Edited:
    told = json.loads(row.basis)
    return Edited(
        code=row.code,
        version=row.version,
        text=row.text,
        basis={source: seal for source, (seal, _) in told.items()},
        names={source: name for source, (_, name) in told.items()},
    )
