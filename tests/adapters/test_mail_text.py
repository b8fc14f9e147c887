"""Every message as words: both forms complete, nothing forged, nothing left out."""

import html
import re
import unicodedata
from dataclasses import fields, is_dataclass, replace
from datetime import date, datetime, time
from enum import Enum
from html.parser import HTMLParser

import pytest
from jinja2 import UndefinedError

from models.mail import MESSAGES, MissingGroup, MissingUnit, Office, Overdue, Reminder
from models.text import day_with_weekday, hour_and_date
from tasks.adapters.mail_text import TEMPLATES, _environment, render_mail, wrap
from tests.adapters.mail_samples import (
    DAILY_OF_A_UNIT,
    EXTENDED,
    FLAGGED,
    HUE_588,
    HUE_647,
    ISSUED,
    MISSING_LIST,
    OVERDUE,
    RECEIPT,
    REFUSED,
    REMINDER,
    REMINDER_OF_TWO,
    REPORT_READY,
    RETURNED,
    SAMPLES,
    SO,
)

EACH = pytest.mark.parametrize("message", SAMPLES.values(), ids=SAMPLES)

# Said in other words than the value's own: covered by tests of their own below.
IN_OTHER_WORDS = {"on", "step", "working_days_left"}
# The line of a message about something already sent says less than a reminder's does.
FACTS_OF_A_SENT_LINE = {"cycle", "plan", "obligation", "period", "lead"}


class _Words(HTMLParser):
    """What a person sees of an HTML mail, and where its links lead."""

    def __init__(self):
        super().__init__()
        self.words, self.links, self.loads = [], [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "a":
            self.links.append(given["href"])
        if tag in {"img", "link", "script", "iframe", "style"} or "src" in given or "background" in given:
            self.loads.append(tag)
        if tag not in {"a", "strong", "span"}:
            self.words.append(" ")

    def handle_data(self, data):
        self.words.append(data)


def read(source):
    page = _Words()
    page.feed(source)
    return page


def squeezed(text):
    return " ".join(text.split())


def shown(mail):
    return squeezed(mail.text), squeezed("".join(read(mail.html).words))


def said(value):
    """How a value is expected to stand in the mail."""
    if isinstance(value, datetime):
        return [hour_and_date(value)]
    if isinstance(value, date):
        return [day_with_weekday(value)]
    if isinstance(value, time):
        return [f"{value:%H giờ %M phút}"]
    return [squeezed(str(value))]


def facts(value, name="", inside=""):
    """Every field of a context, to any depth, as the words it must show."""
    if value in (None, "", ()) or isinstance(value, bool | Enum) or name in IN_OTHER_WORDS:
        return []
    if is_dataclass(value):
        names = {field.name for field in fields(value)}
        if inside == "line":
            names &= FACTS_OF_A_SENT_LINE
        if inside == "lead":
            names &= {"name"}
        return [
            fact
            for each in sorted(names)
            for fact in facts(getattr(value, each), each, each if each in {"line", "lead"} else "")
        ]
    if isinstance(value, tuple):
        return [fact for item in value for fact in facts(item, name)]
    return said(value)


def test_every_message_folder_has_its_three_files_and_a_context():
    folders = sorted(path.name for path in TEMPLATES.iterdir() if path.is_dir())
    assert folders == sorted(message.folder for message in MESSAGES)
    assert len(folders) >= 8
    for folder in folders:
        assert sorted(path.name for path in (TEMPLATES / folder).iterdir()) == [
            "body.html",
            "body.txt",
            "subject.txt",
        ]


def test_there_is_a_sample_of_every_message():
    assert {type(sample) for sample in SAMPLES.values()} == set(MESSAGES)


@EACH
def test_plain_text_and_html_both_state_every_fact(message):
    expected = facts(message)
    assert len(expected) > 8
    for form in shown(render_mail(message)):
        assert [fact for fact in expected if fact not in form] == []


@EACH
def test_plain_text_and_html_say_the_same_words(message):
    text, page = shown(render_mail(message))
    words = set(re.findall(r"\w+", text)), set(re.findall(r"\w+", page))
    # The page has its title and the caption of its button besides.
    assert words[0] - words[1] == set()


@EACH
def test_a_subject_is_one_short_line_in_composed_form(message):
    mail = render_mail(message)
    assert mail.subject == squeezed(mail.subject)
    assert 20 < len(mail.subject) < 150
    for part in (mail.subject, mail.text, mail.html):
        assert unicodedata.is_normalized("NFC", part)


@EACH
def test_plain_text_fits_a_narrow_window(message):
    for line in render_mail(message).text.splitlines():
        assert len(line) <= 72 or " " not in line.strip(), line


@EACH
def test_html_loads_nothing_and_links_nowhere_unexpected(message):
    page = read(render_mail(message).html)
    assert page.loads == []
    assert "url(" not in render_mail(message).html
    assert {link.split(":")[0] for link in page.links} <= {"https", "mailto", "tel"}
    assert {link.split("/")[2] for link in page.links if link.startswith("https")} <= {"baocao.example"}


def test_no_line_of_the_page_breaks_the_number_of_a_document():
    mail = render_mail(replace(ISSUED, number="12/BC-SLĐTBXH", title="Kế hoạch số 588/KH-UBND & <việc khác>"))
    kept = re.findall(r'<span style="white-space:nowrap">(.*?)</span>', mail.html)
    assert {"12/BC-SLĐTBXH", "588/KH-UBND"} <= set(kept)
    assert "<title>Đã ban hành Báo cáo số 12/BC-SLĐTBXH" in mail.html
    linked = render_mail(
        replace(REFUSED, line=replace(REFUSED.line, link="https://baocao.example/588/KH-UBND"))
    )
    assert 'href="https://baocao.example/588/KH-UBND"' in linked.html
    assert "&amp; &lt;việc khác&gt;" in mail.html


@EACH
def test_same_context_same_words(message):
    assert render_mail(message) == render_mail(replace(message))


def poisoned(value, poison):
    """The same context with markup in front of every string in it."""
    if is_dataclass(value):
        return replace(value, **{f.name: poisoned(getattr(value, f.name), poison) for f in fields(value)})
    if isinstance(value, tuple):
        return tuple(poisoned(item, poison) for item in value)
    return poison + value if isinstance(value, str) and value else value


@EACH
def test_markup_in_any_field_stays_text(message):
    mail = render_mail(poisoned(message, "<script>A & B</script>"))
    assert "<script" not in mail.html
    assert "&amp;amp;" not in mail.html
    assert "<script>A & B</script>" in squeezed(mail.text)
    assert html.escape("<script>A & B</script>") in mail.html


@EACH
def test_line_breaks_in_any_field_never_break_the_subject(message):
    mail = render_mail(poisoned(message, "a\r\nBcc: x@y.example\n\x00"))
    assert mail.subject.isprintable()
    assert "\r" not in mail.text
    assert "\x00" not in mail.html


@EACH
def test_decomposed_names_come_out_composed(message):
    decomposed = poisoned(message, unicodedata.normalize("NFD", "Đề nghị "))
    mail = render_mail(decomposed)
    assert unicodedata.is_normalized("NFC", mail.subject + mail.text + mail.html)


def test_a_misspelt_name_in_a_template_is_an_error_and_not_a_gap():
    with pytest.raises(UndefinedError, match="unitt"):
        _environment().from_string("{{ m.unitt }}").render(m=REMINDER)


def test_both_dates_stand_where_the_wording_excludes_its_day():
    for form in shown(render_mail(REMINDER)):
        assert "trước thứ Bảy, ngày 30/11/2019" in form
        assert "thứ Sáu, ngày 29/11/2019" in form
        assert "05 ngày làm việc (tính đến 22/11/2019)" in form


def test_one_date_stands_where_the_wording_includes_its_day():
    by = replace(HUE_588, wording="chậm nhất ngày 29/11", named_day=None)
    for form in shown(render_mail(replace(REMINDER, lines=(by,)))):
        assert "30/11/2019" not in form
        assert "thứ Sáu, ngày 29/11/2019" in form


@pytest.mark.parametrize(
    ("on", "left", "words"),
    [
        (date(2019, 11, 28), 1, "01 ngày làm việc (tính đến 28/11/2019)"),
        (date(2019, 11, 29), 0, "hôm nay là ngày cuối (tính đến 29/11/2019)"),
        (date(2019, 11, 28), 0, "hôm nay là ngày làm việc cuối (tính đến 28/11/2019)"),
    ],
)
def test_what_is_left_is_counted_from_the_day_of_the_message(on, left, words):
    line = replace(HUE_588, working_days_left=left)
    for form in shown(render_mail(replace(REMINDER, on=on, lines=(line,)))):
        assert words in form


def test_on_day_x_itself_the_reminder_asks_at_once_and_counts_nothing():
    for form in shown(render_mail(replace(REMINDER, on=date(2019, 11, 30)))):
        assert "gửi ngay báo cáo" in form
        assert "đúng thời hạn" not in form
        assert "Còn lại" not in form


def test_an_extended_deadline_is_marked_as_one():
    line = replace(HUE_588, extended=True)
    for form in shown(render_mail(replace(REMINDER, lines=(line,)))):
        assert "(đã gia hạn)" in form
    assert "(đã gia hạn)" not in render_mail(REMINDER).text


def test_a_merged_reminder_numbers_its_reports_and_names_both_lead_units():
    mail = render_mail(REMINDER_OF_TWO)
    assert "1. Báo cáo tự đánh giá" in mail.text
    assert "2. Báo cáo kết quả thực hiện hằng năm" in mail.text
    assert mail.subject == "Nhắc gửi 02 báo cáo, hạn gần nhất 19/10/2014"
    for form in shown(mail):
        assert form.count("Cơ quan đầu mối:" if form is squeezed(mail.text) else "Cơ quan đầu mối") >= 2
        assert "mốc nhắc: trước hạn 03 ngày làm việc; trước hạn 45 ngày làm việc" in form


def test_no_way_of_sending_is_offered_that_does_not_exist():
    bare = replace(HUE_647, lead=Office(name=SO.name))
    for form in shown(render_mail(Reminder(unit="UBND", on=date(2014, 12, 1), lines=(bare,)))):
        assert "Cách gửi" not in form
        assert "Excel" not in form
        assert "trang báo cáo" not in form


def test_the_form_goes_to_the_lead_unit_where_no_inbox_is_set_up():
    line = replace(HUE_588, link="")
    for form in shown(render_mail(replace(REMINDER, lines=(line,), submit_to=""))):
        assert f"Điền biểu Excel gửi kèm rồi gửi đến {SO.email}" in form


def test_a_nil_return_is_offered_only_where_the_plan_allows_it():
    nothing = replace(REMINDER, lines=(replace(HUE_588, nil_allowed=False),))
    assert "Không phát sinh" in render_mail(REMINDER).html
    assert "Không phát sinh" not in render_mail(nothing).html


@pytest.mark.parametrize("message", [REMINDER, REMINDER_OF_TWO, OVERDUE, MISSING_LIST, RETURNED])
def test_no_chasing_text_scolds(message):
    for form in shown(render_mail(message)):
        assert not re.search(r"trễ|chậm trễ|quá hạn|vi phạm|phê bình", form, re.IGNORECASE)


def test_the_overdue_text_says_until_when_and_that_nothing_came():
    for form in shown(render_mail(OVERDUE)):
        assert "Tính đến thứ Ba, ngày 03/12/2019, cơ quan đầu mối chưa nhận được báo cáo" in form
        assert "Nếu đã gửi, đề nghị báo lại" in form
    assert isinstance(OVERDUE, Overdue)


@pytest.mark.parametrize(
    ("fields_", "words"),
    [
        ({}, "đúng hạn"),
        (
            {
                "on_time": False,
                "first_received_at": datetime(2019, 11, 30, 9, 0, tzinfo=RECEIPT.received_at.tzinfo),
            },
            "nhận sau ngày cuối để gửi, chưa quá thứ Bảy, ngày 30/11/2019",
        ),
        (
            {
                "on_time": False,
                "first_received_at": datetime(2019, 12, 1, 9, 0, tzinfo=RECEIPT.received_at.tzinfo),
            },
            "nhận sau thời hạn",
        ),
    ],
)
def test_a_receipt_says_in_words_whether_it_came_in_time(fields_, words):
    for form in shown(render_mail(replace(RECEIPT, **fields_))):
        assert words in form


def test_a_receipt_of_a_nil_return_says_so():
    nil = "Nội dung không phát sinh"
    assert nil not in shown(render_mail(RECEIPT))[1]
    assert nil in shown(render_mail(replace(RECEIPT, nil=True)))[1]
    assert "Nội dung: không phát sinh" in render_mail(replace(RECEIPT, nil=True)).text


def test_a_receipt_shows_the_hash_whole_and_unbroken():
    mail = render_mail(RECEIPT)
    assert RECEIPT.sha256 in mail.text
    assert RECEIPT.sha256 in mail.html


def test_a_refusal_says_that_nothing_was_saved():
    for form in shown(render_mail(REFUSED)):
        assert "Chưa có số liệu nào được lưu" in form
        assert "Ô D7, mã H588.21: Ghi “khoảng 30”" in form


def test_a_refusal_of_an_unknown_file_addresses_nobody_by_a_wrong_name():
    stranger = replace(REFUSED, unit="", contact="", line=None)
    for form in shown(render_mail(stranger)):
        assert "Kính gửi: Quý đơn vị" in form
        assert "Mã kỳ báo cáo" not in form


def test_the_list_of_missing_units_is_never_cut():
    names = tuple(f"Ủy ban nhân dân xã Thứ {number}." for number in range(1, 301))
    group = MissingGroup(
        line=HUE_588, expected=300, received=0, units=tuple(MissingUnit(name=name) for name in names)
    )
    mail = render_mail(replace(MISSING_LIST, groups=(group,)))
    assert mail.subject == "Còn 300/300 đơn vị chưa gửi: Báo cáo kết quả thực hiện, năm 2019"
    for form in shown(mail):
        assert [name for name in names if name not in form] == []


def test_a_unit_without_an_address_stands_out_in_the_list():
    for form in shown(render_mail(MISSING_LIST)):
        assert re.search(r"Hội Liên hiệp Phụ nữ tỉnh( –)? chưa có địa chỉ thư điện tử dùng được", form)
        assert "Có 01 trường hợp" in form
        assert "được gia hạn đến hết thứ Sáu, ngày 13/12/2019" in form


def test_a_reason_keeps_its_own_lines():
    assert "kèm theo.\n     Đề nghị rà soát" in render_mail(RETURNED).text
    assert "kèm theo.<br>Đề nghị rà soát" in render_mail(RETURNED).html


def test_an_extension_gives_the_old_and_the_new_day():
    for form in shown(render_mail(EXTENDED)):
        assert "thứ Sáu, ngày 29/11/2019" in form
        assert "hết thứ Sáu, ngày 13/12/2019" in form


def test_a_written_report_says_from_how_many_units_it_is():
    assert render_mail(REPORT_READY).subject.endswith("(tổng hợp 12/14 đơn vị)")
    for form in shown(render_mail(REPORT_READY)):
        assert "12/14 đơn vị" in form
        assert "01 đơn vị" in form


def test_wrapping_hangs_items_and_breaks_no_link():
    link = "https://baocao.example/" + "a" * 100
    text = wrap(f"1. {'chữ ' * 30}\n   Nhãn: {'chữ ' * 30}\n  {link}\n\n\n\n{'chữ ' * 30}", 40)
    lines = text.splitlines()
    assert lines[1].startswith("   chữ")
    assert any(line.startswith("     chữ") for line in lines)
    assert f"  {link}" in lines
    assert "\n\n\n" not in text
    assert all(len(line) <= 40 for line in lines if "https" not in line)


def test_a_returned_report_is_not_called_missing_nor_its_day_an_extension():
    back = replace(OVERDUE, lines=tuple(replace(line, returned=True) for line in OVERDUE.lines))
    asked, usual = render_mail(back), render_mail(OVERDUE)
    assert asked.subject.startswith("Đề nghị gửi bản chỉnh lý: ")
    assert "chưa nhận được bản chỉnh lý của báo cáo" in squeezed(asked.text)
    assert "đã gia hạn" not in asked.text
    assert usual.subject.startswith("Đề nghị gửi báo cáo còn thiếu: ")


def test_only_what_was_issued_is_to_be_replaced_by_another_document():
    issued, submitted = render_mail(FLAGGED).text, render_mail(replace(FLAGGED, did="trình ký")).text
    assert "ban hành văn bản thay thế hoặc bổ sung" in " ".join(issued.split())
    assert "thay thế" not in submitted
    assert "Đề nghị xem xét trước khi ban hành." in " ".join(submitted.split())


def test_how_to_send_stands_below_what_is_asked_for_and_above_what_is_only_told():
    daily = replace(DAILY_OF_A_UNIT, parts=(OVERDUE, REMINDER, ISSUED))
    mail = render_mail(daily)
    for told in (mail.text, mail.html):
        asked, how, issued = (
            told.index(words) for words in ("BÁO CÁO ĐẾN KỲ GỬI", "Cách gửi:", "BÁO CÁO ĐÃ BAN HÀNH")
        )
        assert asked < how < issued
        assert told.count("Cách gửi:") == 1
