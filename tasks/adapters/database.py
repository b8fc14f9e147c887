"""The ledger's connection: SQLite or PostgreSQL, migrated before the first use.

`write()` is one transaction, and there is one writer at a time: it takes the write lock at the start (BEGIN
IMMEDIATE on SQLite, an advisory lock on PostgreSQL), so that what is read inside it still holds when it commits.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, nullcontext
from contextvars import ContextVar
from copy import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from time import sleep
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlmodel import Session

import models.migrations

_MIGRATIONS = Path(models.migrations.__file__).parent
_PATIENCE = 60.0
"""Seconds a writer waits for the one before it."""
_TURNS = 1200
_ONE_WRITER = sa.text("SELECT pg_advisory_xact_lock(7240102)")
_BEGIN, _BEGIN_WRITING = sa.text("BEGIN"), sa.text("BEGIN IMMEDIATE")
_KEPT, _BESIDES = 10, 10
"""Connections kept open, and opened besides while they are needed. PostgreSQL allows a hundred, and several processes
use one ledger.
"""
PICTURE = "picture"
"""Stands in the `info` of a session whose every reading is of one moment, so that what was read may be remembered."""


class Ledger:
    def __init__(self, url: str) -> None:
        self.url = url
        self._sqlite = url.startswith("sqlite")
        self.engine = sa.create_engine(
            url,
            connect_args={"timeout": _PATIENCE} if self._sqlite else {},
            pool_size=_KEPT,
            max_overflow=_BESIDES,
        )
        self._rehearsed_on: sa.Connection | None = None
        self._picture: ContextVar[Session | None] = ContextVar("picture", default=None)
        # The writers of this process wait for each other here: in a queue, and without a connection.
        self._writing = Lock()
        if self._sqlite:
            sa.event.listen(self.engine, "connect", _prepare_sqlite)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session to look with; a moment's picture, nothing is kept."""
        if (shared := self._picture.get()) is not None:
            yield shared
            return
        with self._session() as session:
            if not self._rehearsed_on:
                if self._sqlite:
                    session.execute(_BEGIN)
                else:
                    session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
                session.info[PICTURE] = {}
            yield session

    @contextmanager
    def picture(self) -> Iterator[None]:
        """Everything read inside the block is read of one moment, in one transaction. Nothing may be written in it."""
        with self.read() as session:
            token = self._picture.set(session)
            try:
                yield
            finally:
                self._picture.reset(token)

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A session that commits when the block ends and takes everything back when it fails."""
        assert self._picture.get() is None, "a picture is only looked at"
        alone = nullcontext() if self._rehearsed_on else self._writing
        with alone, self._session() as session, session.begin():
            if not self._rehearsed_on:
                session.execute(_BEGIN_WRITING if self._sqlite else _ONE_WRITER)
            yield session

    @contextmanager
    def rehearsal(self) -> Iterator["Ledger"]:
        """The same ledger inside one transaction that is rolled back at the end, whatever was written in it. On SQLite it
        is of a copy, so that others go on writing meanwhile. PostgreSQL has no copy that costs as little: there writers wait,
        since two that write the same keys, one of them to take it all back, would lock each other out one by one.
        """
        assert self._picture.get() is None, "a picture is only looked at"
        with (
            self._copied() if self._sqlite else nullcontext(self) as used,
            used.engine.connect() as connection,
        ):
            connection.execute(_BEGIN_WRITING if self._sqlite else _ONE_WRITER)
            rehearsed = copy(used)
            rehearsed._rehearsed_on = connection  # noqa: SLF001 - our own copy
            try:
                yield rehearsed
            finally:
                connection.rollback()

    @contextmanager
    def _copied(self) -> Iterator["Ledger"]:
        """Of SQLite: what has been committed by now, in a file of its own that goes when the block ends."""
        with TemporaryDirectory() as folder:
            file = Path(folder) / "ledger.sqlite3"
            with closing(sqlite3.connect(file)) as copied, self.engine.connect() as connection:
                connection.connection.driver_connection.backup(copied)  # type: ignore[union-attr]
            ledger = Ledger(f"sqlite:///{file}")
            try:
                yield ledger
            finally:
                ledger.close()

    def _session(self) -> Session:
        if self._rehearsed_on is not None:
            return Session(
                self._rehearsed_on, expire_on_commit=False, join_transaction_mode="create_savepoint"
            )
        return Session(self.engine, expire_on_commit=False)

    def close(self) -> None:
        self.engine.dispose()


def migrate(ledger: Ledger) -> bool:
    """Bring the tables to the newest form; True where there were none. Two at once: one waits for the other."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    head = ScriptDirectory.from_config(config).get_current_head()
    if _revision(ledger) == head:
        return False
    with ledger.engine.begin() as connection:
        if ledger.engine.dialect.name == "postgresql":
            connection.execute(sa.text("SELECT pg_advisory_xact_lock(7240101)"))
        else:
            connection.execute(sa.text("BEGIN IMMEDIATE"))
        is_new = _revision_on(connection) is None
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    return is_new


def _revision(ledger: Ledger) -> str | None:
    with ledger.engine.connect() as connection:
        return _revision_on(connection)


def _revision_on(connection: sa.Connection) -> str | None:
    if not sa.inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(sa.text("SELECT version_num FROM alembic_version")).scalar()


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    # isolation_level None hands BEGIN to us: the driver's own begins too late for BEGIN IMMEDIATE.
    connection.isolation_level = None
    _into_wal(connection)
    for pragma in ("synchronous=NORMAL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _into_wal(connection: Any) -> None:
    """The first who open a new file at once want it for themselves to change its mode, and SQLite lets none of them wait."""
    for attempt in range(_TURNS, -1, -1):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if not attempt:
                raise
            sleep(_PATIENCE / _TURNS)
        else:
            return
