"""Plans as loaded, every version kept; and the dates a coordinator set where a plan gives none."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.tables.types import Moment


class PlanRow(SQLModel, table=True):
    __tablename__ = "plan"
    __table_args__ = (UniqueConstraint("code", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    sha256: str
    file: str
    text: str
    loaded_at: datetime = Field(sa_type=Moment)
    current: bool = True


class SetDueRow(SQLModel, table=True):
    """Who set which date, when, and under which document. The latest row of a cycle holds."""

    __tablename__ = "set_due"

    id: int | None = Field(default=None, primary_key=True)
    cycle: str = Field(index=True)
    day_x: date
    inclusive: bool
    document: str
    set_by: str
    set_at: datetime = Field(sa_type=Moment)
