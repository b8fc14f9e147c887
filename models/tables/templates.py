"""Word templates of the offices, every version kept."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.tables.types import Moment


class TemplateRow(SQLModel, table=True):
    __tablename__ = "template"
    __table_args__ = (UniqueConstraint("lead", "kind", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    lead: str = Field(index=True)
    """The office whose documents are written with it."""
    kind: str
    """bao-cao or cong-van."""
    version: int
    sha256: str
    file: str
    """Its place in the file store."""
    valid_from: date
    loaded_at: datetime = Field(sa_type=Moment)
    loaded_by: str
