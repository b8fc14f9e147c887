"""Writing a report on the page: nothing is lost, nothing is overwritten unseen, nothing is sent by accident."""

from dataclasses import replace

import pytest

from models.page_fields import holds_form
from models.tables import DraftRow
from tasks.steps.unit_page.showing import unit_page
from tests.ledger.office import KEY, at, dump, submit
from tests.portal.unit_office import GOOD, WRITING, unit_home
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


def test_what_was_saved_stands_there_when_the_link_is_opened_again(home, person):
    person.write({"s:A.1": "1.355", "g:A.1": "Gồm cả tạm trú", "l:nhiem-vu": "Dòng một\nDòng hai"})
    assert "Đã lưu nháp" in person.page
    again = Person(home)
    again.open()
    assert again.value("s:A.1") == "1.355"
    assert again.value("g:A.1") == "Gồm cả tạm trú"
    assert again.value("l:nhiem-vu") == "Dòng một\nDòng hai"


def test_a_draft_is_no_report(home, person):
    person.write(GOOD)
    told = dump(home, "draft")
    assert told["submission"] == []
    assert [row for row in told["event"] if "submission" in str(row)] == []


def test_saving_the_same_again_is_no_change(home, person):
    person.write(GOOD)
    before = dump(home)
    person.write(GOOD)
    assert dump(home) == before


@pytest.mark.parametrize("button", ["luu", "gui", "tu-luu", "tep", "dong:A.7", ""])
def test_a_post_without_any_field_of_the_form_changes_nothing_and_says_so(home, person, button):
    person.write(GOOD)
    before = dump(home)
    answer = person.client.post(person.base, data={**person.hidden, "viec": button, "s:khong-co": "1"})
    assert answer.status_code == 400
    assert "không có ô nào của biểu nên không có gì thay đổi" in answer.text
    assert dump(home) == before


@pytest.mark.parametrize("name", ["s:A.1", "g:A.1", "l:nhiem-vu", "b:A.7:1:ten"])
def test_a_post_with_one_field_of_the_form_is_a_form(home, person, name):
    person.write(GOOD)
    answer = person.client.post(person.base, data={**person.hidden, "viec": "luu", name: ""})
    assert answer.status_code == 303


def test_a_form_with_nothing_but_boxes_to_tick_is_a_form_when_none_is_ticked(home, person):
    spec = unit_page(home, person.base.removeprefix("/k/"), at(WRITING)).spec
    assert not holds_form({"viec": "luu"}, spec)
    assert holds_form({"viec": "luu"}, replace(spec, rows=(), narratives=(), tables=()))


def test_a_form_that_a_person_emptied_is_kept_empty(home, person):
    person.write(GOOD)
    assert person.press("luu").status_code == 200
    assert "Đã lưu nháp" in person.page
    assert person.value("s:A.1") == ""
    assert person.value("l:nhiem-vu") == ""


def test_what_the_form_computes_is_shown_after_each_save(person):
    person.write({"s:A.1": "200", "s:A.2": "127"})
    assert "63,5%" in person.page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("1,234", "“1,234” có thể hiểu là 1234 hoặc 1,234"),
        ("không", "đề nghị ghi số 0"),
        ("mười", "đề nghị chỉ ghi chữ số"),
        ("-5", "không được âm"),
    ],
)
def test_a_figure_with_two_readings_or_none_is_asked_about_beside_its_field(person, typed, told):
    person.write({"s:A.1": typed})
    assert told in person.page
    assert 'name="s:A.1" value="' + typed in person.html
    assert 'id="o-s-A-1-loi"' in person.html
    assert 'aria-invalid="true"' in person.html


def test_what_is_wrong_is_told_in_words_of_the_page_which_has_no_column_and_no_cells(person):
    person.write({"s:A.1": "mười"})
    told = "ghi “mười”; đề nghị chỉ ghi chữ số, phần giải thích ghi ở mục “Ghi chú”."
    assert f"Dòng A.1 “Tổng số trẻ em”: {told}" in person.page
    assert f"Cần sửa: G{told[1:]}" in person.page


def test_a_vietnamese_decimal_is_taken_as_typed(person):
    person.write({"s:A.4": "1.355,90"})
    assert "Cần sửa" not in person.page


def test_a_second_window_does_not_overwrite_the_first(home, person):
    other = Person(home)
    other.open()
    person.write({"s:A.1": "100", "s:A.2": "80"})
    answer = other.write({"s:A.1": "200", "s:A.2": "80"})
    assert answer.status_code == 409
    assert "Vừa nhập ở cửa sổ này: 200" in other.page
    assert "Đã lưu ở cửa sổ kia: 100" in other.page
    assert 'name="giu:s:A.2"' not in other.html, "where both agree nothing is asked"
    person.open()
    assert person.value("s:A.1") == "100"


def test_of_two_windows_each_field_is_as_the_person_chose(home, person):
    other = Person(home)
    other.open()
    person.write({"s:A.1": "100", "s:A.2": "80"})
    mine = {"s:A.1": "200", "s:A.2": "90", "l:nhiem-vu": "Lời của cửa sổ này"}
    other.write(mine)
    chosen = {"giu:s:A.1": "minh", "giu:s:A.2": "kia"}
    assert other.press("", "/chon", **mine, **chosen).status_code == 409, "one was not chosen"
    other.press("", "/chon", **mine, **chosen, **{"giu:l:nhiem-vu": "minh"})
    assert other.value("s:A.1") == "200"
    assert other.value("s:A.2") == "80"
    assert other.value("l:nhiem-vu") == "Lời của cửa sổ này"


def test_a_script_that_saves_is_told_the_new_version_or_that_another_window_was_first(home, person):
    other = Person(home)
    other.open()
    saved = person.client.post(person.base, data={**person.hidden, "viec": "tu-luu", "s:A.1": "100"})
    assert saved.json() == {"ban": 1, "luc": "09:00"}
    late = other.client.post(other.base, data={**other.hidden, "viec": "tu-luu", "s:A.1": "200"})
    assert late.status_code == 409
    assert late.json() == {"ban": 1}


def test_the_button_of_a_page_that_is_out_of_date_changes_nothing(home, person):
    stale = dict(person.hidden)
    person.write(GOOD)
    before = dump(home)
    person.hidden = stale
    for button in ("luu", "gui", "tep", "dong:A.7"):
        person.hidden = stale
        assert person.press(button, **{"s:A.1": "7"}).status_code == 409
    assert dump(home) == before


def test_lines_of_a_table_are_added_without_a_script_and_blank_ones_left_out(home, person):
    person.write({"b:A.7:2:ten": "Câu lạc bộ", "b:A.7:2:so-tre": "25"}, "dong:A.7")
    assert person.value("b:A.7:1:ten") == "Câu lạc bộ"
    assert 'name="b:A.7:6:ten"' in person.html
    person.write({"b:A.7:1:ten": "Câu lạc bộ", "b:A.7:1:so-tre": "hai lăm", "b:A.7:4:ten": "Lớp học"})
    assert person.value("b:A.7:2:ten") == "Lớp học"
    assert 'id="o-b-A-7-1-so-tre-loi"' in person.html


def test_text_pasted_from_word_is_cleaned_and_its_words_kept(person):
    pasted = "\uf0b7\tHọp giao ban\r\n•\u00a0Ban hành\u200b “Kế hoạch”\x07\r\n\r\n\r\n\r\nHo\u0302\u0300 sơ"
    person.write({"l:nhiem-vu": pasted})
    assert person.value("l:nhiem-vu") == "- Họp giao ban\n- Ban hành “Kế hoạch”\n\nHồ sơ"


def test_words_are_shown_as_words_never_as_markup_or_template(person):
    evil = '</textarea><script>alert("x")</script>{{ 7*7 }} &lt;b&gt;'
    person.write({"l:nhiem-vu": evil, "s:A.1": '"><img src=x onerror=alert(1)>', "g:A.1": evil})
    assert person.value("l:nhiem-vu") == evil
    assert "<script>alert" not in person.html
    assert "<img" not in person.html
    person.open("/kiem-tra")
    assert "<script>alert" not in person.html


def test_a_narrative_of_ten_thousand_words_is_kept_whole(home, person):
    long = " ".join(["thực hiện"] * 5_000) + "\n" + "\n".join(["Đoạn văn"] * 5_000) + "\nHết."
    person.write({**GOOD, "l:nhiem-vu": long}, "gui")
    assert "Xem lại trước khi gửi" in person.page
    person.open("?sua=1")
    assert person.value("l:nhiem-vu") == long


def test_a_form_without_the_mark_of_this_link_is_refused_and_nothing_kept(home, person):
    other = Person(home, "xa-hai")
    other.open()
    before = dump(home)
    for dau in ("", "x" * 64, other.hidden["dau"]):
        person.hidden["dau"] = dau
        assert person.press("luu", **GOOD).status_code == 403
        assert person.press("", "/gui", **GOOD).status_code == 403
        assert person.press("", "/bieu").status_code == 403
    assert dump(home) == before


def test_fields_the_form_does_not_have_are_not_kept(home, person):
    person.write({"s:A.1": "5", "s:A.6": "9", "s:../../x": "1", "b:A.7:1:khac": "x", "r:" + "x" * 20: ""})
    with home.ledger.read() as session:
        (row,) = session.query(DraftRow).all()
    assert row.answers == '{"s:A.1": "5"}'


def test_the_coordinator_sees_who_is_writing_and_since_when(home, person):
    cycle = f"/ky/{KEY}?ngay=2019-11-20T10:00"
    assert "đang nhập" not in person.client.get(cycle).text
    person.write(GOOD)
    assert "đang nhập, lưu lần cuối 09:00 20/11/2019" in person.client.get(cycle).text
    person.send()
    assert "đang nhập" not in person.client.get(cycle).text


def test_a_correction_starts_from_what_was_sent_by_workbook(home, person):
    assert submit(home, "xa-mot", "2019-11-20T10:00", A_4="1.355,90").accepted
    person.open("?sua=1")
    assert person.value("s:A.1") == "100"
    assert person.value("s:A.4") == "1355,9"
    assert person.value("s:A.5") == "Có"
    assert "truyền thông" in person.value("l:nhiem-vu")
