from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.figures import UnitFigures
from models.plan import Plan
from models.report.results import result_text
from models.totals import Member, Source, Total, asked_of, target_for, total_up
from tests.builders import a_period, a_plan, a_report, an_obligation, shipped_plan, source

UNITS = [f"xa-{i}" for i in range(1, 12)]
INDICATORS = [
    {"code": "A.1", "label": "Tổng số trẻ em", "unit": "người"},
    {"code": "A.2", "label": "Được trợ giúp", "unit": "người"},
    {
        "code": "A.3",
        "label": "Tỷ lệ",
        "unit": "%",
        "kind": "number",
        "formula": {"ratio": [["A.2"], ["A.1"]]},
        "targets": [{"at_least": 70, "first_year": 2019, "last_year": 2020, "wording": "70%"}],
    },
    {
        "code": "A.4",
        "label": "Có mạng lưới",
        "unit": "có/không",
        "kind": "yes_no",
        "adds": "count",
        "targets": [{"percent_of_units": 50, "first_year": 2019, "last_year": 2020, "wording": "50%"}],
    },
    {"code": "A.5", "label": "Có mô hình", "unit": "có/không", "kind": "yes_no", "adds": "count"},
    {
        "code": "A.6",
        "label": "Có cả hai",
        "unit": "huyện",
        "kind": "yes_no",
        "adds": "count",
        "formula": {"all_of": [{"indicator": "A.4", "is": ["có"]}, {"indicator": "A.5", "is": ["có"]}]},
        "targets": [
            {"at_least": 7, "first_year": 2019, "last_year": 2020, "wording": "07 đơn vị"},
            {"percent_of_units": 100, "first_year": 2021, "last_year": 2025, "wording": "100%"},
        ],
    },
    {
        "code": "A.7",
        "label": "Hỗ trợ",
        "unit": "đồng",
        "kind": "money",
        "formula": {"times": {"indicator": "A.6", "factor": 500000}},
    },
    {"code": "A.8", "label": "Cộng", "unit": "người", "formula": {"plus": ["A.1", "A.2"]}},
    {"code": "A.9", "label": "Còn lại", "unit": "người", "formula": {"minus": ["A.1", "A.2"]}},
    {"code": "A.10", "label": "Cao nhất", "unit": "người", "adds": "max"},
    {"code": "A.11", "label": "Gần nhất", "unit": "người", "adds": "last"},
    {"code": "A.12", "label": "Điểm", "unit": "điểm", "kind": "number", "adds": "list"},
    {"code": "A.13", "label": "Văn bản", "unit": "văn bản", "kind": "text", "adds": "list"},
    {"code": "A.14", "label": "Xã có trẻ được hỗ trợ", "unit": "xã", "adds": "count"},
    {"code": "A.15", "label": "Tổng hai lần", "unit": "người", "formula": {"plus": ["A.8", "A.9"]}},
]
CODES = [str(indicator["code"]) for indicator in INDICATORS]
PLAN = a_plan(an_obligation(form={"indicators": CODES, "nil": True}), indicators=INDICATORS)
PERIOD = a_period(PLAN, "2019")[1]


def totals(*reports: UnitFigures, units: list[str] = UNITS, codes: list[str] = CODES) -> dict[str, Total]:
    found = total_up(PLAN, codes, PERIOD, [source(CODES, units, reports)])
    return {total.indicator.code: total for total in found}


def test_a_ratio_is_the_ratio_of_the_sums_and_not_the_mean_of_the_percentages():
    found = totals(a_report("xa-1", A_1=10, A_2=10), a_report("xa-2", A_1=90, A_2=0))["A.3"]
    assert (found.value, found.numerator, found.denominator) == (Decimal(10), 10, 100)  # the mean would be 50


def test_a_unit_that_gives_one_side_of_a_ratio_only_is_in_the_sums_and_not_in_the_ratio():
    found = totals(a_report(UNITS[0], A_1=100, A_2=80), a_report(UNITS[1], A_2=50))
    assert (found["A.2"].value, found["A.3"].value) == (130, 80)


def test_a_ratio_over_nothing_is_a_dash_and_judges_no_target():
    found = totals(a_report("xa-1", A_1=0, A_2=0))["A.3"]
    assert (found.value, found.met) == (None, None)
    assert result_text(found).startswith("–")
    assert totals(a_report("xa-1", A_1=1, A_2=0))["A.3"].met is False


def test_seven_of_eleven_is_below_63_64_percent_but_meets_seven():
    both = [a_report(unit, A_4="có", A_5="có") for unit in UNITS[:7]]
    rest = [a_report(unit, A_4="có", A_5="không") for unit in UNITS[7:]]
    found = totals(*both, *rest)["A.6"]
    assert (found.value, found.denominator, found.met) == (7, 11, True)
    assert found.value is not None
    assert found.value * 10000 < 6364 * 11
    assert result_text(found) == "07/11"
    assert totals(*both[:6], *rest)["A.6"].met is False


@pytest.mark.parametrize(("yes", "met"), [(5, False), (6, True)])
def test_half_of_eleven_is_six(yes, met):
    reports = [a_report(unit, A_4="có" if i < yes else "không") for i, unit in enumerate(UNITS)]
    assert totals(*reports)["A.4"].met is met


def test_a_share_of_units_is_judged_over_all_that_owe_and_not_over_those_that_reported():
    assert totals(*[a_report(unit, A_4="có") for unit in UNITS[:5]])["A.4"].met is False


def test_a_target_is_judged_on_whole_numbers_and_not_on_the_rounded_percentage():
    found = totals(a_report("xa-1", A_1=100_000, A_2=69_999))["A.3"]
    assert (found.value, found.met) == (Decimal("70.00"), False)


def test_a_target_holds_for_its_years_alone():
    indicator = PLAN.indicator("A.6")
    wording = {
        year: getattr(target_for(indicator, a_period(PLAN, str(year))[1]), "wording", None)
        for year in (2020, 2021)
    }
    assert wording == {2020: "07 đơn vị", 2021: "100%"}
    assert target_for(PLAN.indicator("A.3"), a_period(PLAN, "2021")[1]) is None


def test_zero_nil_and_missing_are_three_things():
    zero = totals(a_report("xa-1", A_1=0))["A.1"]
    nil = totals(a_report("xa-1", nil=True))["A.1"]
    missing = totals()["A.1"]
    blank = totals(a_report("xa-1", A_2=1))["A.1"]
    assert [(t.value, t.given) for t in (zero, nil, missing, blank)] == [(0, 1), (0, 1), (None, 0), (None, 0)]
    assert [result_text(t) for t in (zero, nil, missing, blank)] == ["0", "0", "–", "–"]


def test_a_nil_report_adds_nothing_and_counts_as_given():
    found = totals(a_report("xa-1", A_1=5), a_report("xa-2", nil=True))["A.1"]
    assert (found.value, found.given, found.nil, found.asked) == (5, 2, 1, 11)


def test_a_computed_line_says_how_many_of_its_weakest_side_reported_nothing():
    found = totals(a_report("xa-1", A_1=5, A_2=5), a_report("xa-2", nil=True))
    assert [(found[code].given, found[code].nil) for code in ("A.3", "A.8")] == [(2, 1), (2, 1)]


def test_no_report_is_looked_at_once_for_every_other_unit():
    looked: list[str] = []

    class Counted(UnitFigures):
        def __getattribute__(self, name: str) -> object:
            if name == "unit":
                looked.append(name)
            return super().__getattribute__(name)

    units = [f"xa-{place}" for place in range(60)]
    totals(*[Counted(unit, unit, 1, "0" * 64, nil=False) for unit in units], units=units)
    assert len(looked) == len(units)


def test_a_figure_that_is_not_a_number_does_not_pass_for_a_confirmed_nothing():
    assert totals(a_report("xa-1", A_1="chưa rõ"))["A.1"].value is None


def test_units_that_did_not_say_are_not_counted_as_no():
    found = totals(a_report("xa-1", A_1=5))["A.6"]
    assert (found.value, found.given) == (None, 0)
    assert result_text(found) == "–"
    assert totals(a_report("xa-1", nil=True))["A.6"].value == 0


def test_what_is_computed_from_computed_figures_follows_them():
    found = totals(a_report("xa-1", A_1=10, A_2=4, A_4="có", A_5="có"), a_report("xa-2", A_1=1, A_2=1))
    assert [found[code].value for code in ("A.8", "A.9", "A.15", "A.7")] == [16, 6, 22, 500000]


def test_computed_figures_are_the_same_whatever_is_asked_for_first():
    report = a_report("xa-1", A_1=10, A_2=4)
    forward, backward = totals(report), totals(report, codes=CODES[::-1])
    assert list(backward) == CODES[::-1]
    assert forward == backward
    assert totals(report, codes=["A.15"])["A.15"].value == forward["A.15"].value


def test_a_difference_with_one_side_unknown_is_unknown():
    assert totals(a_report("xa-1", A_1=10))["A.9"].value is None
    assert totals(a_report("xa-1", A_2=10))["A.7"].value is None


def test_the_greatest_and_the_listed_are_not_added():
    found = totals(
        a_report("xa-1", A_10=3, A_11=3, A_12=700, A_13="12/KH-UBND"),
        a_report("xa-2", A_10=9, A_11=4, A_12=0),
        a_report("xa-3", A_10=5),
    )
    assert (found["A.10"].value, found["A.11"].value) == (9, 4)
    assert found["A.12"].value is None
    assert found["A.12"].answers == (("UBND xa-1", "700"), ("UBND xa-2", "0"))
    assert found["A.13"].answers == (("UBND xa-1", "12/KH-UBND"),)


def test_a_number_counted_by_units_counts_those_above_zero():
    found = totals(a_report("xa-1", A_14=3), a_report("xa-2", A_14=0), a_report("xa-3", A_14=1))["A.14"]
    assert (found.value, found.given) == (2, 3)


def test_a_unit_that_does_not_owe_adds_nothing():
    found = totals(a_report("xa-la", A_1=100), a_report("xa-1", A_1=1))["A.1"]
    assert (found.value, found.given) == (1, 1)


@pytest.mark.parametrize(
    ("owners", "asked"), [([], True), (["xa-mot"], True), (["xa"], True), (["phong"], False)]
)
def test_a_figure_is_asked_of_its_owners_by_code_or_kind_and_otherwise_of_everyone(owners, asked):
    indicator = PLAN.indicator("A.1").model_copy(update={"asked_of": owners})
    assert asked_of(indicator, Member("xa-mot", "xa")) is asked


def test_a_figure_of_somebody_else_is_neither_added_nor_waited_for():
    only_phong = [INDICATORS[0] | {"asked_of": ["phong"]}, *INDICATORS[1:]]
    plan = a_plan(an_obligation(form={"indicators": CODES}), indicators=only_phong)
    members = (Member("xa-1", "xa"), Member("phong-1", "phong"))
    reports = (a_report("xa-1", A_1=100), a_report("phong-1", A_1=7))
    (found,) = total_up(plan, ["A.1"], PERIOD, [Source(frozenset(["A.1"]), members, reports)])
    assert (found.value, found.given, found.asked) == (7, 1, 1)


# The next level: Nam Đông, where Phòng's own form says one figure and the eleven reports of O3 the rest.


def nam_dong(own: list[UnitFigures], fed: list[UnitFigures], members: list[str] = UNITS) -> dict[str, Total]:
    plan: Plan = shipped_plan("nam-dong-2014")
    obligation, period = a_period(plan, "2014", "O4")
    lead = Source(
        frozenset(obligation.form.indicators), (Member("phong-ldtbxh-nam-dong", "phong"),), tuple(own)
    )
    below = source(obligation.form.totals_only, members, fed)
    codes = [*obligation.form.indicators, *obligation.form.totals_only]
    return {t.indicator.code: t for t in total_up(plan, codes, period, [lead, below])}


def recognised(unit: str, result: str) -> UnitFigures:
    return a_report(unit, ND14_02="có", ND14_05=result)


def test_the_report_of_phong_is_made_of_its_own_figure_and_of_the_eleven_below():
    fed = [recognised(u, "giữ vững") for u in UNITS[:5]] + [
        recognised(u, "công nhận mới") for u in UNITS[5:7]
    ]
    fed += [recognised(u, "không đạt") for u in UNITS[7:]]
    found = nam_dong([a_report("phong-ldtbxh-nam-dong", ND14_07=5)], fed)
    assert {code: found[code].value for code in ("ND14.02", "ND14.06", "ND14.07", "ND14.08")} == {
        "ND14.02": 11,
        "ND14.06": 7,
        "ND14.07": 5,
        "ND14.08": 2,
    }
    assert [found[c].value for c in ("ND14.09", "ND14.10", "ND14.11")] == [5_500_000, 3_500_000, 9_000_000]
    assert [found[c].met for c in ("ND14.02", "ND14.06", "ND14.08")] == [True, True, True]
    assert (found["ND14.06"].given, found["ND14.06"].asked) == (11, 11)


def test_until_phong_has_entered_the_year_before_the_growth_is_a_dash():
    found = nam_dong([], [recognised(unit, "giữ vững") for unit in UNITS])
    assert found["ND14.08"].value is None
    assert found["ND14.08"].met is None
    assert result_text(found["ND14.08"]) == "–"
    assert found["ND14.06"].value == 11


def test_without_the_reports_below_the_taken_over_figures_are_dashes_and_not_zeros():
    found = nam_dong([a_report("phong-ldtbxh-nam-dong", ND14_07=5)], [])
    assert {code: found[code].value for code in ("ND14.02", "ND14.06", "ND14.11")} == {
        "ND14.02": None,
        "ND14.06": None,
        "ND14.11": None,
    }


# Any set of reports, in any order, against a slow definition.

numbers = st.none() | st.integers(0, 10**6)
said = st.none() | st.sampled_from(["có", "không"])


@st.composite
def seasons(draw: st.DrawFn) -> list[UnitFigures]:
    reports = []
    for unit in draw(st.lists(st.sampled_from(UNITS), unique=True)):
        values: dict[str, int | str | None] = {"A_1": draw(numbers), "A_2": draw(numbers)}
        values |= {"A_4": draw(said), "A_5": draw(said), "A_10": draw(numbers), "A_11": draw(numbers)}
        given_values = {name: value for name, value in values.items() if value is not None}
        nil = draw(st.integers(0, 5)) == 0
        reports.append(a_report(unit, nil=True) if nil else a_report(unit, **given_values))
    return reports


def slow(reports: list[UnitFigures], code: str) -> Decimal | None:
    answered = [report for report in reports if code in report.figures]
    numbers_given = [answer.number for r in answered if (answer := r.figures[code]).number is not None]
    if not numbers_given:
        return Decimal(0) if any(report.nil for report in reports) else None
    total = Decimal(0)
    for number in numbers_given:
        total += number
    return total


@given(seasons(), st.randoms(use_true_random=False))
def test_totals_are_what_the_slow_definition_says_in_whatever_order_reports_come(reports, shuffle):
    shuffled = list(reports)
    shuffle.shuffle(shuffled)
    found = totals(*reports)
    assert totals(*shuffled) == found
    for code in ("A.1", "A.2", "A.4", "A.5"):
        assert found[code].value == slow(reports, code)
    assert found["A.1"].given == sum(report.nil or "A.1" in report.figures for report in reports)
    both_sides = [r for r in reports if "A.1" in r.figures and "A.2" in r.figures]
    above, below = slow(both_sides, "A.2"), slow(both_sides, "A.1")
    if above is None or not below:
        assert found["A.3"].value is None
    else:
        assert found["A.3"].value == (above * 100 / below).quantize(Decimal("0.01"), ROUND_HALF_UP)
        assert found["A.3"].met == (above * 100 >= 70 * below)
    both = [r for r in reports if all(c in r.figures and r.figures[c].text == "có" for c in ("A.4", "A.5"))]
    assert (found["A.6"].value or 0) == len(both)


@given(seasons(), st.sampled_from(UNITS))
def test_a_late_report_never_takes_from_a_sum(reports, unit):
    without = [report for report in reports if report.unit != unit]
    before, after = totals(*without), totals(*without, a_report(unit, A_1=3, A_4="có"))
    assert (before["A.1"].value or 0) + 3 == after["A.1"].value
    assert after["A.1"].given == before["A.1"].given + 1 <= after["A.1"].asked


@given(seasons())
def test_nobody_gives_a_figure_who_is_not_asked_for_it(reports):
    for total in totals(*reports).values():
        assert 0 <= total.given <= total.asked == len(UNITS)


def test_the_periods_of_a_phase_are_judged_by_the_target_of_the_phase():
    plan = shipped_plan("lang-son-1438")
    wanted = [
        target_for(plan.indicator("L1438.03"), a_period(plan, label)[1]) for label in ("2019-2020", "2020")
    ]
    assert [target.at_least for target in wanted if target] == [70, 70]
    assert a_period(plan, "2021-2025")[1].end == date(2025, 12, 31)
