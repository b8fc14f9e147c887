"""The JSON Schema for editors: up to date, explained, and no stricter than what the program takes."""

import json

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from models.plan.json_schema import FILE_NAME, plan_json_schema
from models.plan_text import parse
from tests.builders import ROOT
from tests.starting_files import written

FILE = ROOT / "plans" / FILE_NAME
PASSING = [
    *sorted((ROOT / "plans").glob("*.yaml")),
    *sorted((ROOT / "tests/plans_should_pass").glob("*.yaml")),
]
GOOD = ROOT / "tests" / "plans_should_pass" / "good.yaml"


def refusal(text: str) -> str:
    """Where the schema finds fault first; empty where it finds none."""
    data = json.loads(parse._as_json(text, "mau.yaml"))
    error = best_match(Draft202012Validator(plan_json_schema()).iter_errors(data))
    return error.json_path if error else ""


def test_the_file_beside_the_plans_is_what_the_command_prints():
    assert json.loads(FILE.read_text("utf-8")) == plan_json_schema(), (
        f"dondoc plan schema > plans/{FILE_NAME}"
    )


def test_it_is_a_schema_that_means_the_same_wherever_it_lies():
    schema = plan_json_schema()
    Draft202012Validator.check_schema(schema)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["title"]
    assert "$id" not in schema


def test_every_key_says_what_it_means():
    schema = plan_json_schema()
    parts = {"Plan": schema, **schema["$defs"]}
    silent = [
        f"{name}.{key}"
        for name, part in parts.items()
        for key, value in part["properties"].items()
        if not value.get("description")
    ]
    assert len(parts) > 15
    assert silent == []


@pytest.mark.parametrize("file", PASSING, ids=lambda file: file.name)
def test_every_plan_that_is_taken_is_one_the_schema_takes(file):
    assert refusal(file.read_text("utf-8")) == ""


def test_the_starting_file_of_a_new_plan_is_one_the_schema_takes():
    assert refusal(written()) == ""
    assert refusal(written("", "")) != "", "an editor underlines what is still empty"


@pytest.mark.parametrize(
    ("before", "after", "path"),
    [
        ("feeds: O3", "feed: O3", "$.obligations[1]"),
        ("kind: plan", "kind: paln", "$.obligations[0].kind"),
        ("before: 30/11", "before: 30-11", "$.obligations[1].due.before"),
        ("default: 25", "defualt: 25", "$.obligations[3].due.by"),
        ("default: 25", "default: 31", "$.obligations[3].due.by.default"),
        ("day: 05/01/2019", "day: 5 tháng 1 năm 2019", "$.citation.day"),
        ("step: T-7", "step: T7", "$.obligations[0].reminders[0].step"),
        ("lead: phong-mau\n", "", "$"),
    ],
)
def test_an_editor_underlines_what_is_wrong(before, after, path):
    text = GOOD.read_text("utf-8")
    assert before in text
    assert refusal(text.replace(before, after, 1)) == path


def test_every_shipped_plan_names_the_schema_in_its_first_line():
    for file in sorted((ROOT / "plans").glob("*.yaml")):
        first = file.read_text("utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema={FILE_NAME}", file.name
