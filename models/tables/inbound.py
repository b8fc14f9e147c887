"""What came back by mail about our own: each mail once, and which addresses are known to fail."""

from datetime import datetime

from sqlmodel import Field, SQLModel

from models.tables.types import Moment


class InboundRow(SQLModel, table=True):
    """One mail that was read and acted upon; the same mail again changes nothing."""

    __tablename__ = "inbound"

    id: int | None = Field(default=None, primary_key=True)
    mail: str = Field(unique=True)
    """Its Message-ID; a hash of its bytes where it has none."""
    kind: str
    address: str = Field(default="", index=True)
    """The address of ours that it is about, in small letters."""
    status: str = ""
    counts_as_soft: bool = False
    """A bounce that does not condemn the address by itself."""
    cycle: str = ""
    about: str = ""
    """The Message-ID of ours that it is about; empty where it is about none."""
    folder: str
    """Where it is moved to."""
    read_at: datetime = Field(sa_type=Moment)


class AddressRow(SQLModel, table=True):
    """What is known of an address that has bounced. One without a row works, as far as anybody knows."""

    __tablename__ = "address"

    address: str = Field(primary_key=True)
    """In small letters."""
    state: str
    """`working` or `failing`: the second counts as no address at all."""
    since: datetime = Field(sa_type=Moment)
    status: str = ""
    """Of the bounce that counted last: 5.1.1."""
    evidence: str = ""
    """The Message-ID of that bounce."""
    soft_count: int = 0
    """Soft bounces in the cycle of the last one, since it has been working."""
