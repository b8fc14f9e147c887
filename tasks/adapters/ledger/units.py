"""Units in the ledger."""

import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session, delete, select

from models.tables import ContactRow, UnitRow
from models.units import Contact, Unit, UnitTree
from tasks.adapters.ledger.events import append_event, read_mark, set_mark

_CHANGED = "units changed"


def save_units(session: Session, units: Iterable[Unit], *, at: datetime, actor: str, source: str) -> int:
    """Add or replace unit versions by (code, valid_from); contacts of a unit are those of its file. Returns how
    many versions were new or changed; the same file twice changes nothing.
    """
    changed = 0
    for unit in units:
        row = session.exec(
            select(UnitRow).where(UnitRow.code == unit.code, UnitRow.valid_from == unit.valid_from)
        ).first()
        before = row.model_dump() if row else None
        row = row or UnitRow(code=unit.code, kind="", level="", name="", body="", valid_from=unit.valid_from)
        for name in (
            "gso_code",
            "kind",
            "level",
            "name",
            "body",
            "abbreviation",
            "parent",
            "valid_to",
            "note",
        ):
            setattr(row, name, getattr(unit, name))
        row.aliases = "|".join(unit.aliases)
        contacts_changed = _save_contacts(session, unit)
        if before is None or row.model_dump() != before or contacts_changed:
            session.add(row)
            changed += 1
    if changed:
        note_units_changed(session)
        append_event(session, "units imported", at=at, actor=actor, source=source, changed=changed)
    return changed


def _save_contacts(session: Session, unit: Unit) -> bool:
    rows = session.exec(select(ContactRow).where(ContactRow.unit == unit.code)).all()
    if {(row.role, row.name, row.email, row.phone) for row in rows} == {
        (contact.role, contact.name, contact.email, contact.phone) for contact in unit.contacts
    }:
        return False
    session.exec(delete(ContactRow).where(ContactRow.unit == unit.code))  # type: ignore[arg-type]
    for contact in unit.contacts:
        session.add(
            ContactRow(
                unit=unit.code, role=contact.role, name=contact.name, email=contact.email, phone=contact.phone
            )
        )
    return True


def load_tree(session: Session) -> UnitTree:
    """Every version of every unit, with its contacts; read again only after a change of units was committed."""
    mark = read_mark(session, _CHANGED)
    return _tree(session) if mark is None else _remembered(mark, _Asking(session))


@dataclass(frozen=True)
class _Asking:
    """The session that reads when the tree is not remembered; equal to any other, so that only the mark counts."""

    session: Session = field(compare=False)


@lru_cache(maxsize=4)
def _remembered(_mark: str, asking: _Asking) -> UnitTree:
    return _tree(asking.session)


def note_units_changed(session: Session) -> None:
    """Whoever changes units says so here. A fresh random mark: a change taken back can never be mistaken for it."""
    set_mark(session, _CHANGED, secrets.token_hex(16))


def _tree(session: Session) -> UnitTree:
    contacts = defaultdict(list)
    for row in session.exec(select(ContactRow).order_by(ContactRow.id)):  # type: ignore[arg-type]
        contacts[row.unit].append(Contact(row.role, row.name, row.email, row.phone))
    return UnitTree(
        Unit(
            code=row.code,
            gso_code=row.gso_code,
            kind=row.kind,
            level=row.level,
            name=row.name,
            body=row.body,
            abbreviation=row.abbreviation,
            parent=row.parent,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
            contacts=tuple(contacts[row.code]),
            aliases=tuple(alias for alias in row.aliases.split("|") if alias),
            note=row.note,
        )
        for row in session.exec(select(UnitRow))
    )
