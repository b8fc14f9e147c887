"""Nothing to report, zero, missing and exempt are four things: on the board, in the totals, in the Word file."""

import io

import pytest
from docx import Document

from dondoc.demo.fill import Answers, fill_form
from tasks.adapters.documents import check_docx
from tasks.steps import acts
from tasks.steps.board import status
from tasks.steps.documents.making import report_bytes
from tasks.steps.totals.totalling import totals_of
from tests.ledger.office import KEY, at, filled, form, hand_in, submit, sweep

HOSTILE = "Đã họp {{ 7*7 }} {% raw %} & <b> ]]> =cmd|' /C calc'!A0 \u202eab\u200b _x0041_\n" + "dài " * 10_000
SHOWN = "Đã họp {{ 7*7 }} {% raw %} & <b> ]]> =cmd|' /C calc'!A0 ab"


@pytest.fixture
def opened(home):
    sweep("2019-10-16")
    return home


def words(home):
    document = Document(io.BytesIO(report_bytes(home, totals_of(home, KEY))))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def states(home):
    told = status(home, KEY, at("2019-12-03"))
    return {unit["unit"]: unit["state"] for unit in told["units"]} | {
        "nil": told["nil"],
        "missing": told["missing"],
    }


def total(home, code="A.1"):
    found = next(each for each in totals_of(home, KEY).totals if each.indicator.code == code)
    return found.value, found.given, found.asked


def test_the_four_states_differ_on_the_board_in_the_totals_and_in_word(opened):
    assert (total(opened), states(opened)["missing"]) == ((None, 0, 3), 3)
    submit(opened, "xa-mot", "2019-11-19", nil=True)
    assert total(opened) == (0, 1, 3)
    submit(opened, "xa-hai", "2019-11-19", A_1=0, A_2=0)
    assert total(opened) == (0, 2, 3)
    seen = states(opened)
    assert [seen[unit] for unit in ("xa-mot", "xa-hai", "xa-ba")] == ["nil", "submitted_on_time", "late"]
    assert (seen["nil"], seen["missing"]) == (1, 1)
    written = words(opened)
    assert "không phát sinh (đúng hạn)" in written
    assert "đã gửi đúng hạn" in written
    assert "chưa gửi" in written
    assert "02/03" in written
    acts.exempt(opened, KEY, "xa-ba", "mới sáp nhập", as_of=at("2019-11-20"), actor="cán bộ")
    assert (total(opened), states(opened)["xa-ba"], states(opened)["missing"]) == ((0, 2, 2), "exempt", 0)
    assert "được miễn" in words(opened)
    assert "chưa gửi" not in words(opened)


def handed_in(home, unit, text):
    answers = Answers({"A.1": 100, "A.2": 80, "A.5": "Có"}, {"nhiem-vu": text})
    return hand_in(home, unit, fill_form(form(home, unit, "2019-11-19"), answers), "2019-11-19")


def rules(home):
    return {found.rule for found in check_docx(report_bytes(home, totals_of(home, KEY)))}


def test_hostile_words_are_shown_as_they_are_in_a_word_file_that_is_in_order(opened):
    assert handed_in(opened, "xa-mot", "Đã họp.").accepted
    usual = rules(opened)
    assert handed_in(opened, "xa-mot", HOSTILE[:32_000]).accepted
    assert SHOWN in words(opened)
    assert "Đã họp 49" not in words(opened)
    assert "dài dài" in words(opened)
    assert rules(opened) == usual


def test_two_people_with_one_file_name_are_two_reports(opened):
    opened.inbox.mkdir()
    for unit, folder in (("xa-mot", "a"), ("xa-hai", "b")):
        (opened.inbox / f"bao-cao{folder}.xlsx").write_bytes(filled(opened, unit, "2019-11-19"))
        sweep("2019-11-19")
        aside = opened.inbox / "accepted"
        (opened.inbox / "bao-cao.xlsx").write_bytes(filled(opened, unit, "2019-11-19", A_1=101))
        sweep("2019-11-19T16:00")
    assert total(opened)[0] == 202
    kept = sorted(file.name for file in aside.iterdir())
    assert kept == ["bao-cao-2.xlsx", "bao-cao.xlsx", "bao-caoa.xlsx", "bao-caob.xlsx"]
