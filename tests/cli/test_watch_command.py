"""`dondoc watch`, as a timer calls it."""

import pytest

from tasks.adapters.home import open_home
from tests.ledger.office import mails


@pytest.fixture
def swept(home, run, monkeypatch):
    monkeypatch.setenv("DONDOC_ADMIN_MAIL", "quan-tri@mau.example")
    run("sweep", "--as-of", "2019-10-16T08:00")
    yield
    open_home().ledger.close()


def test_it_is_content_while_sweeps_come(swept, run):
    answer = run("watch", "--as-of", "2019-10-17T09:00", "--json")
    assert answer.code == 0
    assert answer.json == {
        "ok": True,
        "last_sweep": "2019-10-16T08:00:00+07:00",
        "hours": 26,
        "mailed": None,
    }


def test_it_says_no_for_as_long_as_none_comes_and_mails_once(home, swept, run):
    first, second = (run("watch", "--as-of", f"2019-10-18T{hour}:00") for hour in ("08", "09"))
    assert (first.code, second.code) == (1, 1)
    assert "no sweep has succeeded for more than 26 hours" in first.out
    assert "mailed to quan-tri@mau.example: alarm" in first.out
    assert "mailed" not in second.out
    assert len(mails(home)) == 1
