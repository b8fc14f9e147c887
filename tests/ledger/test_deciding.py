"""What a coordinator decides takes effect at once, everywhere: deadline, reminders, verdict, totals."""

import pytest
import yaml

from models.deadlines import SetDue
from tasks.adapters.ledger.plans import save_plan
from tasks.steps import acts, dating
from tasks.steps.board import status
from tasks.steps.totals.totalling import totals_json, totals_of
from tests.ledger.office import (
    COMMUNES,
    KEY,
    UNDATED,
    assert_chain_is_whole,
    at,
    day,
    dump,
    live,
    mails,
    office_plan,
    outbox,
    steps,
    submit,
    sweep,
)

RETURNED = ("T-2", "T+1", "T+3", "T+5")
"""The ladder of a report that was returned."""


@pytest.fixture
def opened(home):
    sweep("2019-10-16")
    return home


def extend(home, unit, to, when="2019-11-19"):
    return acts.extend(home, KEY, unit, day(to), "mưa lũ", as_of=at(when), actor="cán bộ")


def give_back(home, unit, when, until=None):
    until = day(until) if until else None
    return acts.return_report(home, KEY, unit, "thiếu phụ lục", as_of=at(when), actor="cán bộ", until=until)


def state(home, unit, when):
    return next(row["state"] for row in status(home, KEY, at(when))["units"] if row["unit"] == unit)


def value(home, code):
    found = totals_json(totals_of(home, KEY))
    return next(row["value"] for row in found["indicators"] if row["code"] == code)


def test_a_returned_report_leaves_the_totals_is_due_again_on_its_own_day_and_keeps_its_first_time(opened):
    for unit in COMMUNES:
        submit(opened, unit, "2019-11-19")
    assert value(opened, "A.1") == 300
    assert give_back(opened, "xa-mot", "2019-11-25") == day("2019-12-02")  # five working days on
    assert value(opened, "A.1") == 200
    found = status(opened, KEY, at("2019-11-25"))
    assert (found["expected"], found["received"], found["missing"]) == (3, 2, 1)
    assert state(opened, "xa-mot", "2019-11-25") == "returned"
    submit(opened, "xa-mot", "2019-12-01", A_1=150)
    assert value(opened, "A.1") == 350
    standing = live(opened).standing("xa-mot")
    assert (standing.version, standing.first_submitted_at) == (2, at("2019-11-19"))
    assert state(opened, "xa-mot", "2019-12-03") == "submitted_on_time"


@pytest.mark.parametrize(
    ("when", "awaited"),
    [
        ("2019-11-20", "2019-11-29"),  # the unit's last day; five working days on would be the 27th
        ("2019-11-22", "2019-11-29"),  # both are the same day
        ("2019-11-25", "2019-12-02"),
    ],
)
def test_a_return_takes_no_day_from_a_unit_that_was_early(opened, when, awaited):
    submit(opened, "xa-mot", "2019-11-19")
    assert give_back(opened, "xa-mot", when) == day(awaited)


def test_a_report_of_a_unit_with_an_extension_is_awaited_until_the_day_it_was_given(opened):
    extend(opened, "xa-mot", "2019-12-10")
    submit(opened, "xa-mot", "2019-11-25")
    assert give_back(opened, "xa-mot", "2019-11-25T09:00") == day("2019-12-10")


def test_an_earlier_day_the_coordinator_gives_for_a_correction_stands(opened):
    submit(opened, "xa-mot", "2019-11-19")
    assert give_back(opened, "xa-mot", "2019-11-20", "2019-11-20") == day("2019-11-20")


def test_mail_board_and_reminders_say_the_day_until_which_a_correction_is_awaited(opened):
    submit(opened, "xa-mot", "2019-11-19")
    give_back(opened, "xa-mot", "2019-11-20")
    sweep("2019-11-20T09:00", "2019-11-27", "2019-12-02")
    (told,) = [mail for mail in mails(opened) if "Đề nghị chỉnh lý" in mail["Subject"]]
    assert "chậm nhất 29/11/2019" in told["Subject"]
    assert "Gửi lại chậm nhất: thứ Sáu, ngày 29/11/2019" in told.get_body(("plain",)).get_content()
    (unit,) = [u for u in status(opened, KEY, at("2019-11-20"))["units"] if u["unit"] == "xa-mot"]
    assert (unit["state"], unit["own_last_day"]) == ("returned", "2019-11-29")
    assert steps(opened, "xa-mot", "sent") == ["T-2@2019-11-29", "T+1@2019-11-29"]


def test_a_returned_report_is_chased_up_to_its_own_day_and_its_neighbours_are_not(opened):
    for unit in COMMUNES:
        submit(opened, unit, "2019-11-04")
    give_back(opened, "xa-mot", "2019-11-19", "2019-12-10")
    sweep(
        "2019-11-19T09:00", "2019-11-29", "2019-12-05", "2019-12-06", "2019-12-11", "2019-12-13", "2019-12-17"
    )
    assert steps(opened, "xa-mot", "sent") == [f"{step}@2019-12-10" for step in RETURNED]
    assert steps(opened, "xa-hai", "sent", "skipped") == []
    assert [unit for (unit,) in outbox(opened, "unit", kind="returned", state="sent")] == ["xa-mot"]


def test_a_report_returned_after_closing_is_chased_too(opened):
    for unit in COMMUNES:
        submit(opened, unit, "2019-11-19")
    sweep("2019-12-16")
    assert live(opened).closed_at
    give_back(opened, "xa-mot", "2019-12-17", "2019-12-27")
    sweep("2019-12-18", "2019-12-25", "2019-12-30", "2020-01-02", "2020-01-06", "2020-01-13")
    assert steps(opened, "xa-mot", "sent") == [f"{step}@2019-12-27" for step in RETURNED]
    assert steps(opened, "xa-mot", "skipped") == []
    assert steps(opened, "xa-hai", "sent", "skipped") == []


def test_the_last_step_of_a_correction_that_was_missed_is_made_up_for_after_closing(opened):
    for unit in COMMUNES:
        submit(opened, unit, "2019-11-19")
    sweep("2019-12-16")
    give_back(opened, "xa-mot", "2019-12-17", "2019-12-27")
    sweep("2020-01-22")
    assert steps(opened, "xa-mot", "sent") == ["T+5@2019-12-27"]
    assert steps(opened, "xa-mot", "skipped") == [f"{step}@2019-12-27" for step in RETURNED[:-1]]


def test_a_plan_may_give_returned_reports_another_ladder(home):
    data = office_plan()
    data["obligations"][0]["returned"] = [{"step": "T-1"}, {"step": "T+4"}]
    with home.ledger.write() as session:
        text = yaml.safe_dump(data, allow_unicode=True)
        save_plan(session, text, "ke-hoach-mau.yaml", at=at("2019-01-02"), actor="cán bộ")
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-04")
    give_back(home, "xa-mot", "2019-11-19", "2019-12-10")
    sweep("2019-12-06", "2019-12-09", "2019-12-11", "2019-12-16")
    assert steps(home, "xa-mot", "sent") == ["T-1@2019-12-10", "T+4@2019-12-10"]


def test_a_report_is_returned_once_and_only_where_there_is_one(opened):
    with pytest.raises(acts.RefusedActError, match="no accepted report"):
        give_back(opened, "xa-mot", "2019-11-25")
    submit(opened, "xa-mot", "2019-11-19")
    give_back(opened, "xa-mot", "2019-11-25")
    before = dump(opened)
    with pytest.raises(acts.RefusedActError, match="no accepted report"):
        give_back(opened, "xa-mot", "2019-11-26")
    assert dump(opened) == before


def test_an_extension_moves_the_deadline_the_reminders_and_the_verdict_together(opened):
    assert extend(opened, "xa-mot", "2019-12-10") == at("2019-12-10T23:59:59")
    sweep("2019-11-20", "2019-11-26", "2019-11-29", "2019-12-02", "2019-12-05")
    assert steps(opened, "xa-mot", "sent") == ["T-7@2019-12-10", "T-3@2019-12-10"]
    assert steps(opened, "xa-hai", "sent") == ["T-7", "T-3", "T+1"]
    assert (state(opened, "xa-mot", "2019-12-06"), state(opened, "xa-hai", "2019-12-06")) == (
        "not_due",
        "late",
    )
    for unit in ("xa-mot", "xa-hai"):
        submit(opened, unit, "2019-12-10T22:00")
    assert state(opened, "xa-mot", "2019-12-11") == "submitted_on_time"
    assert state(opened, "xa-hai", "2019-12-11") == "submitted_late"


def test_an_extension_beyond_closing_is_chased_to_its_end(opened):
    extend(opened, "xa-mot", "2020-01-10")
    sweep("2019-11-20", "2019-12-16", "2019-12-31", "2020-01-07", "2020-01-13")
    assert live(opened).closed_at == at("2019-12-16")
    assert steps(opened, "xa-mot", "sent") == ["T-7@2020-01-10", "T-3@2020-01-10", "T+1@2020-01-10"]


def test_a_second_extension_starts_its_own_ladder(opened):
    extend(opened, "xa-mot", "2019-12-10")
    sweep("2019-11-29")
    extend(opened, "xa-mot", "2019-12-20", "2019-12-02")
    sweep("2019-12-02", "2019-12-05", "2019-12-11")
    assert steps(opened, "xa-mot", "sent") == ["T-7@2019-12-10", "T-7@2019-12-20"]


def test_an_extended_unit_is_not_in_the_letter_nor_on_the_list_while_its_time_runs(opened):
    extend(opened, "xa-mot", "2020-01-10")
    for unit in ("xa-hai", "xa-ba"):
        submit(opened, unit, "2019-11-19")
    sweep("2019-12-02", "2019-12-06", "2019-12-10")
    assert outbox(opened, "kind", unit="phong-mau") == []
    assert dump(opened)["document"] == []


def test_an_extension_to_a_day_it_has_anyway_is_refused(opened):
    before = dump(opened)
    with pytest.raises(acts.RefusedActError, match="not after 2019-11-29"):
        extend(opened, "xa-mot", "2019-11-29")
    assert dump(opened) == before
    extend(opened, "xa-mot", "2019-11-30")


def test_an_exempt_unit_leaves_n_and_is_left_in_peace(opened):
    acts.exempt(opened, KEY, "xa-ba", "mới sáp nhập", as_of=at("2019-11-19"), actor="cán bộ")
    for unit in ("xa-mot", "xa-hai"):
        submit(opened, unit, "2019-11-19")
    found = status(opened, KEY, at("2019-12-02"))
    assert (found["expected"], found["received"], found["missing"]) == (2, 2, 0)
    totals = totals_json(totals_of(opened, KEY))
    assert (totals["expected"], totals["received"], totals["missing"]) == (2, 2, [])
    assert {row["asked"] for row in totals["indicators"] if row["code"] == "A.1"} == {2}
    sweep("2019-11-20", "2019-12-02")
    assert outbox(opened, "kind", unit="xa-ba") == []
    assert state(opened, "xa-ba", "2019-12-02") == "exempt"


def test_a_reported_unit_that_is_exempted_leaves_the_totals(opened):
    for unit in COMMUNES:
        submit(opened, unit, "2019-11-19")
    acts.exempt(opened, KEY, "xa-ba", "trùng", as_of=at("2019-11-20"), actor="cán bộ")
    assert value(opened, "A.1") == 200
    found = status(opened, KEY, at("2019-12-02"))
    assert (found["expected"], found["received"]) == (2, 2)


@pytest.mark.parametrize("unit", ["phong-mau", "xa-khong-co"])
def test_nothing_is_decided_about_a_unit_that_does_not_owe(opened, unit):
    before = dump(opened)
    for act in (
        lambda: extend(opened, unit, "2019-12-10"),
        lambda: give_back(opened, unit, "2019-11-25"),
        lambda: acts.exempt(opened, KEY, unit, "?", as_of=at("2019-11-19"), actor="cán bộ"),
    ):
        with pytest.raises(KeyError, match="does not owe"):
            act()
    assert dump(opened) == before


@pytest.mark.parametrize("until", ["2019-11-18", "9999-12-31"])
def test_a_correction_is_awaited_on_a_day_to_come(opened, until):
    submit(opened, "xa-mot", "2019-11-18")
    before = dump(opened)
    with pytest.raises(acts.RefusedActError, match="has passed already or is too far"):
        acts.return_report(
            opened, KEY, "xa-mot", "?", as_of=at("2019-11-19"), actor="cán bộ", until=day(until)
        )
    assert dump(opened) == before


def test_what_has_been_reported_is_not_extended_and_an_extension_of_a_returned_report_holds_for_it(opened):
    submit(opened, "xa-mot", "2019-11-19")
    with pytest.raises(acts.RefusedActError, match="has reported: there is nothing to extend"):
        extend(opened, "xa-mot", "2019-12-10")
    give_back(opened, "xa-mot", "2019-11-20")
    extend(opened, "xa-mot", "2019-12-10")
    assert live(opened).standing("xa-mot").own_last_day == day("2019-12-10")


def test_a_correction_is_never_asked_for_earlier_by_an_extension(opened):
    submit(opened, "xa-mot", "2019-11-19")
    give_back(opened, "xa-mot", "2019-11-20", until="2019-12-12")
    with pytest.raises(
        acts.RefusedActError, match="2019-12-10 is before 2019-12-12, until which its correction"
    ):
        extend(opened, "xa-mot", "2019-12-10")
    assert live(opened).standing("xa-mot").own_last_day == day("2019-12-12")
    extend(opened, "xa-mot", "2019-12-13")
    assert live(opened).standing("xa-mot").own_last_day == day("2019-12-13")


def test_a_duty_without_a_date_mails_nobody_until_the_coordinator_sets_one(home):
    sweep("2019-06-03", "2019-12-01")
    assert outbox(home, "kind", cycle=str(UNDATED)) == []
    due = SetDue(day("2019-12-20"), inclusive=False, document="Công văn số 01/LĐTBXH")
    dating.set_due(home, UNDATED, due, as_of=at("2019-12-01"), actor="cán bộ")
    sweep("2019-12-02", "2019-12-10")  # T-7 of 19/12
    assert {step for (step,) in outbox(home, "step", cycle=str(UNDATED), state="sent")} == {"T-14", "T-7"}
    assert live(home, UNDATED).planned.deadline.last_day == day("2019-12-19")


def test_a_date_the_plan_gives_is_not_set_by_hand(home):
    due = SetDue(day("2019-12-20"), inclusive=False, document="?")
    with pytest.raises(acts.RefusedActError, match="from the plan: trước ngày 30/11"):
        dating.set_due(home, KEY, due, as_of=at("2019-11-01"), actor="cán bộ")


def test_a_date_set_by_hand_can_be_corrected_until_the_cycle_opens_and_not_behind_its_back(home):
    for wrong in ("2019-12-20", "2019-12-27"):
        due = SetDue(day(wrong), inclusive=True, document="?")
        dating.set_due(home, UNDATED, due, as_of=at("2019-10-01"), actor="cán bộ")
    sweep("2019-12-01")
    assert live(home, UNDATED).planned.deadline.day_x == day("2019-12-27")
    with pytest.raises(acts.RefusedActError, match="has opened"):
        dating.set_due(home, UNDATED, due, as_of=at("2019-12-02"), actor="cán bộ")


def test_every_decision_stands_in_the_chain_with_who_and_why(opened):
    extend(opened, "xa-mot", "2019-12-10")
    submit(opened, "xa-hai", "2019-11-19")
    give_back(opened, "xa-hai", "2019-11-20")
    acts.exempt(opened, KEY, "xa-ba", "mới sáp nhập", as_of=at("2019-11-20"), actor="cán bộ")
    told = [(row[2], row[4], row[5]) for row in dump(opened)["event"] if row[5] == "cán bộ"]
    assert told == [
        ("deadline extended", "xa-mot", "cán bộ"),
        ("report returned", "xa-hai", "cán bộ"),
        ("unit exempted", "xa-ba", "cán bộ"),
    ]
    reasons = "".join(row[6] for row in dump(opened)["event"])
    assert all(reason in reasons for reason in ("mưa lũ", "thiếu phụ lục", "mới sáp nhập"))
    assert_chain_is_whole(opened)
    assert len(mails(opened)) == 0
    sweep("2019-11-20")
    assert {unit for (unit,) in outbox(opened, "unit", kind="extended", state="sent")} == {"xa-mot"}
