"""Who gets the list of missing units at which step, and what is on record of the steps nobody told."""

import pytest
import yaml

from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import save_units
from tasks.adapters.unit_files import read_units
from tasks.steps.reminding import remind
from tests.ledger.office import (
    KEY,
    UNITS,
    assert_each_mail_once,
    at,
    mails,
    office_plan,
    outbox,
    submit,
    sweep,
)

LADDER = [
    {"step": "T-3"},
    {"step": "T+1", "letter": 1},
    {"step": "T+3"},
    {"step": "T+5", "copy_to": ["huyen-mau"]},
    {"step": "T+8", "letter": 2, "copy_to": ["huyen-mau"]},
]
"""In 2019: 02/12, 04/12, 06/12, 11/12; the cycle closes after 13/12."""
HEAD = "huyen@mau.example"


@pytest.fixture
def opened(home):
    load(home, LADDER)
    sweep("2019-10-16")
    return home


def load(home, ladder, units=UNITS):
    plan = office_plan()
    plan["obligations"][0]["reminders"] = ladder
    with home.ledger.write() as session:
        save_units(session, read_units(units, "mau.csv"), at=at("2018-12-03"), actor="-", source="mau.csv")
        text = yaml.safe_dump(plan, allow_unicode=True, sort_keys=False)
        save_plan(session, text, "ke-hoach-mau.yaml", at=at("2018-12-04"), actor="-")


def told(home, kind, unit="phong-mau"):
    return outbox(home, "step", "state", "reason", kind=kind, unit=unit, cycle=str(KEY))


def lists_to(home, address):
    found = [mail for mail in mails(home) if mail["To"] == address]
    return [
        mail.get_body(("plain",)).get_content() for mail in sorted(found, key=lambda m: m["Date"].datetime)
    ]


def test_steps_nobody_told_are_recorded_as_overtaken_lists_by_the_list_letters_by_the_letter(opened):
    sweep("2019-12-11")
    assert told(opened, "missing-list") == [
        ("T+3", "skipped", "overtaken by T+5"),
        ("T+5", "sent", ""),
    ]
    assert told(opened, "letter-ready") == [
        ("T+1", "skipped", "overtaken by T+8"),
        ("T+8", "sent", ""),
    ]


def test_steps_told_on_their_days_are_overtaken_by_nothing(opened):
    sweep("2019-12-02", "2019-12-04", "2019-12-06", "2019-12-11")
    assert told(opened, "missing-list") == [("T+3", "sent", ""), ("T+5", "sent", "")]
    assert told(opened, "letter-ready") == [("T+1", "sent", ""), ("T+8", "sent", "")]


def test_once_the_day_of_closing_is_over_the_last_step_is_recorded_as_too_late_like_a_units(opened):
    sweep("2019-12-16")
    assert told(opened, "missing-list") == [
        ("T+3", "skipped", "overtaken by T+5"),
        ("T+5", "skipped", "the cycle is closed"),
    ]
    assert told(opened, "letter-ready") == [
        ("T+1", "skipped", "overtaken by T+8"),
        ("T+8", "skipped", "the cycle is closed"),
    ]
    assert told(opened, "overdue", "xa-mot")[-1] == ("T+8", "skipped", "the cycle is closed")


def test_a_step_is_decided_once_however_often_it_is_swept(opened):
    kinds = ("missing-list", "letter-ready")
    sweep("2019-12-11")
    before = [told(opened, kind) for kind in kinds]
    sweep("2019-12-11T10:00", "2019-12-12")
    assert [told(opened, kind) for kind in kinds] == before


def test_nothing_is_on_record_of_lists_where_nobody_was_missing(opened):
    for unit in ("xa-mot", "xa-hai", "xa-ba"):
        submit(opened, unit, "2019-11-19")
    sweep("2019-12-11")
    assert told(opened, "missing-list") == told(opened, "letter-ready") == []


def test_a_head_gets_the_whole_list_at_each_step_that_names_it_and_at_no_other(opened):
    submit(opened, "xa-hai", "2019-11-19")
    sweep("2019-12-02", "2019-12-04")
    assert lists_to(opened, HEAD) == []
    sweep("2019-12-06", "2019-12-11")
    assert told(opened, "missing-list", "huyen-mau") == [("T+5", "sent", ""), ("T+8", "sent", "")]
    first, second = lists_to(opened, HEAD)
    for said in (first, second):
        assert "UBND xã Một" in said
        assert "UBND xã Ba" in said
        assert "UBND xã Hai" not in said
        assert "Đã nhận: 01/03 đơn vị" in said
    assert "công văn" not in second, "the draft is the lead unit's"
    assert_each_mail_once(opened)


def test_a_missed_step_of_a_head_is_overtaken_by_the_next_that_names_it(opened):
    sweep("2019-12-11")
    assert told(opened, "missing-list", "huyen-mau") == [
        ("T+5", "skipped", "overtaken by T+8"),
        ("T+8", "sent", ""),
    ]


def test_the_lead_unit_that_a_step_copies_in_gets_no_second_list(home):
    load(home, [{"step": "T-3"}, {"step": "T+5", "copy_to": ["phong-mau", "huyen-mau"]}])
    sweep("2019-10-16", "2019-12-06")
    rows = outbox(home, "unit", "recipient", kind="missing-list", cycle=str(KEY))
    assert rows == [("huyen-mau", HEAD), ("phong-mau", "phong@mau.example")]


def test_a_head_without_an_address_is_on_record_and_its_list_does_not_go_to_the_lead_unit_again(home):
    load(home, LADDER, UNITS.replace(HEAD, ""))
    sweep("2019-10-16", "2019-12-06")
    assert told(home, "missing-list", "huyen-mau") == [("T+5", "skipped", "the unit has no working address")]
    assert len([mail for mail in mails(home) if "06 Dec" in mail["Date"] and "phong@" in mail["To"]]) == 1


def test_a_list_to_a_head_is_not_sent_when_meanwhile_the_last_report_has_come(opened):
    sweep("2019-12-02", "2019-12-04")
    remind(opened, KEY, at("2019-12-06T07:00"))
    for unit in ("xa-mot", "xa-hai", "xa-ba"):
        submit(opened, unit, "2019-12-06T07:30")
    sweep("2019-12-06T09:00")
    assert told(opened, "missing-list", "huyen-mau") == [("T+5", "withdrawn", "reported before it was sent")]
