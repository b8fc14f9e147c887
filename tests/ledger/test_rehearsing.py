"""Previews and replays show what would be, and leave no trace."""

import shutil

import pytest
from sqlmodel import select

from flows.rehearse import Recorder, preview_day, simulate_days
from models.tables import SubmissionRow
from tasks.adapters import clock
from tasks.adapters.clock import START_OF_WORK
from tasks.adapters.home import Home, open_home
from tasks.steps import acts
from tasks.steps.sending import Delivery
from tasks.steps.stops import stops
from tests.builders import ROOT
from tests.ledger.office import (
    KEY,
    apart,
    at,
    day,
    dump,
    filled,
    hand_in,
    mails,
    outbox,
    submit,
    sweep,
)


@pytest.fixture
def today(monkeypatch):
    """Call it with a day: what the clock shows from then on."""
    return lambda text: monkeypatch.setattr(clock, "now", lambda: at(text))


def sent(home):
    """Of each mail: to whom, its subject, its text."""
    return sorted(
        (mail["To"], mail["Subject"], mail.get_body(("plain",)).get_content()) for mail in mails(home)
    )


def preview(text):
    return sorted((mail["to"], mail["subject"], mail["text"]) for mail in preview_day(day(text)))


def files(home):
    return sorted(
        (str(file), file.read_bytes())
        for file in home.folder.rglob("*")
        if file.is_file() and "sqlite3" not in file.name
    )


@pytest.mark.parametrize("on", ["2019-11-20", "2019-11-26", "2019-12-02", "2019-12-06", "2019-12-16"])
def test_a_preview_is_what_the_sweep_of_that_day_then_sends(home, today, on):
    today("2019-10-22")
    submit(home, "xa-mot", "2019-10-21")
    sweep("2019-10-22")
    told = preview(on)
    for stop in stops(home, day("2019-10-22"), day(on)):
        before = sent(home)
        sweep(stop.isoformat())
    assert sorted(set(sent(home)) - set(before)) == told
    assert told
    assert not preview("2019-10-23")


def test_a_preview_of_today_shows_what_was_missed(home, today):
    sweep("2019-10-16")
    today("2019-12-02")
    told = preview("2019-12-02")
    sweep("2019-12-02")
    assert sent(home) == told
    assert len(told) == 4


def test_a_preview_knows_the_ladder_of_an_extended_unit(home, today):
    sweep("2019-10-16")
    acts.extend(home, KEY, "xa-mot", day("2019-12-10"), "mưa lũ", as_of=at("2019-11-19"), actor="cán bộ")
    sweep("2019-11-26")
    today("2019-11-27")
    assert {mail[0] for mail in preview("2019-11-29")} == {"xa-mot@mau.example"}
    assert preview("2019-11-30") == []  # it went on 29/11


def test_a_rehearsal_leaves_no_trace_in_tables_files_or_inbox(home, today):
    sweep("2019-10-16")
    home.inbox.mkdir()
    (home.inbox / "a.xlsx").write_bytes(filled(home, "xa-hai", "2019-11-19"))
    (home.inbox / "b.xlsx").write_bytes(b"strange")
    tables, kept = dump(home), files(home)
    today("2019-12-02")
    told = [mail["kind"] for mail in preview_day(day("2019-12-02")) if mail["unit"] == "xa-hai"]
    simulate_days(day("2019-10-16"), day("2020-01-31"), lambda *_: None)
    assert dump(home) == tables
    assert files(home) == kept
    assert told == ["receipt"]  # its report was in the inbox


def test_a_preview_shows_a_document_that_was_written_before_it(home, today, monkeypatch):
    today("2019-12-02")
    sweep("2019-10-16", "2019-11-20")
    with monkeypatch.context() as patch:
        patch.setattr("tasks.steps.sending.send_queued", lambda *_: Delivery())
        sweep("2019-12-02")
    told = [mail for mail in preview_day(day("2019-12-02")) if mail["to"] == "phong@mau.example"]
    assert [mail["attachments"] for mail in told] == [["ke-hoach-mau-O1-2019-cong-van-T+1-v1.docx"]]


def test_a_preview_is_whole_while_a_sweep_is_under_way(home, today):
    sweep("2019-10-16")
    today("2019-11-20")
    with home.sweep_lock() as got:
        assert got
        assert len(preview("2019-11-20")) == 3


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_real_sweep_goes_on_during_a_rehearsal_and_neither_sees_the_other(home):
    sweep("2019-10-16")
    with home.rehearsal(recorder := Recorder()) as rehearsed:
        submit(rehearsed, "xa-hai", "2019-11-19")
        submit(home, "xa-mot", "2019-11-19")
        sweep("2019-11-20")
        with rehearsed.ledger.read() as session:
            assert session.exec(select(SubmissionRow.unit)).all() == ["xa-hai"]
    assert [row[2] for row in dump(home)["submission"]] == ["xa-mot"]
    assert recorder.mails == []
    assert {mail["To"] for mail in mails(home)} >= {"xa-hai@mau.example", "xa-ba@mau.example"}


def test_a_file_that_a_sweep_takes_in_while_the_inbox_is_copied_is_no_trouble(home, monkeypatch):
    sweep("2019-10-16")
    home.inbox.mkdir()
    for name in ("a.xlsx", "b.xlsx"):
        (home.inbox / name).write_bytes(filled(home, "xa-hai", "2019-11-19"))
    copy = shutil.copy2

    def taken_meanwhile(source, target):
        (home.inbox / "b.xlsx").unlink(missing_ok=True)
        return copy(source, target)

    monkeypatch.setattr(shutil, "copy2", taken_meanwhile)
    with home.rehearsal(Recorder()) as rehearsed:
        assert [file.name for file in rehearsed.inbox.iterdir()] == ["a.xlsx"]


def test_a_writer_that_comes_during_a_rehearsal_is_not_refused(home):
    sweep("2019-10-16")
    data = filled(home, "xa-mot", "2019-11-19")

    writer = apart(home, lambda: hand_in(home, "xa-mot", data, "2019-11-19"))
    with home.rehearsal(Recorder()) as rehearsed:
        submit(rehearsed, "xa-hai", "2019-11-19")
        writer.join(0.5)
    writer.join(30)
    assert writer.exitcode == 0
    assert [row[2] for row in dump(home)["submission"]] == ["xa-mot"]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_simulated_years_count_what_real_sweeps_on_the_same_days_do(home):
    submit(home, "xa-mot", "2019-11-01")
    told = simulate_days(day("2019-11-01"), day("2021-01-31"), lambda *_: None)
    total = dict.fromkeys(told["total"], 0)
    for stop in sorted({day("2019-11-01"), *stops(home, day("2019-11-01"), day("2021-01-31"))}):
        swept = sweep(stop.isoformat()).as_json()
        total = {name: count + (1 if name == "stops" else swept[name]) for name, count in total.items()}
    assert told["total"] == total
    assert total["sent"] > 20
    assert [year["year"] for year in told["years"]] == [2019, 2020, 2021]


@pytest.fixture
def shipped(tmp_path, monkeypatch) -> Home:
    """A home as a first command makes it, with one of the plans that ship (the others only take longer)."""
    folder = tmp_path / "plans"
    folder.mkdir()
    for name in ("units", "holidays", "hue-647.yaml"):
        (folder / name).symlink_to(ROOT / "plans" / name)
    for name in ("DATABASE_URL", "SECRET_KEY"):
        monkeypatch.delenv(f"DONDOC_{name}", raising=False)
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DONDOC_PLANS", str(folder))
    return open_home()


def test_two_years_of_a_plan_that_ships_simulated_are_two_years_swept(shipped):
    first, last = day("2019-01-01"), day("2020-12-31")
    told = simulate_days(first, last, lambda *_: None)
    assert dump(shipped)["cycle"] == []
    total = dict.fromkeys(told["total"], 0)
    for stop in sorted({first, *stops(shipped, first, last)}):
        swept = sweep(f"{stop}T{START_OF_WORK}").as_json()
        total = {name: count + (1 if name == "stops" else swept[name]) for name, count in total.items()}
    assert told["total"] == total
    assert total["opened"] >= 2
    assert len(outbox(shipped, "key", state="sent")) == total["sent"] > 50
