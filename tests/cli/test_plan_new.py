"""`dondoc plan new`: a file that `plan check` and `plan load` take, and nothing written over."""

import pytest

from tests.ledger.office import dump

TITLE = "chăm sóc trẻ em giai đoạn 2026 - 2030"


def test_with_lead_and_title_the_file_is_checked_and_loaded_as_it_is(home, run, tmp_path):
    answer = run(
        "plan", "new", "mau-2026", "--title", TITLE, "--lead", "phong-mau", "--from", "2026", "--to", "2030"
    )
    assert (answer.code, answer.err) == (0, "")
    file = tmp_path / "mau-2026.yaml"
    checked = run("plan", "check", file, "--json")
    assert (checked.code, checked.json["problems"], checked.json["warnings"]) == (0, [], [])
    assert (checked.json["lead"], checked.json["issuer"]) == ("phong-mau", "huyen-mau")
    assert (checked.json["first_year"], checked.json["last_year"]) == (2026, 2030)
    assert run("plan", "load", file).code == 0
    rows = run("calendar", "--from", "2026-01-01", "--to", "2026-12-31", "--plan", "mau-2026", "--json").json
    assert [(row["cycle"], row["last_day"], row["units"]) for row in rows] == [
        ("mau-2026/O1/2026", "2026-06-29", 3),
        ("mau-2026/O2/2026", "2026-11-29", 3),
        ("mau-2026/O3/2026", "2026-12-25", 1),
    ]


def test_without_them_check_names_each_place_to_fill_in(home, run, tmp_path):
    file = tmp_path / "khac.yaml"
    answer = run("plan", "new", "mau-2026", "-o", file, "--json")
    assert (answer.code, answer.json["file"]) == (0, str(file))
    checked = run("plan", "check", file, "--json")
    assert checked.code == 1
    lines = file.read_text("utf-8").splitlines()
    named = {problem["line"] for problem in checked.json["problems"]}
    assert named == {n for n, line in enumerate(lines, 1) if "# ĐIỀN:" in line}
    assert {problem["path"] for problem in checked.json["problems"]} >= {"title", "lead", "issuer"}


def test_a_plan_runs_five_years_from_this_one_unless_told_otherwise(home, run):
    told = run("plan", "new", "mau-2026", "--from", "2026", "--json").json
    assert (told["first_year"], told["last_year"]) == (2026, 2030)
    told = run("plan", "new", "mau-2027", "--from", "2026", "--to", "2026", "--json").json
    assert (told["first_year"], told["last_year"]) == (2026, 2026)


def test_an_unknown_lead_unit_is_told_and_stays_to_be_checked(home, run, tmp_path):
    answer = run("plan", "new", "mau-2026", "--lead", "phong-la")
    assert answer.code == 0
    assert "phong-la is in no unit file yet" in answer.err
    assert "lead: &dau-moi phong-la" in (tmp_path / "mau-2026.yaml").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("co-san", "co-san.yaml is there already; nothing was written"),
        ("mau-2026 -o co-san.yaml", "co-san.yaml is there already; nothing was written"),
        ("Mau_2026", "'Mau_2026': expected lower-case letters without accents, digits and hyphens"),
        ("mau-2026 --lead Phòng", "'Phòng': expected lower-case letters"),
        ("mau-2026 --from 2030 --to 2026", "a plan from 2030 to 2026 ends before it begins"),
        ("mau-2026 --from 1900", "--from"),
        ("mau-2026 -o khong-co/mau.yaml", "khong-co/mau.yaml"),
        ("", "CODE"),
    ],
)
def test_bad_input_is_refused_in_one_line_and_nothing_is_written(home, run, tmp_path, words, said):
    (tmp_path / "co-san.yaml").write_text("code: co-san\n", "utf-8")
    before, files = dump(home), sorted(tmp_path.iterdir())
    answer = run("plan", "new", *words.split())
    assert answer.code == 2
    assert said in answer.err
    assert len(answer.err.strip().splitlines()) == 1
    assert answer.out == ""
    assert (dump(home), sorted(tmp_path.iterdir())) == (before, files)
    assert (tmp_path / "co-san.yaml").read_text("utf-8") == "code: co-san\n"
