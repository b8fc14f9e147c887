"""The mailbox is read at the start of every sweep, at a real server; dying at any point and twice are the same as once."""

import os

import pytest

from dondoc.cli import main
from flows.rehearse import preview_day
from flows.sweep import SweepFailedError
from tasks.adapters.home import open_home
from tasks.adapters.mailbox import DONE, TO_SEE, Mailbox
from tasks.steps.inbound.mailbox import poll
from tasks.steps.reminding import NO_ADDRESS
from tests.adapters.imap_server import imap_service, short_place
from tests.adapters.mail_servers import free_port
from tests.ledger.office import apart, assert_chain_is_whole, at, day, dump, outbox, sweep
from tests.mail_samples import sample


@pytest.fixture(scope="module")
def server():
    with short_place() as folder, imap_service(folder / "s") as running:
        yield running


@pytest.fixture
def service(server):
    server.empty()
    return server


@pytest.fixture
def reminded(home, service, monkeypatch):
    """All three communes were reminded, and from now on there is a mailbox."""
    sweep("2019-10-16", "2019-11-20")
    monkeypatch.setenv("DONDOC_IMAP_URL", service.url())
    opened = open_home()
    yield opened
    opened.ledger.close()


def id_of(home, unit):
    ((message_id,),) = outbox(home, "message_id", unit=unit, step="T-7")
    return message_id


def deliver_all(home, service):
    """A bounce, somebody on leave, a reply, and a question of a stranger."""
    service.deliver(
        sample("postfix", ours=id_of(home, "xa-hai")),
        sample("outlook_away", ours=id_of(home, "xa-ba"), to="xa-ba@mau.example"),
        sample("reply", ours=id_of(home, "xa-mot"), to="xa-mot@mau.example"),
        sample("stranger"),
    )


def assert_sorted(service):
    assert service.mails() == []
    done, to_see = service.mails(f"Dondoc/{DONE}"), service.mails(f"Dondoc/{TO_SEE}")
    assert [b"Undelivered Mail" in mail or b"Automatic reply" in mail for mail in done] == [True, True]
    assert [b"RE: Nhac" in mail or b"Hoi ve bieu mau" in mail for mail in to_see] == [True, True]


def test_what_is_handled_and_what_is_for_a_person_lie_apart_and_nothing_is_deleted(reminded, service):
    deliver_all(reminded, service)
    told = poll(reminded, at("2019-11-21"))
    assert told == {
        "read": 4,
        "bounced": 1,
        "delivered": 0,
        "auto_replies": 1,
        "echoes": 0,
        "replies": 1,
        "other": 1,
        "taken": 0,
        "refused": 0,
        "held": 0,
        "unmatched": 0,
    }
    assert_sorted(service)
    assert_chain_is_whole(reminded)


def test_polling_again_changes_nothing_even_when_the_same_mails_come_once_more(reminded, service):
    deliver_all(reminded, service)
    poll(reminded, at("2019-11-21"))
    before = dump(reminded)
    assert poll(reminded, at("2019-11-21"))["read"] == 0
    deliver_all(reminded, service)
    assert poll(reminded, at("2019-11-22"))["read"] == 0
    assert service.mails() == []
    assert dump(reminded) == before


@pytest.mark.parametrize("moves", [0, 2])
def test_a_run_killed_before_it_moves_a_message_leaves_the_rest_to_the_next(
    reminded, service, monkeypatch, moves
):
    deliver_all(reminded, service)
    real, done = Mailbox.put, []

    def put(mailbox, uid, folder):
        if len(done) == moves:
            os._exit(9)
        done.append(uid)
        real(mailbox, uid, folder)

    with monkeypatch.context() as patch:
        patch.setattr(Mailbox, "put", put)
        process = apart(reminded, lambda: poll(reminded, at("2019-11-21")))
        process.join(60)
    assert process.exitcode == 9
    assert len(service.mails()) == 4 - moves
    assert poll(reminded, at("2019-11-21"))["read"] == 4 - moves - 1  # the one was noted, and is only moved
    assert_sorted(service)
    killed = dump(reminded, "mark")
    assert [row[2] for row in killed["inbound"]] == ["hard_bounce", "auto_reply", "reply", "other"]
    assert len(killed["address"]) == 1


def test_the_sweep_reads_before_it_reminds(reminded, service):
    deliver_all(reminded, service)
    sweep("2019-11-26")
    rows = set(outbox(reminded, "recipient", "state", step="T-3"))
    assert (NO_ADDRESS, "skipped") in rows
    assert ("xa-hai@mau.example", "sent") not in rows
    assert ("xa-ba@mau.example", "sent") in rows


def test_a_preview_leaves_the_mailbox_alone(reminded, service):
    deliver_all(reminded, service)
    before = dump(reminded)
    preview_day(day("2019-11-26"))
    assert len(service.mails()) == 4
    assert dump(reminded) == before


def test_a_dead_server_keeps_nobody_from_being_reminded_and_is_told_at_the_end(home, monkeypatch):
    sweep("2019-10-16")
    monkeypatch.setenv("DONDOC_IMAP_URL", f"imap://nhac:bi-mat@127.0.0.1:{free_port()}/INBOX?starttls=0")
    with pytest.raises(SweepFailedError, match="the mailbox was not read") as told:
        sweep("2019-11-20")
    assert "bi-mat" not in str(told.value)
    assert {state for (state,) in outbox(home, "state", step="T-7")} == {"sent"}


def test_a_mail_of_no_sense_stops_neither_the_others_nor_the_sweep(reminded, service):
    service.deliver(b"\x00\xff\r\nkhong ra gi", b"Content-Type: multipart/report\r\n\r\n--")
    deliver_all(reminded, service)
    assert poll(reminded, at("2019-11-21"))["bounced"] == 1
    assert service.mails() == []


def test_the_command_without_a_mailbox_or_with_a_dead_one_says_so_in_one_line(home, monkeypatch, capsys):
    assert main(["mailbox", "poll"]) == 2
    assert "DONDOC_IMAP_URL" in capsys.readouterr().err
    monkeypatch.setenv("DONDOC_IMAP_URL", f"imap://nhac:bi-mat@127.0.0.1:{free_port()}/INBOX?starttls=0")
    assert main(["mailbox", "poll"]) == 2
    said = capsys.readouterr().err
    assert said.startswith("dondoc: the mailbox nhac at 127.0.0.1:")
    assert said.count("\n") == 1
    monkeypatch.setenv("DONDOC_IMAP_URL", "imaps://mail.so.example/INBOX")
    assert main(["mailbox", "poll"]) == 2
    assert "names a user" in capsys.readouterr().err
