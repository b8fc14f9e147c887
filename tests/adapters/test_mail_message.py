"""The bytes of a mail: complete, the same each time, and safe from what stands in it."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy

import pytest

from tasks.adapters.mail import Attachment, InvalidMailError, OutgoingMail, to_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORM = Attachment("Biểu số liệu xã Hương Phú.xlsx", bytes(range(256)) * 20, XLSX)
MAIL = OutgoingMail(
    to="a@huong-phu.example",
    subject="Nhắc gửi báo cáo, hạn 29/11/2019: Báo cáo kết quả thực hiện của Ủy ban nhân dân xã Hương Phú, năm 2019",
    text="Kính gửi: Ủy ban nhân dân xã Hương Phú\n\n.\nTrân trọng.\n",
    html="<p>Kính gửi: Ủy ban nhân dân xã Hương Phú</p>\n<p>Trân trọng.</p>\n",
    message_id="<0123456789abcdef@bao-cao.example>",
    date=datetime(2019, 11, 22, 7, 30, tzinfo=timezone(timedelta(hours=7))),
    sender="Sở Lao động - Thương binh và Xã hội <nhac@bao-cao.example>",
    reply_to="bieu@bao-cao.example",
    attachments=(FORM,),
)


def parsed(mail):
    return message_from_bytes(to_bytes(mail), policy=policy.default)


def test_a_mail_reads_back_as_it_was_meant():
    message = parsed(MAIL)
    assert message["Subject"] == MAIL.subject
    assert message["To"] == MAIL.to
    assert message["From"].addresses[0].display_name == "Sở Lao động - Thương binh và Xã hội"
    assert message["From"].addresses[0].addr_spec == "nhac@bao-cao.example"
    assert message["Reply-To"] == "bieu@bao-cao.example"
    assert message["Message-ID"] == MAIL.message_id
    assert message["Date"] == "Fri, 22 Nov 2019 07:30:00 +0700"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["List-Unsubscribe"] is None
    assert message["MIME-Version"] == "1.0"


def test_each_header_stands_once():
    names = [name.lower() for name in parsed(MAIL).keys()]  # noqa: SIM118  (a message is no mapping)
    assert len(names) == len(set(names))


def test_both_texts_are_alternatives_inside_the_mixed_message():
    message = parsed(MAIL)
    assert message.get_content_type() == "multipart/mixed"
    alternative, form = message.iter_parts()
    assert alternative.get_content_type() == "multipart/alternative"
    plain, page = alternative.iter_parts()
    assert (plain.get_content_type(), plain.get_content()) == ("text/plain", MAIL.text)
    assert (page.get_content_type(), page.get_content()) == ("text/html", MAIL.html)
    assert form.is_attachment()


def test_an_attachment_keeps_its_bytes_its_type_and_its_vietnamese_name():
    (form,) = parsed(MAIL).iter_attachments()
    assert form.get_content() == FORM.data
    assert form.get_content_type() == XLSX
    assert form.get_filename() == FORM.name
    assert form["Content-Type"].params["name"] == "Bieu-so-lieu-xa-Huong-Phu.xlsx"
    assert b"filename*=utf-8'vi'Bi%E1%BB%83u%20s" in to_bytes(MAIL)


def test_an_ascii_name_stays_as_it_is():
    plain = replace(MAIL, attachments=(Attachment("hue-588-O2-2019.xlsx", b"x", XLSX),))
    assert b'filename="hue-588-O2-2019.xlsx"' in to_bytes(plain)


def test_a_text_attachment_is_an_attachment_too():
    ics = Attachment("han.ics", b"BEGIN:VCALENDAR", "text/calendar; method=PUBLISH; charset=utf-8")
    (part,) = parsed(replace(MAIL, attachments=(ics,))).iter_attachments()
    assert part.get_content_type() == "text/calendar"
    assert part["Content-Type"].params["method"] == "PUBLISH"
    assert part.get_payload(decode=True) == ics.data


def test_the_same_mail_is_the_same_bytes():
    assert to_bytes(MAIL) == to_bytes(replace(MAIL))
    assert to_bytes(MAIL) != to_bytes(replace(MAIL, message_id="<other@bao-cao.example>"))


def test_on_the_wire_lines_end_in_crlf_and_stay_within_the_limit():
    lines = to_bytes(MAIL).split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in lines)
    assert max(map(len, lines)) <= 998
    assert to_bytes(MAIL, crlf=False) == to_bytes(MAIL).replace(b"\r\n", b"\n")
    assert to_bytes(MAIL).isascii()


def test_a_text_that_names_an_existing_file_stays_a_text(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("never to leave this machine")
    mail = replace(MAIL, text=str(secret), html=str(secret), subject=str(secret), attachments=())
    message = parsed(mail)
    assert [part.get_content_type() for part in message.walk() if not part.is_multipart()] == [
        "text/plain",
        "text/html",
    ]
    assert message.get_body(("plain",)).get_content() == str(secret)
    assert b"never to leave" not in b"".join(
        part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()
    )


@pytest.mark.parametrize(
    "change",
    [
        {"to": "a@b.example\r\nBcc: c@d.example"},
        {"to": "a@b.example\n"},
        {"to": "a@b.example, c@d.example"},
        {"to": "A <a@b.example>"},
        {"to": "a@b.example;c@d.example"},
        {"to": "không-phải-địa-chỉ"},
        {"to": "đ@b.example"},
        {"to": ""},
        {"subject": "Nhắc\r\nBcc: c@d.example"},
        {"subject": "Nhắc\u2028Bcc: c@d.example"},
        {"subject": "  "},
        {"sender": "Sở\r\nBcc: c@d.example <a@b.example>"},
        {"sender": "Sở"},
        {"sender": ""},
        {"reply_to": "x\ny@b.example"},
        {"message_id": "<a@b>\r\nBcc: c@d.example"},
        {"message_id": "a@b"},
        {"date": datetime(2019, 11, 22, 7, 30, tzinfo=MAIL.date.tzinfo).replace(tzinfo=None)},
    ],
)
def test_a_header_cannot_be_forged_nor_a_second_person_reached(change):
    assert replace(MAIL)
    with pytest.raises(InvalidMailError) as caught:
        replace(MAIL, **change)
    assert caught.value.stage == "build"


@pytest.mark.parametrize("name", ["", "a\r\nb.xlsx", "../a.xlsx", "a\\b.xlsx", 'a".xlsx'])
def test_an_attachment_is_named_by_a_plain_file_name(name):
    with pytest.raises(InvalidMailError, match="file name"):
        Attachment(name, b"", XLSX)


def test_an_attachment_has_a_real_mime_type():
    with pytest.raises(InvalidMailError, match="MIME"):
        Attachment("a.xlsx", b"", "application/x\r\nBcc: c@d.example")


def test_quotation_marks_in_the_senders_name_survive():
    message = parsed(replace(MAIL, sender='"Dự án \\"Trẻ em\\"" <nhac@bao-cao.example>'))
    assert message["From"].addresses[0].display_name == 'Dự án "Trẻ em"'
