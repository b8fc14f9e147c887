"""The starting file of a new plan: what it lacks is named, and each way of writing it shows is one that is taken."""

import re
from datetime import date

import pytest

from models.plan import Plan, PlanError, parse_plan, plan_warnings
from models.plan.json_schema import FILE_NAME
from models.plan_draft import Draft, draft_of
from models.units import Contact, Unit, UnitTree
from tasks.adapters.plan_template import starting_file
from tests.builders import NO_HOLIDAYS, ROOT, a_unit

YEARS = (2026, 2030)
TITLE = 'chăm sóc trẻ em "mẫu": năm đầu'


def a_place(code: str, kind: str, name: str, parent: str | None, **changes: object) -> Unit:
    return a_unit(code, kind, parent, name=name, body=f"UBND {name[0].lower()}{name[1:]}", **changes)


DISTRICT = a_place("huyen-mau", "huyen", "Huyện Mẫu", None)
COMMUNES = [
    a_place("xa-mot", "xa", "Xã Một", "huyen-mau"),
    a_place("phuong-hai", "phuong", "Phường Hai", "huyen-mau"),
]
OFFICE = a_unit(
    "phong-mau",
    "phong",
    "huyen-mau",
    name="Phòng Trẻ em huyện Mẫu",
    body="Phòng Trẻ em huyện Mẫu",
    abbreviation="PTE",
    contacts=(Contact("dau-moi", "Trần Thị B", "phong@mau.example", "0234 000 000"),),
)
TREE = UnitTree([DISTRICT, *COMMUNES, OFFICE])
KNOWN = {unit.code for unit in TREE.all_on()}


def written(
    lead: str = "phong-mau", title: str = TITLE, years: tuple[int, int] = YEARS, tree: UnitTree = TREE
) -> str:
    draft, _ = draft_of("mau-2026", title, years, lead, tree)
    return starting_file(draft, "mau-2026.yaml", ROOT / "templates")


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


# Each way of writing

ALTERNATIVE = re.compile(r"^( *)# (.*)$")


def blocks(lines: list[str]) -> list[tuple[int, int]]:
    """First and last line of each alternative: lines one after another that begin with a single `#`."""
    found: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        if n and ALTERNATIVE.match(line):
            if found and found[-1][1] == n - 1:
                found[-1] = (found[-1][0], n)
            else:
                found.append((n, n))
    return found


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_said(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def key_at(line: str, depth: int) -> str:
    """The key of a line at this depth, that of the first line of a list item too; empty where there is none."""
    begins = line[depth - 2 : depth] == "- " if depth >= 2 and not line[: depth - 2].strip() else False
    match = re.match(r"[a-z_]+(?=:)", line[depth:]) if begins or indent(line) == depth else None
    return match[0] if match else ""


def used(lines: list[str], first: int, last: int) -> str:
    """The file with one alternative in place of what it stands for, as its head tells people to do it."""
    block = [ALTERNATIVE.sub(r"\1\2", line) for line in lines[first : last + 1]]
    depth = indent(block[0])
    keys = {key for line in block if indent(line) == depth and (key := key_at(line, depth))}
    start = first
    while start > 0 and not (is_said(lines[start - 1]) and indent(lines[start - 1]) < depth - 2):
        start -= 1
        if is_said(lines[start]) and indent(lines[start]) < depth:
            break  # the first line of the list item, or the key above
    end = last + 1
    while end < len(lines) and not (is_said(lines[end]) and indent(lines[end]) < depth):
        end += 1
    kept, dropping = [], False
    for n in range(start, end):
        line = lines[n]
        if first <= n <= last:
            kept.append(block[n - first])
        elif is_said(line):
            if indent(line) <= depth:
                dropping = key_at(line, depth) in keys and not line.lstrip().startswith("- ")
            if not dropping:
                kept.append(line)
        else:
            kept.append(line)
    return "\n".join([*lines[:start], *kept, *lines[end:]]) + "\n"


FILE = written().splitlines()
CHOICES = blocks(FILE)


@pytest.mark.parametrize(("first", "last"), [pytest.param(*at, id=FILE[at[0]].strip()) for at in CHOICES])
def test_each_alternative_alone_makes_another_plan(first, last):
    plan = parse_plan(used(FILE, first, last), "mau-2026.yaml", KNOWN)
    assert plan != parse_plan(written(), "mau-2026.yaml", KNOWN)


def test_an_alternative_takes_the_place_of_what_it_stands_for():
    (quarter,) = [at for at in CHOICES if FILE[at[0]].strip() == "# every: quarter"]
    own = parse_plan(used(FILE, *quarter), "mau-2026.yaml").obligation("O2")
    assert (own.every, own.feeds) == ("quarter", "O3"), "what has another name stays"
    (steps,) = [at for at in CHOICES if FILE[at[0]].strip() == "# reminders:"]
    ladder = parse_plan(used(FILE, *steps), "mau-2026.yaml").obligation("O2").ladder
    assert [(step.step, step.letter, step.copy_to) for step in ladder][2:] == [
        ("T+1", 1, []),
        ("T+5", 2, ["huyen-mau"]),
    ]


def test_the_alternatives_show_each_choice_there_is():
    told = "\n".join(FILE)
    for name in keys_of_the_schema():
        assert re.search(rf"\b{name}:", told), f"{name} is shown nowhere"
    for word in ("once", "half-year", "quarter", "month", "phase", "ad-hoc"):
        assert re.search(rf"every: \[?[a-z-, ]*{word}", told), word
    for word in ("plan", "result", "inform", "register", "task", "chase", "difficulty"):
        assert f"kind: {word}" in told, word
    for word in ("number", "money", "yes_no", "choice", "text", "table"):
        assert f"kind: {word}" in told, word
    for word in ("last", "max", "count", "list"):
        assert f"adds: {word}" in told, word


def keys_of_the_schema() -> set[str]:
    from models.plan.json_schema import plan_json_schema

    schema = plan_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return {key for part in parts for key in part["properties"]} - {"change_warning_percent"}


def test_alternatives_are_not_taken_for_explanations():
    assert len(CHOICES) > 60
    assert isinstance(parse_plan("\n".join(line for line in FILE if is_said(line)), "mau-2026.yaml"), Plan)
