"""Reports that wait at the same moment are kept in one transaction, and each as if it had come alone."""

import pytest
from sqlalchemy.exc import OperationalError

from models.tables import metadata
from tasks.steps.collecting import accepting
from tasks.steps.collecting.accepting import accept, accept_together
from tasks.steps.collecting.page_links import token_of
from tasks.steps.opening import ensure_open
from tasks.steps.unit_page.drafting import keep_answers
from tasks.steps.unit_page.sending import Sender, in_order
from tasks.steps.unit_page.showing import unit_page
from tests.ledger.office import COMMUNES, KEY, NEXT, assert_chain_is_whole, at, dump, events, outbox

WHO = Sender("Nguyễn Văn A", "Chuyên viên")
NOW = at("2019-11-20T09:00")
TOLD = {
    "submission": ("version", "channel", "received_at", "content_sha256", "submitted_by", "status", "nil"),
    "message": ("kind", "step", "state", "reason", "planned_on", "decided_at", "payload"),
    "assignment": ("first_submitted_at", "returned"),
    "event": ("kind", "at", "actor", "cycle"),
}


@pytest.fixture
def office(home):
    ensure_open(home, KEY, at("2019-10-16"))
    return home


def written(home, unit, number="100", key=KEY, now=NOW):
    """A report of this unit as its page has it: in order, and not sent."""
    token = token_of(home, key, unit, 0)
    page = unit_page(home, token, now)
    answers = {"s:A.1": number, "s:A.2": "80", "s:A.5": "Có", "l:nhiem-vu": "Đã tổ chức."}
    keep_answers(home, page, answers, page.draft.version, now)
    return in_order(home, unit_page(home, token, now), WHO, now)


def told_of(home, unit):
    """What the ledger has of one unit, in words that do not name it."""
    kept = dump(home)
    found = {}
    for table, columns in TOLD.items():
        names = [column.name for column in metadata.tables[table].columns]
        rows = [dict(zip(names, row, strict=True)) for row in kept[table]]
        found[table] = [[row[name] for name in columns] for row in rows if row["unit"] == unit]
    return found


def figures_of(home):
    return [row[1:] for row in sorted(dump(home)["figure"])]


def versions(became):
    return [each.accepted.version for each in became]


def test_what_came_together_stands_in_the_ledger_as_if_each_had_come_alone(office):
    alone, *together = [written(office, unit) for unit in COMMUNES]
    accept(office, alone)
    assert versions(accept_together(office, together)) == [1, 1]
    assert [len(rows) for rows in told_of(office, "xa-mot").values()] == [1, 1, 1, 1]
    assert told_of(office, "xa-hai") == told_of(office, "xa-ba") == told_of(office, "xa-mot")
    by_submission = {}
    for submission, *values in figures_of(office):
        by_submission.setdefault(submission, []).append(values)
    first, *others = by_submission.values()
    assert len(first) == 3
    assert others == [first, first]
    assert_chain_is_whole(office)


def test_of_one_unit_twice_in_a_turn_the_second_is_the_next_version_and_the_same_is_the_same(office):
    first = written(office, "xa-mot")
    other = written(office, "xa-mot", "200")
    became = accept_together(office, [first, other, written(office, "xa-hai"), other])
    assert versions(became) == [1, 2, 1, 2]
    assert [each.accepted.new for each in became] == [True, True, True, False]
    assert outbox(office, "unit", "step", kind="receipt") == [
        ("xa-mot", "v1"),
        ("xa-hai", "v1"),
        ("xa-mot", "v2"),
    ]
    assert_chain_is_whole(office)


def test_who_does_not_owe_the_report_is_told_and_the_others_are_kept(office):
    reports = [written(office, unit) for unit in COMMUNES]
    with office.ledger.write() as session:
        table = metadata.tables["assignment"]
        draft = metadata.tables["draft"]
        gone = table.select().with_only_columns(table.c.id).where(table.c.unit == "xa-hai")
        session.execute(draft.delete().where(draft.c.assignment_id.in_(gone)))
        session.execute(table.delete().where(table.c.unit == "xa-hai"))
    one, two, three = accept_together(office, reports)
    assert isinstance(two, KeyError)
    assert versions([one, three]) == [1, 1]
    assert events(office, "submission accepted") == 2
    assert_chain_is_whole(office)


def test_reports_of_two_cycles_in_one_turn_go_each_to_its_own(office):
    late = written(office, "xa-mot")
    ensure_open(office, NEXT, at("2020-10-16"))
    new = written(office, "xa-mot", "300", NEXT, at("2020-11-20T09:00"))
    became = accept_together(office, [late, new])
    assert [each.cycle for each in became] == [str(KEY), str(NEXT)]
    assert versions(became) == [1, 1]
    assert_chain_is_whole(office)


def test_where_the_database_fails_all_are_told_at_once_and_nothing_is_kept(office, monkeypatch):
    reports = [written(office, unit) for unit in COMMUNES]
    before, calls = dump(office), []

    def fail(*_):
        calls.append(1)
        raise OperationalError("select 1", {}, OSError("gone"))

    monkeypatch.setattr(accepting, "queue_all", fail)
    became = accept_together(office, reports)
    assert [type(each) for each in became] == [OperationalError] * 3
    assert len(calls) == 1
    assert dump(office) == before
