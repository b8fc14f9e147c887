"""Which reports a document rests on, down to the lowest level, and which of them are others by now."""

import json
from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlmodel import Session, col, select

from models.ids import CycleKey
from models.report.frozen import Frozen, frozen_total
from models.report.since import ReportChange, TotalChange, changed_totals
from models.tables import AssignmentRow, CycleRow, SubmissionRow
from tasks.adapters.home import Home
from tasks.steps.totals.totalling import PASSED_UP, totals_of

Source = tuple[str, str, int]
"""Cycle, unit, version; 0: it was awaited, and none counted."""


def sources_of(home: Home, session: Session, inputs: Frozen) -> list[Source]:
    """Those of its own cycle, of the cycles that feed it, of what was passed up to it, and of the earlier periods it shows
    beside its own; each once.
    """
    found: dict[tuple[str, str], int] = {}
    for used in inputs.used:
        found.setdefault((used.cycle, used.unit), used.version)
        if used.channel == PASSED_UP:
            _add_below(home, session, used.file_sha256, found)
    for each in inputs.awaited:
        found.setdefault((each.cycle, each.unit), 0)
    for past in inputs.earlier:
        for cycle, versions in past.versions.items():
            for unit, version in versions.items():
                found.setdefault((cycle, unit), version)
    return [(cycle, unit, version) for (cycle, unit), version in found.items()]


def report_changes(session: Session, sources: Collection[Source]) -> list[ReportChange]:
    """In the order of the sources. A report that was sent back or taken out counts no more."""
    now = counted_versions(session, {cycle for cycle, _, _ in sources})
    changes = []
    for cycle, unit, then in sources:
        version, name = now.get((cycle, unit), (0, unit))
        if version != then:
            changes.append(ReportChange(cycle, unit, name, then, version))
    return changes


def total_changes(home: Home, inputs: Frozen) -> list[TotalChange]:
    """Lines of the document that add up to something else today."""
    if not inputs.totals:
        return []
    today = totals_of(home, CycleKey.parse(inputs.cycle)).totals
    return changed_totals(inputs.totals, [frozen_total(total) for total in today])


def counted_versions(session: Session, cycles: Iterable[str]) -> dict[tuple[str, str], tuple[int, str]]:
    """(cycle, unit) → the version that counts now, 0 for none; and the unit's name."""
    query = (
        select(CycleRow.key, AssignmentRow, SubmissionRow.version)
        .join(AssignmentRow, sa.and_(col(AssignmentRow.cycle_id) == CycleRow.id))
        .join(SubmissionRow, sa.and_(col(SubmissionRow.id) == AssignmentRow.submission_id), isouter=True)
        .where(col(CycleRow.key).in_(sorted(set(cycles))))
    )
    return {
        (key, row.unit): (0 if row.returned or row.exempt else version or 0, row.unit_name)
        for key, row, version in session.exec(query)
    }


def _add_below(home: Home, session: Session, sha256: str, found: dict[tuple[str, str], int]) -> None:
    """What a level had accepted when it passed its totals up stands in what was kept of that."""
    told = json.loads(home.files.kept(sha256))
    cycle, versions = told["cycle"], {(unit, version): sha for unit, version, sha in told["versions"]}
    for unit, version in versions:
        found.setdefault((cycle, unit), version)
    for unit in told["missing"]:
        found.setdefault((cycle, unit), 0)
    for unit, version in _passed_up(session, cycle):
        if (unit, version) in versions:
            _add_below(home, session, versions[unit, version], found)


def _passed_up(session: Session, cycle: str) -> list[tuple[str, int]]:
    query = select(SubmissionRow.unit, SubmissionRow.version).join(CycleRow)
    return list(session.exec(query.where(CycleRow.key == cycle, SubmissionRow.channel == PASSED_UP)))
