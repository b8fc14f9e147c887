"""What would move is shown before it is applied, and applied only when confirmed."""

import io
import shutil

import pytest
import yaml

from dondoc import doctor_holidays
from tasks.adapters.home import open_home
from tasks.adapters.settings import Settings
from tests.ledger.office import KEY, NEXT, day, dump, office_plan, sweep

SAY = "nothing was applied: run again with --yes"


@pytest.fixture
def own(home, tmp_path, monkeypatch):
    """The office with a plans folder that a test may change."""
    folder = tmp_path / "plans"
    shutil.copytree(home.settings.plans, folder)
    monkeypatch.setenv("DONDOC_PLANS", str(folder))
    opened = open_home(Settings())
    yield opened
    opened.ledger.close()


@pytest.fixture
def plan(own, tmp_path):
    """Write the office's plan with something else in O1."""

    def write(name="moi.yaml", *, short="Kế hoạch chăm sóc trẻ em", **o1):
        data = office_plan(short=short)
        data["obligations"][0] |= o1
        file = tmp_path / name
        file.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
        return file

    return write


@pytest.fixture
def holidays(own, tmp_path):
    """Write a year's file with more days off."""

    def write(*days, year=2019, **changes):
        data = yaml.safe_load((own.settings.plans / "holidays" / f"{year}.yaml").read_text("utf-8"))
        data["holidays"] += [{"date": day(d), "name": "Nghỉ hoán đổi"} for d in days]
        file = tmp_path / f"nghi-{year}.yaml"
        file.write_text(yaml.safe_dump(data | changes, allow_unicode=True, sort_keys=False), "utf-8")
        return file

    return write


def words(answer):
    """What a table says, wherever its cells were folded."""
    return " ".join(answer.out.replace("│", " ").split())


def at_a_terminal(monkeypatch, answer):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr("sys.stdin", Terminal(answer))


def test_a_changed_plan_is_shown_and_without_a_terminal_needs_yes(own, run, plan):
    sweep("2019-10-16")
    before, file = dump(own), plan(due={"before": "15/12"})
    answer = run("plan", "load", file, "--as-of", "2019-11-01")
    assert (answer.code, answer.err.strip()) == (1, SAY)
    assert "stays as it is (đã mở, giữ nguyên)" in words(answer)
    assert str(NEXT) in answer.out
    assert "2020-12-15" in answer.out
    assert dump(own) == before
    answer = run("plan", "load", file, "--as-of", "2019-11-01", "--yes")
    assert (answer.code, answer.err) == (0, "")
    assert dump(own) != before
    assert (
        run("plan", "load", file, "--as-of", "2019-11-01").out.strip().startswith("ke-hoach-mau: loaded from")
    )


def test_the_moves_as_json_are_grouped_by_cycle_and_say_whether_they_were_applied(own, run, plan):
    sweep("2019-10-16")
    file = plan(due={"before": "15/12"}, owed_by={"units": ["xa-mot", "phong-mau"]})
    answer = run("plan", "load", file, "--as-of", "2019-11-01", "--json")
    assert (answer.code, answer.json["applied"], answer.err.strip()) == (1, False, SAY)
    kept, moved = answer.json["moves"][:2]
    assert (kept["cycle"], kept["state"], kept["state_vi"]) == (str(KEY), "kept", "đã mở, giữ nguyên")
    assert (kept["opened"], kept["changes"]) == (True, [])
    assert (moved["cycle"], moved["state"], moved["opened"]) == (str(NEXT), "moves", False)
    assert {"what": "day_x", "before": "2020-11-30", "after": "2020-12-15"} in moved["changes"]
    assert {
        "what": "due_at",
        "before": "2020-11-29T23:59:59+07:00",
        "after": "2020-12-14T23:59:59+07:00",
    } in moved["changes"]
    assert {"what": "reminder", "step": "T-7", "before": "2020-11-18", "after": "2020-12-03"} in moved[
        "changes"
    ]
    assert {
        "what": "unit",
        "unit": "phong-mau",
        "before": None,
        "after": "Phòng Lao động huyện Mẫu",
    } in moved["changes"]
    answer = run("plan", "load", file, "--as-of", "2019-11-01", "--json", "--yes")
    assert (answer.code, answer.json["applied"]) == (0, True)
    assert [told["code"] for told in answer.json["plans"]] == ["ke-hoach-mau"]


@pytest.mark.parametrize(("said", "code"), [("y\n", 0), ("n\n", 1), ("\n", 1)])
def test_at_a_terminal_it_asks_and_only_yes_applies(own, run, plan, monkeypatch, said, code):
    before, file = dump(own), plan(due={"before": "15/12"})
    at_a_terminal(monkeypatch, said)
    answer = run("plan", "load", file, "--as-of", "2019-11-01", "--json")
    assert (answer.code, answer.json["applied"]) == (code, code == 0)
    assert "Apply this?" in answer.err
    assert (dump(own) == before) == (code == 1)


def test_where_nothing_moves_it_is_said_and_loaded_without_asking(own, run, plan, monkeypatch):
    at_a_terminal(monkeypatch, "n\n")
    answer = run("plan", "load", plan(short="Kế hoạch mới"), "--as-of", "2019-11-01")
    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines()[0] == "nothing moves"
    assert "Kế hoạch mới" in run("plan", "list").out
    answer = run("plan", "load", plan(short="Kế hoạch nữa"), "--as-of", "2019-11-01", "--json")
    assert (answer.json["moves"], answer.json["applied"]) == ([], True)


def test_a_new_plan_and_the_same_text_again_load_as_ever_and_answer_with_a_list(own, run, plan):
    same = own.settings.plans / "ke-hoach-mau.yaml"
    data = office_plan(code="ke-hoach-khac")
    new = plan("khac.yaml")
    new.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    answer = run("plan", "load", same, new, "--json")
    assert [told["code"] for told in answer.json] == ["ke-hoach-mau", "ke-hoach-khac"]
    assert [told["code"] for told in run("plan", "list", "--json").json] == ["ke-hoach-khac", "ke-hoach-mau"]


def test_of_several_plans_one_of_which_is_wrong_none_is_loaded(own, run, plan, tmp_path):
    (tmp_path / "bad.yaml").write_text("code: bad\n", "utf-8")
    before = dump(own)
    assert run("plan", "load", plan(due={"before": "15/12"}), "bad.yaml", "--yes").code == 2
    assert dump(own) == before


# Holidays ----------------------------------------------------------------------------------------------------------


def test_holidays_are_listed_with_their_deciding_document(own, run):
    told = run("holidays", "list", "--json").json
    assert [year["year"] for year in told] == list(range(2013, 2028))
    assert {"year", "status", "decided_by", "holidays", "working_saturdays"} <= told[0].keys()
    (year,) = run("holidays", "list", "--year", "2026", "--json").json
    assert {"date": "2026-11-24", "name": "Ngày Văn hóa Việt Nam"} in year["holidays"]
    assert "28/2026/QH16" in year["decided_by"]
    assert "2026-11-24 Tue" in run("holidays", "list", "--year", "2026").out
    answer = run("holidays", "list", "--year", "2031")
    assert (answer.code, answer.err.strip()) == (
        2,
        f"dondoc: no holiday file for 2031; years: {', '.join(map(str, range(2013, 2028)))}",
    )


def test_check_shows_what_would_move_and_changes_nothing(own, run, holidays):
    sweep("2019-10-16", "2019-11-20")
    file, before = holidays("2019-11-29"), dump(own)
    answer = run("holidays", "check", file, "--as-of", "2019-11-21", "--json")
    assert (answer.code, answer.json["applied"], answer.json["ok"]) == (0, False, True)
    (move,) = answer.json["moves"]
    changes = {(c["what"], c.get("step")): c for c in move["changes"]}
    assert changes["reminder", "T-7"]["affected"] is False
    assert (changes["reminder", "T-3"]["affected"], changes["reminder", "T-3"]["waiting"]) == (True, 3)
    assert changes["last_working_day", None]["after"] == "2019-11-28"
    assert "decided: not affected" in words(run("holidays", "check", file, "--as-of", "2019-11-21"))
    assert dump(own) == before
    assert run("holidays", "list", "--year", "2019", "--json").json[0]["holidays"][-1]["date"] != "2019-11-29"


def test_load_needs_yes_then_puts_the_file_in_place_and_holds_at_once(own, run, holidays):
    file = holidays("2019-11-29", decided_by="Thông báo số 1/TB-BNV")
    place = own.settings.plans / "holidays" / "2019.yaml"
    before, kept = dump(own), place.read_bytes()
    answer = run("holidays", "load", file, "--as-of", "2019-11-01")
    assert (answer.code, answer.err.strip()) == (1, SAY)
    assert (dump(own), place.read_bytes()) == (before, kept)
    answer = run("holidays", "load", file, "--as-of", "2019-11-01", "--yes", "--json")
    assert (answer.code, answer.json["applied"], answer.json["files"][0]["year"]) == (0, True, 2019)
    assert place.read_bytes() == file.read_bytes()
    (cycle,) = run("calendar", "--from", "2019-11-01", "--to", "2019-11-30", "--json").json
    assert cycle["last_working_day"] == "2019-11-28"
    assert "Thông báo số 1/TB-BNV" in run("holidays", "list", "--year", "2019").out
    again = run("holidays", "load", file, "--as-of", "2019-11-01")
    assert (again.code, again.out.splitlines()[0]) == (0, "nothing moves")


def test_a_wrong_file_is_told_by_check_with_1_and_refused_by_load_with_2(own, run, holidays):
    good, bad = holidays("2020-11-27", year=2020), holidays("2018-11-29")
    said = f"{bad}: holidays[11].date: 2018-11-29 is not in 2019"
    before = dump(own)
    answer = run("holidays", "check", good, bad)
    assert (answer.code, answer.out, answer.err.strip()) == (1, "", said)
    (problem,) = run("holidays", "check", good, bad, "--json").json["problems"]
    assert problem == {"file": str(bad), "path": "holidays[11].date", "expected": "2018-11-29 is not in 2019"}
    answer = run("holidays", "load", good, bad, "--yes")
    assert (answer.code, answer.out, answer.err.strip()) == (2, "", f"dondoc: {said}")
    assert dump(own) == before
    assert b"2020-11-27" not in (own.settings.plans / "holidays" / "2020.yaml").read_bytes()


def test_one_year_in_two_files_is_refused(own, run, holidays, tmp_path):
    one = holidays("2019-11-29")
    other = tmp_path / "khac.yaml"
    other.write_bytes(one.read_bytes())
    answer = run("holidays", "load", one, other, "--yes")
    assert (answer.code, answer.err.strip()) == (2, f"dondoc: {other}: year: 2019 stands in {one} too")


def test_a_folder_that_cannot_be_written_is_told_in_one_line(own, run, holidays, monkeypatch):
    def refuse(*_args, **_words):
        raise PermissionError(13, "Permission denied")

    file, before = holidays("2019-11-29"), dump(own)
    monkeypatch.setattr("tasks.adapters.holiday_files.TemporaryDirectory", refuse)
    answer = run("holidays", "load", file, "--yes", "--as-of", "2019-11-01", "--json")
    folder = own.settings.plans
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.strip() == (
        f"dondoc: {folder / 'holidays'} cannot be written (Permission denied): "
        f"set DONDOC_PLANS to a copy of {folder}"
    )
    assert dump(own) == before


# The doctor --------------------------------------------------------------------------------------------------------


def look(home, today):
    return doctor_holidays.look_at_holidays(home, day(today))


def test_the_doctor_names_years_that_are_needed_and_have_no_file(own):
    assert look(own, "2019-06-01")[0]
    (own.settings.plans / "holidays" / "2020.yaml").unlink()
    ok, said = look(own, "2019-06-01")
    assert not ok
    assert "no file for 2020: deadlines there count weekends only" in said
    ok, said = look(own, "2018-06-01")  # nobody can know them yet
    assert ok
    assert "no file for 2020" in said


def test_the_doctor_does_not_ask_for_years_that_nothing_needs(own):
    (own.settings.plans / "holidays" / "2027.yaml").unlink()
    assert "2027" not in look(own, "2025-06-01")[1].partition(";")[2]


def test_the_doctor_names_years_that_are_only_expected(own, run, holidays):
    assert "still to be loaded: 2025, 2026" in look(own, "2025-06-01")[1]
    run("holidays", "load", holidays(year=2025, status="confirmed", decided_by="Thông báo"), "--yes")
    ok, said = look(own, "2025-06-01")
    assert ok
    assert "still to be loaded: 2026" in said


def test_the_doctor_notices_a_file_that_was_changed_behind_the_ledger(own, run, holidays):
    run("holidays", "load", holidays("2019-11-29"), "--yes")
    assert look(own, "2019-06-01")[0]
    file = own.settings.plans / "holidays" / "2019.yaml"
    file.write_text(file.read_text("utf-8") + "# by hand\n", "utf-8")
    ok, said = look(own, "2019-06-01")
    assert not ok
    assert "not what was loaded: 2019.yaml" in said
    run("holidays", "load", file, "--yes")
    assert look(own, "2019-06-01")[0]
