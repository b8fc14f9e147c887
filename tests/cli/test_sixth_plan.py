"""A sixth plan is two files in plans/ (the plan, its units) and nothing else: a new home runs it from the calendar to
the signed-off report.
"""

import shutil
from pathlib import Path

import pytest

from dondoc.demo.fill import Answers, fill_form
from tests.builders import ROOT

SHIPPED = ROOT / "plans"
CODE = "thu-2026"
CYCLE = f"{CODE}/O2/2026"
TITLE = "chăm sóc người cao tuổi năm 2026"
UNITS = """\
code,gso_code,kind,level,name,body,abbreviation,parent,valid_from,valid_to,contact_role,contact_name,email,phone,aliases,note
huyen-thu,,huyen,district,Huyện Thử,UBND huyện Thử,UBND,,2013-01-01,,dau-moi,Nguyễn Văn A,ubnd@thu.example,0200 000 001,,
phong-thu,,phong,district,Phòng Thử huyện Thử,Phòng Thử huyện Thử,PT,huyen-thu,2013-01-01,,dau-moi,Trần Thị B,phong@thu.example,0200 000 002,,
xa-thu-mot,,xa,commune,Xã Thử Một,UBND xã Thử Một,UBND,huyen-thu,2013-01-01,,dau-moi,Lê Văn C,mot@thu.example,,,
xa-thu-hai,,xa,commune,Xã Thử Hai,UBND xã Thử Hai,UBND,huyen-thu,2013-01-01,,dau-moi,Phạm Thị D,hai@thu.example,,,
"""


def files_under(folder: Path) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


@pytest.fixture
def plans(run, tmp_path, monkeypatch):
    """The plans that ship, with a sixth one written by `plan new`; DONDOC_HOME is a home that is not there yet."""
    folder = shutil.copytree(SHIPPED, tmp_path / "plans")
    (folder / "units" / "thu.csv").write_text(UNITS, "utf-8")
    for name in ("DATABASE_URL", "FILES", "SMTP_URL", "IMAP_URL", "MAIL_FROM", "TEMPLATES", "BASE_URL"):
        monkeypatch.delenv(f"DONDOC_{name}", raising=False)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DONDOC_PLANS", str(folder))
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "first"))
    new = ["plan", "new", CODE, "--title", TITLE, "--lead", "phong-thu", "--from", "2026", "--to", "2026"]
    assert run(*new, "-o", folder / f"{CODE}.yaml").code == 0
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "home"))
    return folder


def filled(run, folder: Path, unit: str, **figures: int) -> Path:
    """The unit's own form, filled in, where the sweep looks for it."""
    form = folder / f"{unit}.xlsx"
    assert run("form", CYCLE, unit, "-o", form, "--as-of", "2026-11-19").code == 0
    typed = {code.replace("_", "."): value for code, value in figures.items()}
    form.write_bytes(fill_form(form.read_bytes(), Answers(typed, {"chi-dao": "Đã ban hành kế hoạch."})))
    return form


def test_a_sixth_plan_touches_only_the_folder_of_plans(plans, run, tmp_path):
    shipped, now = files_under(SHIPPED), files_under(plans)
    assert set(now) - set(shipped) == {f"{CODE}.yaml", "units/thu.csv"}
    assert {name: now[name] for name in shipped} == shipped

    assert CODE in {plan["code"] for plan in run("plan", "list", "--json").json}
    rows = run("calendar", "--from", "2026-01-01", "--to", "2026-12-31", "--plan", CODE, "--json").json
    assert [row["cycle"] for row in rows] == [f"{CODE}/O{n}/2026" for n in (1, 2, 3)]
    assert (rows[1]["last_day"], rows[1]["last_working_day"], rows[1]["units"]) == (
        "2026-11-29",
        "2026-11-27",
        2,
    )

    assert run("sweep", "--as-of", "2026-10-16", "--json").json["opened"] >= 1
    reminder = next(rung for rung in rows[1]["reminders"] if rung["step"] == "T-7")
    assert run("sweep", "--as-of", reminder["on"], "--json").code == 0
    mails = [row for row in run("outbox", "list", "--json").json if row["key"].startswith(f"{CYCLE}|")]
    sent = sorted(row["to"] for row in mails if row["state"] == "sent")
    assert sent == ["hai@thu.example", "mot@thu.example"], "T-7; T-14 was overtaken"

    inbox = tmp_path / "home" / "inbox"
    inbox.mkdir(exist_ok=True)
    for unit, (all_of, helped) in {"xa-thu-mot": (100, 90), "xa-thu-hai": (60, 30)}.items():
        form = filled(run, tmp_path, unit, T2026_01=all_of, T2026_02=helped)
        shutil.copy(form, inbox / form.name)
    assert run("sweep", "--as-of", "2026-11-20T09:00", "--json").json["received"] == 2

    totals = run("totals", CYCLE, "--json").json
    assert (totals["expected"], totals["received"], totals["missing"]) == (2, 2, [])
    found = {indicator["code"]: indicator for indicator in totals["indicators"]}
    assert (found["T2026.01"]["value"], found["T2026.02"]["value"]) == (160, 120)
    assert (found["T2026.03"]["numerator"], found["T2026.03"]["denominator"]) == (120, 160)
    assert found["T2026.03"]["met"] is False, "75% of 80%"

    report = tmp_path / "bao-cao.docx"
    assert run("report", CYCLE, "-o", report).code == 0
    assert run("check-docx", report, "--json").json["ok"] is True
