"""Mail that waits for a word, seen from the command line."""

import os

import pytest

from tasks.adapters.home import open_home
from tests.ledger.office import events, mails


@pytest.fixture
def held(home, run, monkeypatch):
    """A home whose last sweep held its mail back."""
    monkeypatch.setenv("DONDOC_QUIET_AFTER_DAYS", "7")
    assert run("sweep", "--as-of", "2019-10-16", "--json").json["held"] == 0
    answer = run("sweep", "--as-of", "2019-11-20")
    assert answer.code == 0
    yield answer
    open_home().ledger.close()


def test_the_sweep_says_how_many_wait_and_what_to_do(held):
    assert "3 mails wait for your word" in held.out
    assert "dondoc preview --on 2019-11-20" in held.out
    assert "dondoc mail allow" in held.out


def test_the_word_lets_the_next_sweep_send_them(home, run, held):
    assert run("sweep", "--as-of", "2019-11-20", "--json").json["held"] == 3
    assert mails(home) == []
    assert run("mail", "allow", "--by", "Nguyễn Văn A", "--json").json == {"allowed": 3}
    told = run("sweep", "--as-of", "2019-11-20", "--json").json
    assert (told["sent"], told["held"]) == (3, 0)
    assert len(mails(home)) == 3
    assert events(home, "mail allowed") == 1


def test_the_preview_names_what_waits(home, run, held):
    told = run("preview", "--on", "2019-11-20", "--json").json
    assert told["held"] == 3
    assert {message["to"].partition("@")[0] for message in told["messages"]} == {"xa-mot", "xa-hai", "xa-ba"}


@pytest.mark.parametrize("days", ["-1", "a week"])
def test_a_limit_that_is_no_number_of_days_is_refused(home, run, monkeypatch, days):
    monkeypatch.setenv("DONDOC_QUIET_AFTER_DAYS", days)
    answer = run("sweep", "--as-of", "2019-10-16")
    assert answer.code == 2
    assert "quiet_after_days" in answer.err
    assert "Traceback" not in answer.err


def test_the_demo_asks_nobody_and_gives_no_sign_of_life(run, tmp_path, monkeypatch):
    """Its season has gaps of months. Here it ends where it would begin to play."""

    def stop(_home):
        raise ValueError("far enough")

    for name in ("HOME", "QUIET_AFTER_DAYS", "HEARTBEAT_URL", "SMTP_URL", "FILES", "DATABASE_URL"):
        monkeypatch.setenv(f"DONDOC_{name}", "7")
    monkeypatch.setattr("dondoc.demo.play.new_home", lambda _folder: None)
    monkeypatch.setattr("dondoc.demo.play.days_of", stop)
    assert run("demo", "--home", tmp_path).err == "dondoc: far enough\n"
    assert os.environ["DONDOC_QUIET_AFTER_DAYS"] == "0"
    assert "DONDOC_HEARTBEAT_URL" not in os.environ
