"""A sweep does what is owed by now, once, whenever it comes."""

import pytest

from tasks.adapters.ledger.units import note_units_changed
from tasks.adapters.mail.maildir import MaildirTransport
from tasks.steps import acts
from tasks.steps.reminding import NO_ADDRESS, remind
from tasks.steps.sending import send_queued
from tests.ledger.office import (
    COMMUNES,
    KEY,
    NEXT,
    assert_chain_is_whole,
    assert_each_mail_once,
    at,
    day,
    dump,
    filled,
    forged,
    live,
    mails,
    outbox,
    steps,
    submit,
    sweep,
)


def test_a_second_sweep_changes_nothing(home):
    sweep("2019-10-16", "2019-11-20", "2019-12-02")
    before, kept = dump(home), sorted(mail["Message-ID"] for mail in mails(home))
    again = sweep("2019-12-02")
    assert (again.opened, again.queued, again.sent, again.written) == (0, 0, 0, 0)
    assert dump(home) == before
    assert sorted(mail["Message-ID"] for mail in mails(home)) == kept
    assert len(kept) == 2 * len(COMMUNES) + 1  # T-7 and T+1 each, and the công văn for the phòng


def test_swept_on_every_day_each_step_is_sent(home):
    sweep("2019-10-16", "2019-11-20", "2019-11-26", "2019-12-02")
    assert [steps(home, unit, "sent") for unit in COMMUNES] == [["T-7", "T-3", "T+1"]] * 3


def test_after_missed_days_only_the_latest_step_is_sent_and_the_others_say_why(home):
    sweep("2019-10-16", "2019-12-02")
    assert [steps(home, unit, "sent") for unit in COMMUNES] == [["T+1"]] * 3
    skipped = outbox(home, "step", "reason", unit="xa-mot", state="skipped")
    assert skipped == [("T-7", "overtaken by T+1"), ("T-3", "overtaken by T+1")]


def test_a_cycle_that_opened_and_closed_while_nobody_swept_is_still_opened_and_closed(home):
    sweep("2019-10-01", "2020-01-06")
    assert live(home).closed_at == at("2020-01-06")
    assert steps(home, "xa-mot", "sent") == []


def test_a_reminder_that_never_went_is_not_sent_as_a_reminder_after_the_deadline(home):
    sweep("2019-10-16", "2019-11-30")
    assert steps(home, "xa-mot", "sent") == []
    assert outbox(home, "step", "reason", unit="xa-mot", state="skipped")[-1] == (
        "T-3",
        "the deadline has passed",
    )


def test_a_unit_that_has_sent_gets_nothing_while_its_neighbour_is_reminded(home):
    sweep("2019-10-16")
    assert submit(home, "xa-mot", "2019-11-19").accepted
    sweep("2019-11-20", "2019-11-26", "2019-12-02")
    assert steps(home, "xa-mot", "queued", "sent", "skipped") == []
    assert steps(home, "xa-hai", "sent") == ["T-7", "T-3", "T+1"]
    told = [mail["Subject"] for mail in mails(home) if mail["To"] == "xa-mot@mau.example"]
    assert len(told) == 1  # its receipt


def by_submission(home):
    assert submit(home, "xa-mot", "2019-11-20T09:00").accepted


def by_extension(home):
    acts.extend(
        home, KEY, "xa-mot", day("2019-12-10"), "mưa lũ", as_of=at("2019-11-20T09:00"), actor="cán bộ"
    )


def by_exemption(home):
    acts.exempt(home, KEY, "xa-mot", "mới sáp nhập", as_of=at("2019-11-20T09:00"), actor="cán bộ")


@pytest.mark.parametrize("withdrawn", [by_submission, by_extension, by_exemption])
def test_a_queued_reminder_is_withdrawn(home, withdrawn):
    sweep("2019-10-16")
    assert remind(home, KEY, at("2019-11-20T08:30")) == 3
    withdrawn(home)
    sweep("2019-11-20T10:00")
    assert steps(home, "xa-mot", "withdrawn") == ["T-7"]
    assert steps(home, "xa-mot", "sent", "queued") == []
    assert steps(home, "xa-hai", "sent") == ["T-7"]


def test_a_unit_without_an_address_is_a_task_and_its_neighbours_are_reminded(home):
    with home.ledger.write() as session:
        session.connection().exec_driver_sql("UPDATE contact SET email = '' WHERE unit = 'xa-ba'")
        note_units_changed(session)
    sweep("2019-10-16", "2019-11-20")
    assert outbox(home, "recipient", "state", "reason", unit="xa-ba") == [
        (NO_ADDRESS, "skipped", "the unit has no working address")
    ]
    assert steps(home, "xa-mot", "sent") == ["T-7"]
    assert len(mails(home)) == 2


def test_the_overdue_mail_is_about_the_year_that_is_over(home):
    sweep("2019-10-16", "2019-12-02")
    told = [m for m in mails(home) if m["To"] == "xa-mot@mau.example"]
    text = told[0].get_body(("plain",)).get_content()
    assert "2019" in text
    assert "2020" not in text


def test_two_duties_of_one_unit_come_in_one_mail(home):
    sweep("2020-10-16")
    swept = sweep("2020-11-19")  # T-7 of both
    assert swept.queued == 4
    found = [mail for mail in mails(home) if mail["To"] == "xa-mot@mau.example"]
    assert len(found) == 1
    names = [part.get_filename() for part in found[0].iter_attachments()]
    assert [name.rpartition(".")[2] for name in names] == ["xlsx", "xlsx", "ics"]
    assert_each_mail_once(home)


def test_a_mail_that_was_written_but_not_recorded_stays_one_mail_when_another_duty_comes_up(
    home, monkeypatch
):
    sweep("2020-10-16")
    remind(home, NEXT, at("2020-11-19"))
    deliver = MaildirTransport.send

    def deliver_and_die(transport, mail):
        deliver(transport, mail)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(MaildirTransport, "send", deliver_and_die)
        with pytest.raises(KeyboardInterrupt):
            send_queued(home, at("2020-11-19"))
    assert len(mails(home)) == 1
    sweep("2020-11-19")  # decides O3 for xa-mot besides, which waits: xa-mot has had the mail of this day
    assert ("ke-hoach-mau/O3/2020", "queued") in outbox(
        home, "cycle", "state", recipient="xa-mot@mau.example"
    )
    sweep("2020-11-20")
    assert_each_mail_once(home)
    assert outbox(home, "cycle", "state", recipient="xa-mot@mau.example") == [
        (str(NEXT), "sent"),
        ("ke-hoach-mau/O3/2020", "sent"),
    ]


@pytest.mark.parametrize("data", [b"not a workbook", b""])
def test_a_strange_file_in_the_inbox_is_put_aside_and_stops_nobody(home, data):
    sweep("2019-10-16")
    home.inbox.mkdir()
    (home.inbox / "ảnh.xlsx").write_bytes(data)
    swept = sweep("2019-11-20")
    assert (swept.sent, swept.received) == (3, 0)
    assert [file.name for file in (home.inbox / "refused").iterdir()] == ["ảnh.xlsx"]


@pytest.mark.parametrize(
    "cycle", ["ke-hoach-khac/O1/2019", "ke-hoach-mau/O1/2099", "ke-hoach-mau/O4/2019", "?"]
)
def test_a_form_of_a_cycle_nobody_knows_is_put_aside_and_stops_nobody(home, cycle):
    sweep("2019-10-16")
    home.inbox.mkdir()
    (home.inbox / "a.xlsx").write_bytes(forged(filled(home, "xa-mot", "2019-11-19"), cycle=cycle))
    (home.inbox / "b.xlsx").write_bytes(filled(home, "xa-hai", "2019-11-19"))
    swept = sweep("2019-11-20")
    assert (swept.received, swept.sent) == (1, 3)  # two reminders and a receipt
    assert [file.name for file in (home.inbox / "refused").iterdir()] == ["a.xlsx"]


def test_files_in_the_inbox_are_taken_in_by_what_stands_in_them_and_the_unit_gets_its_receipt(home):
    sweep("2019-10-16")
    home.inbox.mkdir()
    (home.inbox / "bao cao.xlsx").write_bytes(filled(home, "xa-hai", "2019-11-19"))
    (home.inbox / "bao cao (1).xlsx").write_bytes(filled(home, "xa-ba", "2019-11-19", A_1="nhiều"))
    swept = sweep("2019-11-20")
    assert swept.received == 1
    assert live(home).standing("xa-hai").version == 1
    assert live(home).standing("xa-ba").version is None
    kinds = outbox(home, "unit", "kind", "state")
    assert ("xa-hai", "receipt", "sent") in kinds
    assert ("xa-ba", "refused", "sent") in kinds
    assert_chain_is_whole(home)


def test_a_report_that_comes_before_anyone_swept_opens_its_cycle(home):
    assert submit(home, "xa-mot", "2019-11-01").accepted
    sweep("2019-11-20")
    assert steps(home, "xa-hai", "sent") == ["T-7"]
    assert steps(home, "xa-mot", "sent") == []
