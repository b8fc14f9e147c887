"""Documents written from the ledger: each version kept, named by what went in and what came out."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

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
    """Hash of what went in; a document is written again only when this changes."""
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
