"""After a gap, a restore or a first import the sweep does everything but mail, until somebody says that it may."""

import json
import shutil
from contextlib import contextmanager

import pytest

from dondoc.doctor import examine
from flows.rehearse import Recorder, preview_day
from flows.sweep import sweep_plainly
from tasks.adapters import clock
from tasks.adapters.home import Home, in_use, open_home
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.mail import to_bytes
from tasks.adapters.witness import FILE, read_witness
from tasks.steps import acts, quiet
from tests.ledger.office import (
    KEY,
    assert_chain_is_whole,
    assert_each_mail_once,
    at,
    day,
    events,
    mails,
    outbox,
    steps,
    submit,
    sweep,
)


def by_the_clock(when):
    """A sweep that read the clock, as the scheduler's does."""
    return sweep_plainly(at(when), named=False)


def allow(home, when):
    return quiet.allow(home, as_of=at(when), actor="quản trị")


@contextmanager
def limit(monkeypatch, days):
    with monkeypatch.context() as patch:
        patch.setenv("DONDOC_QUIET_AFTER_DAYS", str(days))
        yield
        open_home().ledger.close()


def test_after_a_gap_the_sweep_does_all_but_mail_and_after_the_word_the_next_one_mails(home):
    by_the_clock("2019-10-16")
    submit(home, "xa-mot", "2019-10-18")
    held = by_the_clock("2019-11-20")
    assert (held.sent, held.held, held.queued) == (0, 3, 2)  # two reminders; the receipt waits as well
    assert mails(home) == []
    assert allow(home, "2019-11-20T09:00") == 3
    assert (by_the_clock("2019-11-20T09:05").sent, len(mails(home))) == (3, 3)
    assert by_the_clock("2019-11-26").sent == 2
    assert_each_mail_once(home)
    assert_chain_is_whole(home)


def test_mail_stays_held_over_later_sweeps_until_the_word_is_given(home):
    by_the_clock("2019-10-16")
    by_the_clock("2019-11-20")
    assert [by_the_clock(when).held for when in ("2019-11-20T16:00", "2019-11-21")] == [3, 3]
    assert events(home, "mail held") == 1
    waits = quiet.waiting(home)
    assert (waits.messages, waits.since, waits.why) == (3, at("2019-11-20"), "gap")


def test_sweeps_within_the_limit_ask_nothing(home):
    for when in ("2019-11-08", "2019-11-15", "2019-11-20"):
        assert by_the_clock(when).held == 0
    assert len(mails(home)) == 3
    assert quiet.waiting(home) is None


def test_who_gave_the_word_when_and_for_how_many_is_in_the_chain(home):
    by_the_clock("2019-10-16")
    by_the_clock("2019-11-20")
    allow(home, "2019-11-20T09:00")
    with home.ledger.engine.connect() as connection:
        (row,) = connection.exec_driver_sql("SELECT actor, data FROM event WHERE kind = 'mail allowed'").all()
    assert row[0] == "quản trị"
    assert json.loads(row[1])["messages"] == 3


def test_a_word_given_before_the_sweep_holds_for_that_sweep_alone(home):
    by_the_clock("2019-10-16")
    assert allow(home, "2019-11-20T07:00") == 0
    assert by_the_clock("2019-11-20").sent == 3
    assert by_the_clock("2019-12-02").held > 0


def test_a_replay_by_hand_is_asked_nothing_unless_a_limit_was_set(home, monkeypatch):
    sweep("2019-10-16")
    assert sweep("2019-11-20").sent == 3
    with limit(monkeypatch, 3):
        assert sweep("2019-11-26").held == 3
    with limit(monkeypatch, 0):
        assert sweep("2019-12-02").sent == 0  # what is held already stays held
        allow(home, "2019-12-02")
        assert sweep("2019-12-02").held == 0
        assert by_the_clock("2020-11-20").held == 0


def test_a_preview_shows_what_waits_byte_for_byte_as_it_then_goes(home, monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2019-11-26"))
    by_the_clock("2019-10-16")
    by_the_clock("2019-11-20")
    by_the_clock("2019-11-26")
    told = preview_day(day("2019-11-26"))
    assert mails(home) == []
    allow(home, "2019-11-26")
    by_the_clock("2019-11-26")
    sent = [
        (m["To"], m["Subject"], m["Message-ID"], m.get_body(("plain",)).get_content()) for m in mails(home)
    ]
    assert sorted(sent) == sorted((m["to"], m["subject"], m["message_id"], m["text"]) for m in told)
    assert len(sent) == 3


def test_a_rehearsed_sweep_gives_the_very_bytes_of_the_sweep_itself(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    acts.extend(home, KEY, "xa-hai", day("2019-12-10"), "mưa lũ", as_of=at("2019-11-19"), actor="cán bộ")
    with home.rehearsal(recorder := Recorder()) as rehearsed, in_use(rehearsed):
        sweep("2019-11-20")
    sweep("2019-11-20")
    lies = sorted(file.read_bytes() for file in (home.maildir / "new").iterdir())
    assert lies == sorted(to_bytes(mail, crlf=False) for mail in recorder.mails)
    assert len(lies) == 3  # a receipt, an extension, a reminder: forms and calendar entries included


def test_of_steps_that_waited_one_after_the_other_only_the_latest_goes(home):
    by_the_clock("2019-10-16")
    by_the_clock("2019-11-20")
    by_the_clock("2019-11-26")
    allow(home, "2019-11-26")
    assert by_the_clock("2019-11-26").sent == 3
    assert outbox(home, "step", "state", "reason", unit="xa-mot") == [
        ("T-7", "skipped", "overtaken by T-3"),
        ("T-3", "sent", ""),
    ]


def test_a_reminder_that_waited_past_the_deadline_does_not_go(home):
    by_the_clock("2019-11-15")
    by_the_clock("2019-11-26")
    assert quiet.waiting(home)
    allow(home, "2019-11-30")
    assert by_the_clock("2019-11-30").sent == 0
    assert steps(home, "xa-mot", "skipped") == ["T-7", "T-3"]


def put_back(home, folder):
    """The ledger of an earlier day, as a restore of the database leaves it; the rest of the home stays."""
    home.ledger.close()
    shutil.copy(folder / "dondoc.sqlite3", home.folder / "dondoc.sqlite3")


def backup(home, folder):
    home.ledger.close()
    shutil.copytree(home.folder, folder)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_ledger_put_back_to_an_earlier_day_asks_although_nothing_is_long_ago(home, tmp_path):
    sweep("2019-11-19")
    backup(home, tmp_path / "backup")
    assert sweep("2019-11-20").sent == 3
    assert sweep("2019-11-20T16:00").held == 0
    put_back(home, tmp_path / "backup")
    assert sweep("2019-11-20T17:00").held == 3
    assert quiet.waiting(home).why == "restored"
    assert len(mails(home)) == 3


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_sweep_without_mail_does_not_make_a_restored_ledger_trusted(home, tmp_path):
    sweep("2019-11-20")
    backup(home, tmp_path / "backup")
    assert sweep("2019-11-26").sent == 3
    put_back(home, tmp_path / "backup")
    assert sweep("2019-11-25").held == 0  # nothing is to be sent
    assert sweep("2019-11-26").held == 3


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_copy_of_a_home_that_has_mailed_asks_and_the_home_itself_does_not(home, tmp_path, monkeypatch):
    sweep("2019-11-20")
    backup(home, tmp_path / "copy")
    assert sweep("2019-11-26").sent == 3
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "copy"))
    assert sweep("2019-11-26").held == 3
    assert quiet.waiting(open_home()).why == "restored"
    open_home().ledger.close()


def test_a_ledger_that_has_mailed_and_lost_its_witness_asks_once(home):
    sweep("2019-11-20")
    (home.folder / FILE).unlink()
    assert sweep("2019-11-26").held == 3
    allow(home, "2019-11-26")
    assert sweep("2019-11-26").sent == 3
    assert sweep("2019-12-02").held == 0


def test_a_home_that_mailed_before_there_were_witnesses_does_not_ask(home):
    sweep("2019-11-20")
    (home.folder / FILE).unlink()
    with home.ledger.write() as session:
        session.connection().exec_driver_sql("DELETE FROM mark WHERE name = 'witnessed'")
    assert sweep("2019-11-26").sent == 3


def test_a_home_whose_first_sweep_died_before_it_had_mailed_does_not_ask(home):
    sweep("2019-10-16")
    (home.folder / FILE).unlink()
    assert sweep("2019-11-20").sent == 3


def test_a_plan_loaded_while_its_cycle_runs_asks_at_the_first_sweep_only(home):
    with home.ledger.write() as session:
        session.connection().exec_driver_sql("DELETE FROM plan")
        file = home.settings.plans / "ke-hoach-mau.yaml"
        save_plan(session, file.read_text("utf-8"), file.name, at=at("2019-11-19"), actor="nạp")
    assert sweep("2019-11-20").held == 3
    assert quiet.waiting(home).why == "imported"
    allow(home, "2019-11-20")
    assert sweep("2019-11-20").sent == 3
    assert sweep("2019-11-26").held == 0
    assert steps(home, "xa-mot", "sent") == ["T-7", "T-3"]


def test_the_doctor_says_that_mail_waits(home):
    def said():
        return next(check for check in examine() if check.name == "mail held")

    assert said().ok
    by_the_clock("2019-10-16")
    by_the_clock("2019-11-20")
    assert not said().ok
    assert said().message.startswith("3 mails wait")
    assert KEY.plan not in said().message


def test_what_another_sweep_sends_meanwhile_makes_no_ledger_a_restored_one(home, monkeypatch):
    """The other one works while this one looks at the witness; nothing but the lock of the sweeps keeps it from that."""

    @contextmanager
    def no_lock(_home):
        yield True

    sweep("2019-10-16", "2019-11-20")
    monkeypatch.setattr(Home, "sweep_lock", no_lock)
    others = iter(["2019-11-26"])
    found = []

    def meanwhile(folder):
        found.extend(sweep(when) for when in others)
        return read_witness(folder)

    monkeypatch.setattr(quiet, "read_witness", meanwhile)
    found.append(sweep("2019-11-26"))
    assert [(each.sent, each.held) for each in found] == [(3, 0), (0, 0)]
    assert quiet.waiting(home) is None
    assert_each_mail_once(home)
