"""Messages are claimed for a time: who dies over one leaves it in doubt, who lives is left in peace."""

from datetime import timedelta

import pytest

from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.adapters.ledger.outbox import find_message, mark
from tasks.adapters.ledger.pacing import take_slot
from tasks.adapters.mail.smtp import SmtpTransport
from tasks.steps.sending import send_queued
from tests.adapters.mail_servers import Inbox, ScriptedServer, real_server
from tests.ledger.office import apart, at, outbox, submit, sweep


@pytest.fixture
def by_smtp(home, monkeypatch):
    def use(port):
        monkeypatch.setenv("DONDOC_SMTP_URL", f"smtp://127.0.0.1:{port}?timeout=5&verdict_timeout=5")
        return open_home()

    return use


def claimed(home, lease):
    submit(home, "xa-mot", "2019-11-01")
    with home.ledger.write() as session:
        (key,) = outbox(home, "key")[0]
        mark(session, [find_message(session, key).id], "sending")
        find_message(session, key).lease_until = clock.now() + lease


@pytest.mark.parametrize(
    ("lease", "state"), [(timedelta(minutes=1), "sending"), (-timedelta(seconds=1), "unknown")]
)
def test_a_message_is_in_doubt_only_when_the_lease_of_whoever_claimed_it_is_over(home, by_smtp, lease, state):
    claimed(home, lease)
    with ScriptedServer() as server:
        send_queued(by_smtp(server.port), at("2019-11-02"))
        assert server.messages == []
    assert outbox(home, "state") == [(state,)]


def test_a_message_that_went_has_no_lease_any_more(home, by_smtp):
    with ScriptedServer() as server:
        by_smtp(server.port)
        sweep("2019-10-16", "2019-11-20")
    assert set(outbox(home, "state", "lease_until", kind="reminder")) == {("sent", None)}


def test_a_lease_outlasts_all_that_one_message_can_take(home):
    transport = SmtpTransport("smtp://mail.example?timeout=60&verdict_timeout=600")
    assert transport.patience >= timedelta(seconds=2 * 10 * 60 + 600)


def test_messages_keep_the_rate_their_provider_sets(home, by_smtp, monkeypatch):
    """The clock stands still, and waiting moves it: what is measured is what was waited for."""
    now, waited = [at("2026-01-01")], []
    monkeypatch.setattr(clock, "now", lambda: now[0])

    def wait_until(moment):
        waited.append((moment - now[0]).total_seconds())
        now[0] = max(now[0], moment)

    monkeypatch.setattr(clock, "wait_until", wait_until)
    monkeypatch.setenv("DONDOC_MAIL_PER_MINUTE", "30")
    with ScriptedServer() as server:
        by_smtp(server.port)
        assert sweep("2019-10-16", "2019-11-20").sent == 3
        assert server.connections == 1
    assert waited == [0, 2, 2]


def test_two_workers_at_once_share_one_rate(home):
    now = at("2026-01-01")

    def take():
        for _ in range(10):
            with home.ledger.write() as session:
                take_slot(session, now, 60)

    both = [apart(home, take) for _ in range(2)]
    for process in both:
        process.join(60)
    assert [process.exitcode for process in both] == [0, 0]
    with home.ledger.write() as session:
        assert take_slot(session, now, 60) == now + timedelta(seconds=20)


def test_a_slot_that_a_wrong_clock_took_far_ahead_holds_nobody_up(home):
    with home.ledger.write() as session:
        take_slot(session, at("2036-01-01"), 60)
        assert take_slot(session, at("2026-01-01"), 60) == at("2026-01-01")


def test_all_messages_of_a_sweep_go_over_one_connection(home, by_smtp):
    inbox = Inbox()
    with real_server(inbox) as port:
        by_smtp(port)
        assert sweep("2019-10-16", "2019-11-20").sent == 3
    assert inbox.greetings == 1
