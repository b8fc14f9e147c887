"""What `plan check` suggests: the nearest word that may stand at that place, or where a key belongs."""

import pytest

from models.plan_text import PlanError, parse_plan
from models.plan_text.suggest import homes_of, key_meant, keys_at, nearest, nearest_or_all
from tests.builders import ROOT

GOOD = (ROOT / "tests" / "plans_should_pass" / "good.yaml").read_text("utf-8")


def said(before: str, after: str) -> list[str]:
    assert before in GOOD
    with pytest.raises(PlanError) as error:
        parse_plan(GOOD.replace(before, after, 1), "mau.yaml")
    return [f"{problem.path}: {problem.expected}" for problem in error.value.problems]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("feeds: O3", "feed: O3", "obligations[1].feed: unknown key; did you mean feeds?"),
        ("step: T-7", "stpe: T-7", "obligations[0].reminders[0].stpe: unknown key; did you mean step?"),
        ("is: [đạt]", "iss: [đạt]", "rules[1].implies[0].iss: unknown key; did you mean is?"),
        ("phases:", "phase:", "phase: unknown key; did you mean phases?"),
        (", at: 17:00", ", cutoff: 14/11", "obligations[1].due.cutoff: unknown key; cutoff stands in obligations[]"),
        ("lead:", "at_least: 5\nlead:", "at_least: unknown key; at_least stands in indicators[].targets[]"),
        ("lead:", "khoan: 5\nlead:", "khoan: unknown key"),
    ],
)  # fmt: skip
def test_an_unknown_key_is_told_the_nearest_one_of_that_place_or_where_it_belongs(before, after, expected):
    assert expected in said(before, after)


@pytest.mark.parametrize(
    ("before", "after", "suggested"),
    [
        ("feeds: O3", "feeds: O33", "feeds: unknown obligation O33; did you mean O3?"),
        ("feeds: O3", "feeds: O9", "feeds: unknown obligation O9; there are O1, O2, O3, O4, O5, O6"),
        ("of: O2", "of: O22", "due.after.of: unknown obligation O22; did you mean O2?"),
        ("of: O2", "of: cutof", "e.g. O2 (found: cutof); did you mean cutoff?"),
        ("ratio: [[A.2]", "ratio: [[A.22]", "indicators[2].formula: unknown indicator A.22; did you mean A.2?"),
        ("at_most: [[A.2]", "at_most: [[A.22]", "rules[0]: unknown indicator A.22; did you mean A.2?"),
        ("[A.1, A.2, A.3, A.6]", "[A.1, A.2, A.3, A.66]", "unknown indicator A.66; did you mean A.6?"),
        ("totals_only: [A.2", "totals_only: [A.22", "totals_only[0]: unknown indicator A.22; did you mean A.2?"),
        ("every: year", "every: năm", "ad-hoc (found: năm); did you mean year?"),
        ("every: year", "every: [year, phse]", "every[1]: expected one of once, year, half-year, quarter, month, phase, ad-hoc (found: phse); did you mean phase?"),
    ],
)  # fmt: skip
def test_an_unknown_word_or_code_is_told_the_nearest_one(before, after, suggested):
    assert any(suggested in problem for problem in said(before, after)), said(before, after)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("due: {before: 30/11, at: 17:00}", "due: 30/11", "obligations[1].due: expected keys: before, by, after, ahead"),
        ("{step: T-7}", "T-7", "obligations[0].reminders[0]: expected keys: step, letter, copy_to, sms (found: T-7)"),
        ("to: [huyen-mau]", "to: huyen-mau", "obligations[0].to: expected a list, e.g. [a, b] (found: huyen-mau)"),
        ("to: [huyen-mau]", "to: [huyen-mau]\n    through: {}", "obligations[0].through.line: is missing"),
        ("to: [huyen-mau]", "to: [huyen-mau]\n    through: Phòng", "obligations[0].through: expected lower-case letters"),
        ("lead: phong-mau", "lead:", "lead: is empty: fill it in"),
    ],
)  # fmt: skip
def test_a_wrong_shape_is_said_once_and_in_plain_words(before, after, expected):
    (problem,) = said(before, after)
    assert problem.startswith(expected)


def test_what_is_written_once_and_repeated_by_an_alias_is_wrong_once():
    twice = GOOD.replace("owed_by: {units: [xa-mot, xa-hai]}", "owed_by: &hai {units: [xa-mot, Xa Hai]}")
    twice = twice.replace("owed_by: {units: [xa-mot]}", "owed_by: *hai", 1)
    with pytest.raises(PlanError) as error:
        parse_plan(twice, "mau.yaml")
    assert [problem.path for problem in error.value.problems] == ["obligations[1].owed_by.units[1]"]


def test_keys_and_their_homes_are_those_of_the_schema():
    assert keys_at(["obligations", 0, "owed_by", "select", 3])[:3] == ["kinds", "under", "line"]
    assert keys_at(["obligations", 0, "nowhere"]) == []
    assert "from" in keys_at(["obligations", 0, "owed_by", "select", 0]), "keys go by the name the file uses"
    assert homes_of("wording") == ("indicators[].targets[]", "obligations[]")
    assert homes_of("lead") == ("the plan",)
    assert key_meant(("obligations", 0, "lead")) == "; lead stands in the plan"


def test_a_suggestion_is_made_only_where_something_is_like_it():
    assert nearest("xa-hai", ["xa-hay"]) == "; did you mean xa-hay?"
    assert nearest("xa-hai", ["tinh-lang-son"]) == ""
    assert nearest_or_all("O9", []) == ""
    assert nearest_or_all("zzz", [f"unit-{i}" for i in range(13)]) == "", "a long list helps nobody"
    assert nearest("QUÝ", ["year", "quarter"]) == "; did you mean quarter?"
