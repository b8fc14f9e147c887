"""What came back by mail: each mail once, the forms in it, and which addresses are known to fail."""

from datetime import datetime

from sqlmodel import Field, SQLModel, UniqueConstraint

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
    arrived_at: datetime | None = Field(default=None, sa_type=Moment)
    """When our mail server took it in; what it brings was received then."""
    sender: str = ""
    """In small letters; empty where the headers name none, or several."""
    subject: str = ""
    unit: str = ""
    """Whose it is, as far as that is known."""
    state: str = Field(default="", index=True)
    """done, held or unmatched (waits for a person), dismissed; empty for mail that asks nothing of anybody."""
    why: str = ""
    """Why it waits: a word of `models.inbound_words`."""
    files: str = "[]"
    """The names of the files in it, as JSON."""
    sha256: str = ""
    """Of the mail as it came, which the file store keeps; empty where nothing in it was looked into."""
    thread: str = "[]"
    """The Message-IDs of its conversation, its own the last, as JSON."""
    decided_by: str = ""
    reason: str = ""


class InboundFormRow(SQLModel, table=True):
    """One form that came in a mail, or a file that may have been meant as one; once for each mail and content."""

    __tablename__ = "inbound_form"
    __table_args__ = (UniqueConstraint("inbound_id", "sha256"),)

    id: int | None = Field(default=None, primary_key=True)
    inbound_id: int = Field(foreign_key="inbound.id", index=True)
    number: int
    """Its place in the mail, from 1: mail 12 brings 12.1 and 12.2."""
    sha256: str
    """Of the form, which the file store keeps."""
    file_name: str = ""
    cycle: str = ""
    unit: str = ""
    state: str = Field(index=True)
    """taken, refused, held, unmatched or dismissed."""
    why: str = ""
    findings: str = "[]"
    """What was said against it, as JSON."""
    version: int | None = None
    """Of the submission it became."""
    decided_at: datetime = Field(sa_type=Moment)
    decided_by: str = ""
    """Who accepted or dismissed what was held."""
    reason: str = ""


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
