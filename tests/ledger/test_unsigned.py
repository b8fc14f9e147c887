"""A draft that nobody has recorded as issued is asked about on a ladder of its own, by the office whose it is, until it
is issued or a newer one takes its place.
"""

import sqlalchemy as sa
import yaml
from sqlalchemy import event

from flows.rehearse import preview_day, simulate_days
from tasks.adapters.ledger.plans import save_plan
from tasks.steps.selecting import cycles_with_work
from tests.ledger.office import (
    COMMUNES,
    KEY,
    assert_each_mail_once,
    at,
    day,
    live,
    mails,
    office_plan,
    outbox,
    submit,
    sweep,
)
from tests.ledger.papers import asked, drafted, issue, papers, texts

STEPS = ["bao-cao-v1/T+2", "bao-cao-v1/T+5", "bao-cao-v1/T+10"]
DAYS = ("2019-12-17", "2019-12-18", "2019-12-19", "2019-12-23", "2019-12-24", "2019-12-30", "2020-01-06")


def test_an_idle_report_is_asked_about_at_each_step_and_then_no_more(home):
    drafted(home)
    sweep(*DAYS, "2020-03-02", "2021-03-01")
    assert asked(home) == STEPS
    days = [str(on) for (on,) in outbox(home, "planned_on", kind="unsigned", cycle=str(KEY))]
    assert days == ["2019-12-18", "2019-12-23", "2019-12-30"]
    assert {mail["To"] for mail in texts(home, "Chưa ghi nhận ban hành")} == {"phong@mau.example"}
    assert_each_mail_once(home)


def test_the_mail_brings_the_draft_and_says_how_long_it_has_waited_and_what_to_do(home):
    drafted(home)
    sweep("2019-12-23")
    (mail,) = [m for m in texts(home, "Chưa ghi nhận ban hành") if "Báo cáo," in m["Subject"]]
    text = mail.get_body(("plain",)).get_content()
    assert "Ngày lập: thứ Hai, ngày 16/12/2019" in text
    assert "Đến nay: 05 ngày làm việc" in text
    assert f"dondoc issue {KEY} --number SỐ --date NGÀY" in " ".join(text.split())
    assert [part.get_filename() for part in mail.iter_attachments()] == [
        "ke-hoach-mau-O1-2019-bao-cao-v1.docx"
    ]


def test_a_missed_step_is_recorded_as_overtaken_by_the_one_that_is_sent(home):
    drafted(home)
    sweep("2020-01-06")
    assert asked(home) == STEPS[-1:]
    rows = outbox(home, "step", "reason", kind="unsigned", state="skipped")
    assert rows == [(step, "overtaken by T+10") for step in STEPS[:-1]]


def test_of_steps_that_waited_only_the_latest_goes(home):
    drafted(home)
    sweep("2019-12-18T19:00")  # after working hours, and nobody sweeps until the next step has come
    sweep("2019-12-23")
    assert asked(home) == STEPS[1:2]
    assert outbox(home, "step", "reason", kind="unsigned", state="skipped") == [
        (STEPS[0], "overtaken by T+5")
    ]


def test_a_report_that_is_issued_is_not_asked_about_any_more(home):
    drafted(home)
    sweep(*DAYS[:2])
    issue(home)
    sweep(*DAYS[2:])
    assert asked(home, "sent", "queued", "skipped", "withdrawn") == STEPS[:1]


def test_a_newer_version_is_asked_about_in_the_place_of_the_one_before(home):
    drafted(home)
    sweep(*DAYS[:2])
    submit(home, "xa-ba", "2019-12-19T09:00")
    sweep("2019-12-19T16:00", "2019-12-23", "2019-12-26", "2020-01-03")
    assert asked(home) == [STEPS[0], "bao-cao-v2/T+2", "bao-cao-v2/T+5", "bao-cao-v2/T+10"]


def test_what_was_asked_this_morning_does_not_go_when_a_newer_version_is_written_meanwhile(home):
    drafted(home)
    submit(home, "xa-ba", "2019-12-18T06:00")
    sweep("2019-12-18")
    assert asked(home, "sent") == []
    assert asked(home, "withdrawn") == STEPS[:1]


def test_an_idle_cong_van_is_asked_about_while_somebody_is_late_and_the_cycle_open(home):
    drafted(home)
    assert asked(home, about="cong-van") == []  # nobody swept between the draft and closing
    sweep("2020-01-06")
    assert asked(home, "sent", "skipped", about="cong-van") == []


def test_a_cong_van_has_a_shorter_ladder(home):
    sweep("2019-10-16", "2019-12-02", "2019-12-03", "2019-12-04", "2019-12-05", "2019-12-10", "2019-12-13")
    assert asked(home, about="cong-van") == ["cong-van-T+1-v1/T+1", "cong-van-T+1-v1/T+3"]


def test_a_cong_van_to_nobody_is_not_asked_about(home):
    sweep("2019-10-16", "2019-12-02")
    for unit in COMMUNES:
        submit(home, unit, "2019-12-02T15:00")
    sweep("2019-12-03", "2019-12-05")
    assert asked(home, "sent", "skipped", "withdrawn", about="cong-van") == []


def test_a_plan_may_say_other_steps(home):
    text = yaml.safe_dump(office_plan(signing={"report": ["T+1"], "letter": []}), allow_unicode=True)
    with home.ledger.write() as session:
        save_plan(session, text, "ke-hoach-mau.yaml", at=at("2019-01-02"), actor="cán bộ")
    drafted(home)
    sweep("2019-12-03", *DAYS)
    assert asked(home, "sent", "skipped", about="") == ["bao-cao-v1/T+1"]


def test_a_draft_older_than_the_record_of_issues_is_not_asked_about(home):
    drafted(home)
    with home.ledger.write() as session:
        session.execute(sa.text("INSERT INTO mark VALUES ('drafts before issuing', '99')"))
    sweep(*DAYS)
    assert asked(home, "sent", "skipped") == []


def test_a_closed_cycle_has_work_on_the_days_of_its_ladder_and_is_at_rest_after(home):
    drafted(home)
    assert live(home).closed_at
    found = {}
    for text in ("2019-12-17", "2019-12-18", "2019-12-23", "2019-12-30", "2019-12-31"):
        found[text] = KEY in cycles_with_work(home, at(text))
        sweep(text)
    assert found == {
        "2019-12-17": False,
        "2019-12-18": True,
        "2019-12-23": True,
        "2019-12-30": True,
        "2019-12-31": False,
    }
    sweep("2020-01-16", "2020-02-17")  # the report it feeds has come to its end too
    assert loaded_by(home, "2020-03-02") == 0


def loaded_by(home, text):
    """How often assignments are read by the second of two looks at what has work: none of what is at rest."""
    cycles_with_work(home, at(text))
    seen = []

    def note(_connection, _cursor, statement, parameters, _context, _many):
        if "FROM assignment" in statement and parameters:
            seen.append(parameters)

    event.listen(home.ledger.engine, "before_cursor_execute", note)
    try:
        cycles_with_work(home, at(text))
    finally:
        event.remove(home.ledger.engine, "before_cursor_execute", note)
    ours = live(home).id
    return sum(ours in (each.values() if isinstance(each, dict) else each) for each in seen)


def test_a_preview_shows_what_the_day_brings_and_leaves_no_trace(home):
    drafted(home)
    shown = [m for m in preview_day(day("2019-12-18")) if m["kind"] == "unsigned"]
    assert [(m["to"], m["step"]) for m in shown] == [("phong@mau.example", STEPS[0])]
    assert asked(home, "sent", "queued") == []
    sweep("2019-12-18")
    assert asked(home) == STEPS[:1]
    assert len(texts(home, "Chưa ghi nhận ban hành")) == 1


def test_a_simulation_of_years_ends_with_the_last_step_of_each_draft(home):
    drafted(home)
    told = simulate_days(day("2019-12-17"), day("2020-01-31"), lambda _day, _of: None)
    assert told["total"]["sent"] >= len(STEPS)
    assert papers(home) == [(1, "draft", "", None)]
    assert len(mails(home)) == len({mail["Message-ID"] for mail in mails(home)})
