"""That a document was issued is recorded once, with a number and a day that can be; the units whose reports it was made
from are told; nothing that comes later hides it.
"""

import pytest

from models.tables import EventRow
from tasks.adapters.ledger.addresses import note_failure
from tasks.steps.acts import RefusedActError
from tasks.steps.board import status
from tasks.steps.opening import UnknownCycleError
from tasks.steps.previewing import message_rows
from tests.ledger.office import (
    COMMUNES,
    FED,
    KEY,
    NEXT,
    assert_chain_is_whole,
    assert_each_mail_once,
    at,
    dump,
    outbox,
    submit,
    sweep,
)
from tests.ledger.papers import asked, drafted, issue, papers, texts


def test_an_issued_document_has_its_number_and_day_and_stands_in_the_chain(home):
    drafted(home)
    done = issue(home)
    assert (done.number, done.version, done.told) == ("05/BC-LĐTBXH", 1, 2)
    assert papers(home) == [(1, "issued", "05/BC-LĐTBXH", "2019-12-17")]
    with home.ledger.read() as session:
        event = session.query(EventRow).filter_by(kind="document issued").one()
    assert (event.actor, event.cycle) == ("văn thư", str(KEY))
    assert all(word in event.data for word in ("05/BC-LĐTBXH", "2019-12-17", "bao-cao"))
    assert_chain_is_whole(home)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"on": "2019-12-15"}, "drafted on 2019-12-16"),
        ({"on": "2019-12-19"}, "today is 2019-12-18"),
        ({"number": 0}, "no number of a document"),
        ({"version": 2}, "has no bao-cao version 2"),
        ({"kind": "cong-van", "step": "T+5"}, r"has no cong-van T\+5"),
        ({"step": "T+1"}, "has no step"),
        ({"key": FED}, "has no bao-cao"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_and_leaves_nothing(home, changes, said):
    drafted(home)
    before = dump(home)
    with pytest.raises(RefusedActError, match=said):
        issue(home, **changes)
    assert dump(home) == before
    issue(home)


def test_a_cycle_that_has_not_opened_has_nothing_to_issue(home):
    with pytest.raises(UnknownCycleError, match="has not opened yet"):
        issue(home, key=NEXT)


@pytest.mark.parametrize("on", ["2019-12-16", "2019-12-18"])
def test_the_day_it_was_drafted_and_today_are_days_it_can_be_issued_on(home, on):
    drafted(home)
    assert issue(home, on=on).day.isoformat() == on


def test_what_is_issued_is_not_issued_again(home):
    drafted(home)
    issue(home)
    before = dump(home)
    with pytest.raises(RefusedActError, match="was issued as 05/BC-LĐTBXH on 2019-12-17"):
        issue(home, number=6)
    assert dump(home) == before


def two_reports(home):
    """Báo cáo of O1 and of O2, both of one lead unit; the second is drafted on 16/01/2020."""
    drafted(home, *COMMUNES)
    sweep("2019-12-20")
    submit(home, "phong-mau", "2019-12-23", FED, A_6=3)
    sweep("2019-12-24", "2020-01-02")
    assert papers(home, key=FED)


def test_a_number_is_given_once_in_a_year(home):
    two_reports(home)
    issue(home, number=7, on="2019-12-24", when="2019-12-25")
    before = dump(home)
    with pytest.raises(RefusedActError, match="07/BC-LĐTBXH is bao-cao-v1 of ke-hoach-mau/O1/2019 already"):
        issue(home, number=7, on="2019-12-31", when="2020-01-03", key=FED)
    assert dump(home) == before
    assert issue(home, number=7, on="2020-01-02", when="2020-01-03", key=FED).number == "07/BC-LĐTBXH"


def test_a_cong_van_has_numbers_of_its_own_symbol(home):
    drafted(home)
    issue(home, number=7)
    assert issue(home, number=7, kind="cong-van").number == "07/LĐTBXH"


def test_each_unit_that_reported_is_told_once_and_nobody_else(home):
    drafted(home)
    issue(home)
    sweep("2019-12-18T11:00", "2019-12-19", "2019-12-20")
    assert outbox(home, "unit", "state", kind="issued") == [("xa-mot", "sent"), ("xa-hai", "sent")]
    told = texts(home, "Đã ban hành")
    assert sorted(mail["To"] for mail in told) == ["xa-hai@mau.example", "xa-mot@mau.example"]
    text = told[0].get_body(("plain",)).get_content()
    assert "05/BC-LĐTBXH" in text
    assert "02/03 đơn vị" in text
    assert "17/12/2019" in text
    assert "UBND xã Ba" not in text
    assert_each_mail_once(home)


def test_a_unit_without_an_address_is_on_record_as_not_told(home):
    drafted(home)
    with home.ledger.write() as session:
        note_failure(
            session,
            "xa-mot@mau.example",
            at=at("2019-12-17"),
            status="5.1.1",
            evidence="<1>",
            actor="mailbox",
        )
    issue(home)
    assert outbox(home, "unit", "state", "reason", kind="issued")[0] == (
        "xa-mot",
        "skipped",
        "the unit has no working address",
    )


def test_units_are_not_mailed_a_cong_van_that_was_issued(home):
    drafted(home)
    assert issue(home, kind="cong-van").told == 0
    assert outbox(home, "unit", kind="issued") == []
    assert papers(home, "cong-van") == [(1, "issued", "05/LĐTBXH", "2019-12-17")]


def test_a_later_draft_does_not_hide_what_was_issued(home):
    drafted(home)
    issue(home)
    submit(home, "xa-ba", "2019-12-19")
    sweep("2019-12-19T16:00", "2019-12-20", "2019-12-23")
    assert papers(home) == [(1, "issued", "05/BC-LĐTBXH", "2019-12-17"), (2, "draft", "", None)]
    shown = [
        (p["version"], p["state_vi"], p["number"]) for p in status(home, KEY, at("2019-12-23"))["documents"]
    ]
    assert shown[1:] == [(1, "đã ban hành", "05/BC-LĐTBXH"), (2, "dự thảo", None)]
    of_the_draft = [m.get_body(("plain",)).get_content() for m in texts(home, "Trình ký")]
    of_the_draft += [m.get_body(("plain",)).get_content() for m in texts(home, "Chưa ghi nhận")]
    assert ["số 05/BC-LĐTBXH, ngày 17/12/2019" in text for text in of_the_draft] == [
        "Phiên bản: 2" in text for text in of_the_draft
    ]
    assert sum("Phiên bản: 2" in text for text in of_the_draft) == 2
    second = issue(home, number=9, on="2019-12-20", when="2019-12-23")
    assert (second.version, second.told) == (2, 3)
    sweep("2019-12-24")
    told = [mail.get_body(("plain",)).get_content() for mail in texts(home, "Báo cáo số 09/BC-LĐTBXH")]
    assert len(told) == 3
    assert all("Bản trước đã ban hành: số 05/BC-LĐTBXH, ngày 17/12/2019" in text for text in told)


def test_an_older_version_that_was_issued_on_paper_can_be_recorded_and_tells_only_those_in_it(home):
    drafted(home)
    submit(home, "xa-ba", "2019-12-17")
    sweep("2019-12-17T16:00")
    assert issue(home, version=1).told == 2
    assert papers(home) == [(1, "issued", "05/BC-LĐTBXH", "2019-12-17"), (2, "draft", "", None)]


def test_what_waits_to_be_said_of_a_draft_is_taken_back_when_it_is_issued(home):
    drafted(home)
    sweep("2019-12-18T19:00")  # after working hours: it waits
    assert asked(home, "queued") == ["bao-cao-v1/T+2"]
    issue(home, when="2019-12-18T20:00")
    assert outbox(home, "state", "reason", kind="unsigned", step="bao-cao-v1/T+2") == [
        ("withdrawn", "issued as 05/BC-LĐTBXH")
    ]
    sweep("2019-12-19", "2019-12-23", "2019-12-30")
    assert asked(home) == []


def test_two_parts_for_one_reader_go_in_one_mail(home):
    two_reports(home)
    for number, key in ((7, KEY), (8, FED)):
        issue(home, number=number, on="2020-01-02", when="2020-01-02T15:00", key=key)
    sweep("2020-01-03")
    (mail,) = [m for m in texts(home, "ban hành") if m["To"] == "xa-mot@mau.example"]
    assert len(message_rows(home, mail["Message-ID"])) == 1
