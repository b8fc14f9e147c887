"""The period before: what is carried, what a change asks, what a reviewer is shown, what a reason settles."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from models.changes import check_changes, check_flags
from models.finding import Finding
from models.form import FormRow, FormSpec, Formula
from models.last_period import LastFigure, LastPeriod, last_period
from models.plan import Indicator
from models.taken import FigureValue, Intake, NarrativeValue
from models.units import UnitLink, UnitTree
from models.units.comparing import carried_to
from models.waivers import answered
from tests.builders import a_report, a_unit

ROWS = (
    FormRow("A.1", "Tổng số trẻ em", "người", "count"),
    FormRow("A.2", "Được trợ giúp", "người", "count"),
    FormRow("A.3", "Tỷ lệ", "%", "ratio", entered=False, formula=Formula("ratio", ("A.2",), ("A.1",))),
    FormRow("A.5", "Đã có kế hoạch", "có/không", "yes_no"),
)
INDICATORS = [
    Indicator(code="A.1", label="Tổng số trẻ em", unit="người"),
    Indicator(code="A.2", label="Được trợ giúp", unit="người"),
    Indicator(code="A.5", label="Đã có kế hoạch", unit="có/không", kind="yes_no", adds="count"),
]
THEN, NOW = date(2018, 10, 16), date(2019, 10, 16)


def spec(*, nil=False, said=(), **before):
    figures = tuple(LastFigure(code.replace("_", "."), Decimal(value)) for code, value in before.items())
    last = LastPeriod("năm 2018", figures, said, nil=nil) if before or nil else None
    return FormSpec("p/O1/2019", "xa-mot", *[""] * 7, rows=ROWS, last_period=last)


def intake(*, nil=False, said=(), **now):
    values = tuple(
        FigureValue(code.replace("_", "."), Decimal(value), None, "Biểu!D9") for code, value in now.items()
    )
    return Intake(values, tuple(NarrativeValue(*each, "") for each in said), nil=nil, findings=())


def changes(before, now, percent=30, **more):
    return [
        (finding.rule, finding.indicator)
        for finding in check_changes(spec(**before, **more), intake(**now), percent)
    ]


def test_a_change_of_more_than_the_plans_share_is_a_warning_with_both_values():
    (found,) = check_changes(spec(A_2=1000), intake(A_2=1301), 30)
    assert (found.severity, found.rule, found.cell) == ("warning", "V11", "Biểu!D9")
    assert "kỳ này 1.301, kỳ trước (năm 2018) 1.000, tăng 30,1%" in found.message
    assert "nêu lý do ở cột “Ghi chú”" in found.message


@pytest.mark.parametrize(
    ("before", "now", "asked"), [(100, 130, False), (100, 131, True), (100, 69, True), (0, 1, True)]
)
def test_exactly_the_share_is_no_leap_and_anything_is_one_from_nothing(before, now, asked):
    assert changes({"A_2": before}, {"A_2": now}) == ([("V11", "A.2")] if asked else [])


def test_a_changed_denominator_is_asked_about_however_little_it_moved():
    assert changes({"A_1": 100}, {"A_1": 101}) == [("V11_denominator", "A.1")]
    assert changes({"A_1": 100}, {"A_1": 100}) == []


def test_nothing_is_compared_where_the_plan_says_so_or_a_nil_return_stands_on_either_side():
    assert changes({"A_2": 100}, {"A_2": 500}, percent=None) == []
    assert changes({}, {"A_2": 500}, nil=True) == []
    assert check_changes(spec(A_2=100), intake(nil=True), 30) == []


SAME = {"A_1": 100, "A_2": 80}
WORDS = (("I", "Đã tổ chức  3 buổi truyền thông."),)


def flags(before, now, said=(), **then):
    return [flag.rule for flag in check_flags(spec(**before, **then), intake(**now, said=said))]


def test_a_report_like_that_of_the_period_before_is_flagged_and_one_other_figure_clears_it():
    folded = (("I", "đã tổ chức 3 buổi truyền thông."),)
    assert flags(SAME, SAME, said=WORDS) == []
    found = check_flags(spec(**SAME, said=folded), intake(**SAME, said=WORDS))
    assert [flag.rule for flag in found] == ["copied"]
    assert found[0].message == "Giống báo cáo kỳ trước (năm 2018): 2/2 số liệu và 1/1 mục thuyết minh."
    assert flags(SAME, SAME | {"A_2": 81}) == []


def test_nothing_but_zeros_is_flagged_unless_the_period_before_was_as_empty():
    zeros = {"A_1": 0, "A_2": 0}
    assert flags({}, zeros) == ["empty"]
    assert flags(SAME, zeros) == ["empty"]
    assert flags(zeros, zeros) == []
    assert flags({}, zeros | {"A_2": 1}) == []
    assert flags({}, zeros, said=WORDS) == []


def warning(code):
    return Finding("Biểu!D9", code, "…", "warning", "V11")


def test_a_warning_is_waived_by_a_reason_at_its_own_line_and_open_without_one():
    notes = {"A.1": " Theo rà soát tháng 10 ", "A.2": "-"}
    found = answered([warning("A.1"), warning("A.2"), warning("A.5")], notes)
    assert [each.reason for each in found] == ["Theo rà soát tháng 10", "", ""]
    assert [each.is_open for each in found] == [False, True, True]
    assert answered([Finding("", "A.1", "…", "error", "V4")], notes) == ()


def carried(units, links, reports, code="xa-mot"):
    tree = UnitTree(units, links)
    known = {report.unit: report.unit_name for report in reports}
    found = carried_to(tree, (code, f"UBND {code}"), known, THEN, NOW)
    return last_period("năm 2018", found, {report.unit: report for report in reports}, INDICATORS)


def test_a_unit_that_stayed_as_it_was_is_shown_all_it_had_sent():
    found = carried(
        [a_unit("xa-mot")], [], [a_report("xa-mot", A_1=100, A_5="có", said={"I": "Đã tổ chức."})]
    )
    assert found.by_code()["A.1"].number == 100
    assert found.by_code()["A.5"].text == "có"
    assert found.narratives == (("I", "Đã tổ chức."),)


def test_a_unit_that_did_not_report_then_is_shown_nothing():
    assert carried([a_unit("xa-mot")], [], []) is None


def test_a_nil_return_is_carried_as_one_and_not_as_zeros():
    found = carried([a_unit("xa-mot")], [], [a_report("xa-mot", nil=True)])
    assert found.nil
    assert found.figures == ()


ON = date(2019, 7, 1)
OLD = [a_unit(code, valid_to=ON - timedelta(days=1)) for code in ("xa-a", "xa-b")]


def test_of_units_that_became_one_what_adds_up_is_added_up_and_no_words_are_carried():
    links = [UnitLink(code, "xa-moi", ON, "merge") for code in ("xa-a", "xa-b")]
    units = [*OLD, a_unit("xa-moi", valid_from=ON)]
    reports = [
        a_report("xa-a", A_1=100, A_2=80, A_5="có", said={"I": "Đã tổ chức."}),
        a_report("xa-b", A_1=50, A_5="có"),
    ]
    found = carried(units, links, reports, "xa-moi")
    assert {figure.code: figure.number for figure in found.figures} == {"A.1": 150}
    assert found.narratives == ()
    assert carried(units, links, reports[:1], "xa-moi") is None


def test_of_a_divided_unit_nothing_is_carried():
    new = [a_unit(code, valid_from=ON) for code in ("xa-x", "xa-y")]
    links = [UnitLink("xa-a", code, ON, "split", "0.5") for code in ("xa-x", "xa-y")]
    assert carried([OLD[0], *new], links, [a_report("xa-a", A_1=100)], "xa-x") is None
