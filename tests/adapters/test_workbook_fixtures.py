"""Whole files: each of should_fail is answered with the finding expected of it, each of should_pass with none."""

import json
from pathlib import Path

import pytest

from models.intake import check_reading
from models.privacy import people_lists
from tasks.adapters.workbooks import NotAWorkbookError, read_workbook
from tests.workbooks.make_workbooks import (
    BIEU,
    SHOULD_FAIL,
    SHOULD_PASS,
    WELL_FILLED,
    filled,
    phantom_rows,
    repacked,
)
from tests.workbooks.sample_forms import HUE_588

FOLDER = Path(__file__).parents[1] / "workbooks"
EXPECTED = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))


def answers(data: bytes) -> list[tuple[str, str]]:
    try:
        reading = read_workbook(data)
    except NotAWorkbookError as refused:
        return [(refused.rule, "" if refused.message.endswith(".") else "no sentence")]
    findings = people_lists(reading.grids) or check_reading(reading, HUE_588).findings
    return [(finding.rule, finding.cell) for finding in findings]


def files(folder: str) -> list[Path]:
    return sorted((FOLDER / folder).glob("*.*"))


def test_the_folders_hold_exactly_the_files_the_script_makes():
    assert {path.name for path in files("should_fail")} == set(SHOULD_FAIL) == set(EXPECTED)
    assert {path.name for path in files("should_pass")} == set(SHOULD_PASS)
    assert len(SHOULD_FAIL) > 40


@pytest.mark.parametrize("path", files("should_fail"), ids=lambda path: path.name)
def test_a_wrong_file_is_answered_with_the_finding_expected_of_it(path):
    expected = EXPECTED[path.name]
    found = answers(path.read_bytes())
    assert expected["rule"] in [rule for rule, _ in found]
    if expected["cell"] or len(found) == 1:
        assert (expected["rule"], expected["cell"]) in [
            (rule, cell if expected["cell"] else "") for rule, cell in found
        ]


@pytest.mark.parametrize("path", files("should_pass"), ids=lambda path: path.name)
def test_a_good_file_passes_without_any_finding_but_what_the_unit_confirmed(path):
    confirmed = [("confirmed", "Biểu!D21")] if path.stem == "confirmed-in-the-note" else []
    assert answers(path.read_bytes()) == confirmed


def test_a_million_blank_rows_below_the_form_do_no_harm():
    data = repacked(filled(), {BIEU: phantom_rows})
    assert len(data) < 4 << 20
    assert answers(data) == []
    assert len(read_workbook(data).rows) == len(read_workbook(filled()).rows)


def test_a_file_of_more_than_four_megabytes_is_refused_before_it_is_opened():
    with pytest.raises(NotAWorkbookError, match="tối đa 4 MB") as refused:
        read_workbook(b"PK\x03\x04" + bytes(4 << 20))
    assert refused.value.rule == "too_large"


def test_all_findings_come_at_once_each_with_its_own_cell():
    wrong = {"H588.21": "nhiều", "H588.22": None, "H588.05": "1.5", "H588.09": "đang làm"}
    found = answers(filled(values=wrong))
    assert sorted(found) == [
        ("ambiguous_number", "Biểu!D32"),
        ("not_a_number", "Biểu!D16"),
        ("not_yes_or_no", "Biểu!D11"),
        ("required_blank", "Biểu!D18"),
    ]


def test_a_formula_with_a_calculated_value_is_taken_with_a_warning():
    kept = repacked(filled(), {BIEU: lambda part: part.replace(b"<v>90</v>", b"<f>50+40</f><v>90</v>", 1)})
    intake = check_reading(read_workbook(kept), HUE_588)
    assert [(f.rule, f.severity, f.cell) for f in intake.findings] == [("formula", "warning", "Biểu!D16")]
    assert intake.by_code()["H588.21"].number == WELL_FILLED["H588.21"]


@pytest.mark.parametrize("cut", range(0, 12_000, 500))
def test_a_file_cut_off_anywhere_is_refused_in_words(cut):
    with pytest.raises(NotAWorkbookError):
        read_workbook(filled()[:cut])
