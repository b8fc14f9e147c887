"""A version of a unit that was entered by mistake is taken back, or begins on the right day. Cycles that have opened keep the
units they opened with.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from models.plan_text.consistency import unknown_units
from models.tables import AssignmentRow, ContactRow, CycleRow, UnitLinkRow, UnitRow
from models.units import Unit, UnitTree
from models.units.correcting import Correction, CorrectionError, redated, withdrawn
from tasks.adapters.home import Home
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.units import load_tree
from tasks.steps.reorganising import UnitError, check_units, note_change


def withdraw(
    home: Home, codes: Sequence[str], on: date, reason: str, document: str, *, as_of: datetime, actor: str
) -> list[Unit]:
    """Take back all that began with these units on the day; returns the versions that are left of every unit touched."""
    told = {"units": list(codes), "on": on, "reason": reason, "document": document}
    with home.ledger.write() as session:
        correction = _worked_out(withdrawn, load_tree(session), codes, on)
        return _apply(session, correction, "units withdrawn", told, as_of, actor)


def redate(
    home: Home,
    codes: Sequence[str],
    on: date,
    to: date,
    reason: str,
    document: str,
    *,
    as_of: datetime,
    actor: str,
) -> list[Unit]:
    """Let all that began with these units on one day begin on another; returns the versions of every unit touched."""
    told = {"units": list(codes), "on": on, "to": to, "reason": reason, "document": document}
    with home.ledger.write() as session:
        correction = _worked_out(redated, load_tree(session), codes, on, to)
        return _apply(session, correction, "units redated", told, as_of, actor)


def _worked_out(work_out: Any, *arguments: Any) -> Correction:
    try:
        found: Correction = work_out(*arguments)
    except CorrectionError as error:
        raise UnitError(str(error)) from None
    return found


def _apply(
    session: Session, correction: Correction, what: str, told: dict[str, Any], as_of: datetime, actor: str
) -> list[Unit]:
    rows = {(row.code, row.valid_from): row for row in session.exec(select(UnitRow))}
    for unit, corrected in correction.units:
        row = rows[unit.code, unit.valid_from]
        if corrected is None:
            session.delete(row)
        else:
            row.valid_from, row.valid_to = corrected.valid_from, corrected.valid_to
    links = {(row.from_unit, row.to_unit, row.on_day): row for row in session.exec(select(UnitLinkRow))}
    for link, moved in correction.links:
        if moved is None:
            session.delete(links[link.before, link.after, link.on])
        else:
            links[link.before, link.after, link.on].on_day = moved.on
    note_change(session, what, as_of, actor, told)
    tree = load_tree(session)
    touched = list(dict.fromkeys(unit.code for unit, _ in correction.units))
    _forget(session, tree, [code for code in touched if code not in tree])
    check_units(session)
    return [version for code in touched for version in tree.versions(code)]


def _forget(session: Session, tree: UnitTree, codes: Sequence[str]) -> None:
    """Units of which nothing is left; UnitError where a cycle or a plan knows them."""
    if not codes:
        return
    owed = session.exec(
        select(AssignmentRow.unit, AssignmentRow.collector, CycleRow.key)
        .join(CycleRow)
        .where(or_(col(AssignmentRow.unit).in_(codes), col(AssignmentRow.collector).in_(codes)))
    ).first()
    if owed:
        code = owed[0] if owed[0] in codes else owed[1]
        raise UnitError(f"{code} is in {owed[2]}: nothing would be left of it; give it another day instead")
    known = {unit.code for unit in tree.all_on()}
    for plan, _ in current_plans(session).values():
        named = [what for _, what in unknown_units(plan, known) if any(f" {code}" in what for code in codes)]
        if named:
            raise UnitError(f"the plan {plan.code} names it, and nothing would be left: {named[0]}")
    for contact in session.exec(select(ContactRow).where(col(ContactRow.unit).in_(codes))).all():
        session.delete(contact)
    session.flush()
