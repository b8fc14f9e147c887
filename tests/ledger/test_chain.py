"""The chain of events shows that nobody changed what was written; the doctor says where."""

from datetime import UTC

import pytest

from dondoc.doctor import examine
from tasks.adapters.ledger.events import append_event, broken_event
from tests.ledger.office import assert_chain_is_whole, at, submit, sweep

TAMPERED = {
    "another actor": "UPDATE event SET actor = 'ai đó' WHERE id = {id}",
    "another day": "UPDATE event SET at = '2018-01-01 00:00:00' WHERE id = {id}",
    "other words": "UPDATE event SET data = '{{}}' WHERE id = {id}",
    "another unit": "UPDATE event SET unit = 'xa-ba' WHERE id = {id}",
    "another kind": "UPDATE event SET kind = 'nothing' WHERE id = {id}",
    "another seal": "UPDATE event SET hash = 'f' WHERE id = {id}",
}


@pytest.fixture
def written(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    submit(home, "xa-hai", "2019-11-19")
    return home


def told_by_the_doctor():
    return next(check for check in examine() if check.name == "ledger")


def test_a_chain_nobody_touched_is_whole(written):
    assert_chain_is_whole(written)
    assert told_by_the_doctor().ok


@pytest.mark.parametrize("how", TAMPERED)
def test_a_changed_event_is_found_and_named(written, how):
    with written.ledger.write() as session:
        session.connection().exec_driver_sql(TAMPERED[how].format(id=4))
    with written.ledger.read() as session:
        broken = broken_event(session)
    assert broken
    assert broken.id == 4
    check = told_by_the_doctor()
    assert not check.ok
    assert check.message.startswith("event 4 ")


def test_a_removed_event_is_found_at_the_one_after_it(written):
    with written.ledger.write() as session:
        session.connection().exec_driver_sql("DELETE FROM event WHERE id = 4")
    assert told_by_the_doctor().message.startswith("event 5 ")


def test_two_events_that_changed_places_are_found(written):
    with written.ledger.write() as session:
        for old, new in ((3, -1), (4, 3), (-1, 4)):
            session.connection().exec_driver_sql(f"UPDATE event SET id = {new} WHERE id = {old}")
    assert told_by_the_doctor().message.startswith("event 3 ")


def test_a_moment_told_on_another_clock_is_sealed_like_any_other(written):
    with written.ledger.write() as session:
        append_event(session, "told", at=at("2019-11-20").astimezone(UTC), actor="cán bộ")
    assert_chain_is_whole(written)
