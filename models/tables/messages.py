"""The outbox: every mail that was decided, one row for each cycle x unit x kind x step x recipient."""

from datetime import date, datetime

from sqlmodel import Field, Index, SQLModel

from models.tables.types import Moment


class MessageRow(SQLModel, table=True):
    """`queued` → `sending` → `sent`; or `skipped`, `withdrawn`, `failed`; `unknown` where the server's answer was
    lost after the data had gone: never sent again by machine.
    """

    __tablename__ = "message"
    __table_args__ = (Index("ix_message_cycle_unit", "cycle", "unit"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    cycle: str
    unit: str
    kind: str
    step: str
    recipient: str = Field(index=True)
    state: str = Field(default="queued", index=True)
    reason: str = ""
    planned_on: date
    decided_at: datetime = Field(sa_type=Moment)
    payload: str = "{}"
    """What the text needs and the ledger does not have elsewhere, as JSON."""
    message_id: str = Field(default="", index=True)
    subject: str = ""
    attempts: int = 0
    not_before: datetime | None = Field(default=None, sa_type=Moment)
    """Waits for this moment: for working hours, the next day, or the next try."""
    tried_at: datetime | None = Field(default=None, sa_type=Moment)
    """The moment the sweep that last claimed it was about."""
    lease_until: datetime | None = Field(default=None, sa_type=Moment)
    """While `sending`: until when by the clock its claim holds; after that, whoever claimed it is dead."""
    sent_at: datetime | None = Field(default=None, sa_type=Moment)
