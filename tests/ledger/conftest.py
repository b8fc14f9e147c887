"""Each test of the ledger runs twice: on SQLite, and on a real PostgreSQL that is started once."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tasks.adapters.home import Home, open_home
from tasks.adapters.settings import Settings
from tests.ledger.office import SECRET, load_office, write_office
from tests.postgres import NewDatabase, postgres_server


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_office(tmp_path_factory.mktemp("office") / "plans")


@pytest.fixture(scope="session")
def postgres() -> Iterator[NewDatabase]:
    """Call it for the address of a new database."""
    with postgres_server() as new_database:
        yield new_database


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


@pytest.fixture(scope="session")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Where the home of each backend lies: always there, made anew for each test. The engine that knows the place
    keeps what it has compiled, which is half the time of a test.
    """
    return {name: tmp_path_factory.mktemp(name) / "home" for name in ("sqlite", "postgresql")}


@pytest.fixture
def settings(
    request: pytest.FixtureRequest,
    backend: str,
    places: dict[str, Path],
    office: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Settings:
    """The environment of one home of the office; other processes that inherit it find the same home."""
    folder, url = places[backend], ""
    shutil.rmtree(folder, ignore_errors=True)
    if backend == "postgresql":
        url = request.getfixturevalue("postgres")(request.getfixturevalue("postgres_office"), "office")
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
