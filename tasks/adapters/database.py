"""The ledger's connection: SQLite or PostgreSQL, migrated before the first use.

`write()` is one transaction: on SQLite it takes the write lock at the start (BEGIN IMMEDIATE), so that what is
read inside it still holds when it commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlmodel import Session

import models.migrations

_MIGRATIONS = Path(models.migrations.__file__).parent


class Ledger:
    def __init__(self, url: str) -> None:
        self.url = url
        self._sqlite = url.startswith("sqlite")
        self.engine = sa.create_engine(url, connect_args={"timeout": 60} if self._sqlite else {})
        if self._sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session whose work is thrown away."""
        with Session(self.engine, expire_on_commit=False) as session:
            yield session
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits when the block ends and takes everything back when it fails."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            if self._sqlite:
                session.execute(sa.text("BEGIN IMMEDIATE"))
            yield session

    def close(self) -> None:
        self.engine.dispose()


def migrate(ledger: Ledger) -> None:
    """Bring the tables to the newest form; does nothing when they are. Two at once: one waits for the other."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    if _revision(ledger) == head:
        return
    with ledger.engine.begin() as connection:
        if ledger.engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7240101)"))
        else:
            connection.execute(sa.text("BEGIN IMMEDIATE"))
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _revision(ledger: Ledger) -> str | None:
    with ledger.engine.connect() as connection:
        if not sa.inspect(connection).has_table("alembic_version"):
            return None
        return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # isolation_level None hands BEGIN to us: the driver's own begins too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=60000"):
        connection.execute(f"PRAGMA {pragma}")
