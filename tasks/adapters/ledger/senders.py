"""Who may send a unit's report by mail: its contacts, and whoever was written to about it."""

from datetime import date
from typing import Any

from sqlmodel import Session, col, func, or_, select

from models.senders import plain_address
from models.tables import ContactRow, MessageRow
from models.units import UnitTree


def speaks_for(session: Session, tree: UnitTree, unit: str, cycle: str, address: str, on: date) -> bool:
    """Is it an address of the unit, or of the unit it has become, on that day; or one that was written to about this
    report? An address that failed before counts: somebody has just written from it.
    """
    plain = plain_address(address)
    return bool(address) and plain in _contacts(session, tree, unit, on) | _written_to(session, unit, cycle)


def units_of(session: Session, address: str, on: date) -> list[str]:
    """The units that have it among their contacts on that day."""
    wanted = {address.lower(), plain_address(address)} - {""}
    query = select(ContactRow.unit).where(func.lower(ContactRow.email).in_(wanted), *_valid(on))
    return sorted(set(session.exec(query)))


def _contacts(session: Session, tree: UnitTree, unit: str, on: date) -> set[str]:
    holder = tree.holder(unit, on) if unit in tree else None
    units = {unit, *([holder.code] if holder else [])}
    query = select(ContactRow.email).where(col(ContactRow.unit).in_(units), *_valid(on))
    return {plain_address(email) for email in session.exec(query) if email}


def _written_to(session: Session, unit: str, cycle: str) -> set[str]:
    """Only what has really gone out: a row that waits was written to nobody yet."""
    query = select(MessageRow.recipient).where(
        MessageRow.cycle == cycle, MessageRow.unit == unit, MessageRow.message_id != ""
    )
    return {plain_address(email) for email in session.exec(query)}


def _valid(on: date) -> tuple[Any, ...]:
    return (
        or_(col(ContactRow.valid_from).is_(None), col(ContactRow.valid_from) <= on),
        or_(col(ContactRow.valid_to).is_(None), col(ContactRow.valid_to) >= on),
    )
