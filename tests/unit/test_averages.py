"""`adds: average`: the mean over the units that gave a value, by weight where the plan names one, and never of what has none."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan_text import PlanError
from models.report.results import result_table, result_text
from models.totals import Total, total_up
from tests.builders import a_period, a_plan, a_report, an_obligation, source

UNITS = [f"xa-{i}" for i in range(1, 6)]
TARGET = {"at_least": 70, "first_year": 2019, "last_year": 2025, "wording": "70 điểm"}
CHILDREN = {"code": "A.1", "label": "Trẻ em", "unit": "người", "required": False}
SCORE = {"code": "A.2", "label": "Điểm", "unit": "điểm", "kind": "number", "adds": "average", "targets": [TARGET],
         "required": False}  # fmt: skip
WEIGHED = SCORE | {"code": "A.3", "label": "Điểm theo trẻ em", "weight": "A.1"}
INDICATORS = [CHILDREN, SCORE, WEIGHED]
CODES = ["A.1", "A.2", "A.3"]


def plan_of(*indicators, asked=None, **more):
    form = {"indicators": asked or [each["code"] for each in indicators], "nil": True}
    return a_plan(an_obligation(form=form), *more.pop("besides", ()), indicators=list(indicators), **more)


PLAN = plan_of(*INDICATORS)
PERIOD = a_period(PLAN, "2019")[1]


def totals(*reports) -> dict[str, Total]:
    found = total_up(PLAN, CODES, PERIOD, [source(CODES, UNITS, reports)])
    return {total.indicator.code: total for total in found}


def test_a_mean_is_of_the_units_that_gave_a_value_and_blank_and_nothing_are_no_zeros():
    found = totals(
        a_report("xa-1", A_2=60),
        a_report("xa-2", A_2=81),
        a_report("xa-3", A_1=5),
        a_report("xa-4", nil=True),
    )["A.2"]
    assert (found.value, found.numerator, found.denominator) == (Decimal("70.50"), 141, 2)
    assert (found.given, found.nil, found.asked) == (3, 1, 5)
    zero = totals(a_report("xa-1", A_2=60), a_report("xa-2", A_2=0))["A.2"]
    assert zero.value == 30


def test_a_mean_with_a_weight_is_of_the_units_that_gave_both():
    found = totals(
        a_report("xa-1", A_1=100, A_3=90), a_report("xa-2", A_1=300, A_3=50), a_report("xa-3", A_3=0)
    )["A.3"]
    assert (found.value, found.numerator, found.denominator) == (60, 24_000, 400)


@pytest.mark.parametrize(
    "reports",
    [(), (a_report("xa-1", nil=True),), (a_report("xa-1", A_1=0, A_3=5), a_report("xa-2", A_1=0, A_3=9))],
)
def test_of_nothing_there_is_no_mean(reports):
    found = totals(*reports)["A.3"]
    assert (found.value, found.met) == (None, None)
    assert result_text(found) == "–"


def test_a_target_is_judged_on_what_was_divided_and_not_on_the_rounded_mean():
    below = totals(a_report("xa-1", A_2=Decimal("69.99")), a_report("xa-2", A_2=70), a_report("xa-3", A_2=70))
    assert (below["A.2"].value, below["A.2"].met) == (Decimal("70.00"), False)
    assert totals(a_report("xa-1", A_2=69), a_report("xa-2", A_2=71))["A.2"].met is True


def test_a_unit_by_itself_has_the_value_it_gave():
    found = totals(a_report("xa-1", A_2=Decimal("7.125")))["A.2"]
    assert result_text(found) == "7,125"


def test_the_note_of_the_table_says_what_a_mean_is_a_mean_of():
    found = totals(a_report("xa-1", A_1=2, A_2=60, A_3=60), a_report("xa-2", A_1=1, A_2=70, A_3=70))
    table = result_table(list(found.values()))
    assert "“Điểm” là số bình quân của các đơn vị có số liệu." in table.note
    assert (
        "“Điểm theo trẻ em” là số bình quân của các đơn vị có số liệu, tính theo “Trẻ em” của từng đơn vị."
        in table.note
    )
    assert [row.cells[4] for row in table.rows] == ["3", "65", "63,33"]
    assert "bình quân" not in result_table([found["A.1"]]).note


@given(
    st.lists(st.tuples(st.integers(0, 100), st.integers(0, 9), st.booleans()), max_size=5),
    st.randoms(use_true_random=False),
)
def test_a_mean_is_what_the_slow_definition_says_in_whatever_order_reports_come(rows, drawn):
    reports = [
        a_report(unit, A_3=value, A_1=weight) if both else a_report(unit, A_3=value)
        for unit, (value, weight, both) in zip(UNITS, rows, strict=False)
    ]
    one_by_one = [value for value, weight, both in rows if both for _ in range(weight)]
    expected = None
    if one_by_one:
        expected = (Decimal(sum(one_by_one)) / len(one_by_one)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    drawn.shuffle(reports)
    assert totals(*reports)["A.3"].value == expected


GOOD_RATE = {
    "code": "A.4",
    "label": "Tỷ lệ",
    "unit": "%",
    "kind": "number",
    "adds": "average",
    "weight": "A.1",
}


def changed(indicator, **changes):
    return {name: value for name, value in (indicator | changes).items() if value is not None}


def test_a_mean_of_percentages_with_a_weight_is_taken():
    assert plan_of(CHILDREN, GOOD_RATE).indicator("A.4").weight == "A.1"


@pytest.mark.parametrize(
    ("indicators", "words"),
    [
        ((CHILDREN, changed(GOOD_RATE, weight=None)), "a mean of percentages hides how large each unit is"),
        ((CHILDREN, changed(GOOD_RATE, adds="sum")), "weight belongs to adds: average"),
        ((CHILDREN, changed(GOOD_RATE, weight="A.9")), "unknown indicator A.9"),
        ((changed(CHILDREN, sensitive=True), GOOD_RATE), "A.1 is sensitive: it could be worked out"),
        ((changed(CHILDREN, asked_of=["xa-mot"]), GOOD_RATE), "A.1 is asked of other units"),
        ((changed(CHILDREN, adds="average"), GOOD_RATE), "A.1 is no count, number or money that units type in"),
        ((CHILDREN, changed(SCORE, sensitive=True)), "an average of few units tells"),
        ((CHILDREN, changed(SCORE, kind="yes_no")), "is for a count, a number or money"),
        ((CHILDREN, changed(SCORE, formula={"plus": ["A.1"]})), "is for a count, a number or money"),
        (
            (CHILDREN, changed(SCORE, targets=[changed(TARGET, at_least=None, percent_of_units=50)])),
            "percent_of_units counts units",
        ),
        (
            (CHILDREN, SCORE, {"code": "A.5", "label": "Cộng", "unit": "điểm", "formula": {"plus": ["A.1", "A.2"]}}),
            "A.2 is an average: nothing is computed from it",
        ),
    ],
)  # fmt: skip
def test_a_mean_that_would_mislead_is_refused_and_the_plan_says_why(indicators, words):
    with pytest.raises(PlanError, match=words):
        plan_of(*indicators)


def test_what_a_mean_is_weighed_by_stands_in_the_same_form():
    with pytest.raises(PlanError, match=r"A\.4 is computed from A\.1, which the form lacks"):
        plan_of(CHILDREN, GOOD_RATE, asked=["A.4"])


def test_a_mean_is_not_passed_up_but_taken_straight_from_below():
    def levels(**top):
        upper = an_obligation("O2", wording="trước ngày 30/12", due={"before": "30/12"}, form=top)
        return a_plan(
            an_obligation("O1", feeds="O2", form={"indicators": CODES}), upper, indicators=INDICATORS
        )

    assert levels(indicators=["A.1"], totals_only=["A.2", "A.3"])
    with pytest.raises(PlanError, match=r"A\.2 is answered by each unit below and cannot be passed up"):
        levels(indicators=["A.1", "A.2"])
