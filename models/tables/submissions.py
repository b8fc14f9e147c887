"""What units sent: never edited, only followed by a next version."""

from datetime import datetime
from decimal import Decimal

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.tables.types import Exact, Moment


class SubmissionRow(SQLModel, table=True):
    __tablename__ = "submission"
    __table_args__ = (UniqueConstraint("cycle_id", "unit", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    unit: str = Field(index=True)
    version: int
    channel: str
    """file, web, mail, paper or phone; totals, where a level passed its totals up."""
    received_at: datetime = Field(sa_type=Moment)
    file_name: str = ""
    file_sha256: str
    content_sha256: str
    """Of the values alone: the same content in another file is the same version."""
    submitted_by: str = ""
    on_behalf_of: str = ""
    paper: str = ""
    """Of a report entered by hand: number and date of the paper, or who told it on the telephone and when."""
    sender: str = ""
    """Of one that came by mail: the address it came from."""
    mail: str = ""
    """The Message-ID of the mail that brought it."""
    mail_sha256: str = ""
    """Of that mail, which the file store keeps."""
    status: str = "accepted"
    """accepted, returned or superseded."""
    nil: bool = False
    findings: str = "[]"
    """Warnings it was accepted with, each with the reason given for it, as JSON."""
    flags: str = "[]"
    """What the reviewer should look at and the unit is not told, as JSON."""


class FigureRow(SQLModel, table=True):
    __tablename__ = "figure"
    __table_args__ = (UniqueConstraint("submission_id", "indicator"),)

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    indicator: str
    number: Decimal | None = Field(default=None, sa_type=Exact)
    text: str | None = None
    """Neither number nor text: of a level that passed up that nobody had anything; `given` and `asked` say who said so."""
    cell: str
    """Where it stood in the file: Biểu!D12. Of a total passed up, the cycle it was added up in."""
    given: int | None = None
    """Of a total passed up: from how many units below it comes, of `asked`."""
    asked: int | None = None


class NarrativeRow(SQLModel, table=True):
    __tablename__ = "narrative"
    __table_args__ = (UniqueConstraint("submission_id", "code"),)

    id: int | None = Field(default=None, primary_key=True)
    submission_id: int = Field(foreign_key="submission.id", index=True)
    code: str
    text: str
    cell: str
