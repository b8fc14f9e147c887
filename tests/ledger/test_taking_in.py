"""A report comes in whole or not at all, and every version stays what it was."""

import io

import pytest
from openpyxl import load_workbook

from tasks.adapters.ledger.counted import counted_figures
from tests.ledger.office import (
    COMMUNES,
    FED,
    KEY,
    NEXT,
    address_of,
    assert_chain_is_whole,
    at,
    cell_of,
    dump,
    events,
    filled,
    forged,
    form,
    hand_in,
    live,
    outbox,
    saved,
    submit,
    sweep,
)


@pytest.fixture
def opened(home):
    sweep("2019-10-16")
    return home


def figures(home, unit="xa-mot"):
    with home.ledger.read() as session:
        found = {report.unit: report for report in counted_figures(session, KEY)}
    return {code: figure.number for code, figure in found[unit].figures.items() if figure.number is not None}


def test_a_filled_form_is_accepted_as_version_one_with_every_figure_and_its_cell(opened):
    data = filled(opened, "xa-mot", "2019-11-19")
    outcome = hand_in(opened, "xa-mot", data, "2019-11-19")
    assert outcome.findings == ()
    assert outcome.as_json() | {"accepted": True, "version": 1} == outcome.as_json()
    with opened.ledger.read() as session:
        (report,) = counted_figures(session, KEY)
    assert {code: cell_of(data, figure.cell) for code, figure in report.figures.items()} == {
        "A.1": 100,
        "A.2": 80,
        "A.5": "Có",
    }
    assert opened.files.kept(report.file_sha256) == data
    assert report.narratives[0].text == "Đã tổ chức 3 buổi truyền thông & rà soát <danh sách>."
    assert_chain_is_whole(opened)


def test_the_same_content_again_is_the_same_version_and_nobody_is_told(opened):
    data = filled(opened, "xa-mot", "2019-11-19")
    hand_in(opened, "xa-mot", data, "2019-11-19")
    before = dump(opened)
    again = hand_in(opened, "xa-mot", data, "2019-11-21")
    assert again.accepted
    assert (again.accepted.version, again.accepted.new) == (1, False)
    assert dump(opened) == before


def test_the_same_content_saved_by_another_program_is_the_same_version(opened):
    data = filled(opened, "xa-mot", "2019-11-19")
    hand_in(opened, "xa-mot", data, "2019-11-19")
    other = saved(load_workbook(io.BytesIO(data)))
    assert other != data
    again = hand_in(opened, "xa-mot", other, "2019-11-21")
    assert again.accepted
    assert not again.accepted.new


def test_changed_content_is_the_next_version_counts_and_keeps_the_first_time(opened):
    submit(opened, "xa-mot", "2019-11-19")
    outcome = submit(opened, "xa-mot", "2019-12-05", A_1=120)
    assert outcome.accepted
    assert (outcome.accepted.version, outcome.accepted.first_submitted_at) == (2, at("2019-11-19"))
    standing = live(opened).standing("xa-mot")
    assert (standing.version, standing.first_submitted_at, standing.on_time) == (2, at("2019-11-19"), True)
    assert figures(opened) == {"A.1": 120, "A.2": 80, "A.5": 1}
    first, second = dump(opened)["submission"]
    assert "superseded" in first
    assert "accepted" in second
    assert [step for (step,) in outbox(opened, "step", kind="receipt")] == ["v1", "v2"]


def test_going_back_to_earlier_content_is_a_version_of_its_own(opened):
    for figure in (100, 120, 100):
        outcome = submit(opened, "xa-mot", "2019-11-19", A_1=figure)
    assert outcome.accepted
    assert outcome.accepted.version == 3
    assert figures(opened)["A.1"] == 100


def test_a_nil_return_is_accepted_where_the_plan_allows_one(opened):
    outcome = submit(opened, "xa-mot", "2019-11-19", nil=True)
    assert outcome.accepted
    assert live(opened).standing("xa-mot").nil
    assert figures(opened) == {}


def nil_with_figures(home):
    book = load_workbook(io.BytesIO(filled(home, "xa-mot", "2019-11-19")))
    row = next(row for row in book["Biểu"].iter_rows() for cell in row if cell.value == "Không phát sinh")
    place = next(n for n, cell in enumerate(row) if cell.value == "Không phát sinh")
    row[place + 1].value = "Có"
    return saved(book)


def without_a_line(home):
    book = load_workbook(io.BytesIO(filled(home, "xa-mot", "2019-11-19")))
    sheet = book["Biểu"]
    sheet.delete_rows(next(row[0].row for row in sheet.iter_rows() if row[0].value == "A.2"))
    return saved(book)


REFUSED = {
    "words in a number cell": lambda home: filled(home, "xa-mot", "2019-11-19", A_1="nhiều"),
    "a rule of the plan broken": lambda home: filled(home, "xa-mot", "2019-11-19", A_2=101),
    "a required figure missing": lambda home: filled(home, "xa-mot", "2019-11-19", A_1=None),
    "another unit's form": lambda home: filled(home, "xa-hai", "2019-11-19"),
    "another cycle's form": lambda home: filled(home, "xa-mot", "2019-11-19", NEXT),
    "an older form": lambda home: forged(
        filled(home, "xa-mot", "2019-11-19"), version="0" * 12, token=home.token(KEY, "xa-mot", "0" * 12)
    ),
    "a forged token": lambda home: forged(filled(home, "xa-mot", "2019-11-19"), token="0" * 32),
    "a nil return with figures": nil_with_figures,
    "a line taken out": without_a_line,
    "not a workbook": lambda _home: b"%PDF-1.4 not a workbook",
    "an empty file": lambda _home: b"",
    "half a workbook": lambda home: filled(home, "xa-mot", "2019-11-19")[:3000],
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_wrong_file_is_refused_with_a_finding_and_nothing_is_saved(opened, what):
    data = REFUSED[what](opened)
    before = dump(opened, "event", "message")
    outcome = hand_in(opened, "xa-mot", data, "2019-11-19")
    assert outcome.accepted is None
    assert outcome.findings
    assert all(finding.message.strip() for finding in outcome.findings)
    assert dump(opened, "event", "message") == before
    assert events(opened, "file refused") == 1
    assert outbox(opened, "unit", "kind") == [("xa-mot", "refused")]
    assert submit(opened, "xa-mot", "2019-11-19").accepted  # the right file is not


def test_words_in_a_number_cell_are_told_with_their_cell(opened):
    data = filled(opened, "xa-mot", "2019-11-19", A_1="nhiều")
    (finding,) = hand_in(opened, "xa-mot", data, "2019-11-19").findings
    assert (finding.cell, finding.indicator) == (address_of(data, "A.1"), "A.1")


def test_a_broken_rule_is_told_by_its_own_words(opened):
    (finding,) = submit(opened, "xa-mot", "2019-11-19", A_2=101).findings
    assert finding.rule == "V4"
    assert finding.message.startswith("Số được trợ giúp không được lớn hơn tổng số.")


def test_all_that_is_wrong_is_told_at_once(opened):
    outcome = submit(opened, "xa-mot", "2019-11-19", A_1="nhiều", A_2="ít", A_5="có lẽ")
    assert {finding.indicator for finding in outcome.findings} == {"A.1", "A.2", "A.5"}


def test_the_name_of_a_file_does_not_matter_but_what_stands_in_it(opened):
    from tasks.steps.collecting.intake import Arrival, take_in

    data = filled(opened, "xa-ba", "2019-11-19")
    outcome = take_in(opened, Arrival(data, "xa-mot.xlsx"), at("2019-11-19"))
    assert (outcome.cycle, outcome.unit) == (str(KEY), "xa-ba")


def test_a_report_of_a_unit_that_does_not_owe_it_is_refused(opened):
    data = forged(filled(opened, "xa-mot", "2019-11-19"), unit="phong-mau")
    outcome = hand_in(opened, "phong-mau", data, "2019-11-19")
    assert [finding.rule for finding in outcome.findings] == ["not_owed"]


def test_two_wrong_files_of_one_unit_in_one_sweep_are_both_answered(opened):
    opened.inbox.mkdir()
    for name, value in (("a", "nhiều"), ("b", "ít")):
        (opened.inbox / f"{name}.xlsx").write_bytes(filled(opened, "xa-mot", "2019-11-19", A_1=value))
    sweep("2019-11-19")
    assert len(outbox(opened, "key", kind="refused", state="sent")) == 2


def test_a_blank_form_sent_back_is_not_a_report(opened):
    outcome = hand_in(opened, "xa-mot", form(opened, "xa-mot", "2019-11-19"), "2019-11-19")
    assert outcome.accepted is None
    assert {finding.indicator for finding in outcome.findings} >= {"A.1", "A.2", "A.5"}


def test_every_unit_of_the_cycle_can_send_its_own_form_and_no_other(opened):
    for unit in COMMUNES:
        for sender in COMMUNES:
            outcome = hand_in(opened, sender, filled(opened, unit, "2019-11-19"), "2019-11-19")
            assert (outcome.accepted is not None) is (unit == sender)


def test_the_phong_sends_its_own_duty_by_the_same_way(home):
    sweep("2019-11-16")
    assert submit(home, "phong-mau", "2019-12-20", FED, A_6=4).accepted
