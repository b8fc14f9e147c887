"""Draft → submitted → approved → issued, and back with a reason; each state that waits is asked about on its own ladder."""

import pytest

from tasks.steps.acts import RefusedActError
from tasks.steps.board import status
from tasks.steps.documents import issuing, way
from tasks.steps.documents.issuing import Which
from tasks.steps.verifying_ledger import verify_ledger
from tests.ledger.office import (
    KEY,
    assert_chain_is_whole,
    at,
    day,
    dump,
    events,
    mails,
    outbox,
    submit,
    sweep,
)
from tests.ledger.papers import asked, drafted, issue, papers, texts


def move(home, act, when, *more, **which):
    return getattr(way, act)(home, KEY, Which(**which), *more, as_of=at(when), actor="cán bộ")


def states(home):
    return [state for _, state, _, _ in papers(home)]


def test_a_document_goes_step_by_step_to_its_number_and_every_step_is_in_the_chain(home):
    drafted(home)
    for act, when, state in (
        ("submit", "2019-12-17", "submitted"),
        ("approve", "2019-12-17T15:00", "approved"),
    ):
        assert move(home, act, when).state == state
    issue(home)
    assert states(home) == ["issued"]
    assert [events(home, f"document {what}") for what in ("submitted", "approved", "issued")] == [1, 1, 1]
    assert_chain_is_whole(home)
    assert verify_ledger(home).wrong == ()


@pytest.mark.parametrize(
    ("acts", "refused"),
    [
        ((), "approve"),
        (("submit",), "submit"),
        (("submit", "approve"), "approve"),
        (("submit", "approve"), "submit"),
    ],
)
def test_no_step_is_left_out_or_taken_twice(home, acts, refused):
    drafted(home)
    for act in acts:
        move(home, act, "2019-12-17")
    before = dump(home)
    with pytest.raises(RefusedActError, match="not to be"):
        move(home, refused, "2019-12-17")
    assert dump(home) == before


def test_nothing_follows_an_issue(home):
    drafted(home)
    issue(home)
    for act, more in (("submit", ()), ("approve", ()), ("send_back", ("sai",))):
        with pytest.raises(RefusedActError, match="is issued"):
            move(home, act, "2019-12-18T11:00", *more)


def test_a_document_is_given_back_only_for_a_reason_and_may_be_submitted_again(home):
    drafted(home)
    move(home, "submit", "2019-12-17")
    with pytest.raises(RefusedActError, match="--reason"):
        move(home, "send_back", "2019-12-17T14:00", " ")
    move(home, "send_back", "2019-12-17T14:00", "thiếu phần kinh phí")
    assert states(home) == ["draft"]
    move(home, "submit", "2019-12-18")
    assert states(home) == ["submitted"]


def test_a_draft_that_was_signed_on_paper_is_issued_at_once(home):
    drafted(home)
    assert issue(home).number == "05/BC-LĐTBXH"


def test_each_state_is_asked_about_on_its_own_ladder_and_names_whose_turn_it_is(home):
    drafted(home)
    sweep("2019-12-18")
    assert asked(home) == ["bao-cao-v1/T+2"]
    move(home, "submit", "2019-12-18T10:00")
    sweep("2019-12-19", "2019-12-20")
    assert asked(home) == ["bao-cao-v1/T+2", "bao-cao-v1/submitted@2019-12-18/T+2"]
    move(home, "approve", "2019-12-20T10:00")
    sweep("2019-12-23", "2019-12-25")
    assert asked(home)[2:] == ["bao-cao-v1/approved@2019-12-20/T+1", "bao-cao-v1/approved@2019-12-20/T+3"]
    said = [mail.get_body(("plain",)).get_content() for mail in texts(home, "Chưa ghi nhận")]
    assert "lãnh đạo đơn vị đầu mối" in said[1]
    assert f"dondoc document approve {KEY}" in said[1]
    assert "văn thư" in said[2]
    assert "dondoc issue" in said[2]
    assert verify_ledger(home).wrong == ()


def test_the_board_says_in_which_state_a_document_is_and_who_has_it(home):
    drafted(home)
    move(home, "submit", "2019-12-17")
    shown = status(home, KEY, at("2019-12-17"))["documents"][-1]
    assert (shown["state"], shown["state_vi"], shown["owner_vi"]) == (
        "submitted",
        "đã trình ký",
        "lãnh đạo đơn vị đầu mối",
    )


def test_what_changed_since_it_was_submitted_is_told_before_it_is_approved(home):
    drafted(home)
    move(home, "submit", "2019-12-17")
    submit(home, "xa-mot", "2019-12-17T10:00", A_1=150)
    with pytest.raises(RefusedActError, match="xa-mot: version 1, now 2"):
        move(home, "approve", "2019-12-17T14:00")
    way.approve(
        home, KEY, Which(), as_of=at("2019-12-17T14:00"), actor="lãnh đạo", reason="sẽ ban hành bản bổ sung"
    )
    assert states(home) == ["approved"]


# A number that was recorded wrongly


def correct(home, number=6, on="2019-12-17", reason="ghi nhầm số", when="2019-12-19"):
    return issuing.correct_issue(home, KEY, Which(), number, day(on), reason, as_of=at(when), actor="văn thư")


def test_a_wrong_number_is_corrected_by_an_act_and_the_event_of_before_stays(home):
    drafted(home)
    issue(home)
    sweep("2019-12-18T11:00")
    assert correct(home).number == "06/BC-LĐTBXH"
    assert papers(home) == [(1, "issued", "06/BC-LĐTBXH", "2019-12-17")]
    assert (events(home, "document issued"), events(home, "issue corrected")) == (1, 1)
    sweep("2019-12-19T10:00")
    told = [
        mail
        for mail in mails(home)
        if "Đã ban hành" in mail["Subject"] and mail["To"] == "xa-mot@mau.example"
    ]
    assert sorted(mail["Subject"].split(":")[0] for mail in told) == [
        "Đã ban hành Báo cáo số 05/BC-LĐTBXH",
        "Đã ban hành Báo cáo số 06/BC-LĐTBXH",
    ]
    assert verify_ledger(home).wrong == ()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"number": 5}, "already"),
        ({"reason": ""}, "--reason"),
        ({"on": "2019-12-15"}, "drafted on"),
        ({"on": "2019-12-20"}, "today is"),
    ],
    ids=str,
)
def test_a_correction_that_makes_no_sense_leaves_nothing(home, changes, said):
    drafted(home)
    issue(home)
    before = dump(home)
    with pytest.raises(RefusedActError, match=said):
        correct(home, **changes)
    assert dump(home) == before
    correct(home)


def test_what_is_not_issued_has_no_number_to_correct(home):
    drafted(home)
    with pytest.raises(RefusedActError, match="is not issued"):
        correct(home)
    assert outbox(home, "key", kind="issued") == []
