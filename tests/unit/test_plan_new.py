"""The starting file of a new plan: what the units tell stands in it, and what it lacks is named."""

import json
from datetime import date

import pytest

from models.plan.json_schema import FILE_NAME
from models.plan_draft import Draft, draft_of
from models.plan_text import PlanError, parse_plan, plan_warnings
from models.units import UnitTree
from tests.builders import NO_HOLIDAYS, a_unit
from tests.starting_files import COMMUNES, DISTRICT, KNOWN, TITLE, TREE, YEARS, written


def missing(text: str, known: set[str] = KNOWN) -> list[int]:
    """The lines `plan check` names."""
    try:
        parse_plan(text, "mau-2026.yaml", known)
    except PlanError as error:
        return sorted(problem.line for problem in error.problems)
    return []


def marked(text: str) -> list[int]:
    return [n for n, line in enumerate(text.splitlines(), 1) if "# ĐIỀN:" in line]


# What is lacking


def test_with_a_lead_unit_and_a_title_nothing_is_lacking_and_nothing_warned_of():
    text = written()
    plan = parse_plan(text, "mau-2026.yaml", KNOWN)
    assert plan.title == TITLE
    assert (plan.lead, plan.issuer, plan.contact.email) == ("phong-mau", "huyen-mau", "phong@mau.example")
    assert [(o.code, o.kind, o.feeds) for o in plan.obligations] == [
        ("O1", "plan", None),
        ("O2", "result", "O3"),
        ("O3", "result", None),
    ]
    assert plan_warnings(plan, text, "mau-2026.yaml", NO_HOLIDAYS) == []
    assert marked(text) == []


@pytest.mark.parametrize(
    ("lead", "title", "places"),
    [("phong-mau", "", 1), ("", TITLE, 13), ("", "", 14), ("phong-la", TITLE, 12)],
)
def test_check_names_the_lines_that_are_marked_and_no_others(lead, title, places):
    text = written(lead, title)
    assert len(marked(text)) == places
    assert missing(text) == marked(text)


FILLED = {
    "title": TITLE,
    "citation.issuer": "Ủy ban nhân dân huyện Mẫu",
    "issuer": "huyen-mau",
    "lead": "phong-mau",
    "contact.name": "Phòng Trẻ em",
    "contact.phone": "0234 000 000",
    "contact.email": "phong@mau.example",
    "report.symbol": "BC-PTE",
    "report.letter_symbol": "PTE",
    "report.place": "Mẫu",
    "report.parent_agency": "UBND HUYỆN MẪU",
    "report.agency": "Phòng Trẻ em",
}


def test_once_each_place_is_filled_in_nothing_is_lacking():
    text = written("", "")
    lines = text.splitlines()
    with pytest.raises(PlanError) as error:
        parse_plan(text, "mau-2026.yaml", KNOWN)
    for problem in error.value.problems:
        value = json.dumps(FILLED.get(problem.path), ensure_ascii=False)
        lines[problem.line - 1] = lines[problem.line - 1].replace("  # ĐIỀN", f" {value}  # ĐIỀN", 1)
        if problem.path not in FILLED:
            lines[problem.line - 1] = OTHERWISE[problem.path]
    plan = parse_plan("\n".join(lines).replace("units: []", "units: [xa-mot]"), "mau-2026.yaml", KNOWN)
    assert (plan.lead, plan.obligation("O2").owed_by.units, plan.short) == ("phong-mau", ["xa-mot"], TITLE)


OTHERWISE = {
    "obligations[0].owed_by": "    owed_by: &don-vi",
    "report.signer.post": "  signer: {post: TRƯỞNG PHÒNG}",
}


def test_once_all_is_filled_in_an_unknown_unit_is_named_by_its_line():
    text = written().replace("&dau-moi phong-mau", "&dau-moi phong-mao")
    with pytest.raises(PlanError) as error:
        parse_plan(text, "mau-2026.yaml", KNOWN)
    (problem,) = error.value.problems
    assert (problem.path, problem.expected) == ("lead", "unknown unit phong-mao; did you mean phong-mau?")


def test_the_units_tell_who_issues_who_owes_and_how_the_report_is_headed():
    draft, warning = draft_of("mau-2026", TITLE, YEARS, "phong-mau", TREE)
    assert warning is None
    assert (draft.issuer, draft.kinds, draft.owing) == ("huyen-mau", ("phuong", "xa"), 2)
    assert (draft.parent_agency, draft.agency) == ("UBND HUYỆN MẪU", "Phòng Trẻ em")
    assert (draft.symbol, draft.place, draft.post) == ("BC-PTE", "Mẫu", "TRƯỞNG PHÒNG")


def test_a_territory_that_leads_is_its_own_issuer():
    draft, _ = draft_of("mau-2026", TITLE, YEARS, "huyen-mau", TREE)
    assert (draft.issuer, draft.post) == ("huyen-mau", "CHỦ TỊCH")


def test_a_lead_unit_that_has_ended_is_warned_of():
    ended = a_unit("phong-cu", "phong", "huyen-mau", valid_to=date(2024, 12, 31))
    tree = UnitTree([DISTRICT, *COMMUNES, ended])
    assert draft_of("mau-2026", TITLE, (2024, 2024), "phong-cu", tree)[1] is None
    _, warning = draft_of("mau-2026", TITLE, YEARS, "phong-cu", tree)
    assert warning == "phong-cu ended on 2024-12-31, before the plan begins: who took its place?"


def test_an_office_without_telephone_or_abbreviation_still_makes_a_plan():
    plain = a_unit("phong-mau", "phong", "huyen-mau", name="Phòng Trẻ em huyện Mẫu", abbreviation="")
    text = written(tree=UnitTree([DISTRICT, *COMMUNES, plain]))
    plan = parse_plan(text, "mau-2026.yaml", KNOWN)
    assert plan.contact.phone == "(chưa có)"
    assert plan.report is not None
    assert plan.report.symbol == "BC-PTE"


@pytest.mark.parametrize(
    ("code", "prefix"),
    [("hue-588", "H588"), ("nam-dong-2014", "ND2014"), ("588-hue", "K588H"), ("a1", "A")],
)
def test_indicators_are_called_after_the_plan(code, prefix):
    assert Draft(code, "", *YEARS).prefix == prefix


def test_a_plan_of_one_year_has_no_phase():
    assert "phases:" in written()
    text = written(years=(2026, 2026))
    assert "phase" not in text
    assert missing(text) == []


def test_the_first_line_is_for_the_editor_and_the_lines_are_not_too_long_to_read():
    for lead in ("phong-mau", ""):
        lines = written(lead, "").splitlines()
        assert lines[0] == f"# yaml-language-server: $schema={FILE_NAME}"
        assert max(map(len, lines)) <= 150
