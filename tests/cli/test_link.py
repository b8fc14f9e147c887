"""dondoc link: the way into a unit's page, and how it is closed."""

import pytest

from tasks.steps.collecting.page_links import ClosedLinkError, open_link
from tests.ledger.office import at, events

ASKED = ("link", "ke-hoach-mau/O1/2019", "xa-mot", "--as-of", "2019-11-20")


def token(answer):
    return answer.json["link"].rpartition("/k/")[2]


def test_it_shows_the_link_of_one_unit_the_same_each_time(home, run, monkeypatch):
    monkeypatch.setenv("DONDOC_BASE_URL", "https://baocao.example/")
    first = run(*ASKED, "--json")
    assert first.json == run(*ASKED, "--json").json
    assert first.json["link"].startswith("https://baocao.example/k/")
    assert (first.json["generation"], first.json["until"]) == (0, "2020-02-11")
    assert open_link(home, token(first), at("2019-11-20")).unit == "xa-mot"
    assert run(*ASKED).out.splitlines()[0] == first.json["link"]


def test_without_an_address_of_the_page_it_shows_the_path_and_says_what_is_missing(home, run, monkeypatch):
    assert run(*ASKED, "--json").json["link"].startswith("/k/")
    assert "DONDOC_BASE_URL is not set" in run(*ASKED).err
    monkeypatch.setenv("DONDOC_BASE_URL", "https://baocao.example/")
    assert run(*ASKED).err == ""


def test_it_says_whether_the_link_opens_anything_on_that_day(home, run):
    assert "opens until 2020-02-11" in run(*ASKED).out
    assert "opens nothing since 2020-02-11" in run(*ASKED[:-1], "2020-02-12").out


def test_a_revoked_link_opens_nothing_and_the_new_one_does(home, run):
    old = token(run(*ASKED, "--json"))
    new = token(run(*ASKED, "--revoke", "--reason", "Chuyển nhầm người", "--json"))
    with pytest.raises(ClosedLinkError):
        open_link(home, old, at("2019-11-20"))
    assert open_link(home, new, at("2019-11-20")).unit == "xa-mot"
    assert events(home, "link revoked") == 1


@pytest.mark.parametrize(
    "wrong",
    [
        (*ASKED, "--revoke"),
        (*ASKED, "--revoke", "--reason", " "),
        (*ASKED, "--reason", "Không rõ"),
        ("link", "ke-hoach-mau/O1/2019", "phong-mau", "--as-of", "2019-11-20"),
        ("link", "ke-hoach-mau/O4/2019", "xa-mot", "--as-of", "2019-11-20"),
    ],
)
def test_what_makes_no_sense_is_refused_and_closes_no_link(home, run, wrong):
    answer = run(*wrong)
    assert answer.code == 2
    assert answer.err.startswith("dondoc: ")
    assert events(home, "link revoked") == 0
