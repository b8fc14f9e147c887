"""Units close, merge and split on a day; cycles that have opened keep the units they opened with."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import Session, select

from models.tables import UnitLinkRow, UnitRow
from models.units import Unit, UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.units import load_tree, note_units_changed


class UnitError(ValueError):
    """A change of units that cannot be; nothing was applied."""


def close(home: Home, code: str, on: date, reason: str, document: str, *, as_of: datetime) -> list[Unit]:
    """End a unit with the day before `on`."""
    with home.ledger.write() as session:
        _end(session, code, on)
        append_event(
            session,
            "unit closed",
            at=as_of,
            actor="command line",
            unit=code,
            on=on,
            reason=reason,
            document=document,
        )
        return [load_tree(session).nearest(code, on)]


def succeed(
    home: Home,
    before: Sequence[str],
    after: Sequence[str],
    on: date,
    kind: str,
    reason: str,
    document: str,
    *,
    as_of: datetime,
) -> list[Unit]:
    """Units give way to others on a day; one that stands on both sides goes on. Links are kept for comparisons."""
    with home.ledger.write() as session:
        tree = load_tree(session)
        for code in after:
            if tree.at(code, on) is None:
                raise UnitError(f"the successor {code} is not valid on {on}: import it first")
        for code in before:
            if code in after:
                continue
            _end(session, code, on)
        for old in before:
            for new in after:
                session.add(
                    UnitLinkRow(
                        from_unit=old, to_unit=new, on_day=on, kind=kind, reason=reason, document=document
                    )
                )
        append_event(
            session,
            f"units {kind}",
            at=as_of,
            actor="command line",
            before=list(before),
            after=list(after),
            on=on,
            reason=reason,
            document=document,
        )
        tree = load_tree(session)
        return [tree.nearest(code, on) for code in dict.fromkeys((*before, *after))]


def check_parents(tree: UnitTree) -> None:
    """UnitError where a parent is unknown, or units stand above themselves."""
    for unit in tree.all_on():
        seen, parent = {unit.code}, unit.parent
        while parent:
            if parent in seen:
                raise UnitError(f"{unit.code} stands above itself, by way of {parent}")
            if parent not in tree:
                raise UnitError(f"{unit.code}: unknown parent {parent}")
            seen.add(parent)
            parent = tree.nearest(parent, unit.valid_from).parent


def _end(session: Session, code: str, on: date) -> None:
    rows = session.exec(select(UnitRow).where(UnitRow.code == code)).all()
    if not rows:
        raise UnitError(f"unknown unit {code}")
    row = next((r for r in rows if r.valid_from < on and (r.valid_to is None or r.valid_to >= on)), None)
    if row is None:
        raise UnitError(f"{code} is not valid on {on}, or begins that day")
    row.valid_to = on - timedelta(days=1)
    note_units_changed(session)
    session.flush()
