"""Which outbox rows a mail was made of."""

from sqlmodel import col, select

from models.tables import MessageRow
from tasks.adapters.home import Home


def message_rows(home: Home, message_id: str) -> list[MessageRow]:
    """In the order they were decided."""
    with home.ledger.read() as session:
        query = select(MessageRow).where(MessageRow.message_id == message_id).order_by(col(MessageRow.id))
        return list(session.exec(query))
