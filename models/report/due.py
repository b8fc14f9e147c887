"""When the lead unit's Báo cáo is to be written, and written again."""

import hashlib
import json
from collections.abc import Iterable, Sequence

from models.calendar import PlannedCycle
from models.states import Standing

REPORTED_KINDS = {"plan", "result", "inform", "register"}


def report_due(
    planned: PlannedCycle,
    standings: Sequence[Standing],
    written: str | None,
    edits: Sequence[str] = (),
    *,
    is_over: bool,
) -> bool:
    """The cycle is over: closed, or everyone has reported; somebody has; and the last version had other inputs, or is a draft
    that does not say which issued one it follows.

    `standings` are those of the cycle and of the cycles that feed it, `written` the inputs of the last version (None: there
    is none), `edits` the newest versions of its edited sections.
    """
    if planned.obligation.kind not in REPORTED_KINDS or planned.plan.report_of(planned.obligation) is None:
        return False
    if not is_over or not any(standing.reported for standing in standings):
        return False
    return written != inputs_hash(standings, edits)


def inputs_hash(standings: Iterable[Standing], edits: Sequence[str] = ()) -> str:
    """Changes when, and only when, what goes into the report changes."""
    parts = [
        [s.unit, s.version, s.nil, s.returned, s.exempt, s.on_time, str(s.first_submitted_at)]
        for s in standings
    ]
    edited = [["edited", *edits]] if edits else []
    return hashlib.sha256(json.dumps([*parts, *edited]).encode()).hexdigest()
