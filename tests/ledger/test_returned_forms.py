"""A report that goes back brings its own form: what was sent in it, and each question at its cell."""

import io
import json

import pytest
from openpyxl import load_workbook
from sqlmodel import select

from models.tables import SubmissionRow
from tasks.adapters.workbooks import read_workbook
from tasks.steps.acts import return_report
from tasks.steps.collecting.forms import Expected
from tasks.steps.collecting.intake import Arrival, take_in
from tests.ledger.office import (
    KEY,
    SAID,
    address_of,
    at,
    cell_of,
    filled,
    hand_in,
    mails,
    saved,
    submit,
    sweep,
)

ASKED = "Vì sao số này gấp đôi năm trước?"
PLAIN, MARKED = "ke-hoach-mau-O1-2019-xa-mot.xlsx", "ke-hoach-mau-O1-2019-xa-mot-can-sua.xlsx"


def give_back(home, **about):
    return_report(
        home,
        KEY,
        "xa-mot",
        "Đề nghị giải trình",
        as_of=at("2019-11-19T09:00"),
        actor="cán bộ",
        about={code.replace("_", "."): text for code, text in about.items()},
    )
    sweep("2019-11-19T10:00")
    return form_in(home, "Đề nghị chỉnh lý")


def form_in(home, subject):
    """The mail, and the name and bytes of its one workbook."""
    (mail,) = [mail for mail in mails(home) if subject in mail["Subject"] and "xa-mot" in str(mail["To"])]
    (file,) = [part for part in mail.iter_attachments() if part.get_filename().endswith(".xlsx")]
    return mail, file.get_filename(), file.get_content()


def with_a_note(data, code, note):
    book = load_workbook(io.BytesIO(data))
    book["Biểu"][address_of(data, code).split("!")[1].replace("D", "E")] = note
    return saved(book)


def findings(home):
    with home.ledger.read() as session:
        rows = session.exec(select(SubmissionRow).order_by(SubmissionRow.id)).all()
    return [(each["indicator"], each["rule"], each["reason"]) for each in json.loads(rows[-1].findings)]


@pytest.fixture
def opened(home):
    sweep("2019-10-16")
    return home


def test_what_was_sent_stands_in_the_form_and_only_the_cells_asked_about_are_marked(opened):
    submit(opened, "xa-mot", "2019-11-18T09:00", A_4=1355.9)
    _, name, data = give_back(opened, A_1=ASKED)
    assert name == MARKED
    figures = {code: cell_of(data, address_of(data, code)) for code in ("A.1", "A.2", "A.4", "A.5")}
    assert figures == {"A.1": 100, "A.2": 80, "A.4": 1355.9, "A.5": "Có"}
    book = load_workbook(io.BytesIO(data))
    said = [row[1].value for row in book["Thuyết minh"].iter_rows() if row[0].value == "nhiem-vu"]
    assert said == [SAID["nhiem-vu"]]
    asked = address_of(data, "A.1").split("!")[1]
    commented = [cell.coordinate for row in book["Biểu"].iter_rows() for cell in row if cell.comment]
    assert commented == [asked]
    assert book["Biểu"][asked].comment.text == (
        f"Dòng A.1 “Tổng số trẻ em”: cơ quan đầu mối hỏi “{ASKED}”. Đề nghị sửa, hoặc trả lời ở cột “Ghi chú” của dòng này."
    )
    (listed,) = [row for row in book["Điểm cần sửa"].iter_rows() if isinstance(row[0].value, int)]
    assert [cell.value for cell in listed[1:3]] == [f"Biểu!{asked}", "A.1"]
    assert listed[4].value == "Trả lời"


def test_the_sheet_in_front_says_why_and_until_when_also_where_no_line_is_asked_about(opened):
    submit(opened, "xa-mot", "2019-11-18T09:00")
    _, name, data = give_back(opened)
    assert name == MARKED
    told = [row[0].value for row in load_workbook(io.BytesIO(data))["Điểm cần sửa"].iter_rows()]
    assert "Lý do đề nghị chỉnh lý: Đề nghị giải trình" in told
    assert "Gửi lại chậm nhất: hết thứ Sáu, ngày 29/11/2019." in told
    assert "STT" not in told


def test_the_mail_names_the_form_and_says_that_it_holds_what_was_sent(opened):
    submit(opened, "xa-mot", "2019-11-18T09:00")
    mail, _, _ = give_back(opened, A_1=ASKED)
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert f"Biểu gửi kèm: {MARKED} (có sẵn nội dung đã gửi)" in text
    assert f"Tệp gửi kèm {MARKED} giữ nguyên nội dung đã gửi; ô được hỏi được tô màu" in text
    assert "Sửa biểu Excel gửi kèm rồi gửi" in text


@pytest.mark.parametrize("noted", ["", "Số trẻ mới chuyển đến"])
def test_sent_back_unchanged_the_question_stays_open_whatever_was_noted_before(opened, noted):
    data = with_a_note(filled(opened, "xa-mot", "2019-11-18"), "A.1", noted)
    assert hand_in(opened, "xa-mot", data, "2019-11-18T09:00").accepted
    _, _, back = give_back(opened, A_1=ASKED)
    quoted = f" Ghi chú đã gửi: “{noted}”." if noted else "của dòng này."
    comment = load_workbook(io.BytesIO(back))["Biểu"][address_of(back, "A.1").split("!")[1]].comment
    assert comment.text.endswith(quoted)
    assert hand_in(opened, "xa-mot", back, "2019-11-20T09:00").accepted
    assert findings(opened) == [("A.1", "asked", "")]


def test_an_answer_in_the_remarks_of_the_line_answers_and_the_other_remarks_are_still_there(opened):
    data = with_a_note(filled(opened, "xa-mot", "2019-11-18"), "A.2", "Theo sổ của trạm y tế")
    assert hand_in(opened, "xa-mot", data, "2019-11-18T09:00").accepted
    _, _, back = give_back(opened, A_1=ASKED)
    assert {row.code: row.note for row in read_workbook(back).rows if row.code and row.note} == {
        "A.2": "Theo sổ của trạm y tế"
    }
    answered = with_a_note(back, "A.1", "Thêm trẻ của thôn mới sáp nhập")
    assert hand_in(opened, "xa-mot", answered, "2019-11-20T09:00").accepted
    assert findings(opened) == [("A.1", "asked", "Thêm trẻ của thôn mới sáp nhập")]


def test_a_section_that_is_asked_about_is_marked_at_its_box(opened):
    submit(opened, "xa-mot", "2019-11-18T09:00")
    _, _, data = give_back(opened, **{"nhiem-vu": ASKED})
    book = load_workbook(io.BytesIO(data))
    assert not [cell for row in book["Biểu"].iter_rows() for cell in row if cell.comment]
    (marked,) = [cell for row in book["Thuyết minh"].iter_rows() for cell in row if cell.comment]
    assert marked.value == SAID["nhiem-vu"]


def test_nothing_to_report_comes_back_as_it_was_chosen(opened):
    assert submit(opened, "xa-mot", "2019-11-18T09:00", nil=True).accepted
    _, _, data = give_back(opened)
    reading = read_workbook(data)
    assert reading.nil.value == "Có"
    assert {row.figure.value for row in reading.rows if row.code and not row.figure.is_formula} == {""}
    assert hand_in(opened, "xa-mot", data, "2019-11-20T09:00").accepted


@pytest.mark.parametrize("channel", ["mail", "paper", "phone"])
def test_whatever_way_a_report_came_it_goes_back_in_its_form(opened, channel):
    sent = Arrival(filled(opened, "xa-mot", "2019-11-18"), "bieu.xlsx", channel=channel)
    assert take_in(opened, sent, at("2019-11-18T09:00"), Expected(KEY, "xa-mot")).accepted
    _, name, data = give_back(opened, A_1=ASKED)
    assert (name, cell_of(data, address_of(data, "A.1"))) == (MARKED, 100)


def test_a_reminder_of_the_correction_brings_the_same_form_and_one_of_a_report_the_blank_one(opened):
    submit(opened, "xa-mot", "2019-11-18T09:00")
    _, _, data = give_back(opened, A_1=ASKED)
    sweep("2019-11-27", "2019-12-02")
    assert form_in(opened, "Đề nghị gửi bản chỉnh lý")[1:] == (MARKED, data)
    blank = [
        part.get_filename()
        for mail in mails(opened)
        if "xa-hai" in str(mail["To"])
        for part in mail.iter_attachments()
        if part.get_filename().endswith(".xlsx")
    ]
    assert set(blank) == {PLAIN.replace("xa-mot", "xa-hai")}


def test_a_file_that_is_no_longer_kept_takes_only_the_remarks_with_it(opened):
    submit(opened, "xa-mot", "2019-11-18T09:00")
    with opened.ledger.write() as session:
        session.exec(select(SubmissionRow)).one().file_sha256 = "0" * 64
    _, name, data = give_back(opened, A_1=ASKED)
    assert (name, cell_of(data, address_of(data, "A.1"))) == (MARKED, 100)
