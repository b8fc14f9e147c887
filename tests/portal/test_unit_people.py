"""A list of people is not sent from a unit's page, in whatever field it was pasted; what counts them is."""

import pytest

from tests.ledger.office import dump
from tests.portal.unit_office import GOOD, unit_home
from tests.portal.unit_person import Person

NAMES = ("Nguyễn Văn A", "Trần Thị B", "Hồ Văn C")
BORN = tuple(f"{name}, sinh ngày {day}/3/2012" for day, name in enumerate(NAMES, 1))
MET = tuple(f"{name}, ngày họp {day}/3/2012" for day, name in enumerate(NAMES, 1))


def table(said):
    return {f"b:A.7:{line}:ten": text for line, text in enumerate(said, 1)} | {
        f"b:A.7:{line}:so-tre": "1" for line in range(1, 4)
    }


PASTED = {
    "a narrative": lambda said: {"l:nhiem-vu": "\n".join(said)},
    "a table": table,
    "a note": lambda said: {"g:A.1": "; ".join(said)},
    "notes of several lines": lambda said: dict(zip(("g:A.1", "g:A.2", "g:A.4"), said, strict=True)),
}


@pytest.fixture
def person(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    yield Person(home), home
    home.ledger.close()


@pytest.mark.parametrize("where", PASTED)
def test_a_list_of_people_is_told_at_its_place_and_not_sent_and_one_of_meetings_is(person, where):
    officer, home = person
    officer.send({**GOOD, **PASTED[where](BORN)})
    assert "có danh sách cá nhân" in officer.page
    assert dump(home)["submission"] == []
    officer.send({**GOOD, **PASTED[where](MET)})
    assert "có danh sách cá nhân" not in officer.page
    assert len(dump(home)["submission"]) == 1
