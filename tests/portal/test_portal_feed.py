"""The calendar feed, as a calendar program that subscribes to it reads it."""

import shutil
from datetime import date, timedelta

import pytest
import yaml
from fastapi.testclient import TestClient
from icalendar import Calendar

from dondoc.web import create_app
from models.deadlines import SetDue
from models.ids import CycleKey
from models.plan_text import parse_plan
from tasks.adapters.home import Home, open_home
from tasks.adapters.settings import INSTALLED, Settings
from tasks.steps import dating
from tasks.steps.holidays import load_years, moved_by_years, read_year_files
from tasks.steps.loading import PlanFile, load_plans, plan_change
from tasks.steps.opening import ensure_open
from tests.portal.seeded import at

THEN = "2019-12-10"


def events(answer) -> dict:
    """UID → event; a feed that icalendar cannot read fails here."""
    found = list(Calendar.from_ical(answer.content).walk("VEVENT"))
    by_uid = {str(event["UID"]): event for event in found}
    assert len(by_uid) == len(found)
    return by_uid


def day_of(event) -> date:
    return event["DTSTART"].dt


def test_the_feed_is_a_calendar_that_says_how_often_to_look(page):
    answer = page.get("/lich.ics", params={"ngay": THEN})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    feed = Calendar.from_ical(answer.content)
    assert feed["REFRESH-INTERVAL"].dt == timedelta(hours=6)
    assert feed["REFRESH-INTERVAL"].params["VALUE"] == "DURATION"
    assert str(feed["X-PUBLISHED-TTL"]) == "PT6H"
    assert b"\r\n" in answer.content
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75


def test_an_event_lies_on_the_last_working_day_and_says_what_is_due(page):
    event = events(page.get("/lich.ics", params={"ngay": THEN}))["hue-588.O2.2020@dondoc"]
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (date(2020, 11, 27), date(2020, 11, 28))
    assert "năm 2020" in str(event["SUMMARY"])
    assert "trước ngày 30/11" in str(event["DESCRIPTION"])
    assert {"DTSTAMP", "LAST-MODIFIED", "SEQUENCE"} <= set(event)


def test_the_feed_begins_a_year_back_and_has_all_that_is_to_come(page):
    found, later = (events(page.get("/lich.ics", params={"ngay": d})) for d in ("2020-11-29", "2020-12-01"))
    assert min(day_of(event) for event in found.values()) == date(2019, 11, 29)
    assert found.keys() - later.keys() == {"hue-588.O2.2019@dondoc"}
    assert "hue-588.O2.2025@dondoc" in later


def test_one_plan_can_be_chosen_and_an_unknown_one_is_not_found(page):
    found = events(page.get("/lich.ics", params={"ngay": THEN, "plan": "hue-588"}))
    assert {uid.split(".")[0] for uid in found} == {"hue-588"}
    answer = page.get("/lich.ics", params={"plan": "khong-co"})
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.text


def test_asking_again_costs_nothing_and_head_answers_like_get(page):
    first = page.get("/lich.ics", params={"ngay": THEN})
    again = page.get("/lich.ics", params={"ngay": THEN}, headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    other = page.get("/lich.ics", params={"ngay": THEN}, headers={"If-None-Match": '"another"'})
    assert other.content == first.content
    head = page.head("/lich.ics", params={"ngay": THEN})
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["etag"] == first.headers["etag"]
    assert head.headers["last-modified"] == first.headers["last-modified"]
    assert page.post("/lich.ics").status_code == 405


def test_the_calendar_page_leads_to_the_feed(page):
    html = page.get("/lich/2019").text
    assert '<a href="/lich.ics">Theo dõi lịch này trong phần mềm lịch</a>' in html


@pytest.fixture
def own(tmp_path) -> Home:
    """A home whose plans folder may be changed, with one cycle open."""
    shutil.copytree(INSTALLED / "plans", tmp_path / "plans")
    home = open_home(Settings(_env_file=None, home=tmp_path / "home", plans=tmp_path / "plans"))
    ensure_open(home, CycleKey("hue-588", "O2", "2019"), at("2019-10-16T08:00"))
    return home


@pytest.fixture
def subscriber(own):
    """Call it for what a calendar program gets now."""
    client = TestClient(create_app(own.settings), base_url="http://127.0.0.1")
    return lambda: events(client.get("/lich.ics", params={"ngay": "2019-11-01", "plan": "hue-588"}))


def test_a_moved_deadline_moves_in_the_subscribers_calendar_and_an_opened_one_stays(own, subscriber):
    before = subscriber()
    file = own.settings.plans / "hue-588.yaml"
    text = file.read_text("utf-8").replace("{before: 30/11}", "{before: 15/12}")
    changed = PlanFile(file.name, text, parse_plan(text, file.name))
    when = at("2030-01-01T08:00")  # after the plan was loaded, whenever that was
    load_plans(own, [changed], plan_change(own, [changed], when), when, "cán bộ")
    after = subscriber()
    assert after.keys() == before.keys()
    opened, moved = "hue-588.O2.2019@dondoc", "hue-588.O2.2020@dondoc"
    assert day_of(after[opened]) == day_of(before[opened]) == date(2019, 11, 29)
    assert (day_of(before[moved]), day_of(after[moved])) == (date(2020, 11, 27), date(2020, 12, 14))
    assert (before[moved]["SEQUENCE"], after[moved]["SEQUENCE"]) == (0, 1)
    assert after[moved]["LAST-MODIFIED"].dt == after[moved]["DTSTAMP"].dt == when
    assert before[moved]["LAST-MODIFIED"].dt < when


def test_a_loaded_holiday_moves_an_event_and_counts_as_a_change_of_it(own, subscriber, tmp_path):
    before = subscriber()
    data = yaml.safe_load((own.settings.plans / "holidays" / "2020.yaml").read_text("utf-8"))
    data["holidays"].append({"date": date(2020, 11, 27), "name": "Nghỉ hoán đổi"})
    file = tmp_path / "2020.yaml"
    file.write_text(yaml.safe_dump(data, allow_unicode=True), "utf-8")
    given, _ = read_year_files([file])
    when = at("2030-01-01T08:00")
    load_years(own, given, moved_by_years(own, given, when), when, "cán bộ")
    after, moved = subscriber(), "hue-588.O2.2020@dondoc"
    assert (day_of(before[moved]), day_of(after[moved])) == (date(2020, 11, 27), date(2020, 11, 26))
    assert after[moved]["SEQUENCE"] == before[moved]["SEQUENCE"] + 1


def test_a_date_that_is_set_appears_and_a_later_one_moves_it_alone(own, subscriber):
    key, uid = CycleKey("hue-588", "O4", "2019"), "hue-588.O4.2019@dondoc"
    assert uid not in subscriber()
    for last, sequence in ((date(2019, 12, 20), 1), (date(2019, 12, 27), 2)):
        due = SetDue(last, inclusive=True, document="Công văn số 1")
        dating.set_due(own, key, due, as_of=at("2019-11-01T08:00"), actor="cán bộ")
        found = subscriber()
        assert (day_of(found[uid]), found[uid]["SEQUENCE"]) == (last, sequence)
        assert found["hue-588.O2.2020@dondoc"]["SEQUENCE"] == 0
