"""An address that mail comes back from is a task on the first screen."""

import pytest
from fastapi.testclient import TestClient

from dondoc.web import create_app
from tasks.adapters.home import open_home
from tasks.adapters.ledger.addresses import note_failure
from tasks.adapters.ledger.units import load_tree
from tests.portal.seeded import at, settings_of


@pytest.fixture
def home(tmp_path):
    home = open_home(settings_of(tmp_path / "home"))
    yield home
    home.ledger.close()


def board(home, day="2019-11-23"):
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as client:
        return client.get(f"/?ngay={day}").text


def fail(home, address):
    with home.ledger.write() as session:
        note_failure(session, address, at=at("2019-11-22T08:00"), status="5.1.1", evidence="<x@y>", actor="-")


def test_the_board_names_the_unit_the_address_and_since_when(home):
    with home.ledger.read() as session:
        (address,) = load_tree(session).emails("huyen-nam-dong", at("2019-11-01T08:00").date())
    assert "Địa chỉ thư bị trả lại" not in board(home)
    fail(home, address)
    page = board(home)
    assert "Địa chỉ thư bị trả lại" in page
    assert f"UBND huyện Nam Đông: {address}" in " ".join(page.replace("<wbr>", "").split())
    assert "mã 5.1.1" in page
    assert "Địa chỉ thư bị trả lại" not in board(home, "2019-11-20"), "on that day it was not known yet"


def test_an_address_nobody_names_is_nobodys_task(home):
    fail(home, "khong-cua-ai@mau.example")
    assert "Địa chỉ thư bị trả lại" not in board(home)
