"""dondoc mailbox and dondoc address on the command line."""

import pytest

from tasks.steps.inbound.mailbox import take_note
from tests.adapters.imap_server import imap_service, short_place
from tests.ledger.office import at, outbox, sweep
from tests.mail_samples import sample

DEAD = "xa-hai@mau.example"


@pytest.fixture
def bounced(home):
    sweep("2019-10-16", "2019-11-20")
    ((message_id,),) = outbox(home, "message_id", unit="xa-hai")
    return sample("postfix", ours=message_id)


def test_poll_tells_what_came(bounced, run, monkeypatch):
    with short_place() as folder, imap_service(folder / "s") as service:
        service.deliver(bounced)
        monkeypatch.setenv("DONDOC_IMAP_URL", service.url())
        answer = run("mailbox", "poll", "--as-of", "2019-11-21", "--json")
        assert (answer.code, answer.json["read"], answer.json["bounced"]) == (0, 1, 1)
        assert {"read", "bounced", "auto_replies", "replies", "other"} <= answer.json.keys()
        assert run("mailbox", "poll", "--json").json["read"] == 0
        (check,) = [c for c in run("doctor", "--json").json["checks"] if c["name"] == "mailbox"]
        assert check["ok"]
    (check,) = [c for c in run("doctor", "--json").json["checks"] if c["name"] == "mailbox"]
    assert not check["ok"]


def test_a_failing_address_is_listed_and_restored_once(home, bounced, run):
    take_note(home, bounced, at("2019-11-21"))
    (row,) = run("address", "list", "--json").json
    assert (row["address"], row["state"], row["status"]) == (DEAD, "failing", "5.1.1")
    assert row["evidence"].endswith("@mail.so.example>")
    assert run("address", "restore", DEAD, "--json").json == {"address": DEAD, "state": "working"}
    assert run("address", "list", "--json").json[0]["state"] == "working"
    again = run("address", "restore", DEAD)
    assert (again.code, "is not failing" in again.err) == (2, True)
