"""What the mail server says decides what becomes of a message; nothing is sent twice, nothing is lost in silence."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tasks.adapters.home import open_home
from tasks.adapters.ledger.outbox import find_message, mark
from tasks.adapters.ledger.units import save_units
from tasks.adapters.unit_files import read_units
from tasks.steps.sending import send_queued, undelivered
from tests.adapters.mail_servers import HANG_UP, SEVEN_BIT, SILENCE, Inbox, ScriptedServer, real_server
from tests.ledger.office import UNITS, at, mails, outbox, submit, sweep


@pytest.fixture
def by_smtp(home, monkeypatch):
    """Call it with a port: from then on mail goes there."""

    def use(port, patience=5):
        url = f"smtp://127.0.0.1:{port}?timeout={patience}&verdict_timeout={patience}"
        monkeypatch.setenv("DONDOC_SMTP_URL", url)
        return open_home()

    return use


def states(home):
    return dict(outbox(home, "recipient", "state", step="T-7"))


def test_accepted_messages_are_on_the_wire_once_and_sent_in_the_ledger(home, by_smtp):
    inbox = Inbox()
    with real_server(inbox) as port:
        by_smtp(port)
        sweep("2019-10-16", "2019-11-20", "2019-11-20")
    assert sorted(envelope.rcpt_tos[0] for envelope in inbox.envelopes) == [
        "xa-ba@mau.example",
        "xa-hai@mau.example",
        "xa-mot@mau.example",
    ]
    assert set(states(home).values()) == {"sent"}
    ids = {message_id for (message_id,) in outbox(home, "message_id", step="T-7")}
    assert all(any(i.encode() in e.content for e in inbox.envelopes) for i in ids)
    assert len(ids) == 3
    assert mails(home) == []


def test_refused_for_now_is_tried_again_later_and_the_others_go_at_once(home, by_smtp):
    with ScriptedServer(RCPT=["450 mailbox busy"]) as server:
        by_smtp(server.port)
        first = sweep("2019-10-16", "2019-11-20T08:00")
        assert (first.sent, first.failed, first.unknown) == (2, 0, 0)
        (waiting,) = [to for to, state in states(home).items() if state == "queued"]
        assert sweep("2019-11-20T08:04").sent == 0  # not before five minutes are over
        assert sweep("2019-11-20T08:06").sent == 1
    assert states(home)[waiting] == "sent"
    assert len(server.messages) == 3


def test_refused_for_good_fails_names_the_unit_and_is_not_tried_again(home, by_smtp):
    def refuse(to):
        return "550 no such user" if to.startswith("xa-hai") else None

    inbox = Inbox(refuse)
    with real_server(inbox) as port:
        used = by_smtp(port)
        swept = sweep("2019-10-16", "2019-11-20")
        assert (swept.sent, swept.failed) == (2, 1)
        again = sweep("2019-11-21")
        assert (again.sent, again.failed) == (0, 0)
    assert states(home)["xa-hai@mau.example"] == "failed"
    assert "xa-hai <xa-hai@mau.example>" in undelivered(used)
    assert "550" in undelivered(used)


def test_no_answer_after_the_data_is_in_doubt_and_never_sent_again_by_machine(home, by_smtp):
    with ScriptedServer(END=[HANG_UP]) as server:
        used = by_smtp(server.port)
        swept = sweep("2019-10-16", "2019-11-20")
        assert (swept.sent, swept.unknown) == (2, 1)
        for later in ("2019-11-20T18:00", "2019-11-21", "2019-11-25"):
            assert sweep(later).sent == 0
        assert len(server.messages) == 3
    (doubtful,) = [to for to, state in states(home).items() if state == "unknown"]
    assert doubtful in undelivered(used)


def test_a_server_too_slow_before_the_message_gets_it_later_once(home, by_smtp):
    with ScriptedServer(RCPT=[SILENCE]) as server:
        by_smtp(server.port, patience=1)
        first = sweep("2019-10-16", "2019-11-20T08:00")
        assert (first.sent, first.failed, first.unknown) == (2, 0, 0)
        (waiting,) = [to for to, state in states(home).items() if state == "queued"]
        assert sweep("2019-11-20T09:00").sent == 1
    assert states(home)[waiting] == "sent"
    assert len(server.messages) == 3


def test_a_server_too_slow_after_the_message_leaves_it_in_doubt_and_the_others_go(home, by_smtp):
    with ScriptedServer(END=[SILENCE]) as server:
        used = by_smtp(server.port, patience=1)
        swept = sweep("2019-10-16", "2019-11-20")
        assert (swept.sent, swept.failed, swept.unknown) == (2, 0, 1)
        for later in ("2019-11-20T18:00", "2019-11-21"):
            assert sweep(later).sent == 0
    assert len(server.messages) == 3
    (doubtful,) = [to for to, state in states(home).items() if state == "unknown"]
    assert f"{doubtful}> ke-hoach-mau/O1/2019 T-7: unknown" in undelivered(used)
    assert "timed out" in undelivered(used)


def with_accent(unit):
    """A file with such an address is refused; a ledger from before may hold one."""
    told = (replace(each, email=each.email.replace("xa-hai@", "xã-hai@")) for each in unit.contacts)
    return replace(unit, contacts=tuple(told))


def test_a_server_of_seven_bits_gets_the_mail_and_an_address_beyond_ascii_fails_with_one_reason(
    home, by_smtp
):
    """Such an address needs SMTPUTF8, which we do not speak: whoever has it must be reached by another."""
    units = [with_accent(unit) for unit in read_units(UNITS, "mau.csv")]
    with home.ledger.write() as session:
        save_units(session, units, at=at("2019-01-02"), actor="set-up", source="mau.csv")
    inbox = Inbox()
    with real_server(inbox, **SEVEN_BIT) as port:
        used = by_smtp(port)
        swept = sweep("2019-10-16", "2019-11-20")
        assert (swept.sent, swept.failed, swept.unknown) == (2, 1, 0)
        assert sweep("2019-11-21").failed == 0
    assert states(home) == {
        "xa-mot@mau.example": "sent",
        "xã-hai@mau.example": "failed",
        "xa-ba@mau.example": "sent",
    }
    assert len(inbox.envelopes) == 2
    assert undelivered(used).endswith("failed (not one plain e-mail address: 'xã-hai@mau.example')")


def test_a_server_that_closes_in_mid_batch_gets_the_rest_later(home, by_smtp):
    with ScriptedServer(MAIL=["250 ok", "421 too many", "421 too many"]) as server:
        by_smtp(server.port)
        assert sweep("2019-10-16", "2019-11-20T08:00").sent == 1
        assert sweep("2019-11-20T09:00").sent == 2
    assert len(server.messages) == 3


def test_a_server_that_is_away_for_days_makes_no_message_fail(home, by_smtp):
    used = by_smtp(9)  # nobody listens there
    sweep("2019-10-16", "2019-11-20")
    for hour in range(24 * 4):  # eight tries each would be over after a day
        done = send_queued(used, at("2019-11-20") + timedelta(hours=hour))
        assert (done.sent, done.failed) == (0, 0)
    assert set(states(home).values()) == {"queued"}
    with ScriptedServer() as server:
        assert send_queued(by_smtp(server.port), at("2019-11-25")).sent == 3


def test_a_message_refused_for_now_again_and_again_fails_in_the_end(home, by_smtp):
    with ScriptedServer(RCPT=["450 mailbox busy"] * 8) as server:
        used = by_smtp(server.port)
        submit(home, "xa-mot", "2019-11-01")
        swept = [send_queued(used, at(f"2019-11-{day:02}")) for day in range(1, 12)]
    assert [each.failed for each in swept] == [0] * 7 + [1] + [0] * 3


def test_what_a_dead_sender_left_in_doubt_fails_the_next_sweep(home, by_smtp):
    """By SMTP nobody can tell whether it went out; into a Maildir it is simply written again."""
    submit(home, "xa-mot", "2019-11-01")
    with home.ledger.write() as session:
        (key,) = outbox(home, "key")[0]
        mark(session, [find_message(session, key).id], "sending")
    with ScriptedServer() as server:
        used = by_smtp(server.port)
        swept = send_queued(used, at("2019-11-02"))
        assert (swept.sent, swept.unknown) == (0, 1)
        assert server.messages == []
    assert "xa-mot" in undelivered(used)


def test_without_a_server_what_a_dead_sender_left_is_written_again(home):
    submit(home, "xa-mot", "2019-11-01")
    with home.ledger.write() as session:
        (key,) = outbox(home, "key")[0]
        mark(session, [find_message(session, key).id], "sending")
    assert send_queued(home, at("2019-11-02")).sent == 1
    assert len(mails(home)) == 1
