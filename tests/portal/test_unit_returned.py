"""What was sent from the page and goes back comes in a workbook that can be sent again as it is."""

import json
import re

import pytest
from sqlmodel import select

from models.tables import FigureRow, SubmissionRow
from tasks.adapters.home import in_use
from tasks.adapters.workbooks import read_workbook
from tasks.steps import acts
from tests.ledger.office import KEY, at, hand_in, mails, sweep
from tests.portal.unit_office import GOOD, UNIT, WARNED, unit_home
from tests.portal.unit_person import Person

LINES = {"b:A.7:1:ten": "Câu lạc bộ", "b:A.7:1:so-tre": "25", "b:A.7:2:ten": "Tủ sách", "b:A.7:2:so-tre": "0"}
FULL_CELL = 32_767


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    yield home
    home.ledger.close()


def given_back(home, answers, about=None):
    """Sent, returned, told: name and bytes of the form in the mail."""
    with in_use(home):
        person = Person(home)
        person.open()
        person.send(answers)
        acts.return_report(home, KEY, UNIT, "Giải trình", as_of=at("2019-11-21"), actor="test", about=about)
        sweep("2019-11-21T10:00")
    (mail,) = [mail for mail in mails(home) if "chỉnh lý" in mail["Subject"]]
    (file,) = [part for part in mail.iter_attachments() if part.get_filename().endswith(".xlsx")]
    return file.get_filename(), file.get_content()


def versions(home):
    with home.ledger.read() as session:
        return session.exec(select(SubmissionRow).order_by(SubmissionRow.id)).all()


def figures(home, submission):
    with home.ledger.read() as session:
        rows = session.exec(select(FigureRow).where(FigureRow.submission_id == submission)).all()
    return {row.indicator: (row.number, row.text) for row in rows}


def test_sent_back_unchanged_it_says_what_the_page_said_line_by_line(home):
    name, data = given_back(home, {**GOOD, **LINES})
    assert name.endswith("-can-sua.xlsx")
    assert hand_in(home, UNIT, data, "2019-11-22T09:00").accepted
    first, second = versions(home)
    assert (second.version, second.channel) == (2, "file")
    assert figures(home, second.id) == figures(home, first.id)
    assert json.loads(figures(home, second.id)["A.7"][1])[1] == {"ten": "Tủ sách", "so-tre": "0"}


def test_numbers_typed_on_the_page_are_numbers_in_the_workbook_so_that_its_sums_go_on(home):
    _, data = given_back(home, GOOD)
    values = {row.code: row.figure.value for row in read_workbook(data).rows}
    assert (values["A.1"], values["A.4"], values["A.5"]) == (1400, 1355.9, "Có")


def test_a_number_longer_than_a_spreadsheet_keeps_comes_as_it_was_typed(home):
    long = "123456789012345,67"
    _, data = given_back(home, {**GOOD, "s:A.1": "123456789012346", "s:A.4": long})
    assert {row.code: row.figure.value for row in read_workbook(data).rows}["A.4"] == long


def test_the_remark_and_the_reason_given_on_the_page_stand_in_the_remarks_of_the_line(home):
    person = Person(home)
    with in_use(home):
        person.open()
        person.write(WARNED, "gui")
    (reason,) = re.findall(r'name="(r:[^"]*)"', person.html)
    _, data = given_back(home, {**WARNED, reason: "Có công trình lớn", "g:A.2": "Theo sổ"})
    notes = {row.code: row.note for row in read_workbook(data).rows if row.code and row.note}
    assert notes["A.2"] == "Theo sổ"
    assert sorted(notes.values()) == ["Có công trình lớn", "Theo sổ"]


@pytest.mark.parametrize(
    ("letters", "ending"), [(FULL_CELL, "xa-mot.xlsx"), (FULL_CELL - 1, "-can-sua.xlsx")]
)
def test_a_section_longer_than_a_cell_is_not_cut_the_blank_form_goes_instead(home, letters, ending):
    name, _ = given_back(home, {**GOOD, "l:nhiem-vu": "a" * letters})
    assert name.endswith(ending)
