"""One obligation in one period, and who owes it: frozen on the day the cycle opens."""

from datetime import date, datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

from models.tables.types import Moment


class CycleRow(SQLModel, table=True):
    __tablename__ = "cycle"

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    plan: str = Field(index=True)
    obligation: str
    period: str
    plan_sha256: str
    day_x: date
    due_at: datetime = Field(sa_type=Moment)
    closes_on: date
    moves: int = 0
    """How often its day was changed after it had opened."""
    moved_by: str = ""
    """The document of the last change; empty while there was none."""
    policy: str
    opened_at: datetime = Field(sa_type=Moment)
    closed_at: datetime | None = Field(default=None, sa_type=Moment)


class AssignmentRow(SQLModel, table=True):
    """One unit's duty in one cycle, with what the coordinator decided about it."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("cycle_id", "unit"),)

    id: int | None = Field(default=None, primary_key=True)
    cycle_id: int = Field(foreign_key="cycle.id", index=True)
    unit: str = Field(index=True)
    unit_name: str
    position: int
    kind: str = ""
    """As it was then: it decides which figures are asked of the unit."""
    collector: str = ""
    """The office its report goes through, which adds it up: one for each unit and cycle."""
    extended_to: date | None = None
    """The last day, included, that the extension grants."""
    due_at: datetime | None = Field(default=None, sa_type=Moment)
    """Own deadline, when extended."""
    exempt: bool = False
    returned: bool = False
    returned_until: date | None = None
    """The last day, included, for the correction."""
    reason: str = ""
    first_submitted_at: datetime | None = Field(default=None, sa_type=Moment)
    """Never changes once set."""
    submission_id: int | None = None
    """The version that counts."""
