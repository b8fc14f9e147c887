"""What a ledger holds, as content: what ought to be equal however the days were swept. No row numbers, and not the mark
of how far it was swept.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from models.tables import metadata
from tasks.adapters.home import Home
from tasks.adapters.mail import OutgoingMail

Rows = list[tuple[Any, ...]]
Picture = dict[str, Rows]
_LEFT_OUT = {"mark", "plan", "unit", "contact", "unit_link"}
_NAMES: dict[str, str] = {
    "cycle_id": "SELECT id, key FROM cycle",
    "submission_id": "SELECT id, unit || ' v' || version FROM submission",
    "supersedes": "SELECT id, version FROM document",
}
"""What stands in place of a row number."""


def picture(home: Home, mails: list[OutgoingMail]) -> Picture:
    """Table → its rows, and the mails that left with all they said. The chain of events is among the tables, seals
    included: two chains with one last seal tell one story, in one order.
    """
    with home.ledger.read() as session:
        connection = session.connection()
        names = {
            column: dict(connection.execute(sa.text(query)).tuples().all())
            for column, query in _NAMES.items()
        }
        found = {
            table.name: _rows(connection, table, names)
            for table in metadata.sorted_tables
            if table.name not in _LEFT_OUT
        }
    return found | {"mails": sorted(_told(mail, str(home.folder.resolve())) for mail in mails)}


def _rows(connection: sa.Connection, table: sa.Table, names: dict[str, dict[Any, Any]]) -> Rows:
    columns = [column for column in table.columns if column.name != "id"]
    says: list[Callable[[Any], Any]] = [
        names.get(c.name, {}).get if c.name in names else _same for c in columns
    ]
    rows = connection.execute(sa.select(*columns).order_by(*table.primary_key)).all()
    told = [tuple(say(value) for say, value in zip(says, row, strict=True)) for row in rows]
    return told if table.name == "event" else sorted(told, key=repr)


def _same(value: Any) -> Any:
    return value


def _told(mail: OutgoingMail, folder: str) -> tuple[str, ...]:
    """A mail names the file it is about; where the home lies is nothing it says."""
    said = hashlib.sha256(f"{mail.text}\x1f{mail.html}".replace(folder, "").encode())
    for attachment in mail.attachments:
        said.update(attachment.name.encode() + hashlib.sha256(attachment.data).digest())
    return (mail.message_id, mail.to, mail.subject, str(mail.date), said.hexdigest())


def differences(one: Picture, other: Picture) -> list[str]:
    """Every row that only one of the two has, in words; empty where they are equal."""
    said = []
    for table in sorted({*one, *other}):
        ours, theirs = one.get(table, []), other.get(table, [])
        if ours != theirs:
            said += [f"{table}: only the first has {row}" for row in ours if row not in set(theirs)]
            said += [f"{table}: only the second has {row}" for row in theirs if row not in set(ours)]
            said = said or [f"{table}: the same rows in another order, or some twice"]
    return said
