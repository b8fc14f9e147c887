"""Several processes, and processes that die: the world comes out the same as with one that lives."""

import random
import time
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from tasks.adapters.home import Home
from tasks.steps.collecting import inbox
from tests.ledger.office import (
    COMMUNES,
    KEY,
    apart,
    assert_chain_is_whole,
    assert_each_mail_once,
    at,
    dump,
    filled,
    hand_in,
    live,
    mails,
    outbox,
    submit,
    sweep,
)

DAYS = ("2019-10-16", "2019-11-20", "2019-11-26", "2019-12-02", "2019-12-06", "2019-12-16")


@contextmanager
def no_lock(_home):
    yield True


def sweep_all(together: Barrier | None = None) -> None:
    """`together`: nobody goes on to the next day before everybody has done this one, else its steps are overtaken."""
    for each in DAYS:
        if together:
            together.wait(60)
        sweep(each)


@pytest.mark.parametrize("locked", [True, False])
def test_two_processes_that_sweep_at_once_do_what_one_would(home, locked, monkeypatch):
    submit(home, "xa-mot", "2019-10-20")
    if not locked:
        monkeypatch.setattr(Home, "sweep_lock", no_lock)
    together = get_context("fork").Barrier(2)
    both = [apart(home, lambda: sweep_all(together)) for _ in range(2)]
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    sweep_all()  # what was left over by one that found the other at work
    assert_each_mail_once(home)
    assert_chain_is_whole(home)
    keys = outbox(home, "key", "state")
    assert len(keys) == len(set(keys)) > 0
    assert {state for _, state in keys} <= {"sent", "skipped"}
    assert [row[:3] for row in outbox(home, "unit", "kind", "step", unit="xa-hai", state="sent")] == [
        ("xa-hai", "reminder", "T-7"),
        ("xa-hai", "reminder", "T-3"),
        ("xa-hai", "overdue", "T+1"),
        ("xa-hai", "overdue", "T+5"),
    ]
    reports = [row for row in dump(home)["document"] if "bao-cao" in row]
    assert len(reports) == 1


def test_a_sweep_that_finds_another_at_work_leaves_it_to_that_one(home):
    with home.sweep_lock() as got:
        assert got
        assert sweep("2019-11-20").busy
    assert not sweep("2019-11-20").busy
    assert len(mails(home)) == 3


def test_the_same_report_handed_in_by_two_processes_is_one_version(home):
    sweep("2019-10-16")
    data = filled(home, "xa-mot", "2019-11-19")
    both = [apart(home, lambda: hand_in(home, "xa-mot", data, "2019-11-19")) for _ in range(3)]
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0, 0]
    assert len(dump(home)["submission"]) == 1
    assert live(home).standing("xa-mot").version == 1
    assert_chain_is_whole(home)


def test_different_reports_handed_in_by_two_processes_are_versions_one_after_the_other(home):
    sweep("2019-10-16")
    files = [filled(home, "xa-mot", "2019-11-19", A_1=100 + extra) for extra in range(3)]
    several = [apart(home, lambda data=data: hand_in(home, "xa-mot", data, "2019-11-19")) for data in files]
    for process in several:
        process.join(60)
    assert [process.exitcode for process in several] == [0, 0, 0]
    assert sorted(row[3] for row in dump(home)["submission"]) == [1, 2, 3]
    assert live(home).standing("xa-mot").version == 3
    assert_chain_is_whole(home)


def test_a_sweep_killed_at_any_moment_leaves_the_rest_to_the_next(home, tmp_path):
    """Nine processes are killed on their way through the season; each next one goes on with the day it finds."""
    when = random.Random(20191129)
    home.inbox.mkdir()
    for unit in COMMUNES[:2]:
        (home.inbox / f"{unit}.xlsx").write_bytes(filled(home, unit, "2019-10-01"))
    reached = tmp_path / "reached"
    reached.write_text("0")
    killed = 0
    for attempt in range(40):
        process = apart(home, lambda: go_on(reached))
        process.join(when.uniform(0.005, 0.07) if killed < 9 else 60)
        if process.exitcode is None:
            process.kill()
            process.join(10)
            killed += 1
        elif process.exitcode == 0:
            break
        else:
            pytest.fail(f"attempt {attempt} failed with {process.exitcode}")
    assert killed >= 5
    assert int(reached.read_text()) == len(DAYS)
    assert_each_mail_once(home)
    assert_chain_is_whole(home)
    assert {state for kind, state in outbox(home, "kind", "state") if kind != "unsigned"} == {"sent"}
    assert [s.version for s in live(home).standings] == [1, 1, None]
    sent = outbox(home, "unit", "kind", "step", cycle=str(KEY), state="sent")
    assert len(sent) == len(set(sent))
    assert [row for row in sent if row[0] == "xa-ba"] == [
        ("xa-ba", "reminder", "T-7"),
        ("xa-ba", "reminder", "T-3"),
        ("xa-ba", "overdue", "T+1"),
        ("xa-ba", "overdue", "T+5"),
    ]
    assert {row[1] for row in sent if row[0] == "phong-mau"} == {
        "letter-ready",
        "missing-list",
        "report-ready",
        "unsigned",
    }
    assert len([row for row in dump(home)["document"] if "bao-cao" in row]) == 1


def go_on(reached: Path) -> None:
    """Sweep the days from the one reached on; a sweep that finds the dead one's lock still held tries again."""
    for place in range(int(reached.read_text()), len(DAYS)):
        while sweep(DAYS[place]).busy:
            time.sleep(0.02)
        part = reached.with_suffix(".part")
        part.write_text(str(place + 1))
        part.replace(reached)


@pytest.fixture
def dropped(home):
    """A form in the inbox, and when it is swept."""
    sweep("2019-10-16")
    home.inbox.mkdir()
    file = home.inbox / "bao-cao.xlsx"
    file.write_bytes(filled(home, "xa-mot", "2019-11-19"))
    return home, file, at("2019-11-20")


def reports(home):
    return len(dump(home)["submission"])


def test_a_file_that_another_sweep_took_before_it_was_read_is_left_to_that_one(dropped):
    home, file, when = dropped
    assert inbox.take_in_file(home, file, when).accepted
    before = dump(home)
    assert inbox.take_in_file(home, file, when) is None
    assert dump(home) == before


def test_a_file_that_another_sweep_took_while_it_was_read_makes_one_report(dropped, monkeypatch):
    home, file, when = dropped
    take_in = inbox.take_in

    def taken_by_both(*arguments):
        monkeypatch.setattr(inbox, "take_in", take_in)
        inbox.take_in_file(home, file, when)
        return take_in(*arguments)

    monkeypatch.setattr(inbox, "take_in", taken_by_both)
    assert inbox.take_in_file(home, file, when).accepted
    assert reports(home) == 1
    assert [each.name for each in (home.inbox / "accepted").iterdir()] == ["bao-cao.xlsx"]


def test_a_file_that_goes_while_the_inbox_is_looked_at_keeps_no_other_from_being_taken(dropped, monkeypatch):
    home, file, when = dropped
    other = home.inbox / "khac.xlsx"
    other.write_bytes(filled(home, "xa-hai", "2019-11-19"))
    is_file = type(file).is_file

    def and_then_it_goes(asked):
        there = is_file(asked)
        if there and asked == file:
            inbox.take_in_file(home, file, when)
        return there

    monkeypatch.setattr(type(file), "is_file", and_then_it_goes)
    assert inbox.waiting(home) == {KEY: [other]}
