"""`dondoc demo --today`: a unit's page that can be tried on the day it is asked for, whatever day that is."""

from datetime import date, datetime, time, timedelta

import pytest

from dondoc.demo.today import dates_of
from models.deadlines import ZONE
from models.ids import CycleKey
from tasks.adapters.holiday_files import read_working_days
from tasks.adapters.home import open_home
from tasks.adapters.settings import Settings
from tests.builders import ROOT
from tests.ledger.office import mails
from tests.portal.unit_office import set_clock
from tests.portal.unit_person import Person

FRESH = (
    "HOME",
    "DATABASE_URL",
    "FILES",
    "SMTP_URL",
    "IMAP_URL",
    "MAIL_FROM",
    "TEMPLATES",
    "PLANS",
    "BASE_URL",
)
WORKING = "2026-11-26T10:00"
DAYS = {
    "a working day": (WORKING, "2026-11-26", "2026-12-10"),
    "before work begins, after a holiday": ("2026-11-25T03:00", "2026-11-23", "2026-12-08"),
    "at night": ("2026-11-26T23:30", "2026-11-26", "2026-12-10"),
    "a Sunday": ("2026-11-29T10:00", "2026-11-27", "2026-12-11"),
    "Tết": ("2027-02-09T09:00", "2027-02-04", "2027-02-25"),
    "31 December, the next year without holidays": ("2027-12-31T15:00", "2027-12-31", "2028-01-14"),
    "a leap day of a year without holidays": ("2028-02-29T15:00", "2028-02-29", "2028-03-14"),
    "New Year": ("2035-01-01T09:00", "2035-01-01", "2035-01-15"),
}
"""When it is asked for, the day the duty began, the last day in time."""
REPORT = {"s:DT.01": "1.240", "s:DT.02": "1.180", "s:DT.05": "Có", "l:nhiem-vu": "Đã tổ chức 02 đợt khám."}


@pytest.fixture(autouse=True)
def nothing_set(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in FRESH:
        monkeypatch.delenv(f"DONDOC_{name}", raising=False)


@pytest.fixture
def made(run, monkeypatch):
    """Call it with a moment; what the demo told, and the environment it says to set is set."""

    def make(when, *words):
        set_clock(monkeypatch, when)
        answer = run("demo", "--today", "--json", *words)
        assert (answer.code, answer.err) == (0, "")
        for name, value in answer.json["environment"].items():
            monkeypatch.setenv(name, value)
        return answer.json

    yield make
    open_home(Settings()).ledger.close()


def person(told):
    key = CycleKey.parse(told["cycle"])
    someone = Person(open_home(Settings()), told["unit"], key=key)
    assert told["link"].endswith(someone.base)
    return someone


@pytest.mark.parametrize(("when", "begins", "last_day"), DAYS.values(), ids=DAYS)
def test_on_any_day_the_page_is_open_the_first_reminder_is_out_and_ten_working_days_are_left(
    made, run, when, begins, last_day
):
    told = made(when)
    assert (told["last_day"], told["mails"]) == (last_day, 3)
    assert told["cycle"] == f"dung-thu/O1/{last_day[:4]}"
    assert person(told).open().status_code == 200
    sent = mails(open_home(Settings()))
    assert {datetime.strptime(mail["Date"], "%a, %d %b %Y %H:%M:%S %z").date() for mail in sent} == {
        date.fromisoformat(begins)
    }
    assert sum(told["link"] in mail.get_body(("plain",)).get_content() for mail in sent) == 1

    checked = run("plan", "check", told["plan_file"], "--json")
    assert (checked.code, checked.json["problems"], checked.json["warnings"]) == (0, [], [])
    swept = run("sweep", "--json").json
    assert {name: count for name, count in swept.items() if count} == {}, "all was done, nothing waits"
    status = run("status", "--cycle", told["cycle"], "--json").json
    assert (status["expected"], status["missing"]) == (3, 3)
    (row,) = run("calendar", "--from", begins, "--to", last_day, "--json").json
    days = {rung["step"]: rung["on"] for rung in row["reminders"]}
    assert days["T-10"] == begins
    coming = run("preview", "--on", days["T-5"], "--json").json["messages"]
    assert sorted(message["unit"] for message in coming) == ["phuong-mau-dong", "xa-mau-an", "xa-mau-binh"]


def test_on_every_day_it_begins_on_a_working_day_in_mail_hours_that_has_passed_and_the_figures_are_older():
    days = read_working_days(ROOT / "plans" / "holidays")
    for n in range(4 * 366):
        for at in (time(), time(7, 59), time(8), time(23, 59)):
            now = datetime.combine(date(2026, 1, 1) + timedelta(days=n), at, ZONE)
            found = dates_of(now, days)
            first = found.begins.date()
            assert days.is_working(first), now
            assert time(7) <= found.begins.time() < time(18)
            assert found.begins <= now
            assert days.add(found.last_day, -10) == first, now
            assert found.cutoff < first


def test_a_report_sent_on_the_page_gets_its_receipt_by_the_next_sweep(made, run):
    told = made(WORKING)
    before = len(mails(open_home(Settings())))
    assert "Đã nhận báo cáo" in person(told).send(REPORT).text
    assert run("sweep", "--json").json["sent"] == 1
    new = mails(open_home(Settings()))
    assert len(new) == before + 1
    assert [mail["To"] for mail in new if mail["Subject"].startswith("Đã nhận báo cáo")] == [
        "baocao@mauan.tinhmau.example"
    ]
    status = run("status", "--cycle", told["cycle"], "--json").json
    assert (status["received"], status["on_time"], status["missing"]) == (1, 1, 2)


def test_its_plan_is_an_ordinary_one_that_can_be_changed_and_loaded_again(made, run, tmp_path):
    told = made(WORKING)
    file = tmp_path / "var" / "today" / "plans" / "dung-thu.yaml"
    assert told["plan_file"] == str(file)
    file.write_text(file.read_text("utf-8").replace("0200 000 001", "0200 000 009"), "utf-8")
    assert run("plan", "load", file, "--yes").code == 0
    assert run("unit", "import", file.parent / "units" / "mau.csv").code == 0
    assert run("sweep", "--json").json["queued"] == 0


def test_whatever_the_environment_says_of_mail_the_first_reminders_lie_in_the_maildir(made, monkeypatch):
    monkeypatch.setenv("DONDOC_SMTP_URL", "smtp://127.0.0.1:1")
    monkeypatch.setenv("DONDOC_MAIL_HOURS", "22:00-23:00")
    monkeypatch.setenv("DONDOC_BASE_URL", "https://baocao.example")
    told = made(WORKING)
    assert told["mails"] == 3
    assert told["link"].startswith("http://127.0.0.1:8080/k/")


def test_it_tells_the_link_where_the_mails_are_and_how_the_page_is_served(run, monkeypatch, tmp_path):
    set_clock(monkeypatch, WORKING)
    home = tmp_path / "to try"
    answer = run("demo", "--today", "--home", home)
    assert answer.code == 0
    lines = answer.out.splitlines()
    assert lines[0].startswith("the page   http://127.0.0.1:8080/k/")
    assert f"mails      {home}/mail  (a Maildir; 3 in new/)" in lines
    assert f"  export DONDOC_HOME='{home}' DONDOC_BASE_URL=http://127.0.0.1:8080" in lines
    assert sum(line.endswith(" serve") for line in lines) == 1


def test_it_starts_from_nothing_and_leaves_what_is_there_alone(run, monkeypatch, tmp_path):
    set_clock(monkeypatch, WORKING)
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / "something").write_text("of somebody's", "utf-8")
    answer = run("demo", "--today", "--home", folder)
    assert answer.code == 2
    assert "is not empty" in answer.err
    assert [file.name for file in folder.iterdir()] == ["something"]
