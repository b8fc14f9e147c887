"""Every command answers with the JSON keys that are public, and nothing else stands on stdout."""

import io
import json

import pytest
from docx import Document

from tests.ledger.office import KEY, UNITS, dump, filled, hand_in, outbox, submit, sweep

PUBLIC = {
    "plan list": {"code", "title", "lead", "obligations"},
    "calendar": {
        *("cycle", "plan", "obligation", "period", "wording", "due_at", "last_day", "last_working_day"),
        *("units", "through", "to", "reminders"),
    },
    "unit list": {"code", "name", "kind", "parent", "valid_from", "valid_to"},
    "sweep": {"opened", "queued", "sent", "received", "closed", "written"},
    "preview": {"to", "unit", "subject", "step", "cycles"},
    "status": {"cycle", "due_at", "expected", "received", "on_time", "late", "nil", "missing", "units"},
    "status unit": {"unit", "name", "state", "submitted_at", "version"},
    "submit": {"accepted", "version", "findings"},
    "finding": {"cell", "indicator", "message", "severity"},
    "totals": {"expected", "received", "missing", "indicators", "series"},
    "indicator": {"code", "label", "unit", "value", "numerator", "denominator", "target", "met"},
    "trace": {"value", "parts"},
    "part": {"unit", "version", "file_sha256", "cell", "value"},
    "check-docx": {"ok", "findings"},
    "outbox": {"key", "state", "to", "subject", "message_id"},
    "doctor": {"name", "ok", "message"},
}


@pytest.fixture
def season(home):
    """One report in, two reminded and late."""
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    sweep("2019-11-20", "2019-12-02")
    return home


def has(value, what):
    assert PUBLIC[what] <= value.keys()
    return value


def test_plan_list_and_show(home, run):
    (plan,) = run("plan", "list", "--json").json
    has(plan, "plan list")
    shown = run("plan", "show", "ke-hoach-mau", "--json").json
    assert [o["code"] for o in has(shown, "plan list")["obligations"]] == ["O1", "O2", "O3", "O4"]


def test_plan_check_says_what_is_wrong_and_where(home, run, office, tmp_path):
    good = office / "ke-hoach-mau.yaml"
    answer = run("plan", "check", good, "--json")
    assert (answer.code, answer.json["ok"]) == (0, True)
    bad = tmp_path / "bad.yaml"
    bad.write_text(good.read_text("utf-8").replace("before: 30/11\n", "before: 31/11\n", 1), "utf-8")
    answer = run("plan", "check", bad, "--json")
    assert (answer.code, answer.json["ok"]) == (1, False)
    (problem,) = answer.json["problems"]
    assert problem["file"] == str(bad)
    assert problem["line"] > 1
    assert "31/11" in problem["expected"]


def test_plan_load_makes_a_version_current_and_the_same_file_twice_changes_nothing(
    home, run, office, tmp_path
):
    changed = tmp_path / "changed.yaml"
    text = (office / "ke-hoach-mau.yaml").read_text("utf-8")
    changed.write_text(text.replace("short: Kế hoạch chăm sóc trẻ em", "short: Kế hoạch mới"), "utf-8")
    assert run("plan", "load", changed, changed, "--json").code == 0
    shown = run("plan", "list").out
    assert "Kế hoạch mới" in shown


def test_plan_schema_is_a_json_schema(run, home):
    assert run("plan", "schema").json["type"] == "object"


def test_calendar_and_its_feed(home, run, tmp_path):
    feed = tmp_path / "lich.ics"
    answer = run("calendar", "--from", "2019-11-01", "--to", "2019-11-30", "--ics", feed, "--json")
    (cycle,) = answer.json
    has(cycle, "calendar")
    assert (cycle["cycle"], cycle["last_day"], cycle["units"]) == (str(KEY), "2019-11-29", 3)
    assert cycle["reminders"][0] == {"step": "T-7", "on": "2019-11-20"}
    assert b"BEGIN:VEVENT" in feed.read_bytes()
    assert run("calendar", "--from", "2019-01-01", "--to", "2019-10-31", "--json").json == []


def test_units_are_listed_by_day_imported_and_closed(home, run, tmp_path):
    assert {"xa-mot", "xa-hai", "xa-ba"} <= {
        has(u, "unit list")["code"] for u in run("unit", "list", "--json").json
    }
    file = tmp_path / "units.csv"
    file.write_text(UNITS.replace("xa-ba,", "xa-tu,").replace("xa-ba@", "xa-tu@"), "utf-8")
    told = run("unit", "import", file, "--json").json
    assert told["changed"] == 1
    assert run("unit", "import", file, "--json").json["changed"] == 0
    run(
        "unit", "merge", "xa-ba", "xa-tu", "--into", "xa-tu", "--on", "2025-07-01", "--reason", "NQ", "--json"
    )
    codes = {u["code"] for u in run("unit", "list", "--on", "2025-07-01", "--json").json}
    assert "xa-tu" in codes
    assert "xa-ba" not in codes
    assert run("unit", "close", "xa-tu", "--on", "2026-01-01", "--reason", "NQ", "--json").code == 0
    split = run(
        "unit", "split", "xa-hai", "--into", "xa-mot", "--on", "2025-07-01", "--reason", "NQ", "--json"
    )
    assert {u["code"] for u in split.json} == {"xa-hai", "xa-mot"}


def test_sweep_preview_and_simulate(home, run):
    assert has(run("sweep", "--as-of", "2019-10-16", "--json").json, "sweep")["opened"] == 1
    told = run("preview", "--on", "2019-11-20", "--json").json
    assert len(told["messages"]) == 3
    assert all(has(message, "preview") for message in told["messages"])
    years = run("simulate", "--from", "2019-10-17", "--to", "2020-01-31", "--json").json
    assert [year["year"] for year in years["years"]] == [2019, 2020]
    assert years["total"]["sent"] > 3


def test_status_of_all_and_of_one(season, run):
    rows = run("status", "--plan", "ke-hoach-mau", "--as-of", "2019-12-02", "--json").json
    assert [has(row, "status")["cycle"] for row in rows] == [
        str(KEY),
        "ke-hoach-mau/O2/2019",
        "ke-hoach-mau/O4/2019",
    ]
    one = has(run("status", "--cycle", KEY, "--as-of", "2019-12-02", "--json").json, "status")
    assert (one["expected"], one["received"], one["on_time"], one["missing"]) == (3, 1, 1, 2)
    assert [has(unit, "status unit")["state"] for unit in one["units"]] == [
        "submitted_on_time",
        "late",
        "late",
    ]


@pytest.mark.parametrize("value", [80, 180])
def test_a_check_says_what_would_be_found_and_keeps_nothing(season, run, tmp_path, value):
    file = tmp_path / "bieu.xlsx"
    file.write_bytes(filled(season, "xa-hai", "2019-12-03", A_2=value))
    before = dump(season)
    checked = run("submit", str(KEY), "xa-hai", str(file), "--check", "--as-of", "2019-12-03", "--json")
    assert dump(season) == before
    taken = run("submit", str(KEY), "xa-hai", str(file), "--as-of", "2019-12-03", "--json")
    assert (checked.code, checked.json) == (taken.code, taken.json)
    assert taken.code == (0 if value == 80 else 1)


def test_form_submit_and_receive(season, run, tmp_path):
    form = tmp_path / "form.xlsx"
    assert run("form", KEY, "xa-hai", "-o", form, "--as-of", "2019-12-03", "--json").json["file"] == str(form)
    file = tmp_path / "filled.xlsx"
    file.write_bytes(filled(season, "xa-hai", "2019-12-03", A_1="nhiều"))
    answer = run("submit", KEY, "xa-hai", file, "--as-of", "2019-12-03", "--json")
    assert answer.code == 1
    told = has(answer.json, "submit")
    assert (told["accepted"], told["version"]) == (False, None)
    assert has(told["findings"][0], "finding")["indicator"] == "A.1"
    file.write_bytes(filled(season, "xa-hai", "2019-12-03"))
    answer = run("receive", file, "--as-of", "2019-12-03", "--json")
    assert (answer.code, answer.json["accepted"], answer.json["version"]) == (0, True, 1)
    again = run("submit", KEY, "xa-hai", file, "--behalf", "Trần Thị B", "--json")
    assert (again.code, again.json["version"]) == (0, 1)


def test_the_acts_of_a_coordinator(season, run):
    words = ("--reason", "mưa lũ", "--as-of", "2019-12-02", "--json")
    assert (
        run("extend", KEY, "xa-hai", "--to", "2019-12-20", *words)
        .json["due_at"]
        .startswith("2019-12-20T23:59:59")
    )
    assert run("return", KEY, "xa-mot", *words).json["until"] == "2019-12-09"
    assert run("exempt", KEY, "xa-ba", *words).json["unit"] == "xa-ba"
    told = run(
        "set-due",
        "ke-hoach-mau/O4/2019",
        "--before",
        "2019-12-31",
        "--document",
        "CV 01",
        "--as-of",
        "2019-12-02",
        "--json",
    )
    assert (told.code, told.json["day_x"], told.json["inclusive"]) == (0, "2019-12-31", False)
    one = run("status", "--cycle", KEY, "--as-of", "2019-12-02", "--json").json
    assert [unit["state"] for unit in one["units"]] == ["returned", "not_due", "exempt"]


def test_totals_and_trace(season, run):
    told = has(run("totals", KEY, "--json").json, "totals")
    assert told["missing"] == ["xa-hai", "xa-ba"]
    assert all(has(line, "indicator") for line in told["indicators"])
    traced = has(run("trace", KEY, "A.1", "--json").json, "trace")
    assert (traced["value"], has(traced["parts"][0], "part")["unit"]) == (100, "xa-mot")


@pytest.mark.parametrize("words", [(), ("--unit", "xa-mot"), ("--kind", "cong-van")])
def test_report_writes_a_document_that_check_docx_passes(season, run, tmp_path, words):
    file = tmp_path / "a.docx"
    assert run("report", KEY, *words, "-o", file, "--as-of", "2019-12-02", "--json").json["file"] == str(file)
    answer = run("check-docx", file, "--json")
    assert (answer.code, has(answer.json, "check-docx")) == (0, {"ok": True, "findings": []})


def test_check_docx_says_no_to_a_document_of_another_kind(home, run, tmp_path):
    out = io.BytesIO()
    Document().save(out)
    file = tmp_path / "b.docx"
    file.write_bytes(out.getvalue())
    answer = run("check-docx", file, "--json")
    assert (answer.code, answer.json["ok"]) == (1, False)
    assert {"rule", "found", "expected"} <= answer.json["findings"][0].keys()


def test_looking_does_not_open_a_cycle(home, run):
    run("status", "--cycle", KEY, "--as-of", "2019-06-03", "--json")
    run("form", KEY, "xa-mot", "-o", "f.xlsx", "--as-of", "2019-06-03")
    assert run("report", KEY, "-o", "r.docx").code == 2
    assert dump(home)["cycle"] == []


def test_the_outbox_is_listed_shown_retried_and_resolved(season, run):
    rows = run("outbox", "list", "--json").json
    assert all(has(row, "outbox") for row in rows)
    assert len(rows) == len(outbox(season, "key"))
    sent = run("outbox", "list", "--state", "sent", "--json").json
    shown = run("outbox", "show", sent[0]["message_id"], "--json").json
    assert shown["key"] == sent[0]["key"]
    assert run("outbox", "retry", sent[0]["key"]).code == 2
    with season.ledger.write() as session:
        session.connection().exec_driver_sql(
            f"UPDATE message SET state = 'unknown' WHERE key = '{sent[0]['key']}'"
        )
        session.connection().exec_driver_sql(
            f"UPDATE message SET state = 'failed' WHERE key = '{sent[1]['key']}'"
        )
    assert run("outbox", "resolve", sent[0]["key"], "--as", "failed", "--json").json["state"] == "failed"
    assert run("outbox", "retry", sent[1]["key"], "--json").json["state"] == "queued"


def test_the_doctor_finds_a_healthy_home_healthy(home, run):
    answer = run("doctor", "--json")
    assert all(has(check, "doctor") for check in answer.json["checks"])
    assert {check["name"] for check in answer.json["checks"] if not check["ok"]} == set()
    assert answer.code == 0


def test_a_sweep_in_which_a_message_failed_says_no(season, run, monkeypatch):
    monkeypatch.setenv("DONDOC_SMTP_URL", "smtp://127.0.0.1:9")
    with season.ledger.write() as session:
        session.connection().exec_driver_sql(
            "UPDATE message SET state = 'sending' WHERE kind = 'receipt' AND unit = 'xa-mot'"
        )
    answer = run("sweep", "--as-of", "2019-12-02T10:00", "--json")
    assert (answer.code, answer.json["unknown"]) == (1, 1)
    assert len(answer.err.splitlines()) == 1


def test_a_moment_is_read_in_vietnam_unless_it_says_otherwise(season, run, tmp_path):
    """24:00 of the last day in Vietnam is 17:00 in Greenwich."""
    for unit, moment in (("xa-hai", "2019-11-29T16:59:59Z"), ("xa-ba", "2019-11-29T17:00:00Z")):
        file = tmp_path / "a.xlsx"
        file.write_bytes(filled(season, unit, "2019-11-19"))
        assert run("submit", KEY, unit, file, "--as-of", moment, "--json").code == 0
    units = run("status", "--cycle", KEY, "--as-of", "2019-12-02", "--json").json["units"]
    assert [unit["state"] for unit in units] == ["submitted_on_time", "submitted_on_time", "submitted_late"]


def test_a_day_is_changed_for_all_as_the_plan_counts_it_or_as_told(season, run):
    words = (
        "reschedule",
        KEY,
        "--reason",
        "mưa lũ",
        "--document",
        "Công văn số 12",
        "--as-of",
        "2019-12-02T09:00",
    )
    told = run(*words, "--to", "2019-12-12", "--json").json
    assert told == {"cycle": str(KEY), "day_x": "2019-12-12", "last_day": "2019-12-11"}
    assert run(*words, "--to", "2019-12-12", "--on", "--json").json["last_day"] == "2019-12-12"
    assert "last_day: 2019-12-16" in run(*words, "--to", "2019-12-17", "--before").out
    status = run("status", "--cycle", KEY, "--as-of", "2019-12-03", "--json").json
    assert (status["last_day"], status["moved_by"]) == ("2019-12-16", "Công văn số 12")
    (row,) = run("calendar", "--from", "2019-12-01", "--to", "2019-12-20", "--json").json
    assert row["last_day"] == "2019-12-16"


def test_what_people_read_is_no_json_and_names_the_same_things(season, run):
    told = run("status", "--cycle", KEY, "--as-of", "2019-12-02")
    assert "đơn vị, hạn 2019-11-29\n" in told.out  # the day; no moment to be read as one of UTC
    assert "quá hạn, chưa gửi" in told.out
    with pytest.raises(json.JSONDecodeError):
        json.loads(told.out)
    for words in (
        ("plan", "list"),
        ("plan", "show", "ke-hoach-mau"),
        ("calendar", "--from", "2019-11-01", "--to", "2019-12-31"),
        ("unit", "list"),
        ("status", "--as-of", "2019-12-02"),
        ("totals", KEY),
        ("trace", KEY, "A.3"),
        ("preview", "--on", "2019-12-06"),
        ("simulate", "--from", "2019-12-03", "--to", "2019-12-31"),
        ("outbox", "list"),
        ("sweep", "--as-of", "2019-12-02"),
    ):
        answer = run(*words)
        assert (answer.code, "Traceback" in answer.err) == (0, False), words
        assert answer.out.strip(), words


def test_a_report_handed_in_on_behalf_says_who_typed_it(season, run, tmp_path):
    file = tmp_path / "paper.xlsx"
    file.write_bytes(filled(season, "xa-hai", "2019-12-03"))
    run("submit", KEY, "xa-hai", file, "--behalf", "Trần Thị B", "--as-of", "2019-12-03")
    with season.ledger.engine.connect() as connection:
        row = connection.exec_driver_sql(
            "SELECT submitted_by, on_behalf_of FROM submission WHERE unit = 'xa-hai'"
        ).one()
    assert tuple(row) == ("Trần Thị B", "xa-hai")
    assert hand_in(season, "xa-hai", file.read_bytes(), "2019-12-04").accepted
