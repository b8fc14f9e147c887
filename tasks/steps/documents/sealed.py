"""Are the versions of reports a document was made from what their events sealed?"""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlmodel import Session, col, select

from models.report.frozen import Frozen, frozen_total
from models.report.inputs import ReportInputs
from models.report.since import changed_totals
from models.tables import CycleRow, EventRow, FigureRow, NarrativeRow, SubmissionRow
from tasks.adapters.ledger.sealing import values_sha256

Version = tuple[str, str, int]
"""Cycle, unit, number."""


def is_as_sealed(session: Session, inputs: Frozen, again: ReportInputs) -> bool:
    """Every version that went in is what was sealed, and adds up to the totals that were kept. A version from before
    figures were sealed is held against the totals alone.
    """
    if changed_totals(inputs.totals, [frozen_total(total) for total in again.totals]):
        return False
    wanted = {(used.cycle, used.unit, used.version) for used in inputs.used}
    if not wanted:
        return True
    held = values_held(session, {cycle for cycle, _, _ in wanted})
    return all(
        held.get(version) == sha256
        for version, sha256 in _sealed(session, wanted)
        if sha256 and version in wanted
    )


def values_held(session: Session, cycles: Collection[str] | None = None) -> dict[Version, str]:
    """The hash of what each version holds now, of these cycles or of all."""
    query = select(CycleRow.key, SubmissionRow).join(SubmissionRow)
    query = query if cycles is None else query.where(col(CycleRow.key).in_(sorted(cycles)))
    rows = session.exec(query).all()
    ids = None if cycles is None else [row.id for _, row in rows]
    figures: dict[int, list[FigureRow]] = defaultdict(list)
    narratives: dict[int, list[NarrativeRow]] = defaultdict(list)
    asked = select(FigureRow)
    for figure in session.exec(asked if ids is None else asked.where(col(FigureRow.submission_id).in_(ids))):
        figures[figure.submission_id].append(figure)
    said = select(NarrativeRow)
    for narrative in session.exec(
        said if ids is None else said.where(col(NarrativeRow.submission_id).in_(ids))
    ):
        narratives[narrative.submission_id].append(narrative)
    return {
        (key, row.unit, row.version): values_sha256(row.nil, figures[row.id or 0], narratives[row.id or 0])
        for key, row in rows
    }


def _sealed(session: Session, wanted: Iterable[Version]) -> list[tuple[Version, str]]:
    cycles = sorted({cycle for cycle, _, _ in wanted})
    events = session.exec(
        select(EventRow).where(EventRow.kind == "submission accepted", col(EventRow.cycle).in_(cycles))
    )
    told = [(event, json.loads(event.data)) for event in events]
    return [
        ((event.cycle, event.unit, int(data["version"])), str(data.get("values_sha256", "")))
        for event, data in told
    ]
