"""What was said of the reports that count: warnings with the reasons given for them, and flags for the reviewer."""

import json
from collections.abc import Collection
from typing import Any

from sqlmodel import Session, col, or_, select

from models.tables import AssignmentRow, CycleRow, SubmissionRow

Remarks = dict[str, list[Any]]
NONE: Remarks = {"warnings": [], "flags": []}


def remarks_of(session: Session, cycles: Collection[str]) -> dict[tuple[str, str], Remarks]:
    """(cycle, unit) → `warnings` [{cell, indicator, message, rule, reason …}] and `flags` [a Vietnamese sentence], of
    those that have any; `reason` is empty where the unit gave none.
    """
    query = (
        select(CycleRow.key, AssignmentRow.unit, SubmissionRow.findings, SubmissionRow.flags)
        .join(AssignmentRow, col(AssignmentRow.cycle_id) == CycleRow.id)
        .join(SubmissionRow, col(SubmissionRow.id) == AssignmentRow.submission_id)
        .where(
            col(CycleRow.key).in_(cycles),
            ~col(AssignmentRow.returned),
            or_(SubmissionRow.findings != "[]", SubmissionRow.flags != "[]"),
        )
    )
    return {
        (key, unit): {
            # A warning older than the keeping of reasons has none.
            "warnings": [{"reason": "", **warning} for warning in json.loads(findings)],
            "flags": [flag["message"] for flag in json.loads(flags)],
        }
        for key, unit, findings, flags in session.exec(query)
    }
