"""The newest message about each unit, on both databases."""

from sqlalchemy import event

from tasks.adapters.ledger.messages import Wanted, count_states, find_messages
from tasks.adapters.ledger.outbox import find_message, mark, queue
from tasks.steps.board import board, status
from tasks.steps.last_messages import with_last_messages
from tests.ledger.office import KEY, at, day, outbox, submit, sweep


def last(home, when, unit):
    (row,) = with_last_messages(home, [status(home, KEY, at(when))], at(when))
    return next(each["last_message"] for each in row["units"] if each["unit"] == unit)


def test_the_last_message_is_the_newest_decided_by_the_moment(home):
    sweep("2019-10-16", "2019-11-20", "2019-11-26")
    assert last(home, "2019-11-19", "xa-mot") is None
    reminded = {"kind": "reminder", "state": "sent"}
    assert last(home, "2019-11-20", "xa-mot") == reminded | {"step": "T-7", "on": "2019-11-20"}
    assert last(home, "2019-11-27", "xa-mot") == reminded | {"step": "T-3", "on": "2019-11-26"}
    submit(home, "xa-mot", "2019-11-27")
    assert last(home, "2019-11-28", "xa-mot")["kind"] == "receipt"
    assert last(home, "2019-11-28", "xa-hai")["kind"] == "reminder"


def test_of_two_addresses_the_one_that_needs_a_look_speaks_for_the_unit(home):
    sweep("2019-10-16", "2019-11-20")
    ((key,),) = outbox(home, "key", unit="xa-hai", step="T-7")
    with home.ledger.write() as session:
        mark(session, [find_message(session, key).id], "failed", reason="550")
        queue(
            session, cycle=str(KEY), unit="xa-hai", kind="reminder", step="T-7", recipient="b@mau.example",
            planned_on=day("2019-11-20"), at=at("2019-11-20"), state="sent",
        )  # fmt: skip
    assert last(home, "2019-11-21", "xa-hai")["state"] == "failed"
    assert last(home, "2019-11-21", "xa-mot")["state"] == "sent"


def test_all_cycles_and_units_take_one_query(home):
    sweep("2019-10-16", "2019-11-20", "2019-12-20")
    rows = board(home, at("2019-12-21"))
    assert sum(len(row["units"]) for row in rows) > 3
    asked = []
    event.listen(home.ledger.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    told = with_last_messages(home, rows, at("2019-12-21"))
    assert len([each for each in asked if "message" in each]) == 1
    assert any(unit["last_message"] for row in told for unit in row["units"])


def test_a_filter_finds_what_it_counts(home):
    sweep("2019-10-16", "2019-11-20")
    submit(home, "xa-mot", "2019-11-21")
    with home.ledger.read() as session:
        for wanted in (Wanted(), Wanted(to="XA-MOT"), Wanted(plan="ke-hoach-mau"), Wanted(units=["xa-hai"])):
            assert len(find_messages(session, wanted)) == sum(count_states(session, wanted).values()) > 0
        assert find_messages(session, Wanted(plan="ke-hoach")) == []
        assert find_messages(session, Wanted(units=[])) == []
        newest, *_ = find_messages(session, Wanted(by=at("2019-11-20T12:00")), newest_first=True)
        assert newest.kind == "reminder"
