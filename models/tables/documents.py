"""Documents written from the ledger: each version kept, named by what went in and what came out."""

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel, UniqueConstraint

from models.tables.types import Moment


class DocumentRow(SQLModel, table=True):
    __tablename__ = "document"
    __table_args__ = (UniqueConstraint("cycle", "unit", "kind", "step", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle: str = Field(index=True)
    unit: str = ""
    """Whose document: empty for the lead unit's."""
    kind: str
    """bao-cao or cong-van."""
    step: str = ""
    """Which công văn: T+1, T+5."""
    version: int
    sha256: str
    inputs: str
    """Hash of where the units stood; a document is written again only when this changes."""
    snapshot: str = ""
    """Hash of all it was made from, which the file store keeps (`models.report.frozen`); "": written before that."""
    file: str
    """Its place in the file store."""
    received: int | None = None
    """Made from the reports of so many units …"""
    expected: int | None = None
    """… of so many; None: written before that was recorded."""
    state: str = "draft"
    """As `models.signing.DocumentState`."""
    number: str = ""
    """Số, ký hiệu: 05/BC-SLĐTBXH, once it is issued."""
    day: date | None = None
    """The day it was issued."""
    asked: int = 0
    """While a draft: the lead unit was asked about it at the steps of its ladder up to so many working days."""
    supersedes: int | None = None
    written_at: datetime = Field(sa_type=Moment)
    relation: str = ""
    """thay-the, bo-sung or dinh-chinh: of a document that corrects one that was issued."""
    relates_to: int | None = None
    """That document."""
    state_since: datetime | None = Field(default=None, sa_type=Moment)
    """When it came into its state; None: as long as it is there."""
    scan_sha256: str = ""
    """Of the signed scan."""
    scan_name: str = ""
    dispatched_at: datetime | None = Field(default=None, sa_type=Moment)
    """When it was first sent to its Nơi nhận."""
    archive_sha256: str = ""
    """Of the bundle it was archived as."""
    flags: str = ""
    """Of a document under way or issued: which of the reports it was made from have changed, as last told to the lead
    unit.
    """


class DocumentSourceRow(SQLModel, table=True):
    """One report that a document under way or issued rests on, of its own cycle or of one below."""

    __tablename__ = "document_source"
    __table_args__ = (
        UniqueConstraint("document_id", "cycle", "unit"),
        Index("ix_document_source", "cycle", "unit"),
    )

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id")
    cycle: str
    unit: str
    version: int
    """0: it had not come."""
