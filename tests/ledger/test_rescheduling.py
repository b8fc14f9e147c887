"""The day of an open cycle changed for everybody: who is told what, what is asked anew, and who stays in time."""

import io
from datetime import date

import pytest
from docx import Document

from models.states import State
from tasks.adapters.ledger.addresses import note_failure
from tasks.adapters.ledger.cycles import opened_cycles
from tasks.adapters.ledger.documents import documents_of
from tasks.steps import acts
from tasks.steps.acts import RefusedActError
from tasks.steps.board import status
from tasks.steps.collecting.forms import form_for
from tasks.steps.reminding import remind
from tasks.steps.rescheduling import reschedule
from tests.ledger.office import (
    COMMUNES,
    FED,
    KEY,
    assert_chain_is_whole,
    assert_each_mail_once,
    at,
    day,
    dump,
    events,
    live,
    mails,
    outbox,
    steps,
    submit,
    sweep,
)
from tests.ledger.test_calendar_entries import entries, event

DOCUMENT = "Công văn số 12/LĐTBXH ngày 25/11/2019"


@pytest.fixture
def opened(home):
    sweep("2019-10-16")
    return home


def move(home, to, when="2019-11-25", key=KEY, document=DOCUMENT, **how):
    return reschedule(home, key, day(to), "mưa lũ", document, as_of=at(when), actor="cán bộ", **how)


def words(mail):
    return mail.get_body(("plain",)).get_content()


def changed(home, unit):
    """The mails to one unit that tell it of a changed day."""
    return [
        m for m in mails(home) if m["To"] == f"{unit}@mau.example" and "Điều chỉnh thời hạn" in m["Subject"]
    ]


def test_a_later_day_moves_deadline_closing_and_board_and_keeps_how_the_day_is_counted(opened):
    assert move(opened, "2019-12-12").last_day == day("2019-12-11")  # "trước ngày": X itself does not count
    planned = live(opened).planned
    assert (planned.deadline.day_x, planned.closes_on) == (day("2019-12-12"), day("2019-12-26"))
    found = status(opened, KEY, at("2019-12-03"))
    assert (found["last_day"], {row["state"] for row in found["units"]}) == ("2019-12-11", {"not_due"})
    with opened.ledger.read() as session:
        assert opened_cycles(session, opened.days)[KEY].deadline == planned.deadline


def test_status_form_letter_and_reminder_name_the_document_that_changed_the_day(opened):
    assert status(opened, KEY, at("2019-11-25"))["moved_by"] is None
    move(opened, "2019-12-12")
    assert status(opened, KEY, at("2019-11-25"))["moved_by"] == DOCUMENT
    spec = form_for(opened, KEY, "xa-mot", at("2019-11-26"), live(opened))
    assert spec.due_wording == f"hết ngày 11/12/2019 (điều chỉnh theo {DOCUMENT})"
    sweep("2019-11-25T09:00", "2019-12-02", "2019-12-13")
    reminded = [words(m) for m in mails(opened) if "Nhắc gửi" in m["Subject"]]
    assert len(reminded) == len(COMMUNES)
    assert all(f"Thời hạn điều chỉnh theo: {DOCUMENT}" in said for said in reminded)
    with opened.ledger.read() as session:
        (letter,) = [row for row in documents_of(session, KEY) if row.kind == "cong-van"]
    text = "\n".join(p.text for p in Document(io.BytesIO(opened.files.read(letter.file))).paragraphs)
    assert f"thời hạn được điều chỉnh đến hết ngày 11/12/2019 theo {DOCUMENT}" in text


def test_the_document_may_count_the_day_itself(opened):
    assert move(opened, "2019-12-12", inclusive=True).last_day == day("2019-12-12")
    assert live(opened).planned.deadline.last_day == day("2019-12-12")


def test_every_unit_that_has_not_reported_and_is_not_exempt_is_told_once_with_form_and_calendar_entry(opened):
    submit(opened, "xa-hai", "2019-11-19")
    acts.exempt(opened, KEY, "xa-ba", "mới sáp nhập", as_of=at("2019-11-19"), actor="cán bộ")
    move(opened, "2019-12-12")
    sweep("2019-11-25T09:00", "2019-11-25T10:00")
    assert [unit for (unit,) in outbox(opened, "unit", kind="deadline-changed")] == ["xa-mot"]
    (mail,) = changed(opened, "xa-mot")
    said = words(mail)
    assert "Thời hạn cũ: hết thứ Sáu, ngày 29/11/2019" in said
    assert "Thời hạn mới: hết thứ Tư, ngày 11/12/2019" in said
    assert all(fact in said for fact in ("mưa lũ", DOCUMENT))
    names = [part.get_filename() for part in mail.iter_attachments()]
    assert names == ["ke-hoach-mau-O1-2019-xa-mot.xlsx", "han-bao-cao.ics"]
    assert_each_mail_once(opened)


def test_the_event_in_the_readers_calendar_moves_and_the_next_reminder_does_not_move_it_back(opened):
    sweep("2019-11-20")
    move(opened, "2019-12-12")
    sweep("2019-11-25T09:00", "2019-12-02")
    before, told, reminded = (event(calendar) for calendar in entries(opened))
    assert before["UID"] == told["UID"]
    assert told["SEQUENCE"] > before["SEQUENCE"]
    assert told["DTSTART"].dt == date(2019, 12, 11)
    assert (reminded["DTSTART"].dt, reminded["SEQUENCE"]) == (told["DTSTART"].dt, told["SEQUENCE"])


def test_the_ladder_starts_anew_around_the_new_day_and_what_was_decided_stays(opened):
    sweep("2019-11-20")
    move(opened, "2019-12-12")
    sweep("2019-11-26", "2019-12-02", "2019-12-06", "2019-12-13")
    new = [f"{step}@2019-12-11" for step in ("T-7", "T-3", "T+1")]
    assert steps(opened, "xa-mot", "sent") == ["T-7", *new]


def test_a_queued_reminder_of_the_old_day_is_withdrawn_with_the_reason(opened):
    sweep("2019-11-20")
    remind(opened, KEY, at("2019-11-26"))
    move(opened, "2019-12-12", "2019-11-26")
    found = {(state, reason) for state, reason in outbox(opened, "state", "reason", step="T-3")}
    assert found == {("withdrawn", "deadline changed to 2019-12-11")}
    sweep("2019-11-26T09:00")
    assert steps(opened, "xa-mot", "sent") == ["T-7"]


def test_the_mail_stands_in_the_place_of_the_steps_of_the_new_day_that_have_come(opened):
    move(opened, "2019-12-04", "2019-11-28")
    sweep("2019-11-28T09:00", "2019-11-29")
    assert steps(opened, "xa-mot", "skipped") == ["T-7@2019-12-03", "T-3@2019-12-03"]
    assert steps(opened, "xa-mot", "sent") == []
    assert len(changed(opened, "xa-mot")) == 1


def test_a_day_moved_there_and_back_is_told_and_asked_for_each_time(opened):
    sweep("2019-11-20")
    move(opened, "2019-12-12", "2019-11-21")
    sweep("2019-11-21T09:00")
    move(opened, "2019-11-30", "2019-11-25")
    sweep("2019-11-25T09:00", "2019-11-26")
    assert steps(opened, "xa-mot", "sent") == ["T-7", "T-3@2019-11-29.2"]
    move(opened, "2019-12-12", "2019-11-27")
    sweep("2019-11-27T09:00", "2019-12-02")
    assert steps(opened, "xa-mot", "sent")[2:] == ["T-7@2019-12-11.3"]
    assert len(changed(opened, "xa-mot")) == 3


def test_of_two_changes_before_the_next_mail_one_is_told_from_the_day_the_unit_knows(opened):
    move(opened, "2019-12-12", "2019-11-25T09:00")
    move(opened, "2019-12-18", "2019-11-25T10:00")
    sweep("2019-11-25T11:00")
    (mail,) = changed(opened, "xa-mot")
    assert "Thời hạn cũ: hết thứ Sáu, ngày 29/11/2019" in words(mail)
    assert "Thời hạn mới: hết thứ Ba, ngày 17/12/2019" in words(mail)


def test_a_letter_and_lists_of_the_old_day_do_not_stop_those_of_the_new_one(opened):
    sweep("2019-12-02", "2019-12-06")
    move(opened, "2019-12-18", "2019-12-09")
    assert outbox(opened, "state", kind="missing-list", step="T+5") == [("sent",)]
    sweep("2019-12-10", "2019-12-19")
    with opened.ledger.read() as session:
        rows = [row.step for row in documents_of(session, KEY) if row.kind == "cong-van"]
    assert rows == ["T+1", "T+1@2019-12-17"]
    sweep("2019-12-25")
    assert outbox(opened, "step", kind="missing-list", state="sent") == [("T+5",), ("T+5@2019-12-17",)]
    assert outbox(opened, "step", kind="letter-ready", state="sent") == [("T+1",), ("T+1@2019-12-17",)]


def test_a_list_that_waits_is_withdrawn_with_the_day_it_was_about(opened):
    sweep("2019-12-02")
    remind(opened, KEY, at("2019-12-06"))
    move(opened, "2019-12-18", "2019-12-06")
    assert outbox(opened, "state", "reason", kind="missing-list") == [
        ("withdrawn", "deadline changed to 2019-12-17")
    ]


def test_a_change_recorded_under_a_past_date_makes_nobody_late_whose_report_was_there_already(opened):
    submit(opened, "xa-mot", "2019-11-25")
    move(opened, "2019-11-23", "2019-11-20")
    assert live(opened).planned.deadline.last_day == day("2019-11-22")
    submit(opened, "xa-hai", "2019-11-25")
    states = {s.unit: s.state(at("2019-12-02")) for s in live(opened).standings}
    assert states["xa-mot"] == State.ON_TIME
    assert states["xa-hai"] == State.SUBMITTED_LATE


def test_what_came_late_stays_late_under_a_day_that_is_earlier_still(opened):
    submit(opened, "xa-mot", "2019-12-02")
    move(opened, "2019-12-10", "2019-12-03")
    assert live(opened).standing("xa-mot").on_time, "in time under the new day"
    move(opened, "2019-12-05", "2019-12-03T10:00")
    assert live(opened).standing("xa-mot").on_time, "and not late again"


def test_a_correction_of_a_report_that_was_in_time_stays_in_time(opened):
    submit(opened, "xa-mot", "2019-11-27")
    move(opened, "2019-11-29", "2019-11-27T09:00")
    told = {"as_of": at("2019-11-28"), "actor": "cán bộ"}
    acts.return_report(opened, KEY, "xa-mot", "sai", until=day("2019-11-28"), **told)
    acts.extend(opened, KEY, "xa-mot", day("2019-11-29"), "?", **told)
    submit(opened, "xa-mot", "2019-12-03", A_1=101)
    assert live(opened).standing("xa-mot").on_time


def test_a_later_day_of_its_own_stays_and_its_unit_is_told_so(opened):
    acts.extend(opened, KEY, "xa-mot", day("2019-12-20"), "mưa lũ", as_of=at("2019-11-19"), actor="cán bộ")
    sweep("2019-11-19")
    move(opened, "2019-12-12")
    sweep("2019-11-25T09:00", "2019-12-02", "2019-12-11")
    assert live(opened).standing("xa-mot").own_last_day == day("2019-12-20")
    assert steps(opened, "xa-mot", "sent") == ["T-7@2019-12-20"]
    (mail,) = changed(opened, "xa-mot")
    assert "Thời hạn riêng của Quý đơn vị: hết thứ Sáu, ngày 20/12/2019" in words(mail)
    assert event(entries(opened)[-1])["DTSTART"].dt == date(2019, 12, 20)


def test_an_extension_the_new_day_has_caught_up_with_counts_again_when_the_day_moves_back(opened):
    acts.extend(opened, KEY, "xa-mot", day("2019-12-05"), "mưa lũ", as_of=at("2019-11-19"), actor="cán bộ")
    move(opened, "2019-12-12")
    standing = live(opened).standing("xa-mot")
    assert (standing.own_last_day, standing.due_at) == (None, at("2019-12-11T23:59:59"))
    move(opened, "2019-11-30", "2019-11-26")
    standing = live(opened).standing("xa-mot")
    assert (standing.own_last_day, standing.due_at) == (day("2019-12-05"), at("2019-12-05T23:59:59"))


def test_the_day_of_a_correction_is_the_one_its_unit_was_told(opened):
    submit(opened, "xa-mot", "2019-11-19")
    acts.return_report(
        opened, KEY, "xa-mot", "sai", as_of=at("2019-11-20"), actor="cán bộ", until=day("2019-12-03")
    )
    move(opened, "2019-12-12")
    sweep("2019-11-25T09:00")
    assert live(opened).standing("xa-mot").own_last_day == day("2019-12-03")
    (mail,) = changed(opened, "xa-mot")
    assert "Ngày cuối để gửi bản chỉnh lý: hết thứ Ba, ngày 03/12/2019" in words(mail)


@pytest.mark.parametrize(
    ("to", "when", "said"),
    [
        ("2019-11-30", "2019-11-25", "is due on that day already"),
        ("2019-11-25", "2019-11-25", "2019-11-24 has passed"),
        ("2219-12-12", "2019-11-25", "is not a date for"),
        ("2020-01-15", "2019-11-25", "not before O2, which it feeds"),
        ("2019-12-12", "2019-12-16T09:00", "is closed"),
    ],
)
def test_a_change_that_makes_no_sense_is_refused_and_changes_nothing(opened, to, when, said):
    if said == "is closed":
        sweep("2019-12-16")
    before = dump(opened)
    with pytest.raises(RefusedActError, match=said):
        move(opened, to, when)
    assert dump(opened) == before


@pytest.mark.parametrize(("reason", "document"), [("mưa lũ", " "), (" ", DOCUMENT)])
def test_a_day_is_changed_by_a_document_and_for_a_reason(opened, reason, document):
    before = dump(opened)
    with pytest.raises(RefusedActError, match="say w"):
        reschedule(opened, KEY, day("2019-12-12"), reason, document, as_of=at("2019-11-25"), actor="cán bộ")
    assert dump(opened) == before


def test_the_last_day_may_be_today(opened):
    assert move(opened, "2019-11-26", "2019-11-25").last_day == day("2019-11-25")


def test_the_change_stands_in_the_chain_with_both_days_reason_and_document(opened):
    move(opened, "2019-12-12")
    assert events(opened, "deadline changed") == 1
    (told,) = [row[6] for row in dump(opened)["event"] if row[2] == "deadline changed"]
    assert all(part in told for part in ("2019-11-29", "2019-12-11", "mưa lũ", DOCUMENT))
    assert_chain_is_whole(opened)


def test_what_counts_from_an_opened_cycle_stays_where_it_has_opened(opened):
    sweep("2019-11-18")
    before = live(opened, FED).planned.deadline
    move(opened, "2019-12-12")
    assert live(opened, FED).planned.deadline == before


def test_a_unit_without_an_address_is_on_record_and_a_second_sweep_adds_nothing(opened):
    with opened.ledger.write() as session:
        for status_ in ("5.1.1", "5.1.1", "5.1.1"):
            note_failure(
                session, "xa-mot@mau.example", at=at("2019-11-20"), status=status_, evidence="-", actor="?"
            )
    move(opened, "2019-12-12")
    assert ("skipped", "the unit has no working address") in outbox(
        opened, "state", "reason", kind="deadline-changed", unit="xa-mot"
    )
    sweep("2019-11-25T09:00")
    once = dump(opened)
    sweep("2019-11-25T09:00")
    assert dump(opened)["message"] == once["message"]
    assert len(outbox(opened, "id", kind="deadline-changed")) == len(COMMUNES)
