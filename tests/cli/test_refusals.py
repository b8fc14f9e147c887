"""Bad input: exit 2, one clear line on stderr, nothing on stdout, no traceback, nothing changed."""

import pytest

from tests.ledger.office import KEY, dump, sweep

UNKNOWN_PLAN = "no plan ke-hoach-khac; loaded: ke-hoach-mau"

REFUSED = {
    "status --plan ke-hoach-khac": UNKNOWN_PLAN,
    "status --cycle ke-hoach-khac/O1/2019": UNKNOWN_PLAN,
    "plan show ke-hoach-khac": UNKNOWN_PLAN,
    "calendar --from 2019-01-01 --to 2019-12-31 --plan ke-hoach-khac": UNKNOWN_PLAN,
    "status --cycle ke-hoach-mau/O1/2031": "ke-hoach-mau/O1 has no period 2031",
    "totals ke-hoach-mau/O9/2019": "ke-hoach-mau has no obligation O9; it has O1, O2, O3, O4",
    "totals ke-hoach-mau/O1/2020": "ke-hoach-mau/O1/2020 has not opened yet",
    "report ke-hoach-mau/O1/2020 -o a.docx --kind cong-van --with-sources": "--with-sources is for the lead unit's Báo cáo",
    "totals 2019": "'2019' is not a cycle: expected plan/obligation/period",
    "trace ke-hoach-mau/O1/2019 X.9": "ke-hoach-mau/O1/2019 has no indicator X.9; it has A.1",
    "form ke-hoach-mau/O1/2019 xa-khong-co -o f.xlsx": "unknown unit xa-khong-co",
    "submit ke-hoach-mau/O1/2019 xa-khong-co f.csv": "unknown unit xa-khong-co",
    "submit ke-hoach-mau/O1/2031 xa-mot f.csv": "ke-hoach-mau/O1 has no period 2031",
    "extend ke-hoach-mau/O1/2019 phong-mau --to 2019-12-20 --reason x": "phong-mau does not owe",
    "extend ke-hoach-mau/O1/2019 xa-mot --to 2019-11-20 --reason x --as-of 2019-11-01": "not after 2019-11-29",
    "return ke-hoach-mau/O1/2019 xa-mot --reason x": "xa-mot has no accepted report",
    "report ke-hoach-mau/O1/2019 --unit xa-mot -o r.docx": "xa-mot has no accepted report",
    "report ke-hoach-mau/O1/2019 --unit xa-khong-co -o r.docx": "xa-khong-co does not owe",
    "set-due ke-hoach-mau/O1/2019 --before 2019-12-01 --document x": "has its date from the plan",
    "set-due ke-hoach-mau/O4/2019 --document x": "exactly one of --before and --on",
    "set-due ke-hoach-mau/O4/2031 --on 2031-12-01 --document x": "ke-hoach-mau/O4 has no period 2031; it has 2019",
    "reschedule ke-hoach-mau/O1/2019 --to 2019-12-10 --reason x": "--document",
    "reschedule ke-hoach-mau/O1/2019 --to 2019-12-10 --reason x --document y --before --on": "one of --before and --on",
    "reschedule ke-hoach-mau/O1/2019 --to 2019-11-10 --reason x --document y --as-of 2019-11-20": "has passed",
    "reschedule ke-hoach-mau/O1/2020 --to 2020-12-10 --reason x --document y --as-of 2019-11-20": "has not opened yet",
    "cascade ke-hoach-mau/O4/2019": "has no date: give one with --before or --on",
    "cascade ke-hoach-mau/O2/2019 --allow O1=5": "ke-hoach-mau/O1/2019 has its date from the plan",
    "cascade ke-hoach-mau/O2/2019 --allow O3=5": "O3 does not feed ke-hoach-mau/O2/2019",
    "cascade ke-hoach-mau/O2/2019 --allow O1": "expected an obligation and working days, e.g. O3=6",
    "sweep --as-of hôm-nay": "'hôm-nay' is not a moment: expected 2019-11-29",
    "sweep --as-of 2019-02-30": "'2019-02-30' is not a moment",
    "status --as-of 31/11/2019": "'31/11/2019' is not a moment",
    "preview --on 2019-13-01": "'2019-13-01' is not a moment",
    "simulate --from 2019-11-31 --to 2019-12-31": "'2019-11-31' is not a moment",
    "simulate --from 2019-12-31 --to 2019-11-30": "ends before it begins",
    "calendar --from x --to 2019-12-31": "'x' is not a moment",
    "calendar --from 2019-12-31 --to 2019-11-30": "ends before it begins",
    "outbox show nothing": "no message nothing",
    "outbox list --state lost": "no state lost",
    "unit list --on 31/13/2019": "'31/13/2019' is not a moment",
    "unit close xa-khong-co --on 2025-07-01 --reason x": "unknown unit xa-khong-co",
    "unit merge xa-mot --into xa-moi --on 2025-07-01 --reason x": "the successor xa-moi is not valid",
    "unit close xa-ba --on 2025-07-01 --reason=": "say why: the reason is empty",
    "unit withdraw xa-khong-co --from 2025-07-01 --reason x": "unknown unit xa-khong-co",
    "unit withdraw xa-ba --from 2025-07-01 --reason x": "nothing of xa-ba begins on 2025-07-01",
    "unit redate xa-ba --from 2025-07-01 --to 2025-06-31 --reason x": "'2025-06-31' is not a moment",
    "unit import bad.csv": "bad.csv",
    "plan load bad.yaml": "bad.yaml",
    "plan load latin.yaml": "latin.yaml",
    "receive missing.xlsx": "missing.xlsx",
    "submit ke-hoach-mau/O1/2019 xa-mot missing.xlsx": "missing.xlsx",
    "check-docx missing.docx": "missing.docx",
    "plan check missing.yaml": "missing.yaml",
    "plan load missing.yaml": "missing.yaml",
    "form ke-hoach-mau/O1/2019 xa-mot -o nowhere/f.xlsx": "nowhere/f.xlsx",
    "demo --home full": "full is not empty",
    "report ke-hoach-mau/O1/2019": "--output",
    "report ke-hoach-mau/O1/2019 --kind to-trinh -o r.docx": "to-trinh",
    "swep": "swep",
    "sweep --as-off 2019-11-01": "--as-off",
}


@pytest.fixture
def files(home, tmp_path):
    sweep("2019-10-16")
    (tmp_path / "bad.yaml").write_text("code: bad\n", "utf-8")
    (tmp_path / "latin.yaml").write_bytes("code: kế hoạch".encode("utf-16"))
    (tmp_path / "bad.csv").write_text("code,name\nxa-x,Xã X\n", "utf-8")
    (tmp_path / "f.csv").write_text("not a workbook", "utf-8")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "something").write_text("of somebody's", "utf-8")
    return home


@pytest.mark.parametrize("words", REFUSED)
def test_bad_input_is_refused_in_one_line(files, run, words):
    before = dump(files)
    for extra in ((), ("--json",)):
        answer = run(*words.split(), *extra)
        assert (answer.code, answer.out) == (2, "")
        assert REFUSED[words] in answer.err
        assert len(answer.err.strip().splitlines()) == 1 or words.startswith("plan load bad")
        assert "Traceback" not in answer.err
    assert dump(files) == before


@pytest.mark.parametrize("words", ["status", "doctor --json", "sweep", "plan list"])
def test_a_home_that_cannot_be_used_is_refused_in_one_line(run, tmp_path, monkeypatch, words):
    (tmp_path / "file").write_text("in its place")
    monkeypatch.setenv("DONDOC_HOME", str(tmp_path / "file"))
    answer = run(*words.split())
    if words.startswith("doctor"):
        assert (answer.code, answer.json["checks"][0]["ok"]) == (1, False)
        assert "cannot be used" in answer.json["checks"][0]["message"]
        return
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"dondoc: the home {tmp_path / 'file'} cannot be used")
    assert len(answer.err.splitlines()) == 1


@pytest.mark.parametrize("url", ["postgresql://127.0.0.1:9/dondoc", "nonsense"])
def test_a_database_that_is_not_there_is_refused_in_one_line(home, run, monkeypatch, url):
    monkeypatch.setenv("DONDOC_DATABASE_URL", url)
    answer = run("status")
    assert (answer.code, answer.out) == (2, "")
    assert "database" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_a_setting_that_cannot_be_read_is_refused(home, run, monkeypatch):
    monkeypatch.setenv("DONDOC_SMTP_URL", "http://mail.example")
    sweep_it = run("sweep", "--as-of", "2019-10-16")
    assert sweep_it.code == 0  # nothing to send yet
    answer = run("sweep", "--as-of", "2019-11-20")
    assert (answer.code, answer.out) == (2, "")
    assert "smtp://" in answer.err
    assert dump(home)["cycle"][0][1] == str(KEY)


def test_a_locked_database_is_told_and_no_traceback(home, run, monkeypatch):
    import sqlite3

    monkeypatch.setattr("tasks.adapters.database._PATIENCE", 0.2)
    monkeypatch.setenv("DONDOC_BASE_URL", "http://another-opening.example")
    other = sqlite3.connect(home.folder / "dondoc.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        answer = run("sweep", "--as-of", "2019-10-16")
    finally:
        other.close()
    assert (answer.code, answer.out) == (2, "")
    assert "locked" in answer.err
    assert len(answer.err.splitlines()) == 1


def test_called_with_nothing_it_helps(run):
    answer = run()
    assert answer.code == 2
    assert "calendar" in answer.out
    assert run("--help").code == 0
