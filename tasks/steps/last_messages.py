"""The last message about each unit of a cycle: was it asked, and did the asking go out?"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from tasks.adapters.home import Home
from tasks.adapters.ledger.messages import newest_of_units

_NEEDS_A_LOOK = ("failed", "unknown", "queued", "sending", "sent", "withdrawn", "skipped")
"""Of several addresses the one that needs a look first speaks for the unit."""


def with_last_messages(home: Home, rows: Collection[dict[str, Any]], as_of: datetime) -> list[dict[str, Any]]:
    """The rows of `tasks.steps.board`, each unit with its `last_message`: what was decided by `as_of`, in the state it has
    today; None where nobody was written to. `on` is the day it was sent, or where it was not, the day it was decided.
    """
    last: dict[tuple[str, str], dict[str, Any]] = {}
    with home.ledger.read() as session:
        for message in newest_of_units(session, [row["cycle"] for row in rows], as_of):
            known = last.get((message.cycle, message.unit))
            if known is None or _rank(message.state) < _rank(known["state"]):
                last[message.cycle, message.unit] = _told(message, as_of)
    return [
        row
        | {
            "units": [
                unit | {"last_message": last.get((row["cycle"], unit["unit"]))} for unit in row["units"]
            ]
        }
        for row in rows
    ]


def _told(message: sa.Row[Any], as_of: datetime) -> dict[str, Any]:
    was_sent = message.sent_at and message.sent_at <= as_of
    on = message.sent_at if was_sent else message.decided_at
    return {"kind": message.kind, "step": message.step, "state": message.state, "on": on.date().isoformat()}


def _rank(state: str) -> int:
    return _NEEDS_A_LOOK.index(state) if state in _NEEDS_A_LOOK else 0
