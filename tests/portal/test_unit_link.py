"""The personal link: what it opens, for how long, and that looking changes nothing."""

import re

import pytest

from models.tables import PageLinkRow
from tasks.steps import acts
from tasks.steps.collecting.page_links import link_of, revoke, token_of
from tests.ledger.office import KEY, at, dump, events
from tests.portal.unit_office import GOOD, UNIT, set_clock, unit_home
from tests.portal.unit_person import Person


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    yield home
    home.ledger.close()


@pytest.fixture
def person(home):
    return Person(home)


def test_the_page_names_the_unit_the_cycle_the_last_day_and_whom_to_call(person):
    assert person.open().status_code == 200
    assert "UBND xã Một" in person.page
    assert "năm 2019" in person.page
    assert "thứ Sáu, ngày 29/11/2019" in person.page
    assert "không chuyển tiếp ra ngoài cơ quan" in person.page


def test_looking_ten_times_at_every_address_changes_nothing(home, person):
    person.send()
    before = dump(home)
    version_one = "/da-nhan/1"
    for rest in ("", "?sua=1", "?sua=1&them=A.7", "/kiem-tra", version_one, "/bieu.xlsx", "/bao-cao.docx"):
        for _ in range(10):
            assert person.client.get(person.base + rest).status_code == 200, rest
    for rest in ("", "/kiem-tra", version_one):
        assert person.client.head(person.base + rest).status_code == 200
    assert dump(home) == before


def test_a_scanner_that_presses_every_button_of_a_fresh_page_changes_nothing(home, person):
    before = dump(home)
    person.open()
    for button in ("luu", "gui", "dong:A.7", "tep", "tu-luu", "bo:" + "0" * 64):
        assert person.press(button).status_code in {200, 404}
        person.open()
    assert person.press("", "/gui").status_code == 200
    assert "Chưa gửi được" in person.page
    assert person.press("", "/bieu").status_code == 422
    assert dump(home) == before


@pytest.mark.parametrize(
    "what", ["mark", "unit", "cycle", "generation", "short", "other secret", "long", "words"]
)
def test_a_link_that_is_not_quite_right_opens_nothing_and_tells_nothing(home, person, what):
    token = person.base.removeprefix("/k/")
    mark, rest = token.split(".", 1)
    wrong = {
        "mark": f"{mark[:-1]}{'A' if mark[-1] != 'A' else 'B'}.{rest}",
        "unit": token.replace("xa-mot", "xa-hai"),
        "cycle": token.replace("2019", "2020"),
        "generation": token[:-1] + "1",
        "short": mark,
        "other secret": f"{'x' * 43}.{rest}",
        "long": token + "." * 300,
        "words": "%C3%A9" * 5 + "." + rest,
    }[what]
    answer = person.client.get(f"/k/{wrong}")
    unknown = person.client.get("/k/nothing")
    assert answer.status_code == 404
    assert answer.text == unknown.text
    assert "UBND" not in answer.text
    assert person.client.get(person.base).status_code == 200


def test_a_link_issued_anew_opens_the_same_draft_and_the_old_one_nothing(home, person):
    person.open()
    person.write(GOOD)
    revoke(home, KEY, UNIT, "Chuyển nhầm người", as_of=at("2019-11-21"), actor="test")
    old = person.open()
    assert old.status_code == 410
    assert "thay bằng liên kết mới" in person.page
    renewed = Person(home, generation=1)
    renewed.open()
    assert renewed.value("s:A.4") == "1.355,90"
    assert Person(home, "xa-hai").open().status_code == 200, "another unit's link is untouched"
    assert events(home, "link revoked") == 1


def test_after_the_closing_day_and_its_grace_the_link_says_whom_to_call(home, person, monkeypatch):
    set_clock(monkeypatch, "2020-02-11T23:00")
    assert person.open().status_code == 200
    set_clock(monkeypatch, "2020-02-12T08:00")
    assert person.open().status_code == 410
    assert "đã hết hạn" in person.page
    assert "Cơ quan đầu mối" in person.page


def test_no_address_can_name_another_day(home, person, monkeypatch):
    set_clock(monkeypatch, "2020-03-01T08:00")
    assert person.open("?ngay=2019-11-20").status_code == 410


def test_an_answer_is_kept_nowhere_found_nowhere_and_told_to_nobody(person):
    headers = person.open().headers
    assert headers["cache-control"] == "no-store"
    assert headers["referrer-policy"] == "no-referrer"
    assert "noindex" in headers["x-robots-tag"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "set-cookie" not in headers


def test_the_link_has_more_than_128_bits_and_the_ledger_does_not_hold_it(home, person):
    mark = person.base.removeprefix("/k/").split(".")[0]
    assert len(mark) * 6 >= 128
    person.send()
    assert mark not in str(dump(home))
    assert set(PageLinkRow.model_fields) == {"cycle", "unit", "generation", "reason", "changed_at"}


def test_the_link_is_the_same_each_time_and_empty_without_an_address_of_the_page(home, tmp_path, monkeypatch):
    with home.ledger.read() as session:
        link = link_of(home, session, KEY, UNIT)
        assert link == link_of(home, session, KEY, UNIT)
    assert link == f"http://127.0.0.1/k/{token_of(home, KEY, UNIT, 0)}"
    other = unit_home(tmp_path / "other", monkeypatch, base_url="")
    with other.ledger.read() as session:
        assert link_of(other, session, KEY, UNIT) == ""
    other.ledger.close()


def test_an_exempt_unit_is_asked_for_nothing(home, person):
    acts.exempt(home, KEY, UNIT, "Không thuộc diện", as_of=at("2019-11-20"), actor="test")
    person.open()
    assert "được miễn" in person.page
    assert "<form" not in person.html


def test_a_unit_never_meets_the_pages_of_the_coordinator(person):
    person.open()
    targets = set(re.findall(r'(?:href|action|src)="(/[^"#?]*)', person.html))
    assert {t for t in targets if not t.startswith("/k/")} == {
        "/dondoc.css",
        "/trang.css",
        "/dondoc.svg",
        "/trang.js",
    }
    assert 'href="/"' not in person.client.get("/k/nothing").text
