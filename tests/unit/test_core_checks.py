from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.checks import CHECKS, check_rules
from models.evaluate import complete, computed, holds, is_yes, number_of, sum_of, whole_sum
from models.plan import Indicator, Rule
from models.plan import indicators as plan_indicators
from models.plan.indicators import Formula
from tests.builders import answers, figure


def rule(**kind: object) -> Rule:
    return Rule.model_validate({"id": "V1", "message": "Đề nghị kiểm tra lại."} | kind)


def formula(**kind: object) -> Formula:
    return Formula.model_validate(kind)


def indicator(code: str, **changes: object) -> Indicator:
    return Indicator.model_validate({"code": code, "label": code, "unit": "người"} | changes)


YES = {"indicator": "A.1", "is": ["có"]}

# kind of rule, answers that keep it, the one answer that breaks it, the cell to look at
CASES = {
    "at_most": (rule(at_most=(["A.1"], ["A.2"])), answers(A_1=5, A_2=5), answers(A_1=6), "A.1"),
    "at_most, sums": (
        rule(at_most=(["A.1", "A.2"], ["A.3", "A.4"])),
        answers(A_1=1, A_2=2, A_3=3, A_4=0),
        answers(A_3=2),
        "A.1",
    ),
    "equal": (rule(equal=(["A.1"], ["A.2", "A.3"])), answers(A_1=5, A_2=2, A_3=3), answers(A_3=2), "A.1"),
    "implies": (
        rule(implies=(YES, {"indicator": "A.2", "is": ["giữ vững", "công nhận mới"]})),
        answers(A_1="có", A_2="giữ vững"),
        answers(A_2="không đạt"),
        "A.2",
    ),
    "required_when": (
        rule(required_when=("A.2", YES)),
        answers(A_1="có", A_2="12/KH"),
        answers(A_2=""),
        "A.2",
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_a_rule_holds_and_one_answer_breaks_it(case):
    subject, kept, change, where = CASES[case]
    assert check_rules([subject], kept) == []
    (finding,) = check_rules([subject], kept | change)
    assert (finding.indicator, finding.cell, finding.severity) == (where, "Biểu!D5", "error")
    assert (finding.message, finding.rule) == ("Đề nghị kiểm tra lại.", "V1")


def test_every_kind_of_rule_is_tried():
    assert {case.split(",")[0] for case in CASES} == set(CHECKS)


@pytest.mark.parametrize("case", CASES)
def test_a_rule_about_figures_that_are_not_asked_says_nothing(case):
    assert check_rules([CASES[case][0]], {}) == []


def test_a_limit_with_a_gap_limits_nothing_and_a_part_that_is_too_much_already_is_told():
    part_of_the_right = CASES["at_most, sums"][0]
    assert check_rules([part_of_the_right], answers(A_1=9, A_2=9, A_3=3)) == []
    assert check_rules([part_of_the_right], answers(A_1=9, A_3=3, A_4=0)) != []


def test_parts_that_are_not_all_given_do_not_have_to_make_the_total():
    assert check_rules([CASES["equal"][0]], answers(A_1=5, A_2=2)) == []


def test_a_rule_whose_condition_is_not_given_or_does_not_hold_says_nothing():
    then = CASES["implies"][0]
    assert check_rules([then], answers(A_1="không", A_2="không đạt")) == []
    assert check_rules([then], answers(A_2="không đạt")) == []
    assert check_rules([then], answers(A_1="có")) == []
    assert check_rules([CASES["required_when"][0]], answers(A_1="không")) == []


def test_a_required_answer_that_is_not_there_at_all_is_missed_too_and_has_no_cell():
    (finding,) = check_rules([CASES["required_when"][0]], answers(A_1="có"))
    assert (finding.indicator, finding.cell) == ("A.2", "")
    assert check_rules([CASES["required_when"][0]], answers(A_1="có", A_2=0)) == []


def test_all_broken_rules_are_told_at_once_each_with_its_severity():
    warning = rule(at_most=(["A.1"], ["A.2"]), severity="warning").model_copy(update={"id": "V2"})
    found = check_rules([CASES["at_most"][0], warning], answers(A_1=6, A_2=5))
    assert [(finding.rule, finding.severity) for finding in found] == [("V1", "error"), ("V2", "warning")]


@given(st.integers(0, 9), st.integers(0, 9))
def test_at_most_is_broken_exactly_when_the_left_is_greater(left, right):
    assert bool(check_rules([CASES["at_most"][0]], answers(A_1=left, A_2=right))) == (left > right)


# What answers amount to


def test_unknown_is_never_zero():
    assert number_of("A.1", {}) is None
    assert sum_of(["A.1", "A.2"], {}) is None
    assert sum_of(["A.1", "A.2"], answers(A_1=3)) == 3
    assert whole_sum(["A.1", "A.2"], answers(A_1=3)) is None
    assert whole_sum(["A.1", "A.2"], answers(A_1=3, A_2=0)) == 3


@pytest.mark.parametrize(
    ("said", "result"),
    [("có", True), ("Có", True), ("CO\u0301", True), ("không", False), (None, None)],
)
def test_an_answer_is_compared_whatever_its_case_and_encoding(said, result):
    assert holds(plan_indicators.Test.model_validate(YES), {"A.1": figure("A.1", said)}) is result


def test_a_number_is_compared_as_a_number_is_written():
    five = plan_indicators.Test.model_validate({"indicator": "A.1", "is": ["5", "100"]})
    assert holds(five, {"A.1": figure("A.1", Decimal("5.00"))}) is True
    assert holds(five, {"A.1": figure("A.1", Decimal("1E+2"))}) is True
    assert holds(five, {"A.1": figure("A.1", 50)}) is False
    assert (
        holds(
            plan_indicators.Test.model_validate({"indicator": "A.1", "is": ["0"]}), {"A.1": figure("A.1", 0)}
        )
        is True
    )


@pytest.mark.parametrize(
    ("how", "given_answers", "result"),
    [
        (formula(ratio=(["A.1"], ["A.2"])), answers(A_1=7, A_2=8), Decimal("0.875")),
        (formula(ratio=(["A.1"], ["A.2"])), answers(A_1=7, A_2=0), None),
        (formula(ratio=(["A.1"], ["A.2"])), answers(A_1=7), None),
        (formula(plus=["A.1", "A.2"]), answers(A_1=7, A_2=0), 7),
        (formula(plus=["A.1", "A.2"]), {}, None),
        (formula(minus=("A.1", "A.2")), answers(A_1=7, A_2=9), -2),
        (formula(minus=("A.1", "A.2")), answers(A_1=7), None),
        (formula(times={"indicator": "A.1", "factor": 500000}), answers(A_1="có"), 500000),
        (formula(times={"indicator": "A.1", "factor": 500000}), answers(A_1="không"), 0),
        (formula(times={"indicator": "A.1", "factor": 500000}), {}, None),
        (formula(all_of=[YES, YES | {"indicator": "A.2"}]), answers(A_1="có", A_2="có"), 1),
        (formula(all_of=[YES, YES | {"indicator": "A.2"}]), answers(A_1="có", A_2="không"), 0),
        (formula(all_of=[YES, YES | {"indicator": "A.2"}]), answers(A_1="có"), None),
    ],
)
def test_a_formula_gives_a_number_or_nothing(how, given_answers, result):
    assert computed(how, given_answers) == result


def test_computed_figures_may_stand_before_what_they_are_computed_from():
    indicators = [
        indicator("A.4", kind="yes_no", formula={"all_of": [YES]}),
        indicator("A.3", formula={"plus": ["A.2", "A.5"]}),
        indicator("A.2", formula={"plus": ["A.5", "A.6"]}),
        indicator("A.9", formula={"plus": ["A.7", "A.8"]}),
    ]
    found = complete(indicators, answers(A_1="có", A_5=1, A_6=2))
    assert {code: found[code].number for code in ("A.2", "A.3", "A.4")} == {"A.2": 3, "A.3": 4, "A.4": 1}
    assert found["A.4"].text == "có"
    assert "A.9" not in found


def test_an_entered_figure_is_never_overwritten_by_a_computed_one():
    indicators = [indicator("A.2", formula={"plus": ["A.1"]})]
    assert complete(indicators, answers(A_1=1, A_2=9))["A.2"].number == 9


@pytest.mark.parametrize(
    ("said", "counts"), [("có", True), ("không", False), (3, True), (0, False), (None, None)]
)
def test_a_unit_counts_when_it_says_yes_or_a_number_above_zero(said, counts):
    assert is_yes(indicator("A.1", adds="count"), {"A.1": figure("A.1", said)}) is counts
