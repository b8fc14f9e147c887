"""Files from the page go past the virus scanner first; the officer is told in words what became of them."""

import pytest

from models.tables import SubmissionRow
from tasks.adapters.home import open_home
from tests.adapters.fake_clamd import MARK, NAME, fake_clamd
from tests.adapters.mail_servers import free_port
from tests.ledger.office import dump, filled
from tests.portal.unit_office import GOOD, PDF, UNIT, WHO, unit_home
from tests.portal.unit_person import Person


@pytest.fixture
def clamd():
    with fake_clamd() as running:
        yield running


@pytest.fixture
def office(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    yield home
    home.ledger.close()


def person_with(office, url):
    home = open_home(office.settings.model_copy(update={"clamd": url}))
    person = Person(home)
    person.open()
    return home, person


def submissions(home):
    return dump(home)[SubmissionRow.__tablename__]


def test_a_clean_workbook_and_a_clean_attachment_are_taken(office, clamd):
    home, person = person_with(office, clamd.url)
    person.write(GOOD, "tep", file=("a.pdf", PDF))
    assert "a.pdf" in person.page
    person.press("", "/bieu", file=("x.xlsx", filled(home, UNIT, "2019-11-20T09:00")), **WHO)
    assert "Giấy biên nhận" in person.page
    assert len(clamd.scanned) == 2


def test_an_infected_attachment_is_refused_by_name_and_what_was_typed_is_kept(office, clamd):
    home, person = person_with(office, clamd.url)
    assert person.write(GOOD, "tep", file=("a.pdf", PDF + MARK)).status_code == 422
    assert f"mã độc ({NAME})" in person.page
    assert "Bỏ tệp này" not in person.page
    assert person.value("s:A.4") == GOOD["s:A.4"]
    assert [file for file in home.folder.rglob("*") if file.is_file() and MARK in file.read_bytes()] == []


def test_an_infected_workbook_is_refused_by_name(office, clamd):
    home, person = person_with(office, clamd.url)
    data = filled(home, UNIT, "2019-11-20T09:00") + MARK
    assert person.press("", "/bieu", file=("x.xlsx", data), **WHO).status_code == 422
    assert f"mã độc ({NAME})" in person.page
    assert submissions(home) == []


@pytest.mark.parametrize("way", ["workbook", "attachment"])
def test_while_the_scanner_is_down_the_officer_is_told_to_try_again_later(office, way):
    home, person = person_with(office, f"tcp://127.0.0.1:{free_port()}")
    if way == "workbook":
        data = filled(home, UNIT, "2019-11-20T09:00")
        answer = person.press("", "/bieu", file=("x.xlsx", data), **WHO)
    else:
        answer = person.write(GOOD, "tep", file=("a.pdf", PDF))
    assert answer.status_code == 503
    assert "Đề nghị gửi lại sau ít phút" in person.page
    assert submissions(home) == []
    assert not (home.folder / "files").exists()
    assert (person.value("s:A.4") == GOOD["s:A.4"]) is (way == "attachment")
