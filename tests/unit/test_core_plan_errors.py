"""One good small plan, and copies of it with one thing wrong: each is refused, and the message finds the place."""

from contextlib import suppress
from difflib import SequenceMatcher

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.plan_text import PlanError, parse_plan
from tests.builders import ROOT

GOOD = ROOT / "tests" / "plans_should_pass" / "good.yaml"
FOLDER = ROOT / "tests" / "plans_should_fail"

# file: line, path, words
WRONG = {
    "ad-hoc-with-a-date": (103, "obligations[5].due", "an ad-hoc duty has no date: write due: null"),
    "bytes": (1, "", "a plan is made of text, numbers, lists and keys"),
    "choice-without-choices": (31, "indicators[5]", "choices belong to kind: choice"),
    "columns-without-table": (20, "indicators[0]", "columns belong to kind: table"),
    "sensitive-computed": (29, "indicators[3].sensitive", "mark what it is computed from"),
    "computed-text": (29, "indicators[3]", "a computed indicator is a count"),
    "citation-day-wrong": (7, "citation.day", "a date that exists, e.g. 30/10/2013 (found: 31/02/2019)"),
    "code-of-two-words": (1, "code", "lower-case letters without accents"),
    "computed-from-itself": (30, "indicators[4].formula", "is computed from itself"),
    "computed-in-a-circle": (29, "indicators[3].formula", "is computed from itself"),
    "counts-from-itself": (72, "obligations[2].due.after.of", "counts from itself"),
    "counts-from-missing-cutoff": (72, "obligations[2].due.after", "the obligation has no cutoff"),
    "counts-from-other-periods": (72, "obligations[2].due.after.of", "counts from O4, which has other periods"),
    "counts-from-unknown": (72, "obligations[2].due.after.of", "unknown obligation O9"),
    "day-of-leap-years": (60, "obligations[1].due.before", "29/02 is not a day of every year"),
    "day-that-never-comes": (60, "obligations[1].due.before", "31/11 is not a day of every year"),
    "duplicate-key": (12, "first_year", "the key first_year stands twice"),
    "empty": (1, "", "expected a plan"),
    "feeds-itself": (65, "obligations[1].feeds", "feeds itself"),
    "feeds-unknown": (65, "obligations[1].feeds", "unknown obligation O9"),
    "hour-that-never-comes": (60, "obligations[1].due.at", "an hour from 00:00 to 23:59, e.g. 17:00 (found: 25:00)"),
    "indicator-twice": (21, "indicators[1].code", "A.1 stands twice"),
    "letter-before-deadline": (52, "obligations[0].reminders[1]", "only after the deadline (T+n)"),
    "letter-on-day-x": (53, "obligations[0].reminders[2]", "only after the deadline (T+n)"),
    "list-as-key": (11, "", "unhashable key"),
    "missing-field": (54, "obligations[1].clause", "is missing"),
    "missing-top-field": (1, "lead", "is missing"),
    "month-on-the-31st": (84, "obligations[3].due", "a day of the month from 1 to 28"),
    "month-unknown": (84, "obligations[3].due", "the keys 01 to 12, or default"),
    "month-window-on-the-31st": (84, "obligations[3].due", "a window opens on a day of the month from 1 to 28"),
    "next-month-of-a-year": (60, "obligations[1].due", "next_month is for monthly duties"),
    "no-due-kind": (46, "obligations[0].due", "exactly one of: before, by, after"),
    "nobody-owes": (73, "obligations[2].owed_by", "at least one unit or one selector"),
    "not-a-plan": (1, "", "expected a plan"),
    "not-yaml": (50, "", "expected ',' or ']'"),
    "number-as-text": (12, "first_year", "a valid integer"),
    "obligation-twice": (97, "obligations[5].code", "O5 stands twice"),
    "once-on-a-day-of-every-year": (46, "obligations[0].due", "due on a full date, e.g. 30/10/2013"),
    "operand-not-in-form": (64, "obligations[1].form.indicators[1]", "A.3 is computed from A.2, which the form lacks"),
    "phase-misnamed": (18, "phases[1].code", "should read 2021-2025"),
    "phase-outside": (18, "phases[1]", "outside the plan's years 2019-2024"),
    "phase-without-a-day": (93, "obligations[4].due", "has the keys 2019-2020, 2021-2025"),
    "phases-overlap": (18, "phases[1]", "overlaps the phase before it"),
    "quarter-without-a-table": (84, "obligations[3].due", "a duty of quarter needs a table of days"),
    "returned-with-a-letter": (52, "obligations[0].returned[1]", "is chased without letters and copies"),
    "rule-twice": (36, "rules[1].id", "V1 stands twice"),
    "signing-before-the-draft": (106, "signing.report[1]", "e.g. T+2 (found: T-1)"),
    "signing-twice": (106, "signing.letter[1]", "T+1 stands twice"),
    "step-misspelt": (51, "obligations[0].reminders[0].step", "e.g. T-7 or T+1 (found: T7)"),
    "step-twice": (52, "obligations[0].reminders[1]", "T-3 stands twice"),
    "tag": (12, "", "the tag '!nam'"),
    "target-without-measure": (28, "indicators[2].targets[0]", "exactly one of: at_least, percent_of_units"),
    "third-letter": (53, "obligations[0].reminders[2].letter", "less than or equal to 2 (found: 3)"),
    "total-asked-already": (77, "obligations[2].form.totals_only[2]", "A.1 is asked in the form already"),
    "total-from-nowhere": (76, "obligations[2].form.totals_only[0]", "A.2 is neither asked by an obligation that feeds"),
    "two-due-kinds": (46, "obligations[0].due", "exactly one of: before, by, after"),
    "two-formulas": (30, "indicators[4].formula", "a formula has exactly one of"),
    "two-rule-kinds": (33, "rules[0]", "a rule has exactly one of"),
    "unit-code-with-capitals": (61, "obligations[1].owed_by.units[1]", "e.g. xa-huong-phu (found: Xa-Hai)"),
    "unknown-indicator-in-form": (64, "obligations[1].form.indicators[3]", "unknown indicator A.7"),
    "unknown-indicator-in-formula": (26, "indicators[2].formula", "unknown indicator A.9"),
    "unknown-indicator-in-rule": (33, "rules[0]", "unknown indicator A.9"),
    "unknown-key": (65, "obligations[1].feed", "unknown key"),
    "unknown-total": (77, "obligations[2].form.totals_only[1]", "unknown indicator A.9"),
    "wrong-date": (46, "obligations[0].due.before", "a date that exists, e.g. 30/10/2013 (found: 32/7/2019)"),
    "yearly-on-a-full-date": (60, "obligations[1].due", "due on a day and month, e.g. 30/11"),
    "years-reversed": (13, "last_year", "is before first_year 2026"),
    "adds-misspelt": (31, "indicators[5].adds", "one of sum, last, max, average, count, list (found: lst); did you mean list?"),
    "cascade-backward": (60, "obligations[1].due", "ends on 29/11/2019, not before O3, which it feeds, ends on 14/11/2019"),
    "cutoff-on-a-full-date": (61, "obligations[1].cutoff", "a full date is for a duty of once; else give a day and month"),
    "feeds-in-a-circle": (78, "obligations[2].feeds", "feeds itself"),
    "key-of-elsewhere": (60, "obligations[1].due.cutoff", "unknown key; cutoff stands in obligations[]"),
    "kind-misspelt": (55, "obligations[1].kind", "chase, difficulty (found: resutl); did you mean result?"),
    "once-before-the-plan": (46, "obligations[0].due", "25/07/2018 lies outside the years of the plan, 2019-2025"),
    "passed-up-choice": (76, "obligations[2].form.indicators[2]", "cannot be passed up as one figure: put it under totals_only"),
    "reporting-year-on-the-31st": (16, "reporting_year.begins", "begins on a day of the month from 1 to 28"),
    "rhythm-misspelt": (59, "obligations[1].every", "month, phase, ad-hoc (found: yearly); did you mean year?"),
    "selector-of-units-and-kinds": (48, "obligations[0].owed_by.select[0]", "either units, or under with kinds or line"),
    "table-with-a-key-too-many": (93, "obligations[4].due", "has the keys year, 2019-2020, 2021-2025, not H1"),
    "through-of-a-wrong-shape": (49, "obligations[0].through", "expected text, or keys: line"),
    "title-empty": (2, "title", "is empty: fill it in"),
    "window-after-its-last-day": (60, "obligations[1].due.opens", "opens on 30/11/2019, after its last day 29/11/2019"),
}  # fmt: skip
REPLACED_WHOLE = {"empty", "not-a-plan"}


def problems(text: str, file: str) -> list[tuple[int, str, str]]:
    with pytest.raises(PlanError) as error:
        parse_plan(text, file)
    assert all(str(problem).startswith(f"{file}:{problem.line}:") for problem in error.value.problems)
    return [(problem.line, problem.path, problem.expected) for problem in error.value.problems]


def test_the_good_one_is_taken():
    plan = parse_plan(GOOD.read_text("utf-8"), GOOD.name)
    assert [obligation.code for obligation in plan.obligations] == [f"O{i}" for i in range(1, 7)]
    due = plan.obligation("O2").due
    assert due is not None
    assert due.at == "17:00", "an hour is not a number of minutes"


def test_every_file_of_the_folder_is_expected_and_every_expected_one_is_there():
    assert WRONG
    assert sorted(file.stem for file in FOLDER.iterdir()) == sorted(WRONG)


@pytest.mark.parametrize("name", sorted(set(WRONG) - REPLACED_WHOLE))
def test_a_wrong_plan_differs_from_the_good_one_in_one_place(name):
    good, wrong = (
        GOOD.read_text("utf-8").splitlines(),
        (FOLDER / f"{name}.yaml").read_text("utf-8").splitlines(),
    )
    changes = [
        code
        for code in SequenceMatcher(None, good, wrong, autojunk=False).get_opcodes()
        if code[0] != "equal"
    ]
    assert len(changes) == 1


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_plan_is_refused_with_line_path_and_what_was_expected(name):
    file = FOLDER / f"{name}.yaml"
    line, path, words = WRONG[name]
    found = problems(file.read_text("utf-8"), file.name)
    assert any((at, where) == (line, path) and words in said for at, where, said in found), found


def test_all_that_is_wrong_is_said_at_once():
    text = (
        GOOD.read_text("utf-8")
        .replace("clause: V.1\n", "khoan: V.1\n")
        .replace("last_year: 2025\nlead", "lead")
    )
    assert [(path, said) for _, path, said in problems(text, "mau.yaml")] == [
        ("last_year", "is missing"),
        ("obligations[0].clause", "is missing"),
        ("obligations[0].khoan", "unknown key"),
    ]


UNITS = {"huyen-mau", "phong-mau", "xa-mot", "xa-hai"}


def test_a_unit_no_file_has_is_named_with_the_nearest_one_that_it_has():
    text = GOOD.read_text("utf-8")
    assert parse_plan(text, "mau.yaml", UNITS)
    with pytest.raises(PlanError) as error:
        parse_plan(text, "mau.yaml", UNITS - {"xa-hai"} | {"xa-hay"})
    (problem,) = error.value.problems
    assert (problem.line, problem.path) == (61, "obligations[1].owed_by.units[1]")
    assert problem.expected == "unknown unit xa-hai; did you mean xa-hay?"


def test_a_unit_is_looked_up_wherever_a_plan_may_name_one():
    text = (
        GOOD.read_text("utf-8")
        .replace(
            "    to: [huyen-mau]\n    reminders:", "    through: xa-la-1\n    to: [huyen-mau]\n    reminders:"
        )
        .replace("- {step: T-7}", "- {step: T-7, copy_to: [xa-la-2]}")
        .replace("under: huyen-mau", "under: xa-la-3")
        .replace("contact:", "chasers: [xa-la-4]\ncontact:")
    )
    with pytest.raises(PlanError) as error:
        parse_plan(text, "mau.yaml", set())
    named = {problem.expected.removeprefix("unknown unit ") for problem in error.value.problems}
    assert named == UNITS | {f"xa-la-{i}" for i in range(1, 5)}


def test_an_obligation_the_plan_lacks_is_told_which_there_are():
    with pytest.raises(KeyError, match="ke-hoach-mau has no obligation O9; it has O1, O2, O3, O4, O5, O6"):
        parse_plan(GOOD.read_text("utf-8"), "mau.yaml").obligation("O9")


def test_an_alias_that_holds_itself_is_refused_and_not_followed_for_ever():
    assert problems("code: &a [*a]\n", "mau.yaml")


@settings(max_examples=40)
@given(
    st.integers(0, len(GOOD.read_text("utf-8")) - 1),
    st.sampled_from(["", ":", "[", "'", "\t", "&x ", "- ", "30"]),
)
def test_a_slip_of_the_finger_anywhere_is_a_plan_or_a_plan_error(at, slip):
    text = GOOD.read_text("utf-8")
    with suppress(PlanError):
        parse_plan(text[:at] + slip + text[at + 1 :], "mau.yaml")


@given(st.text(max_size=60))
def test_any_text_at_all_is_a_plan_error(text):
    assert problems(text, "mau.yaml")
