"""Totals say from how many units they come, keep zero, nil and missing apart, and lead back to the cell."""

import hashlib
import io

import pytest
from docx import Document

from tasks.steps.board import board, status
from tasks.steps.documents.making import report_bytes
from tasks.steps.totals.totalling import totals_json, totals_of
from tasks.steps.totals.tracing import trace
from tests.ledger.office import COMMUNES, FED, KEY, at, cell_of, dump, filled, hand_in, submit, sweep


@pytest.fixture
def opened(home):
    sweep("2019-10-16")
    return home


def lines(home, key=KEY):
    return {row["code"]: row for row in totals_json(totals_of(home, key))["indicators"]}


def words(data: bytes) -> str:
    document = Document(io.BytesIO(data))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_totals_are_sums_of_what_counts_and_ratios_of_sums(opened):
    submit(opened, "xa-mot", "2019-11-19", A_1=100, A_2=80)
    submit(opened, "xa-hai", "2019-11-19", A_1=300, A_2=150, A_5="Không")
    found = lines(opened)
    assert (found["A.1"]["value"], found["A.1"]["given"], found["A.1"]["asked"]) == (400, 2, 3)
    assert found["A.3"]["value"] == pytest.approx(57.5)  # 230 of 400, not the mean of 80 % and 50 %
    assert (found["A.3"]["numerator"], found["A.3"]["denominator"], found["A.3"]["met"]) == (230, 400, False)
    assert found["A.5"]["value"] == 1


def test_zero_nil_and_missing_are_three_things_in_status_totals_and_the_report(opened):
    submit(opened, "xa-mot", "2019-11-19", A_1=0, A_2=0)
    submit(opened, "xa-hai", "2019-11-19", nil=True)
    found = status(opened, KEY, at("2019-12-02"))
    assert (found["expected"], found["received"], found["nil"], found["missing"]) == (3, 2, 1, 1)
    assert [row["state"] for row in found["units"]] == ["submitted_on_time", "nil", "late"]
    totals = totals_json(totals_of(opened, KEY))
    assert (totals["received"], totals["nil"], totals["missing"]) == (2, 1, ["xa-ba"])
    line = lines(opened)["A.1"]
    assert (line["value"], line["given"], line["nil"], line["asked"]) == (0, 2, 1, 3)
    text = words(report_bytes(opened, totals_of(opened, KEY)))
    assert "02/03" in text
    assert "không phát sinh" in text.lower()
    assert "UBND xã Ba" in text


def test_totals_say_which_versions_went_in_and_who_was_left_out(opened):
    from tasks.steps import acts

    submit(opened, "xa-mot", "2019-11-19")
    submit(opened, "xa-mot", "2019-11-20", A_1=200)
    submit(opened, "xa-hai", "2019-11-19", nil=True)
    acts.exempt(opened, KEY, "xa-ba", "giải thể", as_of=at("2019-11-20"), actor="cán bộ")
    found = totals_json(totals_of(opened, KEY))
    assert (found["excluded"], found["missing"]) == (["xa-ba"], [])
    told = [(each["cycle"], each["unit"], each["version"], each["nil"]) for each in found["versions"]]
    assert told == [(str(KEY), "xa-mot", 2, False), (str(KEY), "xa-hai", 1, True)]


def test_nobody_having_reported_there_is_no_figure_rather_than_zero(opened):
    assert lines(opened)["A.1"]["value"] is None
    submit(opened, "xa-mot", "2019-11-19", A_1=0, A_2=0)
    assert lines(opened)["A.1"]["value"] == 0


def test_a_figure_leads_back_to_unit_version_file_and_cell_and_the_cell_says_so(opened):
    for unit, figure in zip(COMMUNES, (100, 200, 300), strict=True):
        submit(opened, unit, "2019-11-19", A_1=figure)
    submit(opened, "xa-hai", "2019-11-21", A_1=250)
    found = trace(opened, KEY, "A.1")
    assert found["value"] == sum(part["value"] for part in found["parts"]) == 650
    assert [(part["unit"], part["version"]) for part in found["parts"]] == [
        ("xa-mot", 1),
        ("xa-hai", 2),
        ("xa-ba", 1),
    ]
    for part in found["parts"]:
        data = opened.files.kept(part["file_sha256"])
        assert hashlib.sha256(data).hexdigest() == part["file_sha256"]
        assert cell_of(data, part["cell"]) == part["value"]


def test_a_computed_figure_leads_back_to_the_entered_ones(opened):
    submit(opened, "xa-mot", "2019-11-19")
    parts = trace(opened, KEY, "A.3")["parts"]
    assert {(part["indicator"], part["value"]) for part in parts} == {("A.1", 100), ("A.2", 80)}


def test_a_returned_version_is_not_in_the_trace(opened):
    from tasks.steps import acts

    submit(opened, "xa-mot", "2019-11-19")
    acts.return_report(opened, KEY, "xa-mot", "sai", as_of=at("2019-11-20"), actor="cán bộ")
    assert trace(opened, KEY, "A.1")["parts"] == []


def test_the_next_level_takes_over_the_totals_of_the_communes(opened):
    sweep("2019-11-16")
    submit(opened, "xa-mot", "2019-11-19", A_1=100, A_2=80)
    submit(opened, "xa-hai", "2019-11-19", A_1=300, A_2=150)
    submit(opened, "phong-mau", "2019-12-20", FED, A_6=4)
    found = lines(opened, FED)
    assert (found["A.6"]["value"], found["A.6"]["asked"]) == (4, 1)
    assert (found["A.1"]["value"], found["A.1"]["given"], found["A.1"]["asked"]) == (400, 2, 3)
    traced = trace(opened, FED, "A.1")
    assert [part["unit"] for part in traced["parts"]] == ["xa-mot", "xa-hai"]


def test_a_unit_closed_after_opening_still_owes_and_one_that_came_later_does_not(opened):
    from tasks.steps import reorganising

    reorganising.close(
        opened, "xa-ba", at("2019-11-01").date(), "sáp nhập", "NQ 01", as_of=at("2019-10-30"), actor="cán bộ"
    )
    for unit in COMMUNES:
        submit(opened, unit, "2019-11-19")
    found = status(opened, KEY, at("2019-12-02"))
    assert (found["expected"], found["received"]) == (3, 3)
    sweep("2020-10-16")
    after = status(opened, KEY.__class__("ke-hoach-mau", "O1", "2020"), at("2020-10-16"))
    assert after["expected"] == 2


def test_the_board_agrees_with_the_status_of_every_cycle(opened):
    submit(opened, "xa-mot", "2019-11-19")
    rows = board(opened, at("2019-12-02"))
    assert [row["cycle"] for row in rows] == [str(KEY), "ke-hoach-mau/O4/2019"]
    assert rows[0] == status(opened, KEY, at("2019-12-02"))
    assert (rows[1]["due_at"], {unit["state"] for unit in rows[1]["units"]}) == (None, {"no_date"})


def test_looking_changes_nothing(opened):
    submit(opened, "xa-mot", "2019-11-19")
    before = dump(opened)
    board(opened, at("2019-12-02"))
    totals_of(opened, KEY)
    trace(opened, KEY, "A.1")
    assert dump(opened) == before


def test_the_order_in_which_reports_come_in_does_not_matter_to_the_report(opened):
    files = {unit: filled(opened, unit, "2019-11-19") for unit in COMMUNES}
    with opened.rehearsal(opened.transport()) as first:
        for unit in COMMUNES:
            hand_in(first, unit, files[unit], "2019-11-19")
        one = report_bytes(first, totals_of(first, KEY))
    for unit in reversed(COMMUNES):
        hand_in(opened, unit, files[unit], "2019-11-19")
    assert report_bytes(opened, totals_of(opened, KEY)) == one
