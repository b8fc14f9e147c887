"""A report on paper or by telephone is entered for the unit, marked as such, and in time when the paper was."""

import json
import re

import pytest

from dondoc.cli import main
from models.by_hand import NotByHandError
from models.ids import CycleKey
from tasks.steps.board import status
from tasks.steps.collecting.entering import ByHand, enter
from tasks.steps.totals.tracing import trace
from tests.ledger.office import (
    KEY,
    assert_chain_is_whole,
    at,
    dump,
    filled,
    form,
    live,
    mails,
    outbox,
    submit,
    sweep,
)

PAPER = "Số 12/BC-UBND ngày 25/11/2019"
CALL = "nghe từ ông Lê Văn Một, Chủ tịch UBND xã, lúc 15 giờ ngày 28/11/2019"
NOW = "2019-12-03T09:00"


@pytest.fixture
def opened(home):
    sweep("2019-10-16")
    return home


def by_paper(home, received="2019-11-27", said=PAPER, channel="paper", now=NOW, **figures):
    data = filled(home, "xa-mot", now, **figures)
    how = ByHand(channel, said)
    return enter(
        home, KEY, "xa-mot", data, "giay.xlsx", how, received=at(received), as_of=at(now), actor="Trần Thị B"
    )


def unit_of(home):
    (row,) = [unit for unit in status(home, KEY, at(NOW))["units"] if unit["unit"] == "xa-mot"]
    return row


def test_a_paper_that_came_in_time_is_in_time_though_it_is_entered_late(opened):
    assert by_paper(opened).accepted
    standing = live(opened).standing("xa-mot")
    assert (standing.first_submitted_at, standing.on_time) == (at("2019-11-27"), True)


def test_a_paper_that_came_late_is_late(opened):
    by_paper(opened, received="2019-11-30")
    assert not live(opened).standing("xa-mot").on_time


def test_the_submission_says_what_it_was_entered_from_by_whom_and_for_whom(opened):
    by_paper(opened)
    columns = "channel, submitted_by, on_behalf_of, paper"
    with opened.ledger.engine.connect() as connection:
        row = connection.exec_driver_sql(f"SELECT {columns} FROM submission").one()
    assert tuple(row) == ("paper", "Trần Thị B", "xa-mot", PAPER)
    event = json.loads(dump(opened)["event"][-1][6])
    assert event["paper"] == PAPER
    assert event["on_behalf_of"] == "xa-mot"
    assert_chain_is_whole(opened)


def test_status_and_trace_tell_it(opened):
    by_paper(opened)
    row = unit_of(opened)
    assert (row["channel"], row["paper"]) == ("paper", PAPER)
    (part,) = trace(opened, KEY, "A.1")["parts"]
    assert (part["channel"], part["paper"]) == ("paper", PAPER)


def test_a_report_the_unit_sent_itself_names_no_paper(opened):
    submit(opened, "xa-mot", "2019-11-27")
    row = unit_of(opened)
    assert (row["channel"], row["paper"]) == ("file", "")


def test_a_unit_that_has_not_reported_has_no_channel(opened):
    assert unit_of(opened)["channel"] is None


def test_the_unit_gets_a_receipt_that_says_it_was_entered_for_it(opened):
    by_paper(opened)
    sweep("2019-12-03T10:00")
    (receipt,) = [mail for mail in mails(opened) if "Đã nhận báo cáo" in mail["Subject"]]
    for kind in ("plain", "html"):
        text = " ".join(re.sub(r"</?span[^>]*>", "", receipt.get_body((kind,)).get_content()).split())
        assert "nhập hộ từ văn bản giấy số 12/BC-UBND ngày 25/11/2019" in text
        assert "Trần Thị B" in text
        assert "27/11/2019" in text
        assert "đúng hạn" in text


def test_a_telephone_report_says_who_told_it_and_when(opened):
    assert by_paper(opened, said=CALL, channel="phone", received="2019-11-28T15:10").accepted
    row = unit_of(opened)
    assert (row["channel"], row["paper"]) == ("phone", CALL)


def test_what_was_queued_to_chase_the_unit_is_taken_back(opened):
    sweep("2019-11-20T06:00")
    assert outbox(opened, "state", unit="xa-mot") == [("queued",)]
    by_paper(opened, received="2019-11-19", said="Số 9/BC-UBND ngày 18/11/2019", now="2019-11-20T06:30")
    assert outbox(opened, "state", unit="xa-mot", kind="reminder") == [("withdrawn",)]


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({"received": "2019-12-04"}, "has not come yet"),
        ({"received": "2019-12-03T09:01"}, "has not come yet"),
        ({"received": "2019-10-15", "said": "Số 1/BC-UBND ngày 14/10/2019"}, "before the cycle opened"),
        ({"received": "2019-11-24"}, "before it was written"),
        ({"said": "Báo cáo của xã"}, "names no paper"),
        ({"said": "Số 12/BC-UBND"}, "names no paper"),
        ({"said": "ngày 25/11/2019"}, "names no paper"),
        ({"said": "Số 12/BC-UBND ngày 31/11/2019"}, "no such day"),
        ({"said": "chị B", "channel": "phone"}, "who told it"),
    ],
)
def test_a_day_or_a_paper_that_makes_no_sense_is_refused_and_nothing_is_saved(opened, told, why):
    before = dump(opened)
    with pytest.raises(NotByHandError, match=why):
        by_paper(opened, **told)
    assert dump(opened) == before


@pytest.mark.parametrize(
    "told",
    [
        {"received": "2019-12-03"},
        {"received": "2019-12-03T09:00"},
        {"received": "2019-10-16", "said": "Số 1/BC-UBND ngày 16/10/2019"},
        {"received": "2019-11-25"},
        {"said": "Báo cáo số 12/BC-UBND, ngày 25 tháng 11 năm 2019"},
    ],
)
def test_what_differs_from_those_by_a_day_or_a_word_is_taken_in(opened, told):
    assert by_paper(opened, **told).accepted


def test_a_day_without_an_hour_is_not_after_now(opened):
    by_paper(opened, received="2019-12-03", now="2019-12-03T07:30")
    assert live(opened).standing("xa-mot").first_submitted_at == at("2019-12-03T07:30")


def test_figures_from_paper_are_checked_like_any_other(opened):
    outcome = by_paper(opened, A_2=101)
    assert outcome.accepted is None
    assert unit_of(opened)["version"] is None


def test_the_first_time_stays_where_the_unit_had_reported_before(opened):
    submit(opened, "xa-mot", "2019-11-28")
    by_paper(opened, A_1=150)
    standing = live(opened).standing("xa-mot")
    assert (standing.version, standing.first_submitted_at) == (2, at("2019-11-28"))


def test_the_command_enters_it_and_wants_exactly_one_of_paper_and_telephone(opened, tmp_path, capsys):
    file = tmp_path / "b.xlsx"
    file.write_bytes(filled(opened, "xa-mot", NOW))
    words = ["enter", str(KEY), "xa-mot", str(file), "--as-of", NOW, "--json"]
    assert main([*words, "--paper", PAPER, "--received", "27/11/2019", "--by", "Trần Thị B"]) == 0
    assert json.loads(capsys.readouterr().out)["accepted"]
    for options in ([], ["--paper", PAPER, "--phone", CALL]):
        assert main([*words, *options]) == 2
        assert "exactly one" in capsys.readouterr().err


def test_a_form_of_another_unit_is_refused(opened, tmp_path, capsys):
    file = tmp_path / "b.xlsx"
    file.write_bytes(filled(opened, "xa-hai", NOW))
    assert main(["enter", str(KEY), "xa-mot", str(file), "--as-of", NOW, "--paper", PAPER]) == 1
    assert "cấp cho đơn vị khác" in capsys.readouterr().err.replace("\n", " ")


def test_a_unit_that_does_not_owe_it_is_the_callers_mistake(opened, tmp_path, capsys):
    file = tmp_path / "b.xlsx"
    file.write_bytes(form(opened, "xa-mot", NOW))
    other = CycleKey(KEY.plan, "O2", KEY.period)
    assert main(["enter", str(other), "xa-mot", str(file), "--as-of", NOW, "--paper", PAPER]) == 2
    assert "does not owe" in capsys.readouterr().err
