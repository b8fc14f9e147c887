"""Holiday files: each thing that is wrong in one line with its place; put in place all or none."""

from datetime import date
from pathlib import Path

import pytest

from tasks.adapters.holiday_files import (
    FolderNotWritableError,
    put_in_place,
    read_working_days,
    read_years,
)
from tasks.adapters.holiday_years import HolidayError, parse_year

GOOD = """\
year: 2026
status: confirmed
decided_by: Thông báo mẫu
holidays:
  - {date: 2026-01-01, name: Tết Dương lịch}
  - {date: 2026-01-02, name: Nghỉ hoán đổi}
working_saturdays:
  - {date: 2026-01-10, instead_of: 2026-01-02, decided_by: Thông báo mẫu}
"""

# what is changed in the good file, into what, and the line that tells
WRONG = {
    "another year": ("date: 2026-01-01", "date: 2025-01-01", "holidays[0].date: 2025-01-01 is not in 2026"),
    "twice": ("date: 2026-01-01", "date: 2026-01-02", "holidays[1].date: 2026-01-02 stands twice"),
    "a sunday": (
        "date: 2026-01-10",
        "date: 2026-01-11",
        "working_saturdays[0].date: 2026-01-11 is not a Saturday that can be worked: it is a Sunday",
    ),
    "a saturday that is off": (
        "2026-01-01, name: Tết Dương lịch",
        "2026-01-10, name: Tết Dương lịch",
        "working_saturdays[0].date: 2026-01-10 is not a Saturday that can be worked: it is a holiday",
    ),
    "in exchange for nothing": (
        "instead_of: 2026-01-02",
        "instead_of: 2026-01-05",
        "working_saturdays[0].instead_of: 2026-01-05 is worked off on 2026-01-10 but is not among the holidays",
    ),
    "a misspelt key": ("decided_by: T", "decided: T", "decided: unknown key; did you mean decided_by?"),
    "a misspelt key of a day": ("01, name:", "01, nme:", "holidays[0].nme: unknown key; did you mean name?"),
    "an unknown key": ("year: 2026", "year: 2026\nxyz: 1", "xyz: unknown key"),
    "a missing key": ("status: confirmed\n", "", "status: is missing"),
    "another status": (
        "confirmed",
        "maybe",
        "status: Input should be 'expected' or 'confirmed' (found: maybe)",
    ),
    "a status of two lines": (
        "confirmed",
        '"may\\nbe"',
        "status: Input should be 'expected' or 'confirmed' (found: may be)",
    ),
    "a day that is none": (
        "date: 2026-01-01",
        "date: 2026-02-30",
        "holidays[0].date: expected a date that exists, e.g. 2026-11-24 (found: 2026-02-30)",
    ),
    "a day written otherwise": (
        "date: 2026-01-01",
        "date: 1/1/2026",
        "holidays[0].date: expected a date that exists, e.g. 2026-11-24 (found: 1/1/2026)",
    ),
    "a key twice": (
        "year: 2026",
        "year: 2026\nyear: 2027",
        "line 2: this is not YAML: the key year stands twice",
    ),
    "nobody decided": ("decided_by: Thông báo mẫu\n", 'decided_by: ""\n', "decided_by: "),
    "no yaml": ("holidays:", "holidays: [", "line "),
}


def told(text: str | bytes) -> list[str]:
    with pytest.raises(HolidayError) as caught:
        parse_year(text if isinstance(text, bytes) else text.encode(), "2026.yaml")
    return str(caught.value).splitlines()


@pytest.mark.parametrize(("old", "new", "line"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_told_in_one_line_with_file_and_place(old, new, line):
    assert old in GOOD
    lines = told(GOOD.replace(old, new, 1))
    assert f"2026.yaml: {line}" in [said[: len(f"2026.yaml: {line}")] for said in lines]
    assert all(said.startswith("2026.yaml: ") for said in lines)


def test_the_good_file_is_good():
    assert parse_year(GOOD.encode(), "2026.yaml").year == 2026
    assert parse_year(b"\xef\xbb\xbf" + GOOD.encode(), "2026.yaml").year == 2026  # as Notepad saves it


def test_all_that_is_wrong_is_told_at_once():
    lines = told(
        GOOD.replace("date: 2026-01-01", "date: 2025-01-01").replace("date: 2026-01-10", "date: 2026-01-11")
    )
    assert [line.split(": ")[1] for line in lines] == ["holidays[0].date", "working_saturdays[0].date"]


@pytest.mark.parametrize(
    "data", [GOOD.encode("utf-16"), "decided_by: Thông báo".encode("latin-1", "replace") + b"\xe9"]
)
def test_a_file_in_another_encoding_is_told(data):
    assert told(data) == ["2026.yaml: this is not a text file in UTF-8"]


@pytest.mark.parametrize(
    "text", ["", "- a list", "just words", "&a [*a]", "? [a, list]\n: 1", "a: !!python/name:os.system"]
)
def test_something_else_than_a_year_is_told_and_nothing_is_run(text):
    (line,) = told(text)
    assert line.startswith("2026.yaml: ")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "2026.yaml").write_text(GOOD, "utf-8")
    return tmp_path


def test_a_year_in_two_files_of_the_folder_is_told(folder):
    (folder / "le.yaml").write_text(GOOD, "utf-8")
    with pytest.raises(HolidayError, match=r"le\.yaml: year: 2026 stands in 2026\.yaml already"):
        read_working_days(folder)


def test_files_put_in_place_are_read_at_once_and_nothing_else_is_left(folder):
    other = GOOD.replace("2026-01-02", "2026-01-05").encode()
    next_year = GOOD.replace("2026-01-10", "2027-01-09").replace("2026", "2027").encode()
    assert not read_working_days(folder).is_working(date(2026, 1, 2))
    with put_in_place(folder, {"2026.yaml": other, "2027.yaml": next_year}):
        pass
    days = read_working_days(folder)
    assert (days.is_working(date(2026, 1, 2)), days.is_working(date(2026, 1, 5))) == (True, False)
    assert sorted(file.name for file in folder.iterdir()) == ["2026.yaml", "2027.yaml"]
    assert list(read_years(folder)) == [2026, 2027]


def test_when_the_second_file_cannot_be_written_the_first_is_as_before(folder):
    (folder / "2027.yaml").mkdir()  # nothing can take its place
    (folder / "2027.yaml" / "x").touch()
    with (
        pytest.raises(FolderNotWritableError, match="set DONDOC_PLANS"),
        put_in_place(folder, {"2026.yaml": b"new", "2028.yaml": b"new", "2027.yaml": b"new"}),
    ):
        pass
    assert (folder / "2026.yaml").read_text("utf-8") == GOOD
    assert sorted(file.name for file in folder.iterdir()) == ["2026.yaml", "2027.yaml"]


def test_when_what_follows_fails_the_files_are_as_before(folder):
    def fail() -> None:
        assert (folder / "2028.yaml").read_bytes() == b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), put_in_place(folder, {"2026.yaml": b"new", "2028.yaml": b"new"}):
        fail()
    assert (folder / "2026.yaml").read_text("utf-8") == GOOD
    assert [file.name for file in folder.iterdir()] == ["2026.yaml"]
