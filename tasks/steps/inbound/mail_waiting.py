"""Mail that came in, as a coordinator sees it: from whom, whose it seems to be, what is in it, and why it waits."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlmodel import Session

from models.calendar import PlannedCycle
from models.ids import CycleKey
from models.inbound_words import STATES, WAITING, why_words
from models.tables import InboundFormRow, InboundRow
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import opened_cycles
from tasks.adapters.ledger.inbound import form_rows, mail_row, mails
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.mailbox import PARENT


def listed(home: Home, states: Collection[str], by: datetime | None = None) -> list[dict[str, Any]]:
    """Mails in one of these states, the oldest first; every mail with something to decide or decided where none is named."""
    with home.ledger.read() as session:
        rows = mails(session, states, by=by)
        return _told(home, session, rows)


def waiting(home: Home, as_of: datetime) -> list[dict[str, Any]]:
    """What asks something of a person."""
    return listed(home, WAITING, as_of)


def shown(home: Home, number: int) -> dict[str, Any]:
    """One mail; KeyError where there is none."""
    with home.ledger.read() as session:
        return _told(home, session, [mail_row(session, number)])[0]


def _told(home: Home, session: Session, rows: list[InboundRow]) -> list[dict[str, Any]]:
    if not rows:
        return []
    tree, planned = load_tree(session), opened_cycles(session, home.days)
    return [_mail(row, form_rows(session, row.id or 0), tree, planned) for row in rows]


def _mail(
    row: InboundRow, forms: list[InboundFormRow], tree: UnitTree, planned: dict[CycleKey, PlannedCycle]
) -> dict[str, Any]:
    arrived = row.arrived_at or row.read_at
    return {
        "id": row.id,
        "state": row.state,
        "state_vi": STATES.get(row.state, row.state),
        "why": row.why,
        "why_vi": why_words(row.why).vietnamese,
        "why_en": why_words(row.why).english,
        "todo_vi": why_words(row.why).todo,
        "arrived_at": arrived.isoformat(),
        "sender": row.sender,
        "subject": row.subject,
        "unit": row.unit,
        "unit_name": _unit(row.unit, tree, arrived),
        "cycle": row.cycle,
        "cycle_name": _cycle(row.cycle, planned),
        "files": json.loads(row.files),
        "folder": f"{PARENT}/{row.folder}",
        "message_id": row.mail,
        "sha256": row.sha256,
        "decided_by": row.decided_by,
        "reason": row.reason,
        "forms": [_form(row, form, tree, planned) for form in forms],
    }


def _form(
    row: InboundRow, form: InboundFormRow, tree: UnitTree, planned: dict[CycleKey, PlannedCycle]
) -> dict[str, Any]:
    return {
        "id": f"{row.id}.{form.number}",
        "file": form.file_name,
        "sha256": form.sha256,
        "state": form.state,
        "state_vi": STATES.get(form.state, form.state),
        "why": form.why,
        "why_vi": why_words(form.why).vietnamese,
        "why_en": why_words(form.why).english,
        "unit": form.unit,
        "unit_name": _unit(form.unit, tree, form.decided_at),
        "cycle": form.cycle,
        "cycle_name": _cycle(form.cycle, planned),
        "version": form.version,
        "findings": json.loads(form.findings),
        "decided_by": form.decided_by,
        "reason": form.reason,
    }


def _unit(code: str, tree: UnitTree, at: datetime) -> str:
    return tree.nearest(code, at.date()).body if code in tree else code


def _cycle(key: str, planned: dict[CycleKey, PlannedCycle]) -> str:
    cycle = planned.get(CycleKey.parse(key)) if key else None
    return f"{cycle.obligation.title}, {cycle.period.vietnamese}" if cycle else key
