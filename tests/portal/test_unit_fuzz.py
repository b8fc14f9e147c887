"""Whatever is posted to a unit's page: never a failure of ours, never something half saved, never another unit's."""

import pytest
from lxml import html

from tests.ledger.office import dump, events
from tests.portal.page_fuzz import Fuzz, check_end
from tests.portal.unit_office import GOOD, WHO, unit_home
from tests.portal.unit_person import Person

FEW = 150


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    yield home
    home.ledger.close()


def test_odd_posts_and_addresses_break_nothing(home):
    fuzz = Fuzz(home)
    for number in range(FEW):
        fuzz.fire(number)
    assert fuzz.broken == []
    assert {200, 303, 403, 404, 405} <= fuzz.answers.keys(), "they reach every kind of answer"
    check_end(home)


def test_the_fuzz_notices_a_report_without_its_receipt_and_a_failure(home, monkeypatch):
    fuzz = Fuzz(home)
    monkeypatch.setattr("tasks.steps.collecting.accepting.answers", lambda *_, **__: [])
    fuzz.person.send()
    fuzz.fire(0)
    assert "1 reports, 1 events, 0 receipts" in fuzz.broken[0]
    monkeypatch.setattr("dondoc.web.unit_asking.unit_page", lambda *_: 1 / 0)
    fuzz.fire(0)
    assert "ZeroDivisionError" in fuzz.broken[-1] or "500" in fuzz.broken[-1]


def test_a_scanner_that_opens_every_link_and_presses_every_button_sends_nothing(home):
    """It fills in nothing and says nobody's name; what it presses saves drafts at most."""
    person = Person(home)
    todo, seen, pressed = [person.base], set(), 0
    while todo:
        address = todo.pop()
        if address in seen:
            continue
        seen.add(address)
        page = person.client.get(address, follow_redirects=True)
        assert page.status_code < 500
        if "html" not in page.headers["content-type"]:
            continue
        tree = html.fromstring(page.text)
        todo += [link.split("#")[0] for *_, link, _ in tree.iterlinks() if link.startswith("/")]
        for form in tree.forms:
            for button in form.findall(".//button"):
                fields = {**dict(form.form_values()), button.get("name") or "": button.get("value") or ""}
                answer = person.client.post(form.action or address, data=fields)
                pressed += 1
                assert answer.status_code < 500
    assert pressed > 5
    assert events(home, "submission accepted") == 0
    assert dump(home)["submission"] == []


def test_the_scanner_that_finds_a_ready_draft_does_not_send_it_either(home):
    person = Person(home)
    person.open()
    person.write(GOOD, "gui")
    test_a_scanner_that_opens_every_link_and_presses_every_button_sends_nothing(home)
    person.open("/kiem-tra")
    person.press("", "/gui", **WHO)
    assert events(home, "submission accepted") == 1, "with a name and the confirmation it is sent"
