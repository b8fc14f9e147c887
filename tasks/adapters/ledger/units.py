"""Units in the ledger, with their contacts and what became of them."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session, select

from models.tables import ContactRow, UnitLinkRow, UnitRow
from models.units import Contact, Unit, UnitLink, UnitTree, read_lines
from tasks.adapters.database import PICTURE
from tasks.adapters.ledger import addresses
from tasks.adapters.ledger.events import append_event, read_marks, set_mark

_CHANGED = "units changed"
_PLAIN = ("gso_code", "kind", "level", "name", "body", "abbreviation", "parent", "valid_to", "note")


def save_units(
    session: Session,
    units: Sequence[Unit],
    links: Sequence[UnitLink] = (),
    *,
    at: datetime,
    actor: str,
    source: str,
    whole_links: bool = False,
) -> int:
    """Add or replace unit versions by (code, valid_from) and links by (before, after, day). The contacts of a unit are
    those of its file; a file that names none leaves them as they are, and an address that is new to the unit counts
    again whatever bounced before. `whole_links`: a file corrects the predecessors it gave before. Returns how many
    versions and links were new or changed; the same file twice changes nothing.
    """
    changed = _save_versions(session, units, at, actor) + _save_links(session, links, whole=whole_links)
    if changed:
        note_units_changed(session)
        append_event(session, "units imported", at=at, actor=actor, source=source, changed=changed)
    return changed


def _save_versions(session: Session, units: Sequence[Unit], at: datetime, actor: str) -> int:
    known = {(row.code, row.valid_from): row for row in session.exec(select(UnitRow))}
    contacts: dict[str, list[ContactRow]] = defaultdict(list)
    for contact in session.exec(select(ContactRow)):
        contacts[contact.unit].append(contact)
    wanted: dict[str, dict[Contact, None]] = defaultdict(dict)
    for unit in units:
        wanted[unit.code] |= dict.fromkeys(unit.contacts)
    changed_contacts = set()
    for code, named in wanted.items():
        before = {row.email for row in contacts[code]}
        if _save_contacts(session, code, named, contacts[code]):
            changed_contacts.add(code)
            new = {contact.email for contact in named} - before
            addresses.restore(session, new, at=at, actor=actor)
    changed = 0
    for unit in units:
        row = known.get((unit.code, unit.valid_from))
        values = _values(unit)
        if row is None:
            session.add(UnitRow(code=unit.code, valid_from=unit.valid_from, **values))
        elif {name: getattr(row, name) for name in values} != values:
            for name, value in values.items():
                setattr(row, name, value)
        elif unit.code not in changed_contacts:
            continue
        changed += 1
    session.flush()
    return changed


def _values(unit: Unit) -> dict[str, Any]:
    return {name: getattr(unit, name) for name in _PLAIN} | {
        "aliases": "|".join(unit.aliases),
        "lines": "|".join(f"{name}:{above}" if above else name for name, above in unit.lines),
    }


def _save_contacts(session: Session, code: str, wanted: Iterable[Contact], rows: list[ContactRow]) -> bool:
    wanted = list(wanted)
    if not wanted or {_contact(row) for row in rows} == set(wanted):
        return False
    for row in rows:
        session.delete(row)
    session.flush()
    for contact in wanted:
        session.add(
            ContactRow(
                unit=code,
                role=contact.role,
                name=contact.name,
                email=contact.email,
                phone=contact.phone,
                valid_from=contact.valid_from,
                valid_to=contact.valid_to,
            )
        )
    return True


def _contact(row: ContactRow) -> Contact:
    return Contact(row.role, row.name, row.email, row.phone, row.valid_from, row.valid_to)


def _save_links(session: Session, links: Sequence[UnitLink], *, whole: bool) -> int:
    """`whole`: the predecessors given for a unit and a day are all of them, and links to others go."""
    known = {(row.from_unit, row.to_unit, row.on_day): row for row in session.exec(select(UnitLinkRow))}
    wanted = {(link.before, link.after, link.on) for link in links}
    told = {(link.after, link.on) for link in links}
    changed = 0
    for key, old in known.items():
        if whole and key not in wanted and (old.to_unit, old.on_day) in told:
            session.delete(old)
            changed += 1
    for link in links:
        row = known.get((link.before, link.after, link.on))
        if row and _link(row) == link:
            continue
        if row is None:
            row = UnitLinkRow(from_unit=link.before, to_unit=link.after, on_day=link.on, kind=link.kind)
        row.kind, row.share, row.reason, row.document = (
            link.kind,
            link.share or None,
            link.reason,
            link.document,
        )
        session.add(row)
        changed += 1
    session.flush()
    return changed


def _link(row: UnitLinkRow) -> UnitLink:
    return UnitLink(
        row.from_unit, row.to_unit, row.on_day, row.kind, row.share or "", row.reason, row.document
    )


def load_tree(session: Session) -> UnitTree:
    """Every version of every unit, with its contacts; read again only after a change of units was committed. A contact
    whose address fails stands there without it, so that whoever asks where to write is told nowhere.
    """
    remembered = session.info.get(PICTURE, {})
    if _CHANGED not in remembered:
        marks = read_marks(session, _CHANGED, addresses.CHANGED)
        mark, asking = marks.get(_CHANGED), _Asking(session)
        tree = _remembered((mark, marks.get(addresses.CHANGED)), asking) if mark else _tree(session)
        remembered[_CHANGED] = tree
    found: UnitTree = remembered[_CHANGED]
    return found


@dataclass(frozen=True)
class _Asking:
    """The session that reads when the tree is not remembered; equal to any other, so that only the mark counts."""

    session: Session = field(compare=False)


@lru_cache(maxsize=4)
def _remembered(_marks: tuple[str, str | None], asking: _Asking) -> UnitTree:
    return _tree(asking.session)


def note_units_changed(session: Session) -> None:
    """Whoever changes units says so here. A fresh random mark: a change taken back can never be mistaken for it."""
    set_mark(session, _CHANGED, secrets.token_hex(16))


def _tree(session: Session) -> UnitTree:
    contacts = defaultdict(list)
    failing = {each.address for each in addresses.failing_addresses(session)}
    for row in session.exec(select(ContactRow).order_by(ContactRow.id)):  # type: ignore[arg-type]
        contact = _contact(row)
        works = contact.email.lower() not in failing
        contacts[row.unit].append(contact if works else replace(contact, email=""))
    units = [
        Unit(
            code=row.code,
            valid_from=row.valid_from,
            contacts=tuple(contacts[row.code]),
            aliases=tuple(alias for alias in row.aliases.split("|") if alias),
            lines=read_lines(row.lines),
            **{name: getattr(row, name) for name in _PLAIN},
        )
        for row in session.exec(select(UnitRow))
    ]
    return UnitTree(units, [_link(row) for row in session.exec(select(UnitLinkRow))])
