"""Plans in the ledger: every version that was ever loaded, one of each current."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlmodel import Session, col, select

from models.deadlines import SetDue
from models.ids import CycleKey
from models.plan import Plan
from models.plan_text import parse_plan
from models.tables import PlanRow, SetDueRow
from tasks.adapters.ledger.events import append_event


@lru_cache(maxsize=256)
def _parsed(sha256: str, file: str, text: str) -> Plan:  # noqa: ARG001 - the hash is the key that counts
    return parse_plan(text, file)


def save_plan(session: Session, text: str, file: str, *, at: datetime, actor: str) -> Plan:
    """Make this text the current version of its plan; PlanError leaves everything as it was."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    plan = _parsed(sha256, file, text)
    rows = session.exec(select(PlanRow).where(PlanRow.code == plan.code)).all()
    known = next((row for row in rows if row.sha256 == sha256), None)
    if known and known.current:
        return plan
    for row in rows:
        row.current = False
    if known:
        known.current = True
    else:
        session.add(PlanRow(code=plan.code, sha256=sha256, file=file, text=text, loaded_at=at))
    append_event(session, "plan loaded", at=at, actor=actor, plan=plan.code, sha256=sha256)
    return plan


def current_plans(session: Session) -> dict[str, tuple[Plan, str]]:
    """Code → (plan, sha256 of its text), in order of codes."""
    rows = session.exec(select(PlanRow).where(col(PlanRow.current)).order_by(PlanRow.code))
    return {row.code: (_parsed(row.sha256, row.file, row.text), row.sha256) for row in rows}


def first_loaded(session: Session) -> dict[str, datetime]:
    """When each plan was loaded for the first time."""
    found: dict[str, datetime] = {}
    for row in session.exec(select(PlanRow).order_by(col(PlanRow.id))):
        found.setdefault(row.code, row.loaded_at)
    return found


def plan_version(session: Session, code: str, sha256: str) -> Plan:
    """The version of a plan that a cycle was opened under. A version never changes, so it is read once."""
    return _version(code, sha256, _Asking(session))


@dataclass(frozen=True)
class _Asking:
    """The session that reads a version not met before; equal to any other, so that only the hash counts."""

    session: Session = field(compare=False)


@lru_cache(maxsize=256)
def _version(code: str, sha256: str, asking: _Asking) -> Plan:
    query = select(PlanRow).where(PlanRow.code == code, PlanRow.sha256 == sha256)
    row = asking.session.exec(query).one()
    return _parsed(row.sha256, row.file, row.text)


def set_dues(session: Session) -> dict[CycleKey, SetDue]:
    """The dates coordinators set; the latest for each cycle."""
    rows = session.exec(select(SetDueRow).order_by(col(SetDueRow.id)))
    return {CycleKey.parse(row.cycle): SetDue(row.day_x, row.inclusive, row.document) for row in rows}


def dates_set_at(session: Session) -> dict[CycleKey, datetime]:
    """When each date that holds was set."""
    rows = session.exec(select(SetDueRow).order_by(col(SetDueRow.id)))
    return {CycleKey.parse(row.cycle): row.set_at for row in rows}


def save_set_due(
    session: Session,
    key: CycleKey,
    due: SetDue,
    *,
    at: datetime,
    actor: str,
    event: str = "deadline set",
    **told: Any,
) -> None:
    """Record who set which date, when, and under which document; `told` stands in the event besides."""
    session.add(
        SetDueRow(
            cycle=str(key),
            day_x=due.day_x,
            inclusive=due.inclusive,
            document=due.document,
            set_by=actor,
            set_at=at,
        )
    )
    append_event(
        session,
        event,
        at=at,
        actor=actor,
        cycle=str(key),
        day_x=due.day_x,
        inclusive=due.inclusive,
        document=due.document,
        **told,
    )
