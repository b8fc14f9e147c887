"""What happened, in order, each event sealed with the hash of the one before; and the sweep's own state."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.types import Moment


class EventRow(SQLModel, table=True):
    __tablename__ = "event"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Moment)
    kind: str = Field(index=True)
    cycle: str = Field(default="", index=True)
    unit: str = ""
    actor: str
    data: str
    previous: str = Field(unique=True)
    """Unique: two writers cannot both follow the same event, so the chain has no forks."""
    hash: str


class MarkRow(SQLModel, table=True):
    """Small facts about the installation itself, such as the day swept up to."""

    __tablename__ = "mark"

    name: str = Field(primary_key=True)
    value: str
