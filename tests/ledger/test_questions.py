"""A report goes back with questions about single lines: told at the line, answered at the line, kept."""

import json

import pytest
import sqlalchemy as sa

from models.tables import metadata
from tasks.steps.acts import return_report
from tasks.steps.board import status
from tests.ledger.office import KEY, at, mails, outbox, submit, sweep

ASKED = "Vì sao số này gấp đôi năm trước?"


def ask(home, code):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-18T09:00")
    return_report(
        home,
        KEY,
        "xa-mot",
        "Đề nghị giải trình",
        as_of=at("2019-11-19T09:00"),
        actor="coordinator",
        about={code: ASKED},
    )
    return home


@pytest.fixture
def returned(home):
    """xa-mot has reported; A.1 is asked about."""
    return ask(home, "A.1")


def warnings(home, version):
    table = metadata.tables["submission"]
    with home.ledger.engine.connect() as connection:
        query = sa.select(table.c.findings).where(table.c.unit == "xa-mot", table.c.version == version)
        return [
            (each["indicator"], each["reason"]) for each in json.loads(connection.execute(query).scalar_one())
        ]


def test_the_mail_asks_at_the_cell(returned):
    sweep("2019-11-19T09:30")
    (mail,) = [mail for mail in mails(returned) if "chỉnh lý" in mail["Subject"]]
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    asked = f"Ô D10: Dòng A.1 “Tổng số trẻ em”: {ASKED}"
    assert f"Đề nghị sửa hoặc giải trình (01): 1. {asked}" in text


def test_a_line_that_is_sent_again_unchanged_is_asked_about_once_more(returned):
    outcome = submit(returned, "xa-mot", "2019-11-20T09:00")
    assert outcome.accepted
    assert [(each.indicator, each.rule) for each in outcome.findings] == [("A.1", "asked")]
    assert ASKED in outcome.findings[0].message
    assert "trả lời ở cột “Ghi chú” của dòng này." in outcome.findings[0].message
    assert warnings(returned, 2) == [("A.1", "")]


def test_a_section_has_no_remarks_column_and_is_answered_in_its_own_text(home):
    outcome = submit(ask(home, "nhiem-vu"), "xa-mot", "2019-11-20T09:00")
    assert [(each.indicator, each.rule) for each in outcome.findings] == [("nhiem-vu", "asked")]
    assert outcome.findings[0].message.endswith("đề nghị sửa, hoặc trả lời ngay trong mục này.")


def test_a_line_that_has_changed_has_answered(returned):
    outcome = submit(returned, "xa-mot", "2019-11-20T09:00", A_1=90)
    assert outcome.accepted
    assert outcome.findings == ()


def test_once_the_correction_has_come_nothing_is_asked_again(returned):
    submit(returned, "xa-mot", "2019-11-20T09:00", A_1=90)
    assert submit(returned, "xa-mot", "2019-11-21T09:00", A_1=90, A_4=3).findings == ()


def test_the_board_has_the_questions_of_a_report_until_its_correction_has_come(returned):
    def asked(when):
        return {unit["unit"]: unit["questions"] for unit in status(returned, KEY, at(when))["units"]}

    assert asked("2019-11-19T10:00") == {
        "xa-mot": [{"code": "A.1", "text": ASKED}],
        "xa-hai": [],
        "xa-ba": [],
    }
    submit(returned, "xa-mot", "2019-11-20T09:00", A_1=90)
    assert asked("2019-11-20T10:00")["xa-mot"] == []


def test_a_report_that_goes_back_again_has_the_questions_of_the_last_time(returned):
    submit(returned, "xa-mot", "2019-11-20T09:00", A_1=90)
    return_report(
        returned, KEY, "xa-mot", "?", as_of=at("2019-11-21"), actor="cán bộ", about={"A.2": "Sao ít?"}
    )
    (unit,) = [u for u in status(returned, KEY, at("2019-11-21"))["units"] if u["unit"] == "xa-mot"]
    assert unit["questions"] == [{"code": "A.2", "text": "Sao ít?"}]


def test_only_lines_the_unit_fills_in_can_be_asked_about(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-18T09:00")
    before = outbox(home, "key")
    with pytest.raises(
        ValueError,
        match=r"--about A[.]3: not on this form, which asks for A[.]1, A[.]2, A[.]4, A[.]5, nhiem-vu",
    ):
        return_report(
            home, KEY, "xa-mot", "Sai", as_of=at("2019-11-19"), actor="coordinator", about={"A.3": "?"}
        )
    assert outbox(home, "key") == before
