"""dondoc mailbox list, show, accept, dismiss: what waits, and what a person decides about it."""

import json

import pytest

from tasks.steps.inbound.mailbox import take_note
from tests.form_mails import mail, parts, said, with_files
from tests.ledger.office import KEY, assert_chain_is_whole, at, dump, events, filled, live, outbox, sweep

STRANGER = "ai-do@noi-khac.example"
WHEN = "2019-11-21T09:00"
LATER = ("--as-of", "2019-11-25T10:00")


@pytest.fixture
def reminded(home):
    sweep("2019-10-16", "2019-11-20")
    return home


def hold(home, *forms, sender=STRANGER, n=1):
    return take_note(home, with_files(*forms, sender=sender, n=n), at(WHEN), at(WHEN)).row.id


def ask(home):
    return take_note(home, mail(parts(said("Xin hỏi.")), n=7), at(WHEN), at(WHEN)).row.id


def good(home, unit="xa-mot", **figures):
    return filled(home, unit, "2019-11-20", **figures)


def test_list_tells_what_waits_and_show_what_is_in_it(reminded, run):
    held, asked = hold(reminded, good(reminded)), ask(reminded)
    (row,) = run("mailbox", "list", "--state", "held", "--json").json
    assert (row["id"], row["sender"], row["unit"], row["cycle"]) == (held, STRANGER, "xa-mot", str(KEY))
    assert row["why"] == "strange_sender"
    (row,) = run("mailbox", "list", "--state", "unmatched", "--json").json
    assert (row["id"], row["unit"], row["why"]) == (asked, "xa-mot", "no_form")
    assert len(run("mailbox", "list", "--json").json) == 2
    shown = run("mailbox", "show", held)
    assert f"dondoc mailbox accept {held}.1" in shown.out
    assert run("mailbox", "show", held, "--json").json["forms"][0]["state"] == "held"


def test_an_accepted_form_is_taken_in_as_of_when_the_mail_came_on_the_word_of_who_decided(reminded, run):
    number = hold(reminded, good(reminded))
    answer = run(
        "mailbox", "accept", number, "--reason", "đã gọi điện", "--by", "Trần Thị B", "--json", *LATER
    )
    assert (answer.code, answer.json[0]["accepted"], answer.json[0]["version"]) == (0, True, 1)
    assert live(reminded).standing("xa-mot").first_submitted_at == at(WHEN)
    with reminded.ledger.engine.connect() as connection:
        row = connection.exec_driver_sql("SELECT channel, sender, mail FROM submission").one()
    assert tuple(row) == ("mail", STRANGER, "<thu-1@mau.example>")
    last = dump(reminded)["event"][-1]
    assert "Trần Thị B" in last
    assert json.loads(last[6])["reason"] == "đã gọi điện"
    assert run("mailbox", "show", number, "--json").json["state"] == "done"
    assert_chain_is_whole(reminded)


def test_the_unit_gets_the_receipt_and_the_stranger_nothing(reminded, run):
    run("mailbox", "accept", hold(reminded, good(reminded)), "--reason", "đúng", *LATER)
    assert outbox(reminded, "recipient", kind="receipt") == [("xa-mot@mau.example",)]


def test_a_known_contact_of_another_unit_is_answered_too(reminded, run):
    run(
        "mailbox",
        "accept",
        hold(reminded, good(reminded), sender="phong@mau.example"),
        "--reason",
        "đúng",
        *LATER,
    )
    found = outbox(reminded, "recipient", kind="receipt")
    assert found == [("xa-mot@mau.example",), ("phong@mau.example",)]


def test_an_accepted_form_with_errors_is_refused_like_any_other(reminded, run):
    number = hold(reminded, good(reminded, A_2=101))
    answer = run("mailbox", "accept", number, "--reason", "đúng", "--json", *LATER)
    assert (answer.code, answer.json[0]["accepted"]) == (1, False)
    assert live(reminded).standing("xa-mot").version is None
    assert outbox(reminded, "recipient", kind="refused") == [("xa-mot@mau.example",)]
    assert run("mailbox", "show", number, "--json").json["forms"][0]["state"] == "refused"


def test_of_several_held_forms_one_is_accepted_and_one_dismissed(reminded, run):
    number = hold(reminded, good(reminded), good(reminded, "xa-hai"))
    assert run("mailbox", "accept", f"{number}.2", "--reason", "đúng", *LATER).code == 0
    assert run("mailbox", "show", number, "--json").json["state"] == "held"
    assert run("mailbox", "dismiss", f"{number}.1", "--reason", "không phải", *LATER).code == 0
    assert run("mailbox", "show", number, "--json").json["state"] == "done"
    assert (live(reminded).standing("xa-mot").version, live(reminded).standing("xa-hai").version) == (None, 1)


@pytest.mark.parametrize("verb", ["accept", "dismiss"])
def test_what_was_decided_is_not_decided_again(reminded, run, verb):
    number = hold(reminded, good(reminded))
    assert run("mailbox", verb, number, "--reason", "x", *LATER).code == 0
    before = dump(reminded)
    for again in ("accept", "dismiss"):
        answer = run("mailbox", again, number, "--reason", "x", *LATER)
        assert (answer.code, "waits" in answer.err) == (2, True)
    assert dump(reminded) == before


def test_a_dismissed_mail_waits_no_longer_even_when_it_comes_again(reminded, run):
    number = ask(reminded)
    answer = run("mailbox", "dismiss", number, "--reason", "đã trả lời", "--json", *LATER)
    assert answer.json == {"id": number, "state": "dismissed"}
    assert ask(reminded) == number
    assert run("mailbox", "list", "--state", "unmatched", "--json").json == []
    assert events(reminded, "mail dismissed") == 1


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("show", "999"), "no mail 999"),
        (("accept", "999", "--reason", "x"), "no mail 999"),
        (("accept", "1.9", "--reason", "x"), "no form 1.9"),
        (("dismiss", "mot", "--reason", "x"), "no number of a mail"),
        (("accept", "1.1"), "--reason"),
    ],
)
def test_a_number_that_is_none_is_one_clear_line(reminded, run, words, why):
    hold(reminded, good(reminded))
    answer = run("mailbox", *words)
    assert answer.code == 2
    assert why in answer.err
    assert answer.err.count("\n") == 1


def test_a_bounce_is_no_mail_to_decide_on(reminded, run):
    from tests.mail_samples import sample

    ((ours,),) = outbox(reminded, "message_id", unit="xa-hai")
    row = take_note(reminded, sample("postfix", ours=ours), at(WHEN)).row
    assert run("mailbox", "list", "--json").json == []
    assert run("mailbox", "show", row.id).code == 2
