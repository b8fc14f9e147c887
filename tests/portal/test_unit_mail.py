"""The link in mails: each unit gets its own, nobody else's, and what is shown before is what is sent."""

import re

import pytest

from flows.rehearse import preview_day
from tasks.adapters.home import in_use
from tests.ledger.office import day, mails, sweep
from tests.portal.unit_office import unit_home
from tests.portal.unit_person import Person

LINK = re.compile(r"http://127\.0\.0\.1(/k/[A-Za-z0-9_.-]+)")


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    with in_use(home):
        yield home
    home.ledger.close()


def links(mail):
    plain, html = (mail.get_body((kind,)).get_content() for kind in ("plain", "html"))
    assert set(LINK.findall(plain)) == set(LINK.findall(html))
    return set(LINK.findall(plain))


def test_a_reminder_carries_the_link_of_its_own_unit_and_no_other(home):
    sweep("2019-11-20T09:00")
    found = {mail["to"].split("@")[0].strip("<"): links(mail) for mail in mails(home)}
    assert set(found) == {"xa-mot", "xa-hai", "xa-ba"}
    for unit, (link,) in found.items():
        person = Person(home, unit)
        assert link == person.base
        assert person.open().status_code == 200


def test_a_preview_shows_the_very_mail_that_goes_with_its_link(home):
    told = {(mail["to"], mail["text"]) for mail in preview_day(day("2019-11-20"))}
    sweep("2019-11-20T08:00")
    assert told == {(mail["to"], mail.get_body(("plain",)).get_content()) for mail in mails(home)}
    assert all(LINK.search(text) for _, text in told)


def test_what_goes_to_the_lead_unit_carries_no_link_of_anybody(home):
    sweep("2019-11-20T09:00", "2019-11-26T09:00", "2019-12-02T09:00")
    to_lead = [mail for mail in mails(home) if "xa-" not in mail["to"]]
    assert to_lead
    assert [links(mail) for mail in to_lead] == [set()] * len(to_lead)


def test_without_an_address_of_the_page_mails_speak_of_no_page(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch, base_url="")
    with in_use(home):
        sweep("2019-11-20T09:00")
    assert mails(home)
    assert not any("/k/" in mail.as_string() for mail in mails(home))
    home.ledger.close()
