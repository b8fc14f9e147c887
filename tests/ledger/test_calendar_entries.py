"""The calendar entry in a mail: each unit's own last day, under an identity that stays when the day moves."""

from datetime import date, timedelta

import pytest
from icalendar import Calendar

from tasks.steps import acts
from tasks.steps.sending import send_queued
from tests.ledger.office import KEY, at, day, mails, submit, sweep

MOT = "xa-mot@mau.example"
UID = "ke-hoach-mau.O1.2019.xa-mot@dondoc"


def entries(home, *, to=MOT):
    """Of each mail to this address: its calendar entry as a calendar program reads it, None where it has none."""
    return [
        next((Calendar.from_ical(part.get_content()) for part in ics(mail)), None)
        for mail in sorted(mails(home), key=lambda mail: mail["Date"].datetime)
        if mail["To"] == to
    ]


def ics(mail):
    return [part for part in mail.iter_attachments() if part.get_content_type() == "text/calendar"]


def event(calendar):
    (found,) = calendar.walk("VEVENT")
    return found


def extended(home, to="2019-12-10", on="2019-11-21"):
    acts.extend(home, KEY, "xa-mot", day(to), "mưa lũ", as_of=at(on), actor="cán bộ")


def test_a_reminder_brings_the_last_working_day_with_an_alarm_before_it(home):
    sweep("2019-10-16", "2019-11-20")
    (calendar,) = entries(home)
    assert calendar["METHOD"] == "PUBLISH"
    found = event(calendar)
    assert (found["UID"], found["DTSTART"].dt, found["SEQUENCE"]) == (UID, date(2019, 11, 29), 0)
    (alarm,) = found.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-3)


def test_neighbours_have_events_of_their_own(home):
    sweep("2019-10-16", "2019-11-20")
    uids = {event(entries(home, to=f"{unit}@mau.example")[0])["UID"] for unit in ("xa-mot", "xa-hai")}
    assert len(uids) == 2


def test_an_overdue_mail_brings_no_entry(home):
    sweep("2019-10-16", "2019-11-20", "2019-12-02")
    reminder, overdue = entries(home)
    assert reminder is not None
    assert overdue is None


def test_the_mail_about_an_extension_moves_the_event_it_does_not_add_one(home):
    sweep("2019-10-16", "2019-11-20")
    extended(home)
    sweep("2019-11-21")
    before, after = (event(calendar) for calendar in entries(home))
    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["DTSTART"].dt == date(2019, 12, 10)


def test_after_an_extension_reminders_bring_the_units_own_day_and_do_not_move_it_back(home):
    sweep("2019-10-16")
    extended(home)
    sweep("2019-11-21", "2019-11-29")  # seven working days before the new day
    moved, reminded = (event(calendar) for calendar in entries(home))
    assert (reminded["DTSTART"].dt, reminded["SEQUENCE"]) == (moved["DTSTART"].dt, moved["SEQUENCE"])


def test_of_two_extensions_that_go_out_together_the_later_has_the_higher_number(home):
    sweep("2019-10-16")
    extended(home, "2019-12-10", "2019-11-21T09:00")
    extended(home, "2019-12-17", "2019-11-21T10:00")
    sweep("2019-11-21T16:00")
    found = {event(c)["DTSTART"].dt: int(event(c)["SEQUENCE"]) for c in entries(home)}
    assert found[date(2019, 12, 17)] == found[date(2019, 12, 10)] + 1


def test_the_mail_that_returns_a_report_and_the_reminders_after_it_bring_the_day_of_the_correction(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-10-18")
    acts.return_report(
        home, KEY, "xa-mot", "thiếu số", as_of=at("2019-10-21"), actor="cán bộ", until=day("2019-12-13")
    )
    sweep("2019-10-21", "2019-12-11")
    returned, reminded = (event(calendar) for calendar in entries(home) if calendar)
    for found in (returned, reminded):
        assert (found["UID"], found["DTSTART"].dt, found["SEQUENCE"]) == (UID, date(2019, 12, 13), 1)


@pytest.mark.parametrize("backend", ["sqlite"])
def test_two_duties_in_one_mail_are_two_events_in_one_entry(home):
    sweep("2020-10-16", "2020-11-19")
    (calendar,) = entries(home)
    assert [found["UID"] for found in calendar.walk("VEVENT")] == [
        "ke-hoach-mau.O1.2020.xa-mot@dondoc",
        "ke-hoach-mau.O3.2020.xa-mot@dondoc",
    ]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_the_same_mail_has_the_same_entry_byte_for_byte(home):
    sweep("2019-10-16", "2019-11-20")
    (first,) = [ics(mail)[0].get_content() for mail in mails(home) if mail["To"] == MOT]
    with home.ledger.write() as session:
        session.connection().exec_driver_sql("UPDATE message SET state = 'queued'")
    for file in (home.maildir / "new").iterdir():
        file.unlink()
    send_queued(home, at("2019-11-20"))
    (again,) = [ics(mail)[0].get_content() for mail in mails(home) if mail["To"] == MOT]
    assert again == first
    assert b"\r\n" in (first if isinstance(first, bytes) else first.encode())
