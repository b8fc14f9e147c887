"""One person, one mail a day: of several duties, plans and units, in working hours of working days."""

import pytest
import yaml

from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import save_units
from tasks.adapters.unit_files import read_units
from tasks.steps.acts import extend, return_report
from tasks.steps.rescheduling import reschedule
from tests.ledger.office import KEY, UNITS, at, day, mails, office_plan, outbox, submit, sweep

PHONG = "phong@mau.example"


def given(home, **changes):
    """The office under another plan besides: the same duties, other dates."""
    with home.ledger.write() as session:
        text = yaml.safe_dump(office_plan(**changes), allow_unicode=True, sort_keys=False)
        save_plan(session, text, "khac.yaml", at=at("2018-12-03"), actor="set-up")


def units_are(home, text):
    with home.ledger.write() as session:
        save_units(
            session, read_units(text, "mau.csv"), at=at("2018-12-03"), actor="set-up", source="mau.csv"
        )


def sent_on(home, on):
    return [mail for mail in mails(home) if mail["Date"].datetime.date() == day(on)]


def text_of(mail):
    return " ".join(mail.get_body(("plain",)).get_content().split())


def attached(mail):
    return sorted(part.get_filename() for part in mail.iter_attachments())


def test_duties_of_two_plans_go_to_one_person_as_one_mail_with_all_forms_and_one_calendar(home):
    given(home, code="ke-hoach-khac", title="phòng, chống đuối nước trẻ em", short="Kế hoạch khác")
    sweep("2019-10-16", "2019-11-20")
    found = [mail for mail in mails(home) if mail["To"] == "xa-mot@mau.example"]
    assert len(found) == 1
    assert "Nhắc gửi 02 báo cáo" in found[0]["Subject"]
    assert attached(found[0]) == [
        "han-bao-cao.ics",
        "ke-hoach-khac-O1-2019-xa-mot.xlsx",
        "ke-hoach-mau-O1-2019-xa-mot.xlsx",
    ]
    assert len(set(outbox(home, "message_id", recipient="xa-mot@mau.example"))) == 1


def test_what_is_late_and_what_is_to_come_are_parts_of_one_mail(home):
    """O1 of 2019 is chased on 02/12 (T+1), and the other plan reminds of 11/12 on that day (T-7)."""
    other = {**office_plan()["obligations"][0], "wording": "trước ngày 12/12", "due": {"before": "12/12"}}
    other.pop("feeds")
    given(
        home, code="ke-hoach-khac", title="phòng, chống đuối nước", short="Kế hoạch khác", obligations=[other]
    )
    sweep("2019-10-28", "2019-12-02")
    (mail,) = [mail for mail in sent_on(home, "2019-12-02") if mail["To"] == "xa-mot@mau.example"]
    assert mail["Subject"] == "Đề nghị gửi 01 báo cáo còn thiếu; nhắc gửi 01 báo cáo, hạn 11/12/2019"
    said = text_of(mail)
    assert said.index("I. BÁO CÁO CÒN THIẾU") < said.index("II. BÁO CÁO ĐẾN KỲ GỬI")
    assert said.count("Cách gửi:") == 1
    assert said.index("II. BÁO CÁO ĐẾN KỲ GỬI") < said.index("Cách gửi:")


def test_one_person_who_answers_for_two_units_has_one_mail_that_tells_them_apart(home):
    units_are(home, UNITS.replace("xa-hai@mau.example", "xa-mot@mau.example"))
    sweep("2019-10-16", "2019-11-20")
    assert sorted(mail["To"] for mail in mails(home)) == ["xa-ba@mau.example", "xa-mot@mau.example"]
    (mail,) = [mail for mail in mails(home) if mail["To"] == "xa-mot@mau.example"]
    assert "UBND XÃ MỘT" in text_of(mail)
    assert "UBND XÃ HAI" in text_of(mail)
    assert {name for name in attached(mail) if name.endswith("xlsx")} == {
        "ke-hoach-mau-O1-2019-xa-hai.xlsx",
        "ke-hoach-mau-O1-2019-xa-mot.xlsx",
    }


def test_the_office_gets_its_lists_letters_and_drafts_of_all_cycles_as_one_digest(home):
    given(home, code="ke-hoach-khac", title="phòng, chống đuối nước trẻ em", short="Kế hoạch khác")
    sweep("2019-10-16", "2019-12-02")
    (mail,) = [mail for mail in sent_on(home, "2019-12-02") if mail["To"] == PHONG]
    assert "06 báo cáo chưa nhận được" in mail["Subject"]
    assert text_of(mail).count("UBND xã Ba") == 2
    assert [name for name in attached(mail) if "cong-van" in name] == [
        "ke-hoach-khac-O1-2019-cong-van-T+1-v1.docx",
        "ke-hoach-mau-O1-2019-cong-van-T+1-v1.docx",
    ]


@pytest.mark.parametrize("backend", ["sqlite"])
def test_no_unit_is_cut_from_a_digest_of_a_thousand(home):
    header = UNITS.splitlines()[0]
    many = [  # without addresses: the forms of a thousand units take their time
        f"xa-{i:04},{1000 + i},xa,commune,Xã {i:04},UBND xã số {i:04},UBND,huyen-mau,2013-01-01,,,,,,,"
        for i in range(1000)
    ]
    units_are(home, "\n".join([header, *many, ""]))
    sweep("2019-10-16", "2019-12-02")
    (mail,) = [mail for mail in mails(home) if mail["To"] == PHONG]
    said = text_of(mail)
    assert [i for i in range(1000) if f"UBND xã số {i:04}" not in said] == []


def test_what_is_decided_after_the_mail_of_the_day_waits_for_the_next_working_day(home):
    sweep("2019-10-16", "2019-12-13T08:00")  # Friday: the phòng gets its list
    assert outbox(home, "state", kind="missing-list")[-1:] == [("sent",)]
    for unit in ("xa-mot", "xa-hai", "xa-ba"):
        submit(home, unit, "2019-12-13T09:00")
    sweep("2019-12-13T10:00")  # the report is written now
    assert outbox(home, "state", kind="receipt") == [("sent",)] * 3
    assert outbox(home, "state", kind="report-ready") == [("queued",)]
    sweep("2019-12-16")
    assert outbox(home, "state", kind="report-ready") == [("sent",)]


def test_a_second_mail_goes_on_the_same_day_when_the_deadline_leaves_no_other(home):
    """xa-mot is reminded of one plan on 29/11, the last day of another that is loaded in the course of that day."""
    late = {**office_plan()["obligations"][0], "reminders": [{"step": "T-5"}]}
    late.pop("feeds")
    other = {**late, "wording": "trước ngày 07/12", "due": {"before": "07/12"}}
    given(
        home, code="ke-hoach-khac", title="phòng, chống đuối nước", short="Kế hoạch khác", obligations=[other]
    )
    submit(home, "xa-hai", "2019-11-01")
    sweep("2019-11-29T08:00")
    assert outbox(home, "state", cycle="ke-hoach-khac/O1/2019", unit="xa-mot", kind="reminder") == [("sent",)]
    given(home, code="ke-hoach-ba", title="tháng hành động", short="Kế hoạch ba", obligations=[late])
    sweep("2019-11-29T10:00")
    assert outbox(home, "state", cycle="ke-hoach-ba/O1/2019", unit="xa-mot") == [("sent",)]


@pytest.mark.parametrize(
    ("when", "goes"),
    [
        ("2019-11-20T08:00", True),
        ("2019-11-20T06:00", False),
        ("2019-11-20T19:00", False),
        ("2019-11-23T10:00", False),
    ],
)
def test_a_reminder_goes_in_working_hours_of_a_working_day_only(home, when, goes):
    sweep("2019-10-16", when)
    assert bool(mails(home)) is goes
    sweep("2019-11-25")
    assert {state for (state,) in outbox(home, "state", step="T-7")} == {"sent"}


def test_a_receipt_answers_at_once_also_at_night_and_on_sundays(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-24T22:30")
    sweep("2019-11-24T22:31")
    assert outbox(home, "kind", "state", unit="xa-mot") == [("receipt", "sent")]


def test_what_a_coordinator_decides_on_a_sunday_is_told_on_monday(home):
    sweep("2019-10-16")
    extend(home, KEY, "xa-mot", day("2019-12-10"), "mưa lũ", as_of=at("2019-11-24"), actor="cán bộ")
    sweep("2019-11-24")
    assert outbox(home, "state", kind="extended") == [("queued",)]
    sweep("2019-11-25")
    assert outbox(home, "state", kind="extended") == [("sent",)]


def test_a_return_goes_on_a_sunday_when_the_correction_is_due_that_day(home):
    submit(home, "xa-mot", "2019-11-22")
    sweep("2019-11-22")
    return_report(
        home, KEY, "xa-mot", "thiếu số liệu", as_of=at("2019-11-24"), actor="cán bộ", until=day("2019-11-24")
    )
    sweep("2019-11-24T08:30")
    assert outbox(home, "state", kind="returned") == [("sent",)]


def test_a_reminder_that_waits_for_monday_is_withdrawn_by_a_report_on_sunday(home):
    sweep("2019-10-16", "2019-11-23")  # T-7 was missed, and is decided on a Saturday
    submit(home, "xa-mot", "2019-11-24")
    sweep("2019-11-25")
    assert outbox(home, "state", "reason", unit="xa-mot", kind="reminder") == [
        ("withdrawn", "version 1 received")
    ]
    assert outbox(home, "state", unit="xa-hai", kind="reminder") == [("sent",)]


def test_a_list_that_waits_is_taken_back_when_the_last_report_comes(home):
    sweep("2019-10-16", "2019-12-07")  # Saturday: the list of T+5, and a công văn
    for unit in ("xa-mot", "xa-hai", "xa-ba"):
        submit(home, unit, "2019-12-08")
    sweep("2019-12-09")
    assert {(kind, state) for kind, state in outbox(home, "kind", "state", recipient=PHONG)} == {
        ("missing-list", "withdrawn"),
        ("letter-ready", "withdrawn"),
        ("report-ready", "sent"),
    }


def test_a_mail_of_things_decided_on_different_days_bears_the_day_of_the_last(home):
    """The new day of the evening before goes with the other plan's reminder, which counts the days from today."""
    given(home, code="ke-hoach-khac", title="phòng, chống đuối nước trẻ em", short="Kế hoạch khác")
    sweep("2019-10-16", "2019-11-20")
    when = at("2019-11-25T19:00")
    reschedule(home, KEY, day("2019-12-12"), "mưa lũ", "Công văn số 4/SYT", as_of=when, actor="cán bộ")
    sweep("2019-11-26")
    (mail,) = [mail for mail in sent_on(home, "2019-11-26") if mail["To"] == "xa-mot@mau.example"]
    assert mail["Subject"].startswith("Điều chỉnh thời hạn 01 báo cáo; nhắc gửi 01 báo cáo")
    assert "tính đến 26/11/2019" in text_of(mail)
