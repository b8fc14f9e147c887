"""What comes at a moment nobody plans for is done by the very sweep that finds it."""

import io

import pytest
from docx import Document

from flows.rehearse import Recorder
from models.deadlines import SetDue
from models.ids import CycleKey
from tasks.adapters.home import in_use
from tasks.adapters.ledger.documents import documents_of
from tasks.adapters.mail.maildir import MaildirTransport
from tasks.steps import dating
from tests.builders import ROOT
from tests.ledger.office import (
    COMMUNES,
    FED,
    KEY,
    UNDATED,
    at,
    day,
    dump,
    filled,
    hand_in,
    live,
    outbox,
    steps,
    submit,
    sweep,
)
from tests.soak.years import new_home


def documents(home, kind, key):
    return [row for row in dump(home)["document"] if row[1] == str(key) and row[3] == kind]


def test_a_form_from_the_inbox_is_in_the_report_it_feeds_after_the_same_sweep(home):
    sweep("2019-11-20")
    for unit in COMMUNES[:2]:
        submit(home, unit, "2019-11-21")
    assert submit(home, "phong-mau", "2019-12-02", FED, A_6=3).accepted
    sweep("2019-12-03")
    assert len(documents(home, "bao-cao", FED)) == 1
    home.inbox.mkdir()
    (home.inbox / "a.xlsx").write_bytes(filled(home, COMMUNES[2], "2019-12-03"))
    sweep("2019-12-04")
    after = dump(home)
    assert len(documents(home, "bao-cao", FED)) == 2
    again = sweep("2019-12-04")
    assert (again.written, again.sent) == (0, 0)
    assert dump(home) == after


def test_a_file_that_is_no_workbook_for_a_cycle_not_yet_open_stops_nobody_s_mail(home):
    sweep("2019-10-16")
    assert not hand_in(home, "phong-mau", b"anh", "2019-10-20", FED).accepted
    sweep("2019-10-21")
    assert sweep("2019-11-20").sent >= len(COMMUNES)
    assert steps(home, "xa-mot", "sent") == ["T-7"]


def test_a_closed_cycle_that_was_at_rest_for_days_has_work_again_when_a_late_report_comes(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    sweep("2019-12-16", "2019-12-17", "2019-12-18")
    assert [sweep("2019-12-19").written, len(documents(home, "bao-cao", KEY))] == [0, 1]
    with home.rehearsal(Recorder()) as rehearsed, in_use(rehearsed):
        submit(rehearsed, "xa-hai", "2019-12-19T09:00")
        assert sweep("2019-12-20").written == 1
    assert sweep("2019-12-20").written == 0  # that was taken back
    submit(home, "xa-hai", "2019-12-20T09:00")
    assert sweep("2019-12-21").written == 1


def test_a_unit_that_reports_while_the_others_mails_go_out_is_not_reminded(home, monkeypatch):
    sweep("2019-10-16")
    deliver, reported = MaildirTransport.send, []

    def deliver_and_report(transport, mail):
        if not reported:
            reported.append(submit(home, "xa-ba", "2019-11-20"))
        return deliver(transport, mail)

    monkeypatch.setattr(MaildirTransport, "send", deliver_and_report)
    sweep("2019-11-20")
    assert [steps(home, unit, "sent") for unit in COMMUNES] == [["T-7"], ["T-7"], []]
    assert steps(home, "xa-ba", "withdrawn") == ["T-7"]


def set_date(home, when, before):
    due = SetDue(day(before), inclusive=False, document="Công văn số 01/LĐTBXH")
    dating.set_due(home, UNDATED, due, as_of=at(when), actor="cán bộ")


@pytest.mark.parametrize(("when", "opens"), [("2019-11-05", True), ("2019-12-28", False)])
def test_a_cycle_whose_date_was_set_and_passed_while_nobody_swept_is_opened_and_closed_if_it_was_not_over_then(
    home, when, opens
):
    sweep("2019-11-04")
    set_date(home, when, "2019-11-20")  # closes after 04/12
    sweep("2020-01-06")
    found = [row for row in dump(home)["cycle"] if row[1] == str(UNDATED)]
    assert bool(found) is opens
    if opens:
        assert live(home, UNDATED).closed_at == at("2020-01-06")
        assert {state for (state,) in outbox(home, "state", cycle=str(UNDATED))} == {"skipped"}


@pytest.mark.parametrize(("when", "lists"), [("2019-12-13", ["T+5"]), ("2019-12-14", [])])
def test_once_the_day_of_closing_is_over_the_lead_unit_gets_no_list_of_missing_units(home, when, lists):
    sweep("2019-10-16", when)  # closes after 13/12
    assert [step for (step,) in outbox(home, "step", kind="missing-list", state="sent")] == lists


@pytest.mark.parametrize(
    ("swept", "levels"),
    [(("2014-04-11", "2014-04-17"), [1, 2]), (("2014-04-17",), [1]), (("2014-04-17", "2014-04-18"), [1])],
)
def test_the_first_letter_there_is_is_not_called_the_second_whatever_step_it_comes_at(
    tmp_path, swept, levels
):
    home = new_home(tmp_path / "home", ROOT / "plans", ("nam-dong-2014",))
    key = CycleKey("nam-dong-2014", "O1", "2014")
    with in_use(home):
        sweep("2014-03-03", *swept)
    with home.ledger.read() as session:
        rows = [row for row in documents_of(session, key) if row.kind == "cong-van"]
    assert [2 if "lần 2" in words(home.files.read(row.file)) else 1 for row in rows] == levels
    home.ledger.close()


def words(data: bytes) -> str:
    """All paragraphs, those of the table at the head too."""
    return "\n".join(p.text or "" for p in Document(io.BytesIO(data)).element.iter() if p.tag.endswith("}t"))
