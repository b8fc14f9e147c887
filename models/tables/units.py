"""Units and their contacts, each version with the days it was valid."""

from datetime import date

from sqlmodel import Field, SQLModel, UniqueConstraint


class UnitRow(SQLModel, table=True):
    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    gso_code: str = ""
    kind: str
    level: str
    name: str
    body: str
    abbreviation: str = ""
    parent: str | None = Field(default=None, index=True)
    valid_from: date
    valid_to: date | None = None
    aliases: str = ""
    lines: str = ""
    """tre-em|phu-nu:hoi-lhpn-tinh-mau: lines, each with the unit above in it where it is named."""
    note: str = ""


class ContactRow(SQLModel, table=True):
    __tablename__ = "contact"
    __table_args__ = (UniqueConstraint("unit", "role", "email"),)

    id: int | None = Field(default=None, primary_key=True)
    unit: str = Field(index=True)
    role: str
    name: str = ""
    email: str = ""
    phone: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


class UnitLinkRow(SQLModel, table=True):
    """A merger, split or succession: many to many, with the share that went over where it is known."""

    __tablename__ = "unit_link"
    __table_args__ = (UniqueConstraint("from_unit", "to_unit", "on_day"),)

    id: int | None = Field(default=None, primary_key=True)
    from_unit: str = Field(index=True)
    to_unit: str = Field(index=True)
    on_day: date
    kind: str
    share: str | None = None
    reason: str = ""
    document: str = ""
