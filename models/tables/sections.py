"""What a coordinator has made of the sections of a Báo cáo: every version kept."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.tables.types import Moment


class SectionTextRow(SQLModel, table=True):
    __tablename__ = "section_text"
    __table_args__ = (UniqueConstraint("cycle", "code", "version"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle: str = Field(index=True)
    code: str
    """As `models.report.sections.CODES`."""
    version: int
    text: str
    """Empty: from then on the units' own words stand there again."""
    basis: str
    """Whose words had come, each with its seal, and the names of the units, as JSON."""
    edited_by: str
    edited_at: datetime = Field(sa_type=Moment)
