"""A missed sweep raises an alarm by mail, once, whoever notices; and a sweep gives a sign of life."""

import logging
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows.rehearse import preview_day
from tasks.adapters import clock
from tasks.adapters.home import open_home
from tasks.steps.watching import watch
from tests.adapters.mail_servers import HANG_UP, Inbox, ScriptedServer, real_server
from tests.ledger.office import at, day, mails, sweep

ADMIN = "quan-tri@mau.example"


@pytest.fixture
def watched(home, monkeypatch):
    """The home of an office that has named its administrator."""
    monkeypatch.setenv("DONDOC_ADMIN_MAIL", ADMIN)
    used = open_home()
    yield used
    used.ledger.close()


def told(home):
    return [
        mail["Subject"]
        for mail in sorted(mails(home), key=lambda m: m["Date"].datetime)
        if mail["To"] == ADMIN
    ]


def test_one_mail_an_outage_and_one_when_it_is_over_and_the_next_outage_is_told_anew(watched):
    sweep("2019-10-16T08:00")
    looks = [
        watch(watched, at(f"2019-10-{when}")) for when in ("17T09:00", "17T10:01", "17T11:00", "18T08:00")
    ]
    assert [look.missed for look in looks] == [False, True, True, True]
    assert [look.mailed for look in looks] == [None, "alarm", None, None]
    sweep("2019-10-18T09:00")
    assert [watch(watched, at(f"2019-10-18T{hour}:00")).mailed for hour in (10, 11)] == ["over", None]
    assert watch(watched, at("2019-10-20T08:00")).mailed == "alarm"
    subjects = told(watched)
    assert len(subjects) == 3
    assert ["Cảnh báo" in subject for subject in subjects] == [True, False, True]


def test_the_alarm_says_when_the_last_sweep_was_and_where_to_look(watched):
    sweep("2019-10-16T08:00")
    watch(watched, at("2019-10-18T08:00"))
    (mail,) = mails(watched)
    text = mail.get_body(("plain",)).get_content()
    assert "08 giờ 00 phút, ngày 16/10/2019" in text
    assert str(watched.folder.resolve()) in text
    assert "dondoc doctor" in text


def test_a_home_that_never_swept_is_missed_from_its_making_on(watched):
    made = clock.now()
    assert not watch(watched, made).missed
    assert watch(watched, made + timedelta(hours=27)).missed


def test_without_an_administrator_the_outage_is_noticed_and_nobody_is_mailed(home):
    sweep("2019-10-16T08:00")
    found = watch(home, at("2019-10-18T08:00"))
    assert (found.missed, found.mailed) == (True, None)
    assert mails(home) == []


@contextmanager
def by_smtp(monkeypatch, port):
    with monkeypatch.context() as patch:
        patch.setenv("DONDOC_SMTP_URL", f"smtp://127.0.0.1:{port}?timeout=5&verdict_timeout=5")
        used = open_home()
        yield used
        used.ledger.close()


def test_an_alarm_that_could_not_go_is_tried_at_the_next_look(watched, monkeypatch):
    sweep("2019-10-16T08:00")
    with by_smtp(monkeypatch, 9) as used:  # nobody listens there
        found = watch(used, at("2019-10-18T08:00"))
    assert (found.missed, found.mailed) == (True, None)
    assert found.problem
    inbox = Inbox()
    with real_server(inbox) as port, by_smtp(monkeypatch, port) as used:
        looks = [watch(used, at(f"2019-10-18T0{hour}:00")).mailed for hour in (8, 9)]
    assert looks == ["alarm", None]
    assert len(inbox.envelopes) == 1


def test_an_alarm_in_doubt_is_not_sent_again(watched, monkeypatch):
    sweep("2019-10-16T08:00")
    with ScriptedServer(END=[HANG_UP]) as server, by_smtp(monkeypatch, server.port) as used:
        looks = [watch(used, at(f"2019-10-18T0{hour}:00")) for hour in (8, 9)]
    assert [look.mailed for look in looks] == [None, None]
    assert looks[0].problem
    assert len(server.messages) == 1


@contextmanager
def watchdog(status=200):
    """A watchdog that counts how often it was asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ping/secret", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def heartbeat(monkeypatch, url):
    with monkeypatch.context() as patch:
        patch.setenv("DONDOC_HEARTBEAT_URL", url)
        yield
        open_home().ledger.close()


def test_each_sweep_that_succeeds_gives_one_sign_of_life_and_a_preview_none(home, monkeypatch):
    with watchdog() as (url, asked), heartbeat(monkeypatch, url):
        sweep("2019-10-16", "2019-11-20")
        assert asked == ["/ping/secret"] * 2
        monkeypatch.setattr(clock, "now", lambda: at("2019-11-26"))
        assert preview_day(day("2019-11-26"))
        assert len(asked) == 2


def test_a_sweep_that_fails_gives_no_sign_of_life(home, monkeypatch):
    with watchdog() as (url, asked), heartbeat(monkeypatch, url):
        sweep("2019-10-16")
        monkeypatch.setattr("tasks.steps.reminding.remind", _broken)
        with pytest.raises(Exception, match="broken"):
            sweep("2019-11-20")
        assert len(asked) == 1


def _broken(*_):
    raise RuntimeError("broken")


@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_watchdog_that_does_not_answer_is_one_line_without_its_address_and_fails_no_sweep(
    home, monkeypatch, caplog
):
    caplog.set_level(logging.WARNING, "dondoc")
    with watchdog(status=503) as (url, asked), heartbeat(monkeypatch, url):
        assert sweep("2019-10-16").opened == 1
    assert len(asked) == 1
    for wrong in ("http://127.0.0.1:9/ping/secret", "nonsense/secret", "http://[bad/secret"):
        with heartbeat(monkeypatch, wrong):
            assert sweep("2019-11-20").failed == 0
    lines = [record.getMessage() for record in caplog.records if record.name == "dondoc"]
    assert len(lines) == 4
    assert not any("secret" in line for line in lines)
