"""Which files are in a mail, whatever wrote it; who wrote it; and which conversation it is in."""

from email import message_from_bytes

import pytest

from models.inbound import classify
from models.mail_files import MOST_FILES, file_name, files_in, read_mail, words
from models.senders import is_disowned, plain_address, sender_of, thread_of
from tests.form_mails import CLIENTS, NAME, file_part, forwarded, mail, parts, said, with_files, word

FORM = b"PK\x03\x04 a form \r\n\n\x00\xff"
OWN = "nhac@so.example"


def files(data):
    return files_in(read_mail(data), OWN)


@pytest.mark.parametrize("client", CLIENTS)
def test_the_form_comes_out_of_every_programs_mail_byte_for_byte(client):
    assert FORM in [file.data for file in files(CLIENTS[client](FORM))]


@pytest.mark.parametrize("client", ["outlook", "gmail", "apple", "thunderbird"])
def test_a_vietnamese_name_is_read_however_it_is_encoded(client):
    assert NAME in [file.name for file in files(CLIENTS[client](FORM))]


def test_a_file_without_a_name_is_a_file_and_the_text_of_the_mail_is_none():
    (file,) = files(CLIENTS["phone"](FORM))
    assert (file.name, file.data) == ("tệp không tên", FORM)


def test_a_mail_that_is_nothing_but_a_file_gives_it():
    data = mail("UEsDBA==\n", kind="application/octet-stream", more="Content-Transfer-Encoding: base64\n")
    assert [file.data for file in files(data)] == [b"PK\x03\x04"]


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("C:\\bao cao\\Biểu.xlsx", "Biểu.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("a\u202excod.exe", "a xcod.exe"),
        ("a\r\nb.xlsx", "a b.xlsx"),
        ("..", "tệp không tên"),
        ("", "tệp không tên"),
        (word("Biểu.xlsx"), "Biểu.xlsx"),
        ("=?nowhere?B?x?=", "=?nowhere?B?x?="),
    ],
)
def test_a_name_is_only_its_last_part_and_only_what_can_be_seen(given, shown):
    assert file_name(given) == shown


def test_a_name_without_end_is_cut_and_keeps_its_ending():
    assert len(file_name("x" * 999 + ".xlsx")) < 140
    assert file_name("x" * 999 + ".xlsx").endswith(".xlsx")


def test_a_mail_in_a_mail_is_looked_into_but_not_without_end():
    data = with_files(FORM, n=50)
    for depth in range(1, 6):
        data = forwarded(data, n=depth)
        assert len(files(data)) == 1, depth
    assert files(forwarded(data, n=9)) == []


def test_of_a_mail_of_very_many_files_the_first_are_looked_at():
    assert len(files(with_files(*[FORM] * (MOST_FILES + 5)))) == MOST_FILES


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\x00\xff",
        b"Content-Type: multipart/mixed\n\nx",
        b"Content-Type: message/rfc822\n\n",
        b"From: a\n\n\x00",
    ],
)
def test_a_mail_of_no_sense_has_no_files_and_stops_nobody(data):
    assert files(data) == []


@pytest.mark.parametrize(
    "disposition",
    [
        b"attachment; filename==?ut\xff-8?B?eA==?=",
        b"attachment; filename*0*=a%00'vi'b.xlsx",
        b"attachment; filename*0=a; filename*=b; filename*1=c",
        b"attachment; filename*=no-such-charset''a%FF.xlsx",
    ],
)
def test_a_broken_name_costs_the_file_its_name_at_most(disposition):
    data = with_files("Content-Type: x/y\nContent-Disposition: HERE\n\nPK").replace(b"HERE", disposition)
    (file,) = files(data)
    assert file.data.strip() == b"PK"


@pytest.mark.parametrize("boundary", [b"boundary*0=a; boundary*=b; boundary*1=c", b"boundary*=u\x00'vi'b"])
def test_of_a_mail_that_cannot_be_taken_apart_the_headers_are_read(boundary):
    data = b"From: xa@mau.example\nContent-Type: multipart/mixed; " + boundary + b"\n\n--a\n\nx\n--a--\n"
    assert sender_of(read_mail(data)) == "xa@mau.example"
    assert files_in(read_mail(data), OWN) == []


def test_a_subject_is_shown_decoded_on_one_line():
    message = message_from_bytes(mail("", subject=f"{word('Trả lời:')}\n {word('Biểu')}"))
    assert words(message, "Subject") == "Trả lời:Biểu"
    assert words(message_from_bytes(b"Subject: =?x?B?y?=\n\n"), "Subject") == "=?x?B?y?="


@pytest.mark.parametrize(
    ("field", "address"),
    [
        ("From: XA <Xa@Mau.example>", "xa@mau.example"),
        ('From: "xa@mau.example" <ai-do@noi-khac.example>', "ai-do@noi-khac.example"),
        ("From: a@mau.example, b@mau.example", ""),
        ("From: a@mau.example\nFrom: b@mau.example", ""),
        ("From: nobody", ""),
        ("Reply-To: a@mau.example", ""),
    ],
)
def test_the_sender_is_the_one_address_under_from(field, address):
    assert sender_of(message_from_bytes(f"{field}\n\n".encode())) == address


@pytest.mark.parametrize(
    ("address", "plain"),
    [
        ("Xa+Bao-Cao@Mau.example ", "xa@mau.example"),
        ("xa@mau.example", "xa@mau.example"),
        ("+xa@mau.example", "+xa@mau.example"),
        ("", ""),
    ],
)
def test_a_mailbox_has_one_name(address, plain):
    assert plain_address(address) == plain


def test_the_conversation_ends_with_this_mail_and_keeps_its_beginning():
    ids = [f"<{n}@x.example>" for n in range(30)]
    data = f"References: {' '.join(ids)}\nMessage-ID: <own@x.example>\n\n".encode()
    found = thread_of(message_from_bytes(data))
    assert (found[0], found[-2:], len(found)) == (ids[0], (ids[-1], "<own@x.example>"), 12)


def test_without_references_the_mail_it_answers_is_the_conversation():
    data = b"In-Reply-To: <a@x.example>\nMessage-ID: <b@x.example>\n\n"
    assert thread_of(message_from_bytes(data)) == ("<a@x.example>", "<b@x.example>")
    assert thread_of(message_from_bytes(b"\n")) == ()


def test_a_message_id_that_would_write_a_header_is_none():
    data = b"Message-ID: <a@x.example\r\n Bcc: ai-do@noi-khac.example>\n\n"
    assert thread_of(message_from_bytes(data)) == ()


@pytest.mark.parametrize(
    ("fields", "disowned"),
    [
        ([], False),
        (["mx.example; dmarc=pass"], False),
        (["mx.example; spf=fail"], False),
        (["mx.example; spf=pass; dmarc=fail (p=none)"], True),
        (["mx.example; dkim=fail", "mx.example; dmarc=fail"], True),
        (["mx.example; dmarc=pass", "other.example; dmarc=fail"], False),
        (["mx.example; dmarc=fail", "other.example; dmarc=pass"], True),
    ],
)
def test_only_the_no_of_our_own_server_disowns_a_sender(fields, disowned):
    text = "".join(f"Authentication-Results: {field}\n" for field in fields)
    assert is_disowned(message_from_bytes(f"{text}\n".encode())) is disowned


@pytest.mark.parametrize(
    ("more", "from_person", "by_list"),
    [
        ("", True, False),
        ("List-Id: <x.example>\n", True, True),
        ("Precedence: bulk\n", True, True),
        ("Auto-Submitted: auto-replied\n", False, False),
        ("Auto-Submitted: no\n", True, False),
    ],
)
def test_what_a_person_wrote_is_told_from_what_a_machine_did(more, from_person, by_list):
    found = classify(message_from_bytes(mail(parts(said()), more=more)), OWN)
    assert (found.from_person, found.by_list) == (from_person, by_list)


@pytest.mark.parametrize("sender", [OWN, "MAILER-DAEMON@mau.example"])
def test_we_and_the_mail_system_are_no_persons(sender):
    data = with_files(file_part(FORM), sender=sender)
    assert not classify(message_from_bytes(data), OWN).from_person
