"""A second year on the unit's page: what was reported in the first stands beside the fields, where the plan asks for it."""

import pytest

from models.plan_text import parse_plan
from tasks.adapters.ledger.plans import save_plan
from tasks.steps.opening import ensure_open
from tests.ledger.office import NEXT, at, submit
from tests.portal.unit_office import UNIT, set_clock, unit_home
from tests.portal.unit_person import Person


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    assert submit(home, UNIT, "2019-11-19", A_1=1355).accepted
    yield home
    home.ledger.close()


def second_year(home, monkeypatch):
    ensure_open(home, NEXT, at("2020-10-16"))
    set_clock(monkeypatch, "2020-11-20T09:00")
    person = Person(home, key=NEXT)
    person.open()
    return person


def test_the_figures_of_the_year_before_stand_beside_the_fields(home, monkeypatch):
    assert "Năm 2019: 1.355" in second_year(home, monkeypatch).page


def test_where_the_plan_does_not_ask_for_them_they_are_not_shown(home, monkeypatch):
    file = home.settings.plans / "ke-hoach-mau.yaml"
    text = file.read_text("utf-8").replace("  form:\n", "  form:\n    last_period: false\n", 1)
    assert not parse_plan(text, file.name).obligations[0].form.last_period
    with home.ledger.write() as session:
        save_plan(session, text, file.name, at=at("2020-01-02"), actor="set-up")
    page = second_year(home, monkeypatch).page
    assert "năm 2020" in page
    assert "Năm 2019" not in page
