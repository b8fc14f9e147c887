"""Drafts in the ledger: one of each unit and cycle, whatever link or window it is written in."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from models.attachments import Attachment
from models.ids import CycleKey
from models.tables import AssignmentRow, AttachmentRow, CycleRow, DraftRow
from tasks.adapters.ledger.cycles import assignment_row

_DRAFT = select(DraftRow).where(col(DraftRow.assignment_id) == bindparam("assignment"))


@dataclass(frozen=True, slots=True)
class Draft:
    """`version` 0: nothing was saved yet."""

    version: int = 0
    answers: Mapping[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    saved_at: datetime | None = None
    follows: int | None = None
    """The submission that had come when it was saved; None: nothing was sent yet."""


class ChangedMeanwhileError(ValueError):
    """Somebody saved a newer version; `newest` is what stands there."""

    def __init__(self, newest: Draft) -> None:
        super().__init__("the draft has changed")
        self.newest = newest


def save_draft(
    session: Session,
    key: CycleKey,
    unit: str,
    seen: Draft,
    answers: Mapping[str, str],
    attachments: Sequence[Attachment],
    follows: int | None,
    *,
    at: datetime,
    by: str,
) -> Draft:
    """The next version; the same content is no change. ChangedMeanwhileError where `seen` is not the newest."""
    assignment = assignment_row(session, key, unit)
    row = session.scalars(_DRAFT, {"assignment": assignment.id}).first()
    newest = draft_of(row)
    same = (dict(newest.answers), newest.attachments) == (dict(answers), tuple(attachments))
    if same and newest.follows == follows:
        return newest
    if newest.version != seen.version:
        raise ChangedMeanwhileError(newest)
    assert assignment.id
    row = row or DraftRow(assignment_id=assignment.id, version=0, answers="", saved_at=at, saved_by=by)
    row.version += 1
    row.answers = json.dumps(dict(answers), ensure_ascii=False, sort_keys=True)
    row.attachments = json.dumps([each.as_json() for each in attachments], ensure_ascii=False)
    row.follows, row.saved_at, row.saved_by = follows, at, by
    session.add(row)
    session.flush()
    return draft_of(row)


def draft_of(row: DraftRow | None) -> Draft:
    if row is None:
        return Draft()
    attachments = tuple(Attachment(**each) for each in json.loads(row.attachments))
    return Draft(row.version, json.loads(row.answers), attachments, row.saved_at, row.follows)


def drafts_of(session: Session, key: CycleKey) -> dict[str, datetime]:
    """When each unit of a cycle that has a draft it has not sent saved it last."""
    query = (
        select(AssignmentRow.unit, DraftRow.saved_at)
        .join(DraftRow, col(DraftRow.assignment_id) == AssignmentRow.id)
        .join(CycleRow, col(CycleRow.id) == AssignmentRow.cycle_id)
        .where(
            CycleRow.key == str(key),
            col(DraftRow.follows).is_not_distinct_from(col(AssignmentRow.submission_id)),
        )
    )
    return dict(session.exec(query).all())


def attachments_of(session: Session, submission: int) -> list[Attachment]:
    rows = session.exec(
        select(AttachmentRow).where(AttachmentRow.submission_id == submission).order_by(col(AttachmentRow.id))
    )
    return [Attachment(row.name, row.kind, row.size, row.file_sha256) for row in rows]
