"""docs/plan-files.md: every example is taken by the program, the five plans say what it says they say, no key is left out."""

import json
import re

import pytest
import yaml

from models.plan import Plan
from models.plan.json_schema import plan_json_schema
from models.plan_text import parse, parse_plan
from tests.builders import ROOT, an_obligation, plan_data

PAGE = (ROOT / "docs" / "plan-files.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```yaml (plan|obligation)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
RULE = re.compile(r"`([^`]+)`")

PARTS = {
    "Plan": "plan",
    "Citation": "citation, legal_basis[]",
    "Contact": "contact",
    "Phase": "phases[]",
    "ReportingYear": "reporting_year",
    "Indicator": "indicators[]",
    "Formula": "formula",
    "Times": "times",
    "Test": "all_of[], implies[], required_when[], where",
    "Target": "targets[]",
    "Column": "columns[]",
    "Rule": "rules[]",
    "Obligation": "obligations[]",
    "Due": "due",
    "After": "after",
    "Ahead": "ahead",
    "Owed": "owed_by",
    "Selector": "select[]",
    "Through": "through",
    "Form": "form",
    "Narrative": "narratives[]",
    "Step": "reminders[], returned[]",
    "Signing": "signing",
    "Report": "report",
    "OutlineHeading": "outline[]",
    "UnitList": "lists[]",
    "Signer": "signer",
}


def rows(heading: str, columns: int) -> list[list[str]]:
    """Rows of the tables under a heading that have so many columns, without their heads."""
    section = PAGE.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    cells = [line.strip("| ").split(" | ") for line in section.splitlines() if line.startswith("| ")]
    return [row for row in cells if len(row) == columns and row[0] not in {"Duty", "Wording", "Part"}]


def read(text: str) -> dict:
    return json.loads(parse._as_json(text, "mau.yaml"))


def of_rule(cell: str) -> dict:
    """`every: year` `due: null` as one part of a plan."""
    return {key: value for piece in RULE.findall(cell) for key, value in read(piece).items()}


def in_a_small_plan(kind: str, fragment: dict) -> Plan:
    below = an_obligation("O1", **(fragment if kind == "obligation" else {}))
    above = an_obligation("O2", due={"by": "31/12"}, owed_by={"units": ["phong-mau"]})
    phases = [
        {"code": "2019-2020", "first_year": 2019, "last_year": 2020},
        {"code": "2021-2025", "first_year": 2021, "last_year": 2025},
    ]
    indicators = [{"code": f"A.{n}", "label": f"Chỉ tiêu {n}", "unit": "người"} for n in (1, 2, 3)]
    data = plan_data(below, above, phases=phases, indicators=indicators)
    changed = data | (fragment if kind == "plan" else {})
    return parse_plan(yaml.safe_dump(changed, allow_unicode=True, sort_keys=False), "mau.yaml")


@pytest.mark.parametrize(("kind", "text"), EXAMPLES)
def test_every_example_is_taken_in_a_small_plan(kind, text):
    assert in_a_small_plan(kind, read(text))


def test_every_block_of_yaml_says_where_it_belongs():
    assert len(EXAMPLES) >= 5
    assert PAGE.count("```yaml") == len(EXAMPLES)


@pytest.mark.parametrize(("duty", "wording", "rule"), rows("From wording to rule", 3))
def test_the_five_plans_have_the_rule_the_page_shows(duty, wording, rule):
    code, number = duty.split("/")
    plan = read((ROOT / "plans" / f"{code}.yaml").read_text("utf-8"))
    (obligation,) = [each for each in plan["obligations"] if each["code"] == number]
    assert wording in " ".join(obligation["wording"].split())
    shown = of_rule(rule)
    assert {"every", "due"} <= shown.keys()
    assert {key: obligation[key] for key in shown} == shown


@pytest.mark.parametrize(("wording", "rule"), rows("From wording to rule", 2))
def test_every_other_wording_has_a_rule_that_is_taken(wording, rule):
    shown = of_rule(rule)
    obligation = in_a_small_plan("obligation", shown | {"wording": wording}).obligation("O1")
    assert obligation.due is not None
    assert obligation.model_fields_set >= shown.keys()


def test_both_tables_of_wordings_are_there():
    duties = {row[0].split("/")[0] for row in rows("From wording to rule", 3)}
    assert duties == {"hue-647", "hue-588", "lang-son-1438", "hong-ngu-2020", "nam-dong-2014"}
    assert len(rows("From wording to rule", 2)) >= 10


def rows_of_the_schema() -> list[list[str]]:
    schema = plan_json_schema()
    parts = {"Plan": schema, **schema["$defs"]}
    assert parts.keys() == PARTS.keys()
    return [
        [
            f"`{PARTS[name]}`",
            f"`{key}`{'*' * (key in part.get('required', ()))}",
            " ".join(value["description"].split()),
        ]
        for name in PARTS
        for part in [parts[name]]
        for key, value in part["properties"].items()
    ]


def test_the_table_of_all_keys_is_that_of_the_schema():
    assert rows("All keys", 3) == rows_of_the_schema()
