"""What comes back about our mails is noted once and believed only about mails of ours; a dead address is a task."""

import pytest

from dondoc.doctor import examine
from models.inbound import ANSWERS_PER_HOUR, SOFT_LIMIT
from tasks.adapters.ledger.addresses import known_addresses
from tasks.adapters.ledger.outbox import find_message, mark
from tasks.adapters.ledger.units import save_units
from tasks.adapters.mailbox import DONE, TO_SEE
from tasks.adapters.unit_files import read_units
from tasks.steps.acts import extend, return_report
from tasks.steps.board import status
from tasks.steps.collecting.forms import Expected
from tasks.steps.collecting.intake import Arrival, take_in
from tasks.steps.failing import address_tasks, restore_address
from tasks.steps.inbound.mailbox import take_note
from tasks.steps.reminding import NO_ADDRESS
from tests.adapters.mail_servers import Inbox, real_server
from tests.ledger.office import (
    KEY,
    UNITS,
    assert_chain_is_whole,
    at,
    day,
    dump,
    events,
    outbox,
    submit,
    sweep,
)
from tests.mail_samples import sample

DEAD = "xa-hai@mau.example"


@pytest.fixture
def reminded(home):
    """All three communes have had the reminder of 20/11/2019."""
    sweep("2019-10-16", "2019-11-20")
    return home


def id_of(home, unit="xa-hai", step="T-7"):
    ((message_id,),) = outbox(home, "message_id", unit=unit, step=step)
    return message_id


def note(home, name, when="2019-11-21", **about):
    return take_note(home, sample(name, ours=about.pop("ours", None) or id_of(home), **about), at(when)).row


def states(home, unit="xa-hai"):
    return dict(outbox(home, "step", "state", unit=unit, cycle=str(KEY)))


def doubt(home, unit="xa-hai"):
    """Its reminder went out and no answer came."""
    with home.ledger.write() as session:
        mark(session, [find_message(session, id_of(home, unit)).id], "unknown")


def standing(home, unit="xa-hai"):
    return next(each for each in status(home, KEY, at("2019-11-27"))["units"] if each["unit"] == unit)


@pytest.mark.parametrize("name", ["postfix", "gmail", "exchange", "exim"])
def test_after_a_hard_bounce_the_next_reminder_says_that_there_is_no_address(reminded, name):
    assert note(reminded, name).folder == DONE
    assert outbox(reminded, "state", "reason", unit="xa-hai")[0][0] == "failed"
    sweep("2019-11-26")
    rows = outbox(reminded, "unit", "recipient", "state", step="T-3")
    assert ("xa-hai", NO_ADDRESS, "skipped") in rows
    assert ("xa-mot", "xa-mot@mau.example", "sent") in rows
    assert_chain_is_whole(reminded)


def test_without_the_bounce_the_same_reminder_goes_out(reminded):
    sweep("2019-11-26")
    assert ("xa-hai", DEAD, "sent") in outbox(reminded, "unit", "recipient", "state", step="T-3")


def test_the_board_the_tasks_and_the_doctor_name_the_unit(reminded):
    assert standing(reminded)["state"] != "no_address"
    note(reminded, "postfix")
    assert standing(reminded)["state"] == "no_address"
    assert standing(reminded, "xa-mot")["has_address"]
    (task,) = address_tasks(reminded, at("2019-11-22"))
    assert (task.unit, task.unit_name, task.address, task.status) == ("xa-hai", "UBND xã Hai", DEAD, "5.1.1")
    assert address_tasks(reminded, at("2019-11-20")) == []
    (check,) = [check for check in examine() if check.name == "addresses"]
    assert (check.ok, f"{DEAD} of xa-hai" in check.message) == (False, True)


def test_the_plans_contact_is_the_last_resort_of_an_office_and_a_task_when_it_fails(reminded):
    def office_mails():
        return outbox(reminded, "recipient", "message_id", unit="phong-mau", cycle=str(KEY))

    load_units(reminded, UNITS.replace("phong@mau.example", ""))
    sweep("2019-12-02")
    recipient, message_id = office_mails()[0]
    assert recipient == "phong@mau.example", "the plan's own"
    assert address_tasks(reminded, at("2019-12-08")) == []
    note(reminded, "postfix", "2019-12-03", ours=message_id)
    (task,) = address_tasks(reminded, at("2019-12-08"))
    assert (task.unit, task.address) == ("phong-mau", "phong@mau.example")
    sweep("2019-12-06")
    assert office_mails()[-1][0] == recipient, "there is nobody else to tell"


def test_a_restored_address_is_written_to_again(reminded):
    note(reminded, "postfix")
    restore_address(reminded, "XA-HAI@mau.example", as_of=at("2019-11-22"), actor="admin")
    assert events(reminded, "address restored") == 1
    sweep("2019-11-26")
    assert ("xa-hai", DEAD, "sent") in outbox(reminded, "unit", "recipient", "state", step="T-3")
    with pytest.raises(KeyError, match="is not failing"):
        restore_address(reminded, DEAD, as_of=at("2019-11-22"), actor="admin")


def test_what_a_unit_without_a_working_address_is_not_told_is_on_record(reminded):
    note(reminded, "postfix")
    submit(reminded, "xa-hai", "2019-11-22")
    return_report(reminded, KEY, "xa-hai", "Đề nghị kiểm tra", as_of=at("2019-11-23"), actor="đầu mối")
    extend(reminded, KEY, "xa-hai", day("2019-12-05"), "Mưa lũ", as_of=at("2019-11-23"), actor="đầu mối")
    told = outbox(reminded, "kind", "state", "reason", unit="xa-hai", recipient=NO_ADDRESS)
    assert told == [
        (kind, "skipped", "the unit has no working address") for kind in ("receipt", "returned", "extended")
    ]


def load_units(home, text):
    with home.ledger.write() as session:
        save_units(session, read_units(text, "mau.csv"), at=at("2019-11-22"), actor="admin", source="mau.csv")


def test_the_same_unit_file_again_restores_nothing(reminded):
    note(reminded, "postfix")
    load_units(reminded, UNITS)
    assert not standing(reminded)["has_address"]


def test_a_new_address_in_the_unit_file_is_written_to(reminded):
    note(reminded, "postfix")
    load_units(reminded, UNITS.replace(DEAD, "moi@mau.example"))
    assert address_tasks(reminded, at("2019-11-23")) == []
    sweep("2019-11-26")
    rows = outbox(reminded, "recipient", "state", step="T-3", unit="xa-hai")
    assert rows == [("moi@mau.example", "sent")]


def test_an_address_that_is_entered_anew_is_tried_again(reminded):
    note(reminded, "postfix")
    load_units(reminded, UNITS.replace(DEAD, "moi@mau.example"))
    load_units(reminded, UNITS)
    assert standing(reminded)["has_address"]
    assert events(reminded, "address restored") == 1


def test_a_unit_with_another_address_is_written_to_there(reminded):
    row = next(line for line in UNITS.splitlines() if line.startswith("xa-hai"))
    second = row.replace(DEAD, "hai-2@mau.example").replace("dau-moi", "lanh-dao")
    load_units(reminded, UNITS.replace(row, f"{row}\n{second}"))
    note(reminded, "postfix")
    sweep("2019-11-26")
    rows = outbox(reminded, "recipient", "state", step="T-3", unit="xa-hai")
    assert rows == [("hai-2@mau.example", "sent")]
    assert [task.address for task in address_tasks(reminded, at("2019-11-26"))] == [DEAD]


def test_soft_bounces_are_counted_and_the_last_one_a_cycle_bears_condemns_the_address(reminded):
    for n in range(100, 100 + SOFT_LIMIT - 1):
        note(reminded, "postfix", n=n, status="4.2.2", action="delayed")
    assert standing(reminded)["has_address"]
    note(reminded, "postfix", n=999, status="4.2.2", action="delayed")
    assert not standing(reminded)["has_address"]
    with reminded.ledger.read() as session:
        (row,) = known_addresses(session)
    assert (row.state, row.soft_count, row.status) == ("failing", SOFT_LIMIT, "4.2.2")


def test_soft_bounces_from_before_it_was_restored_count_no_more(reminded):
    for n in range(100, 100 + SOFT_LIMIT):
        note(reminded, "postfix", n=n, status="4.2.2", action="delayed")
    restore_address(reminded, DEAD, as_of=at("2019-11-22"), actor="admin")
    note(reminded, "postfix", "2019-11-23", n=999, status="4.2.2", action="delayed")
    assert standing(reminded)["has_address"]


def test_a_refusal_by_policy_loses_the_mail_and_condemns_no_address_by_itself(reminded):
    note(reminded, "postfix", status="5.7.1")
    assert states(reminded)["T-7"] == "failed"
    assert standing(reminded)["has_address"]


def test_a_bounce_about_no_mail_of_ours_is_not_believed_and_a_person_sees_it(reminded):
    row = note(reminded, "postfix", ours="<khong-phai@so.example>")
    assert (row.kind, row.folder) == ("other", TO_SEE)
    assert states(reminded)["T-7"] == "sent"
    assert standing(reminded)["has_address"]


def test_a_bounce_condemns_the_address_that_we_wrote_to_and_no_other_that_it_names(reminded):
    note(reminded, "postfix", to="xa-mot@mau.example")
    assert not standing(reminded, "xa-hai")["has_address"]
    assert standing(reminded, "xa-mot")["has_address"]


@pytest.mark.parametrize("name", ["outlook_away", "gmail_away", "vacation", "list_echo"])
def test_an_automatic_reply_and_an_echo_change_nothing_and_are_not_answered(reminded, name):
    doubt(reminded)
    before = dump(reminded, "inbound")
    assert note(reminded, name).folder == DONE
    assert dump(reminded, "inbound") == before
    assert sweep("2019-11-21").sent == 0


@pytest.mark.parametrize("name", ["reply", "receipt"])
def test_a_reply_settles_what_was_in_doubt(reminded, name):
    doubt(reminded)
    note(reminded, name)
    assert states(reminded)["T-7"] == "sent"
    assert events(reminded, "message sent") == 1


def test_a_reply_is_for_a_person_to_see(reminded):
    assert note(reminded, "reply").folder == TO_SEE
    assert note(reminded, "stranger").folder == TO_SEE
    assert note(reminded, "qmail").folder == TO_SEE


def test_a_bounce_settles_what_was_in_doubt_as_failed(reminded):
    doubt(reminded)
    note(reminded, "gmail")
    ((state, reason),) = outbox(reminded, "state", "reason", unit="xa-hai")
    assert (state, reason) == ("failed", "bounced (5.1.1)")


def test_what_was_taken_back_before_it_went_stays_so_whatever_bounces(reminded):
    with reminded.ledger.write() as session:
        mark(session, [find_message(session, id_of(reminded)).id], "withdrawn")
    note(reminded, "gmail")
    assert states(reminded)["T-7"] == "withdrawn"


def test_a_submission_settles_what_was_in_doubt_for_that_unit_only(reminded):
    doubt(reminded, "xa-hai")
    doubt(reminded, "xa-ba")
    submit(reminded, "xa-hai", "2019-11-21")
    assert states(reminded, "xa-hai")["T-7"] == "sent"
    assert states(reminded, "xa-ba")["T-7"] == "unknown"


def test_what_was_in_doubt_is_overtaken_by_the_next_step_that_was_sent(reminded):
    doubt(reminded)
    sweep("2019-11-25")
    assert states(reminded)["T-7"] == "unknown"
    sweep("2019-11-26")
    rows = outbox(reminded, "step", "state", "reason", unit="xa-hai")
    assert rows == [("T-7", "skipped", "in doubt, overtaken by T-3"), ("T-3", "sent", "")]


def test_the_same_mail_again_changes_nothing(reminded):
    note(reminded, "postfix")
    restore_address(reminded, DEAD, as_of=at("2019-11-22"), actor="admin")
    before = dump(reminded)
    row, is_new, _ = take_note(reminded, sample("postfix", ours=id_of(reminded)), at("2019-11-23"))
    assert (row.folder, is_new) == (DONE, False)
    assert dump(reminded) == before


@pytest.mark.parametrize(
    ("reply", "works"),
    [("550 5.1.1 no such user", False), ("550 no such user", False), ("550 5.7.1 relaying denied", True)],
)
def test_an_address_the_server_itself_refuses_fails_unless_it_refuses_us(home, monkeypatch, reply, works):
    with real_server(Inbox(lambda to: reply if to == DEAD else None)) as port:
        monkeypatch.setenv("DONDOC_SMTP_URL", f"smtp://127.0.0.1:{port}?timeout=5")
        sweep("2019-10-16", "2019-11-20")
    assert states(home)["T-7"] == "failed"
    assert standing(home)["has_address"] is works


@pytest.mark.parametrize(("channel", "sent"), [("mail", ANSWERS_PER_HOUR), ("file", ANSWERS_PER_HOUR + 2)])
def test_files_by_mail_are_answered_so_often_in_an_hour_and_no_oftener(home, channel, sent):
    sweep("2019-10-16")
    whose = Expected(KEY, "xa-mot")
    for minute in range(ANSWERS_PER_HOUR + 2):
        take_in(home, Arrival(b"none", "bieu.xlsx", channel), at(f"2019-11-01T08:{minute:02}"), whose)
    assert [state for (state,) in outbox(home, "state", kind="refused")].count("queued") == sent
    take_in(home, Arrival(b"none", "bieu.xlsx", channel), at("2019-11-01T10:00"), whose)
    assert outbox(home, "state", kind="refused")[-1] == ("queued",)
