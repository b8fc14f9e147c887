"""What a unit is still writing on its page, the links that open it, and the files that came with a report."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.types import Moment


class PageLinkRow(SQLModel, table=True):
    """How often the link of one unit to one cycle was issued anew; no row: never. Nothing here tells the link."""

    __tablename__ = "page_link"

    cycle: str = Field(primary_key=True)
    unit: str = Field(primary_key=True)
    generation: int
    reason: str
    changed_at: datetime = Field(sa_type=Moment)


class DraftRow(SQLModel, table=True):
    """What one unit has entered for one cycle and not sent, or sent and not changed since."""

    __tablename__ = "draft"

    assignment_id: int = Field(foreign_key="assignment.id", primary_key=True)
    version: int
    """Counts the changes: who saves must have seen the newest."""
    answers: str
    """Field of the page → text, as JSON (models/page_fields.py)."""
    attachments: str = "[]"
    follows: int | None = None
    """The submission that was the newest when it was saved: once another has come, what was sent is newer."""
    saved_at: datetime = Field(sa_type=Moment)
    saved_by: str


class AttachmentRow(SQLModel, table=True):
    """A file that belongs to one version of a report; its bytes lie in the file store by their hash."""

    __tablename__ = "attachment"

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    name: str
    kind: str
    """pdf, jpg or png, by its content."""
    size: int
    file_sha256: str
