from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from dondoc.web import create_app
from tasks.adapters.home import Home
from tests.portal.seeded import close_and_report, seed


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    home = seed(tmp_path_factory.mktemp("portal") / "home")
    close_and_report(home)
    return home


@pytest.fixture(scope="session")
def page(home: Home) -> Iterator[TestClient]:
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as client:
        yield client
