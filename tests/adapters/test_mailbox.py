"""The mailbox over IMAP, at a real server: messages are read untouched, moved, and never deleted."""

import socket
import time

import pytest

from tasks.adapters.imap_url import ImapServer, parse_imap_url
from tasks.adapters.mailbox import DONE, TO_SEE, Mailbox, MailboxError
from tests.adapters.imap_server import PASSWORD, imap_service, short_place
from tests.adapters.mail_servers import free_port
from tests.mail_samples import sample


@pytest.fixture(scope="module")
def place():
    with short_place() as folder:
        yield folder


@pytest.fixture(scope="module")
def server(place):
    with imap_service(place / "usual") as running:
        yield running


@pytest.fixture
def service(server):
    server.empty()
    return server


def test_every_message_is_read_in_order_with_its_bytes_and_stays_unread(service):
    first, second = sample("postfix"), sample("reply")
    service.deliver(first, second)
    with Mailbox(service.url()) as mailbox:
        assert [mail.data for mail in mailbox.waiting()] == [first, second]
    assert service.mails() == [first, second]
    assert not any(b"\\Seen" in flags for flags in service.flags("INBOX"))


def test_a_message_is_moved_and_the_others_stay_even_those_marked_as_deleted(service):
    first, second = sample("postfix"), sample("reply")
    service.deliver(first, second)
    with service.client() as client:
        client.select("INBOX")
        client.store("2", "+FLAGS", "\\Deleted")
    with Mailbox(service.url()) as mailbox:
        uid = next(mailbox.waiting()).uid
        mailbox.put(uid, DONE)
        mailbox.put(uid, DONE)  # it is gone already
    assert service.mails(f"Dondoc/{DONE}") == [first]
    assert service.mails(f"Dondoc/{TO_SEE}") == []
    assert service.mails() == [second]


def test_another_folder_than_the_inbox_can_be_read(service):
    with service.client() as client:
        client.create("Thu")
        client.append("Thu", "", "", sample("reply"))
    service.deliver(sample("postfix"))
    with Mailbox(service.url("Thu")) as mailbox:
        assert [mail.data for mail in mailbox.waiting()] == [sample("reply")]


def test_folders_are_named_in_the_servers_own_way(place):
    with imap_service(place / "dotted", separator=".", prefix="INBOX.") as dotted:
        dotted.deliver(sample("postfix"))
        with Mailbox(dotted.url()) as mailbox:
            uid = next(mailbox.waiting()).uid
            mailbox.put(uid, TO_SEE)
        assert dotted.mails(f"INBOX.Dondoc.{TO_SEE}") == [sample("postfix")]


def test_where_the_server_cannot_move_nothing_is_touched(place):
    limited = "protocol imap {\n  imap_capability = IMAP4rev1 NAMESPACE\n}"
    with imap_service(place / "limited", more=limited) as service:
        service.deliver(sample("postfix"))
        with pytest.raises(MailboxError, match="cannot move messages"), Mailbox(service.url()):
            pass
        assert service.mails() == [sample("postfix")]


def test_a_wrong_password_is_one_line_that_does_not_repeat_it(service):
    with pytest.raises(MailboxError) as told, Mailbox(service.url(password="sai-mat-khau")):
        pass
    assert "127.0.0.1" in str(told.value)
    assert "\n" not in str(told.value)
    assert "sai-mat-khau" not in str(told.value)


def test_a_missing_folder_is_one_line(service):
    with pytest.raises(MailboxError, match="cannot be read"), Mailbox(service.url("Khong-co")):
        pass


def test_a_dead_server_is_one_line_at_once():
    begun = time.monotonic()
    url = f"imap://nhac:{PASSWORD}@127.0.0.1:{free_port()}/INBOX?starttls=0"
    with pytest.raises(MailboxError, match="cannot be read") as told, Mailbox(url):
        pass
    assert "\n" not in str(told.value)
    assert time.monotonic() - begun < 5


def test_a_server_that_goes_in_between_is_one_line(place):
    with imap_service(place / "going") as going:
        going.deliver(sample("postfix"))
        mailbox = Mailbox(going.url())
        mailbox.__enter__()
        assert mailbox._box
        mailbox._box.client.sock.shutdown(socket.SHUT_RDWR)
        with pytest.raises(MailboxError, match="cannot be read"):
            list(mailbox.waiting())


def test_the_url_says_where_and_how():
    assert parse_imap_url("imaps://nhac%40so.example:m%2Fk@mail.so.example/") == ImapServer(
        host="mail.so.example", port=993, user="nhac@so.example", password="m/k"
    )
    plain = parse_imap_url("imap://nhac:mk@mail.so.example:1143/Thu%20den?timeout=5")
    assert (plain.port, plain.folder, plain.starttls, plain.timeout) == (1143, "Thu den", True, 5.0)
    assert not parse_imap_url("imap://nhac:mk@h.example?starttls=0").starttls
    assert "bi-mat" not in repr(parse_imap_url("imaps://nhac:bi-mat@h.example"))


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://nhac:bi-mat@h.example", "begins with imaps:// or imap://"),
        ("imaps://h.example/INBOX", "names a user"),
        ("imaps://nhac:bi-mat@h.example:99999", "port"),
        ("imaps://nhac:bi-mat@h.example?tls=1", "unknown option in the IMAP URL: tls"),
        ("imap://nhac:bi-mat@h.example?starttls=2", "0 or 1"),
        ("imaps://nhac:bi-mat@h.example?timeout=0", "number of seconds"),
    ],
)
def test_a_wrong_url_is_told_without_the_password(url, said):
    with pytest.raises(ValueError, match=said) as told:
        parse_imap_url(url)
    assert "bi-mat" not in str(told.value)
