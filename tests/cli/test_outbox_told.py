"""`dondoc outbox list` and `show` tell of every message its state, why, when it is tried again, and what to do."""

import pytest

from models.message_words import STATES
from tasks.adapters.ledger.outbox import find_message, mark
from tests.ledger.office import KEY, at, outbox, submit, sweep


@pytest.fixture
def waiting(home):
    """Three reminders, one of them refused for now; one receipt. The key of the refused one."""
    sweep("2019-10-16", "2019-11-20")
    submit(home, "xa-mot", "2019-11-21")
    ((key,),) = outbox(home, "key", unit="xa-hai", step="T-7")
    with home.ledger.write() as session:
        told = {"reason": "450 mailbox busy", "not_before": at("2019-11-20T08:10"), "sent_at": None}
        mark(session, [find_message(session, key).id], "queued", **told)
    return key


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 4),
        (("--cycle", KEY), 4),
        (("--cycle", "ke-hoach-mau/O1/2020"), 0),
        (("--unit", "xa-mot"), 2),
        (("--unit", "xa"), 0),
        (("--to", "XA-HAI@"), 1),
        (("--kind", "receipt"), 1),
        (("--kind", "reminder", "--state", "sent"), 2),
    ],
)
def test_the_list_is_narrowed_by_every_filter(waiting, run, words, count):
    assert len(run("outbox", "list", *words, "--json").json) == count


def test_the_list_shows_the_reason_and_the_next_try(waiting, run):
    (row,) = run("outbox", "list", "--state", "queued", "--kind", "reminder", "--json").json
    assert (row["key"], row["reason"]) == (waiting, "450 mailbox busy")
    assert row["next_try"] == "2019-11-20T08:10:00+07:00"
    assert "450 mailbox" in run("outbox", "list", "--unit", "xa-hai").out
    sent = run("outbox", "list", "--state", "sent", "--json").json
    assert {row["next_try"] for row in sent} == {None}


def test_a_message_is_shown_with_its_meaning_what_to_do_and_its_story(waiting, run):
    assert run("outbox", "resolve", waiting).code == 2
    shown = run("outbox", "show", waiting, "--json").json
    assert (shown["means"], shown["what_to_do"]) == (STATES["queued"].means, STATES["queued"].do)
    assert [each["what"] for each in shown["history"]] == ["decided"]
    assert STATES["queued"].means in run("outbox", "show", waiting).out


def test_what_a_person_did_stands_in_the_story(waiting, home, run):
    with home.ledger.write() as session:
        mark(session, [find_message(session, waiting).id], "failed", reason="550")
    assert run("outbox", "retry", waiting).code == 0
    *_, retried = run("outbox", "show", waiting, "--json").json["history"]
    assert (retried["what"], retried["by"]) == ("message queued", "command line")


def test_a_kind_that_does_not_exist_is_refused(home, run):
    answer = run("outbox", "list", "--kind", "lost")
    assert answer.code == 2
    assert "no kind lost" in answer.err


def test_the_board_as_json_tells_the_last_message_of_each_unit(waiting, run):
    units = run("status", "--cycle", KEY, "--as-of", "2019-11-22", "--json").json["units"]
    told = {unit["unit"]: unit["last_message"] for unit in units}
    assert told["xa-hai"] == {"kind": "reminder", "step": "T-7", "state": "queued", "on": "2019-11-20"}
    assert told["xa-mot"]["kind"] == "receipt"
    (row,) = (r for r in run("status", "--as-of", "2019-11-22", "--json").json if r["cycle"] == str(KEY))
    assert {unit["unit"]: unit["last_message"] for unit in row["units"]} == told


@pytest.fixture
def together(home):
    """Two reminders to xa-mot that went in one mail and were refused for good; its Message-ID."""
    sweep("2020-10-16", "2020-11-20")
    ids = {m for (m,) in outbox(home, "message_id", recipient="xa-mot@mau.example", kind="reminder")}
    (own_id,) = ids
    with home.ledger.write() as session:
        rows = [find_message(session, key) for (key,) in outbox(home, "key", message_id=own_id)]
        mark(session, [row.id for row in rows if row.id], "failed", reason="550 no such user", sent_at=None)
    assert len(rows) == 2
    return own_id


def test_a_message_id_means_all_that_went_in_that_mail(together, home, run):
    assert run("outbox", "retry", together).code == 0
    assert outbox(home, "state", message_id=together) == [("queued",), ("queued",)]


def test_what_failed_is_sent_to_another_address_and_the_old_one_gets_it_no_more(together, home, run):
    assert run("outbox", "retry", together, "--to", "moi@mau.example").code == 0
    assert set(outbox(home, "state", "reason", message_id=together)) == {
        ("withdrawn", "sent to moi@mau.example instead")
    }
    rows = outbox(home, "cycle", "unit", "step", "state", recipient="moi@mau.example")
    assert len(rows) == 2


@pytest.mark.parametrize("address", ["khong phai dia chi", "a@mau.example,b@mau.example"])
def test_an_address_that_is_none_is_refused_and_nothing_is_changed(together, home, run, address):
    before = outbox(home, "key", "state")
    answer = run("outbox", "retry", together, "--to", address)
    assert (answer.code, answer.out) == (2, "")
    assert "not one plain e-mail address" in answer.err
    assert outbox(home, "key", "state") == before


def test_what_failed_can_be_put_aside_and_is_no_task_any_more(together, home, run):
    assert run("outbox", "resolve", together, "--as", "dropped").code == 0
    assert set(outbox(home, "state", "reason", message_id=together)) == {("skipped", "put aside by hand")}
    assert run("outbox", "list", "--state", "failed", "--json").json == []


def test_a_message_that_went_is_not_sent_once_more(waiting, home, run):
    (sent,) = outbox(home, "key", kind="receipt")[0]
    answer = run("outbox", "retry", sent, "--to", "moi@mau.example")
    assert answer.code == 2
    assert "only failed or withdrawn" in answer.err
