"""Sending from the page: shown before, sent once, under a name, with a receipt that holds."""

import hashlib
import json
import re

import pytest
from sqlmodel import select

from models.tables import AttachmentRow, FigureRow, MessageRow, NarrativeRow, SubmissionRow
from tasks.adapters.home import in_use
from tasks.steps import acts
from tasks.steps.totals.totalling import totals_of
from tests.ledger.office import KEY, assert_chain_is_whole, at, dump, events, mails, submit, sweep
from tests.portal.unit_office import GOOD, PDF, UNIT, WARNED, WHO, set_clock, unit_home
from tests.portal.unit_person import Person


@pytest.fixture
def home(tmp_path, monkeypatch):
    home = unit_home(tmp_path, monkeypatch)
    yield home
    home.ledger.close()


@pytest.fixture
def person(home):
    person = Person(home)
    person.open()
    return person


def sent(home):
    with home.ledger.read() as session:
        return list(session.exec(select(SubmissionRow).order_by(SubmissionRow.id)))


def test_a_report_goes_from_the_link_to_the_receipt_without_a_script(home, person):
    person.write(GOOD, "gui")
    assert "Xem lại trước khi gửi" in person.page
    assert "chưa được gửi" in person.page
    assert "Thay mặt UBND xã Một gửi báo cáo, kỳ báo cáo năm 2019" in person.page
    for shown in ("1.400", "1.355,9", "Có", "5,71%", "Đã tổ chức 3 buổi truyền thông."):
        assert shown in person.page
    person.press("", "/gui", **WHO)
    assert "Giấy biên nhận" in person.page
    (row,) = sent(home)
    for shown in (f"{KEY}/{UNIT}/1", "09 giờ 00 phút, ngày 20/11/2019", row.file_sha256, "đúng hạn"):
        assert shown in person.page
    assert "Nguyễn Văn A, Công chức Văn hóa – Xã hội" in person.page


def test_what_was_sent_is_in_the_ledger_as_any_other_report(home, person):
    person.send()
    (row,) = sent(home)
    assert (row.channel, row.version, row.submitted_by.split(",")[0]) == ("web", 1, "Nguyễn Văn A")
    with home.ledger.read() as session:
        figures = {each.indicator: each for each in session.exec(select(FigureRow))}
        (said,) = session.exec(select(NarrativeRow))
    assert str(figures["A.4"].number) == "1355.9"
    assert figures["A.4"].cell == "Trang nhập!A.4"
    assert said.text == GOOD["l:nhiem-vu"]
    total = next(each for each in totals_of(home, KEY).totals if each.indicator.code == "A.1")
    assert total.value == 1400
    assert_chain_is_whole(home)


def test_the_hash_of_the_receipt_is_of_what_was_kept_with_every_field_as_typed(home, person):
    person.send()
    (row,) = sent(home)
    kept = home.files.kept(row.file_sha256)
    assert hashlib.sha256(kept).hexdigest() == row.file_sha256
    told = json.loads(kept)
    assert told["answers"] == GOOD
    assert told["sender"] == {"name": "Nguyễn Văn A", "post": "Công chức Văn hóa – Xã hội"}


def test_a_report_sent_twice_by_a_double_click_is_one_version_and_one_receipt(home, person):
    person.write(GOOD, "gui")
    form = {**person.hidden, **WHO}
    first = person.client.post(person.base + "/gui", data=form)
    before = dump(home)
    second = person.client.post(person.base + "/gui", data=form)
    assert first.headers["location"] == second.headers["location"]
    assert dump(home) == before
    assert len(sent(home)) == 1
    assert events(home, "submission accepted") == 1


def test_the_same_figures_by_workbook_and_by_page_are_one_version(home, person):
    assert submit(home, UNIT, "2019-11-20T08:30").accepted
    person.send({"s:A.1": "100", "s:A.2": "80", "s:A.5": "Có", "l:nhiem-vu": sent_words(home)})
    assert len(sent(home)) == 1


def sent_words(home):
    with home.ledger.read() as session:
        return session.exec(select(NarrativeRow)).one().text


def test_a_correction_is_the_next_version_and_the_first_time_stays(home, person, monkeypatch):
    person.send()
    set_clock(monkeypatch, "2019-12-03T10:00")
    person.send({**GOOD, "s:A.2": "90"})
    assert "thay thế phiên bản 1" in person.page
    assert "Gửi lần đầu 09 giờ 00 phút, ngày 20/11/2019" in person.page
    assert "đúng hạn" in person.page
    assert [row.status for row in sent(home)] == ["superseded", "accepted"]
    person.open("/da-nhan/1")
    assert "đã có phiên bản mới hơn" in person.page


def test_a_remark_that_changed_is_not_lost_as_the_same_content(home, person):
    person.send()
    person.send({**GOOD, "g:A.1": "Đã rà soát lại"})
    assert [row.version for row in sent(home)] == [1, 2]


@pytest.mark.parametrize("missing", ["ho-ten", "chuc-vu", "dong-y"])
def test_nothing_is_sent_without_a_name_a_post_and_the_confirmation(home, person, missing):
    person.write(GOOD, "gui")
    assert person.press("", "/gui", **{**WHO, missing: ""}).status_code == 422
    assert f'href="#{missing}"' in person.html
    assert sent(home) == []
    assert person.press("", "/gui", **WHO).status_code == 200
    assert len(sent(home)) == 1


def test_a_report_with_a_fault_is_not_sent_and_all_faults_are_told_at_once(home, person):
    person.write({**GOOD, "s:A.1": "10", "s:A.5": "", "s:A.4": "1.5"}, "gui")
    assert "Chưa gửi được" in person.page
    assert "Còn trống 1 ô bắt buộc: A.5" in person.page
    assert "Số được trợ giúp không được lớn hơn tổng số" in person.page
    assert "có thể hiểu là" in person.page
    for target in re.findall(r'href="#(o-[^"]+)"', person.html):
        assert f'id="{target}"' in person.html
    before = dump(home)
    person.press("", "/gui", **WHO)
    assert dump(home) == before


def test_a_warning_asks_for_a_reason_and_goes_with_it(home, person):
    person.write(WARNED, "gui")
    assert "Kinh phí (triệu đồng) lớn hơn số trẻ em" in person.page
    assert "Lý do, nếu số liệu đúng" in person.page
    assert "Đề nghị kiểm tra đơn vị tính. Nếu đúng, ghi lý do ngay dưới ô đó." in person.page
    person.press("", "/gui", **WHO)
    assert sent(home) == [], "without a reason it is not sent, whatever is posted"
    name = re.search(r'name="(r:V6:[^"]+)"', person.html)[1]
    person.write({**WARNED, name: "Có công trình <b>lớn</b>"}, "gui")
    assert "Xem lại trước khi gửi" in person.page
    assert "Lý do: Có công trình <b>lớn</b>" in person.page
    person.press("", "/gui", **WHO)
    (row,) = sent(home)
    (finding,) = json.loads(row.findings)
    assert finding["reason"] == "Có công trình <b>lớn</b>"


def test_nothing_to_report_is_said_on_its_own_and_confirmed(home, person):
    person.write({"nil": "1"}, "gui")
    assert person.press("", "/gui", **WHO).status_code == 422
    assert sent(home) == []
    person.press("", "/gui", **WHO, **{"xac-nhan-khong": "1"})
    assert "không phát sinh" in person.page
    assert sent(home)[0].nil


def test_nothing_to_report_beside_figures_is_asked_about(person):
    person.write({"nil": "1", "s:A.1": "5"}, "gui")
    assert "Đã chọn “Không phát sinh” nhưng vẫn có số liệu ở 1 ô (A.1)" in person.page


def test_what_changed_in_another_window_after_the_confirm_page_is_shown_before_it_goes(home, person):
    person.write(GOOD, "gui")
    other = Person(home)
    other.open()
    other.write({**GOOD, "s:A.2": "90"})
    person.press("", "/gui", **WHO)
    assert sent(home) == []
    assert "vừa được thay đổi ở một cửa sổ khác" in person.page
    person.press("", "/gui", **WHO)
    assert len(sent(home)) == 1


def test_lines_of_a_table_are_sent(home, person):
    person.send({**GOOD, "b:A.7:1:ten": "Câu lạc bộ", "b:A.7:1:so-tre": "25"})
    with home.ledger.read() as session:
        row = session.exec(select(FigureRow).where(FigureRow.indicator == "A.7")).one()
    assert json.loads(row.text) == [{"ten": "Câu lạc bộ", "so-tre": "25"}]


def test_a_returned_report_shows_the_reason_and_starts_from_what_was_sent(home, person, monkeypatch):
    person.send()
    acts.return_report(home, KEY, UNIT, "Chưa khớp thuyết minh", as_of=at("2019-11-21"), actor="test")
    set_clock(monkeypatch, "2019-11-21T10:00")
    person.open()
    assert "Chưa khớp thuyết minh" in person.page
    assert person.value("s:A.4") == "1.355,90"
    person.send({**GOOD, "s:A.2": "85"})
    assert sent(home)[-1].version == 2


def test_a_question_stands_beside_its_field_and_is_answered_there(home, person, monkeypatch):
    person.send()
    about = {"A.2": "Vì sao giảm?"}
    acts.return_report(home, KEY, UNIT, "Giải trình", as_of=at("2019-11-21"), actor="test", about=about)
    set_clock(monkeypatch, "2019-11-21T10:00")
    person.open()
    told = "cơ quan đầu mối hỏi “Vì sao giảm?”. Nội dung chưa thay đổi; đề nghị sửa, hoặc trả lời ngay dưới ô đó."
    assert f"Dòng A.2 “Được trợ giúp”: {told}" in person.page
    assert f"{told} Nếu đúng, ghi lý do" not in person.page, "where the answer goes is said once"
    assert "cột “Ghi chú”" not in person.page, "the page has no column"
    assert "Trả lời câu hỏi, nếu không sửa nội dung" in person.page
    assert "Lý do, nếu số liệu đúng" not in person.page
    person.write(GOOD, "gui")
    assert "Xem lại trước khi gửi" not in person.page  # a question is not passed over in silence
    (reason,) = re.findall(r'name="(r:asked:[^"]*)"', person.html)
    person.send({**GOOD, reason: "Hai trẻ đã chuyển đi nơi khác."})
    assert [(each["rule"], each["reason"]) for each in json.loads(sent(home)[-1].findings)] == [
        ("asked", "Hai trẻ đã chuyển đi nơi khác.")
    ]


def test_the_mail_of_a_question_about_the_page_speaks_of_no_sheet(home, person):
    with in_use(home):
        person.send()
        about = {"A.2": "Vì sao giảm?"}
        acts.return_report(home, KEY, UNIT, "Giải trình", as_of=at("2019-11-21"), actor="test", about=about)
        sweep("2019-11-21T10:00")
    (mail,) = [mail for mail in mails(home) if "chỉnh lý" in mail["Subject"]]
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "(01): 1. Dòng A.2 “Được trợ giúp”: Vì sao giảm?" in text


def test_a_report_after_day_x_is_called_late_and_not_before(person, monkeypatch):
    set_clock(monkeypatch, "2019-11-30T10:00")
    person.send()
    assert "chưa quá thứ Bảy, ngày 30/11/2019" in person.page
    other = person
    set_clock(monkeypatch, "2019-12-02T10:00")
    other.open("/da-nhan/1")
    assert "chưa quá" in other.page


def test_the_receipt_goes_by_mail_with_sender_and_files(home, person):
    person.write(GOOD, "tep", file=("bản quét.pdf", PDF))
    person.send()
    with home.ledger.read() as session:
        assert [m.kind for m in session.exec(select(MessageRow))] == ["receipt"]
    with in_use(home):
        sweep("2019-11-20T09:05")
    (mail,) = [mail for mail in mails(home) if "Đã nhận" in mail["subject"]]
    text = mail.get_body(("plain",)).get_content()
    assert "nội dung nhập trên trang báo cáo" in text
    assert "Nguyễn Văn A" in text
    assert hashlib.sha256(PDF).hexdigest() in text.replace("\n", "").replace(" ", "")


def test_the_units_own_report_is_there_after_sending_and_not_before(person):
    assert person.client.get(person.base + "/bao-cao.docx").status_code == 404
    person.send()
    answer = person.client.get(person.base + "/bao-cao.docx")
    assert answer.content.startswith(b"PK")
    assert "xa-mot.docx" in answer.headers["content-disposition"]


def test_a_report_keeps_its_files_and_the_next_version_its_own(home, person):
    person.write(GOOD, "tep", file=("bản quét.pdf", PDF))
    person.send()
    person.open("?sua=1")
    person.write(GOOD, "bo:" + hashlib.sha256(PDF).hexdigest())
    person.send()
    with home.ledger.read() as session:
        rows = list(session.exec(select(AttachmentRow)))
    assert [(row.submission_id, row.name) for row in rows] == [(sent(home)[0].id, "bản quét.pdf")]
    assert [row.version for row in sent(home)] == [1, 2]
