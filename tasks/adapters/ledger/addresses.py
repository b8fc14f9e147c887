"""Addresses that fail: what bounces say of them, and what makes them count again. All in the chain of events."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, func, or_, select

from models.inbound import SOFT_LIMIT
from models.tables import AddressRow, ContactRow, InboundRow
from tasks.adapters.ledger.events import append_event, set_mark

CHANGED = "addresses changed"
"""The mark that says since when the tree of units must be read anew."""
_WORKING, _FAILING = "working", "failing"


@dataclass(frozen=True, slots=True)
class FailingAddress:
    """An address, in small letters, that cannot be written to."""

    address: str
    since: datetime
    status: str


def failing_addresses(session: Session) -> list[FailingAddress]:
    query = select(AddressRow).where(AddressRow.state == _FAILING).order_by(AddressRow.address)
    return [FailingAddress(row.address, row.since, row.status) for row in session.exec(query)]


def units_written_to(session: Session, addresses: Collection[str], on: date) -> set[tuple[str, str]]:
    """(unit, address) for every contact of that day that has one of these addresses, given in small letters."""
    query = select(ContactRow.unit, func.lower(ContactRow.email)).where(
        func.lower(ContactRow.email).in_(addresses),
        or_(col(ContactRow.valid_from).is_(None), col(ContactRow.valid_from) <= on),
        or_(col(ContactRow.valid_to).is_(None), col(ContactRow.valid_to) >= on),
    )
    return set(session.exec(query))


def note_failure(
    session: Session, address: str, *, at: datetime, status: str, evidence: str, actor: str
) -> bool:
    """From now on it counts as no address; False where it was known to fail."""
    row = _row(session, address, at)
    if row.state == _FAILING:
        return False
    row.state, row.since, row.status, row.evidence = _FAILING, at, status, evidence
    _tell(session, "address failing", row, at, actor, status=status, evidence=evidence)
    return True


def note_soft_bounce(
    session: Session, address: str, cycle: str, *, at: datetime, status: str, evidence: str, actor: str
) -> None:
    """Count it; with the last one a cycle bears, the address fails. The mail itself is in `inbound` already."""
    row = _row(session, address, at)
    if row.state == _FAILING:
        return
    query = select(func.count()).where(
        InboundRow.address == row.address,
        InboundRow.cycle == cycle,
        InboundRow.counts_as_soft,
        col(InboundRow.read_at) >= row.since,
    )
    row.soft_count = session.exec(query).one()
    row.status, row.evidence = status, evidence
    if row.soft_count >= SOFT_LIMIT:
        note_failure(session, address, at=at, status=status, evidence=evidence, actor=actor)


def restore(session: Session, addresses: Iterable[str], *, at: datetime, actor: str) -> list[str]:
    """They count again; returns those that did not."""
    restored = []
    for address in sorted({address.lower() for address in addresses}):
        row = session.get(AddressRow, address)
        if row is None or row.state != _FAILING:
            continue
        row.state, row.since, row.soft_count = _WORKING, at, 0
        _tell(session, "address restored", row, at, actor)
        restored.append(address)
    return restored


def known_addresses(session: Session) -> list[AddressRow]:
    """Every address that ever bounced, the failing ones first."""
    return list(session.exec(select(AddressRow).order_by(AddressRow.state, AddressRow.address)))


def _row(session: Session, address: str, at: datetime) -> AddressRow:
    found = session.get(AddressRow, address.lower())
    if found is None:
        found = AddressRow(address=address.lower(), state=_WORKING, since=at)
        session.add(found)
    return found


def _tell(session: Session, kind: str, row: AddressRow, at: datetime, actor: str, **told: str) -> None:
    session.flush()
    set_mark(session, CHANGED, secrets.token_hex(16))
    append_event(session, kind, at=at, actor=actor, address=row.address, **told)
