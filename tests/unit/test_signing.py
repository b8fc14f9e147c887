"""A document on its way to issue: what may follow, and when its office is asked about it."""

from datetime import date

import pytest

from models.plan import Signing
from models.signing import (
    MOVES,
    OWNERS,
    VIETNAMESE,
    DocumentState,
    decide_asking,
    document_label,
    full_number,
    may_become,
    waiting_rungs,
)
from models.working_days import WorkingDays
from tests.builders import NO_HOLIDAYS, a_plan

STEPS = Signing().ladder_of("bao-cao")
RUNGS = waiting_rungs(STEPS, date(2019, 12, 14), NO_HOLIDAYS)  # a Saturday: 17/12, 20/12, 27/12


def said(today, done=0):
    return [(each.step, each.action, each.reason) for each in decide_asking(RUNGS, done=done, today=today)]


def test_every_state_has_its_words_and_every_one_but_the_last_an_owner():
    assert set(VIETNAMESE) == set(DocumentState)
    assert set(OWNERS) == set(DocumentState) - {DocumentState.ISSUED}


def test_a_draft_may_be_issued_and_nothing_follows_an_issue():
    assert may_become("draft", DocumentState.ISSUED)
    assert not any(may_become("issued", to) for to in DocumentState)
    assert DocumentState.ISSUED not in MOVES


def test_what_waits_goes_on_one_step_or_back_to_be_a_draft_or_is_issued():
    follows = {state: {to for to in DocumentState if may_become(state, to)} for state in DocumentState}
    assert follows[DocumentState.DRAFT] == {DocumentState.SUBMITTED, DocumentState.ISSUED}
    assert follows[DocumentState.SUBMITTED] == {
        DocumentState.APPROVED,
        DocumentState.DRAFT,
        DocumentState.ISSUED,
    }
    assert follows[DocumentState.APPROVED] == {DocumentState.DRAFT, DocumentState.ISSUED}


def test_each_state_that_waits_has_a_ladder_of_its_own():
    ladders = {
        state: [s.step for s in Signing().ladder_of("bao-cao", state)] for state in ("submitted", "approved")
    }
    assert ladders == {"submitted": ["T+2", "T+5"], "approved": ["T+1", "T+3"]}


def test_steps_are_counted_in_working_days_after_the_day_it_was_written():
    assert [rung.on for rung in RUNGS] == [date(2019, 12, 17), date(2019, 12, 20), date(2019, 12, 27)]
    free = WorkingDays({date(2019, 12, 17): "nghỉ"})
    assert waiting_rungs(STEPS, date(2019, 12, 14), free)[0].on == date(2019, 12, 18)


@pytest.mark.parametrize(
    ("today", "done", "expected"),
    [
        (date(2019, 12, 16), 0, []),
        (date(2019, 12, 17), 0, [("T+2", "send", "")]),
        (date(2019, 12, 17), 2, []),
        (date(2019, 12, 20), 2, [("T+5", "send", "")]),
        (date(2019, 12, 20), 0, [("T+2", "skip", "overtaken by T+5"), ("T+5", "send", "")]),
        (date(2029, 1, 1), 5, [("T+10", "send", "")]),
        (date(2029, 1, 1), 10, []),
    ],
)
def test_the_latest_step_that_has_come_is_asked_and_those_before_it_are_overtaken(today, done, expected):
    assert said(today, done) == expected


def test_a_plan_has_ladders_of_its_own_or_none():
    plan = a_plan(signing={"report": ["T+9", "T+3"], "letter": []})
    assert [step.step for step in plan.signing.ladder_of("bao-cao")] == ["T+3", "T+9"]
    assert plan.signing.ladder_of("cong-van") == ()
    assert [step.step for step in a_plan().signing.ladder_of("cong-van")] == ["T+1", "T+3"]


def test_a_document_is_named_after_its_kind_step_and_version():
    assert document_label("bao-cao", "", 2) == "bao-cao-v2"
    assert document_label("cong-van", "T+1", 1) == "cong-van-T+1-v1"


@pytest.mark.parametrize(("number", "written"), [(5, "05/BC-X"), (12, "12/BC-X"), (1234, "1234/BC-X")])
def test_numbers_below_ten_have_a_leading_zero(number, written):
    assert full_number(number, "BC-X") == written
