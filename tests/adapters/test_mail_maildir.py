"""Mail without a server lands in a Maildir that any mail program reads, each message once."""

import mailbox
from dataclasses import replace
from email import message_from_bytes, policy

import pytest

from tasks.adapters.mail import MaildirTransport, RetryableMailError, open_transport, to_bytes
from tests.adapters.test_mail_message import FORM, MAIL


def send(path, *mails):
    with MaildirTransport(path) as transport:
        return [transport.send(mail) for mail in mails]


def test_a_mail_program_reads_back_what_was_sent(tmp_path):
    (delivered,) = send(tmp_path / "mail", MAIL)
    (kept,) = mailbox.Maildir(tmp_path / "mail", create=False)
    message = message_from_bytes(kept.as_bytes(), policy=policy.default)
    assert message["Subject"] == MAIL.subject
    assert message["Message-ID"] == delivered.message_id == MAIL.message_id
    assert message.get_body(("plain",)).get_content() == MAIL.text
    assert message.get_body(("html",)).get_content() == MAIL.html
    (form,) = message.iter_attachments()
    assert form.get_content() == FORM.data


def test_sending_twice_leaves_one_file(tmp_path):
    send(tmp_path, MAIL)
    send(tmp_path, MAIL, MAIL)
    (file,) = (tmp_path / "new").iterdir()
    assert file.read_bytes() == to_bytes(MAIL, crlf=False)
    assert list((tmp_path / "tmp").iterdir()) == []


def test_two_messages_are_two_files(tmp_path):
    send(tmp_path, MAIL, replace(MAIL, message_id="<other@bao-cao.example>"))
    assert len(list((tmp_path / "new").iterdir())) == 2


def test_a_message_already_read_is_not_delivered_again(tmp_path):
    send(tmp_path, MAIL)
    (file,) = (tmp_path / "new").iterdir()
    file.rename(tmp_path / "cur" / f"{file.name}:2,S")
    send(tmp_path, MAIL)
    assert list((tmp_path / "new").iterdir()) == []
    assert len(mailbox.Maildir(tmp_path, create=False)) == 1


def test_a_half_written_file_of_a_crash_is_no_message(tmp_path):
    send(tmp_path, replace(MAIL, message_id="<first@bao-cao.example>"))
    (tmp_path / "tmp" / "left-behind.dondoc.1").write_bytes(b"half")
    assert len(mailbox.Maildir(tmp_path, create=False)) == 1


def test_a_file_has_the_time_of_its_mail(tmp_path):
    send(tmp_path, MAIL)
    (file,) = (tmp_path / "new").iterdir()
    assert file.stat().st_mtime == MAIL.date.timestamp()


def test_a_place_that_cannot_be_written_is_tried_again_later(tmp_path):
    (tmp_path / "mail").write_text("a file where the folder should be")
    with pytest.raises(RetryableMailError) as caught:
        send(tmp_path / "mail", MAIL)
    assert caught.value.concerns_every_message


def test_without_a_server_the_settings_mean_a_maildir_and_opening_it_writes_nothing(tmp_path):
    with open_transport(None, tmp_path / "mail") as transport:
        assert isinstance(transport, MaildirTransport)
    assert not (tmp_path / "mail").exists()
