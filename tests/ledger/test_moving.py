"""A plan or a holiday changed in the middle of a season: nothing is sent twice, nothing is lost, what has opened stays."""

import shutil

import pytest
import yaml

from models.plan_text import parse_plan
from tasks.adapters.home import open_home
from tasks.adapters.ledger.cycles import opened_keys
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.settings import Settings
from tasks.steps import acts
from tasks.steps.board import status
from tasks.steps.holidays import changed_by_hand, load_years, loaded_years, moved_by_years, read_year_files
from tasks.steps.loading import MovedMeanwhileError, PlanFile, load_plans, plan_change
from tasks.steps.opening import find_planned
from tasks.steps.stops import stops
from tests.ledger.office import (
    COMMUNES,
    KEY,
    NEXT,
    assert_chain_is_whole,
    assert_each_mail_once,
    at,
    day,
    dump,
    events,
    filled,
    hand_in,
    live,
    mails,
    office_plan,
    outbox,
    steps,
    submit,
    sweep,
)

NEW_O1 = {
    "due": {"before": "15/12"},
    "wording": "trước ngày 15/12 hàng năm",
    "owed_by": {"units": ["xa-mot", "phong-mau"]},
    "reminders": [{"step": "T-5"}, {"step": "T+2", "letter": 1}],
}


def a_file(**o1):
    """The office's plan with other words in O1."""
    data = office_plan()
    data["obligations"][0] |= o1
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    return PlanFile("moi.yaml", text, parse_plan(text, "moi.yaml"))


def load(home, when, **o1):
    file = a_file(**o1)
    change = plan_change(home, [file], at(when))
    load_plans(home, [file], change, at(when), "cán bộ")
    return {str(move.key): move for move in change.moves}


@pytest.fixture
def begun(home):
    """Opened, reminded once, one report in."""
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    sweep("2019-11-20")
    assert steps(home, "xa-hai", "sent") == ["T-7"]
    return home


def test_a_changed_plan_leaves_an_opened_cycle_as_it_was_and_holds_for_the_next_period(begun):
    before, sent = live(begun), len(mails(begun))
    found = load(begun, "2019-11-21", **NEW_O1)
    assert (found[str(KEY)].state, found[str(NEXT)].state) == ("kept", "moves")
    assert live(begun) == before
    sweep("2019-11-21", "2019-11-26", "2019-12-02")
    assert (
        len(mails(begun)) == sent + 2 + 2 + 1
    )  # T-3 and T+1 to those who are missing, the công văn to the phòng
    assert [steps(begun, unit, "sent") for unit in ("xa-hai", "xa-ba")] == [["T-7", "T-3", "T+1"]] * 2
    assert steps(begun, "xa-mot", "sent", "queued", "skipped") == []
    assert {"phong-mau"} & {unit for (unit,) in outbox(begun, "unit", kind="overdue")} == set()
    assert status(begun, KEY, at("2019-12-02"))["received"] == 1
    assert_each_mail_once(begun)
    assert_chain_is_whole(begun)
    sweep("2019-12-16", "2020-10-31")
    following = live(begun, NEXT)
    assert [s.unit for s in following.standings] == ["xa-mot", "phong-mau"]
    assert following.planned.deadline.last_day == day("2020-12-14")
    assert [rung.step.step for rung in following.planned.rungs] == ["T-5", "T+2"]


def test_a_form_that_went_out_before_its_plan_changed_is_still_taken_in_and_counted(begun):
    form = filled(begun, "xa-hai", "2019-11-20")
    load(begun, "2019-11-21", **NEW_O1, form={"indicators": ["A.1", "A.2"], "nil": False})
    assert hand_in(begun, "xa-hai", form, "2019-11-29T20:00").accepted
    found = status(begun, KEY, at("2019-12-02"))
    assert (found["expected"], found["received"], found["on_time"]) == (3, 2, 2)


def test_an_opened_cycle_goes_on_when_its_plan_drops_the_duty(begun):
    data = office_plan()
    data["obligations"] = [o for o in data["obligations"] if o["code"] in {"O3", "O4"}]
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    file = PlanFile("moi.yaml", text, parse_plan(text, "moi.yaml"))
    change = plan_change(begun, [file], at("2019-11-21"))
    states = {str(move.key): move.state for move in change.moves}
    assert (states[str(KEY)], states[str(NEXT)]) == ("kept", "vanishes")
    load_plans(begun, [file], change, at("2019-11-21"), "cán bộ")
    assert day("2019-11-26") in stops(begun, day("2019-11-21"), day("2019-12-31"))
    sweep("2019-11-26", "2019-12-02", "2020-10-31")
    assert steps(begun, "xa-hai", "sent") == ["T-7", "T-3", "T+1"]
    with begun.ledger.read() as session:
        assert NEXT not in opened_keys(session)


def test_a_plan_is_not_loaded_when_something_else_than_was_shown_would_move(begun):
    file, when = a_file(**NEW_O1), at("2019-11-21")
    shown = plan_change(begun, [file], when)
    load(begun, "2019-11-21", reminders=[{"step": "T-1"}])
    before = dump(begun)
    with pytest.raises(MovedMeanwhileError, match="nothing was applied"):
        load_plans(begun, [file], shown, when, "cán bộ")
    assert dump(begun) == before


def test_two_texts_of_one_plan_are_refused_and_the_same_text_twice_is_one(begun):
    when = at("2019-11-21")
    assert plan_change(begun, [a_file(**NEW_O1), a_file(**NEW_O1)], when).changed == ("ke-hoach-mau",)
    with pytest.raises(ValueError, match="different text of ke-hoach-mau"):
        plan_change(begun, [a_file(**NEW_O1), a_file()], when)


def test_what_is_loaded_already_changes_nothing(begun):
    with begun.ledger.read() as session:
        _, sha256 = current_plans(session)["ke-hoach-mau"]
    text = (begun.settings.plans / "ke-hoach-mau.yaml").read_text("utf-8")
    file = PlanFile("cu.yaml", text, parse_plan(text, "cu.yaml"))
    change = plan_change(begun, [file], at("2019-11-21"))
    assert (change.changed, change.moves) == ((), ())
    before = dump(begun)
    load_plans(begun, [file], change, at("2019-11-21"), "cán bộ")
    assert dump(begun) == before
    assert sha256 == find_planned(begun, NEXT)[1]


# Holidays ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def free(home, tmp_path, monkeypatch):
    """The office with holiday files of its own, which a test may change."""
    folder = tmp_path / "plans"
    shutil.copytree(home.settings.plans, folder)
    monkeypatch.setenv("DONDOC_PLANS", str(folder))
    own = open_home(Settings())
    yield own
    own.ledger.close()


def holidays_of(home, year, *days, saturdays=(), folder=None):
    """The year's file with more days off, and with worked Saturdays for the first of them."""
    file = home.settings.plans / "holidays" / f"{year}.yaml"
    data = yaml.safe_load(file.read_text("utf-8"))
    data["status"], data["decided_by"] = "confirmed", f"Thông báo số {len(days)}/TB-BNV"
    data["holidays"] += [{"date": day(d), "name": "Nghỉ hoán đổi"} for d in days]
    data["working_saturdays"] = [
        {"date": day(d), "instead_of": day(days[0]), "decided_by": "Thông báo"} for d in saturdays
    ]
    out = (folder or home.folder) / f"nghi-{year}.yaml"
    out.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    return out


def load_holidays(home, when, *files):
    given, wrong = read_year_files(files)
    assert not wrong
    found = moved_by_years(home, given, at(when))
    load_years(home, given, found, at(when), "cán bộ")
    return {str(move.key): move for move in found}


def reminder_days(home, key=KEY):
    return {rung.step.step: str(rung.on) for rung in live(home, key).planned.rungs}


def test_a_calendar_changed_after_reminders_were_sent_sends_none_twice_and_loses_none(free):
    sweep("2019-10-16", "2019-11-20")  # T-7
    frozen = live(free)
    found = load_holidays(
        free, "2019-11-21", holidays_of(free, 2019, "2019-11-28", "2019-11-29", "2019-12-02")
    )
    waits = {c.step: c.waiting for c in found[str(KEY)].changes if c.what == "reminder"}
    assert waits == {"T-7": 0, "T-3": 3, "T+1": 3, "T+5": 3}
    assert reminder_days(free) == {
        "T-7": "2019-11-18",
        "T-3": "2019-11-22",
        "T+1": "2019-12-03",
        "T+5": "2019-12-09",
    }
    for when in ("2019-11-21", "2019-11-22", "2019-11-26", "2019-12-02", "2019-12-03", "2019-12-03T17:00"):
        sweep(when)
    assert [steps(free, unit, "sent") for unit in COMMUNES] == [["T-7", "T-3", "T+1"]] * 3
    assert {str(on) for (on,) in outbox(free, "planned_on", step="T-3")} == {"2019-11-22"}
    assert live(free).planned.deadline.due_at == frozen.planned.deadline.due_at
    assert live(free).standing("xa-mot").due_at == frozen.standing("xa-mot").due_at
    assert_each_mail_once(free)
    assert_chain_is_whole(free)


def test_a_unit_that_has_reported_or_is_exempt_waits_for_no_step(free):
    sweep("2019-10-16")
    submit(free, "xa-mot", "2019-11-19")
    acts.exempt(free, KEY, "xa-hai", "mới sáp nhập", as_of=at("2019-11-19"), actor="cán bộ")
    found = load_holidays(free, "2019-11-19", holidays_of(free, 2019, "2019-11-29"))
    waits = {c.step: c.waiting for c in found[str(KEY)].changes if c.what == "reminder"}
    assert waits == {"T-7": 1, "T-3": 1}


def test_a_year_takes_the_place_of_its_file_whatever_that_is_called(free):
    file = holidays_of(free, 2019, "2019-11-29")
    folder = free.settings.plans / "holidays"
    (folder / "2019.yaml").rename(folder / "le.yaml")
    load_holidays(free, "2019-11-01", file)
    assert (folder / "le.yaml").read_bytes() == file.read_bytes()
    assert not (folder / "2019.yaml").exists()


def test_a_new_year_does_not_overwrite_the_file_of_another(free):
    file = holidays_of(free, 2019, "2019-11-29")
    folder = free.settings.plans / "holidays"
    (folder / "2019.yaml").unlink()
    (folder / "2020.yaml").rename(folder / "2019.yaml")
    before = (folder / "2019.yaml").read_bytes()
    with pytest.raises(ValueError, match=r"2019\.yaml holds 2020: give it the name of its year"):
        load_holidays(free, "2019-11-01", file)
    assert (folder / "2019.yaml").read_bytes() == before


def test_a_reminder_day_that_moves_into_the_past_is_made_up_for_by_the_next_sweep(free):
    sweep("2019-10-16", "2019-11-20")
    load_holidays(free, "2019-11-25", holidays_of(free, 2019, "2019-11-27", "2019-11-28", "2019-11-29"))
    assert reminder_days(free)["T-3"] == "2019-11-21"
    sweep("2019-11-25", "2019-11-26")
    assert steps(free, "xa-mot", "sent") == ["T-7", "T-3"]


def test_a_worked_saturday_counts_as_a_working_day_for_an_opened_cycle_and_for_one_to_come(free):
    sweep("2019-10-16")
    this_year = holidays_of(free, 2019, "2019-12-31", saturdays=["2019-11-23"])
    next_year = holidays_of(free, 2020, "2020-12-31", saturdays=["2020-11-28"])
    found = load_holidays(free, "2019-11-01", this_year, next_year)
    moved = [(c.what, c.step, str(c.before), str(c.after)) for c in found[str(KEY)].changes]
    assert moved == [("reminder", "T-7", "2019-11-20", "2019-11-21")]
    assert ("last_working_day", "2020-11-27", "2020-11-28") in {
        (c.what, str(c.before), str(c.after)) for c in found[str(NEXT)].changes
    }
    sweep("2019-11-20")
    assert steps(free, "xa-mot", "sent") == []
    sweep("2019-11-21")
    assert steps(free, "xa-mot", "sent") == ["T-7"]


def test_a_new_holiday_on_the_deadline_does_not_shift_a_cycle_that_has_opened_even_where_its_plan_shifts(
    free,
):
    data = office_plan(shift="forward")
    data["obligations"][0]["due"] = {"by": "29/11"}
    text = yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    file = PlanFile("doi.yaml", text, parse_plan(text, "doi.yaml"))
    load_plans(free, [file], plan_change(free, [file], at("2019-10-01")), at("2019-10-01"), "cán bộ")
    sweep("2019-10-16")
    load_holidays(free, "2019-11-01", holidays_of(free, 2019, "2019-11-29"))
    assert (
        live(free).planned.deadline.due_at
        == live(free).standing("xa-mot").due_at
        == at("2019-11-29T23:59:59")
    )
    assert find_planned(free, KEY)[0].deadline.day_x == day("2019-12-02")  # had it not opened yet


def test_an_extended_unit_follows_the_calendar_on_its_own_ladder(free):
    sweep("2019-10-16")
    acts.extend(free, KEY, "xa-mot", day("2019-12-10"), "mưa lũ", as_of=at("2019-11-19"), actor="cán bộ")
    sweep("2019-11-29")  # its T-7
    found = load_holidays(free, "2019-12-02", holidays_of(free, 2019, "2019-12-09", "2019-12-10"))
    own = {(c.step, str(c.after), c.waiting) for c in found[str(KEY)].changes if c.unit == "xa-mot"}
    assert own == {("T-7", "2019-11-27", 0), ("T-3", "2019-12-03", 1)}
    sweep("2019-12-03", "2019-12-05")
    assert steps(free, "xa-mot", "sent") == ["T-7@2019-12-10", "T-3@2019-12-10"]


def test_loading_holidays_is_recorded_once_with_the_document_that_decided_them(free):
    file = holidays_of(free, 2019, "2019-11-28")
    load_holidays(free, "2019-11-01", file)
    load_holidays(free, "2019-11-02", file)
    assert events(free, "holidays loaded") == 1
    told = dump(free)["event"][-1]
    assert "Thông báo số 1/TB-BNV" in str(told)
    assert '"year": 2019' in str(told)
    assert_chain_is_whole(free)
    assert (free.settings.plans / "holidays" / "2019.yaml").read_bytes() == file.read_bytes()
    assert changed_by_hand(free) == []
    (free.settings.plans / "holidays" / "2019.yaml").write_bytes(file.read_bytes() + b"\n# by hand\n")
    assert [found.name for found in changed_by_hand(free)] == ["2019.yaml"]


def test_where_the_record_fails_the_files_are_as_before(free, monkeypatch):
    folder = free.settings.plans / "holidays"
    files = [holidays_of(free, 2019, "2019-11-28"), holidays_of(free, 2020, "2020-11-27")]
    before = {file.name: file.read_bytes() for file in folder.iterdir()}
    given, _ = read_year_files(files)
    shown = moved_by_years(free, given, at("2019-11-01"))

    def fail(*_args, **_words):
        raise RuntimeError("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr("tasks.steps.holidays.append_event", fail)
        with pytest.raises(RuntimeError, match="disk is full"):
            load_years(free, given, shown, at("2019-11-01"), "cán bộ")
    with pytest.raises(MovedMeanwhileError):
        load_years(free, given, [], at("2019-11-01"), "cán bộ")
    assert {file.name: file.read_bytes() for file in folder.iterdir()} == before
    with free.ledger.read() as session:
        assert loaded_years(session) == {}
    load_years(free, given, shown, at("2019-11-01"), "cán bộ")
    with free.ledger.read() as session:
        assert loaded_years(session).keys() == {2019, 2020}
