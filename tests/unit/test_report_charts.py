"""What is drawn, and what is not: too little, too much, or what may not be told."""

from dataclasses import replace
from decimal import Decimal

import pytest

from models.documents import Chart, Paragraph
from models.plan_text import PlanError
from models.report import build_report
from models.report.charts import MOST, results_chart, units_chart
from tests.builders import REPORT, a_plan, a_report, an_obligation, came, inputs, planned


def rate(code, over, under, **target):
    aim = {"first_year": 2019, "last_year": 2025, "wording": "mức"} | (target or {"at_least": 70})
    formula = {"ratio": [[over], [under]]}
    shown = {"code": code, "label": f"Tỷ lệ {code}", "unit": "%", "kind": "number", "formula": formula}
    return shown | {"targets": [aim]}


INDICATORS = [
    {"code": "A.1", "label": "Trẻ em", "unit": "người"},
    {"code": "A.2", "label": "Được trợ giúp", "unit": "người"},
    {"code": "A.3", "label": "Nhiễm HIV", "unit": "người", "sensitive": True, "required": False},
    {"code": "A.4", "label": "Lời", "unit": "văn bản", "kind": "text", "adds": "list", "required": False},
    rate("B.1", "A.2", "A.1"),
    rate("B.2", "A.2", "A.1", at_least=90),
    {
        "code": "B.3",
        "label": "Có kế hoạch",
        "unit": "có/không",
        "kind": "yes_no",
        "adds": "count",
        "targets": [{"percent_of_units": 50, "first_year": 2019, "last_year": 2025, "wording": "50%"}],
    },
    rate("B.4", "A.3", "A.1"),
]
CODES = [each["code"] for each in INDICATORS]
UNITS = ("xa-mot", "xa-hai", "xa-ba")


def given(codes=CODES, chart=None, units=UNITS, **values):
    report = REPORT | ({"chart": chart} if chart else {})
    plan = a_plan(an_obligation(form={"indicators": CODES}), indicators=INDICATORS, report=report)
    values = {"A_1": 100, "A_2": 80, "B_3": "có"} | values
    reports = [a_report(unit, **values) for unit in units]
    standings = [came(unit, "2019-11-20T08:00") for unit in units]
    return inputs(planned(plan, "2019"), standings, reports, codes)


def test_three_targets_in_percent_are_drawn_beside_their_results():
    chart = results_chart(given())
    assert chart
    assert chart.categories == ("Tỷ lệ B.1", "Tỷ lệ B.2", "Có kế hoạch")
    result, aim = chart.series
    assert (result.values, aim.values) == (
        (Decimal(80), Decimal(80), Decimal(100)),
        (Decimal(70), Decimal(90), Decimal(50)),
    )
    assert result.labels == ("80%", "80%", "100%")
    assert "Tỷ lệ B.1: kết quả 80%, mức chỉ tiêu 70%;" in chart.description


def test_two_targets_are_not_drawn():
    assert results_chart(given(["A.1", "A.2", "B.1", "B.2"])) is None


def test_a_result_that_may_not_be_printed_is_not_drawn():
    chart = results_chart(given(A_3=1))
    assert chart
    assert "Tỷ lệ B.4" not in chart.categories
    shown = results_chart(given(A_3=30))
    assert shown
    assert "Tỷ lệ B.4" in shown.categories


def test_a_figure_is_drawn_unit_by_unit_in_the_order_of_the_units():
    chart = units_chart(given(chart="A.2"))
    assert chart
    assert chart.categories == tuple(f"UBND {unit}" for unit in UNITS)
    assert chart.series[0].labels == ("80", "80", "80")
    assert units_chart(given()) is None, "nobody asked for one"


def test_one_figure_is_one_however_a_database_writes_it():
    plain = results_chart(given()), units_chart(given(chart="A.2"))
    zeros = {"A_1": Decimal("100.00"), "A_2": Decimal("80.000")}
    assert (results_chart(given(**zeros)), units_chart(given(chart="A.2", **zeros))) == plain
    assert str(plain) == str((results_chart(given(**zeros)), units_chart(given(chart="A.2", **zeros))))


@pytest.mark.parametrize("count", [2, MOST + 1])
def test_too_few_or_too_many_units_are_not_drawn(count):
    assert units_chart(given(chart="A.2", units=[f"xa-{n}" for n in range(count)])) is None


def test_what_the_cycle_does_not_ask_is_not_drawn():
    assert units_chart(given(["A.1"], chart="A.2")) is None


def test_a_figure_computed_from_a_sensitive_one_is_not_drawn_unit_by_unit():
    assert units_chart(given(chart="B.4", A_3=30)) is None
    assert units_chart(given(chart="B.1", A_3=30)) is not None


@pytest.mark.parametrize(
    ("code", "said"),
    [("A.9", "unknown indicator A.9"), ("A.3", "is sensitive"), ("A.4", "is answered in words")],
)
def test_a_plan_that_would_draw_what_cannot_be_drawn_is_refused(code, said):
    with pytest.raises(PlanError, match=said):
        given(chart=code)


def test_the_report_leads_to_its_chart_with_n_of_n():
    blocks = build_report(given()).blocks
    place = next(at for at, block in enumerate(blocks) if isinstance(block, Chart))
    before = blocks[place - 1]
    assert isinstance(before, Paragraph)
    assert "theo báo cáo của 03/03 đơn vị" in before.text


def test_a_chart_has_a_value_and_a_label_for_every_category():
    chart = results_chart(given())
    assert chart
    with pytest.raises(ValueError, match="has not 2 values"):
        replace(chart, categories=("một", "hai"))
