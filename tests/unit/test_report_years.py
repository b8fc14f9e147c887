"""A period beside those before it: what rose or fell is said of the same units, and of nothing that is hidden."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.documents import BulletList, Paragraph, Table
from models.report import build_report
from models.report.comparison import Side, compare, goes_before, past_period
from models.states import coverage
from models.totals import Member, Source, total_up
from models.units import UnitLink, UnitTree
from models.units.comparing import map_units
from tests.builders import a_plan, a_report, a_standing, a_unit, an_obligation, came, inputs, planned

INDICATORS = [
    {"code": "A.1", "label": "Trẻ em", "unit": "người"},
    {"code": "A.2", "label": "Được trợ giúp", "unit": "người"},
    {
        "code": "A.3",
        "label": "Tỷ lệ",
        "unit": "%",
        "kind": "number",
        "formula": {"ratio": [["A.2"], ["A.1"]]},
        "targets": [{"at_least": 70, "first_year": 2019, "last_year": 2025, "wording": "70%"}],
    },
    {"code": "A.4", "label": "Nhiễm HIV", "unit": "người", "sensitive": True, "required": False},
    {"code": "A.5", "label": "Có kế hoạch", "unit": "có/không", "kind": "yes_no", "adds": "count"},
    {"code": "A.6", "label": "Văn bản", "unit": "văn bản", "kind": "text", "adds": "list"},
    {"code": "A.7", "label": "Điểm", "unit": "điểm", "kind": "number", "adds": "average", "required": False},
    {
        "code": "A.8",
        "label": "Điểm theo trẻ",
        "unit": "điểm",
        "kind": "number",
        "adds": "average",
        "required": False,
        "weight": "A.1",
    },
]
CODES = [each["code"] for each in INDICATORS]
PLAN = a_plan(an_obligation(form={"indicators": CODES, "nil": True}), indicators=INDICATORS)
THEN, NOW = date(2019, 10, 16), date(2020, 10, 16)
UNITS = ("xa-mot", "xa-hai", "xa-ba")
TREE = UnitTree([a_unit(code) for code in UNITS], [])


def side(year, reports, units=UNITS, plan=PLAN):
    members = tuple(Member(unit, "xa") for unit in units)
    sources = (Source(frozenset(CODES), members, tuple(reports)),)
    period = planned(plan, year).period
    sent = {report.unit for report in reports}
    standings = [came(u, "2019-11-20T08:00") if u in sent else a_standing(u) for u in units]
    return Side(plan, period, coverage(standings), tuple(total_up(plan, CODES, period, sources)), sources)


def compared(now, then, tree=TREE):
    names = [[(m.unit, m.unit) for m in each.sources[0].members] for each in (then, now)]
    return compare(now, then, map_units(tree, *names, THEN, NOW), ())


def moved(now, then, tree=TREE):
    return {each.code: (each.by, each.units) for each in compared(now, then, tree).changes}


BEFORE = side("2019", [a_report("xa-mot", A_1=10, A_2=5), a_report("xa-hai", A_1=90, A_2=45)])


def test_a_unit_that_reported_once_only_is_no_rise():
    after = side("2020", [a_report(unit, A_1=100, A_2=50) for unit in UNITS])
    assert moved(after, BEFORE)["A.1"] == (Decimal(100), 2), "xa-ba has nothing to be held against"


def test_a_unit_that_is_missing_now_is_no_fall():
    after = side("2020", [a_report("xa-mot", A_1=12, A_2=6)])
    assert moved(after, BEFORE)["A.1"] == (Decimal(2), 1)


def test_a_line_left_blank_is_not_compared_and_nothing_to_report_is_zero():
    blank = side("2020", [a_report("xa-mot", A_2=6), a_report("xa-hai", nil=True)])
    assert moved(blank, BEFORE)["A.1"] == (Decimal(-90), 1)


def test_a_rate_moves_in_points_over_the_same_units():
    after = side("2020", [a_report("xa-mot", A_1=10, A_2=10), a_report("xa-ba", A_1=1000, A_2=0)])
    assert moved(after, BEFORE)["A.3"] == (Decimal(50), 1)


def test_units_that_became_one_are_compared_as_one_but_not_where_units_are_counted():
    links = [UnitLink(code, "xa-moi", date(2020, 1, 1), "merge") for code in ("xa-mot", "xa-hai")]
    old = [a_unit(code, valid_to=date(2019, 12, 31)) for code in ("xa-mot", "xa-hai")]
    tree = UnitTree([*old, a_unit("xa-moi", valid_from=date(2020, 1, 1))], links)
    old_units = ("xa-mot", "xa-hai")
    then = side("2019", [a_report(u, A_1=10, A_5="có", A_7=4) for u in old_units], old_units)
    now = side("2020", [a_report("xa-moi", A_1=25, A_5="có", A_7=5)], ("xa-moi",))
    found = moved(now, then, tree)
    assert found["A.1"] == (Decimal(5), 1)
    assert "A.5" not in found
    assert "A.7" not in found, "two weigh twice what one does"


def test_a_mean_moves_over_the_units_that_gave_it_both_times():
    then = [
        a_report("xa-mot", A_1=1, A_7=4, A_8=4),
        a_report("xa-hai", A_1=3, A_7=6, A_8=6),
        a_report("xa-ba", A_7=90),
    ]
    now = [
        a_report("xa-mot", A_1=1, A_7=5, A_8=5),
        a_report("xa-hai", A_1=3, A_7=9, A_8=8),
        a_report("xa-ba", nil=True),
    ]
    found = moved(side("2020", now), side("2019", then))
    assert found["A.7"] == (Decimal(2), 2), "xa-ba had nothing to average"
    assert found["A.8"] == (Decimal("1.75"), 2)


def test_a_unit_that_was_divided_is_not_compared():
    links = [UnitLink("xa-mot", code, date(2020, 1, 1), "split", "part") for code in ("xa-x", "xa-y")]
    new = [a_unit(code, valid_from=date(2020, 1, 1)) for code in ("xa-x", "xa-y")]
    tree = UnitTree([a_unit("xa-mot", valid_to=date(2019, 12, 31)), *new], links)
    then = side("2019", [a_report("xa-mot", A_1=10)], ("xa-mot",))
    now = side("2020", [a_report(u, A_1=5) for u in ("xa-x", "xa-y")], ("xa-x", "xa-y"))
    assert "A.1" not in moved(now, then, tree)


def test_of_a_sensitive_figure_only_what_both_totals_show_is_compared():
    def rows(*values):
        return [a_report(unit, A_4=value) for unit, value in zip(UNITS, values, strict=False)]

    whole = moved(side("2020", rows(10, 20, 30)), side("2019", rows(10, 20, 20)))
    assert whole["A.4"] == (Decimal(10), 3)
    assert "A.4" not in moved(side("2020", rows(10, 20, 30)), side("2019", rows(10, 20)))
    assert "A.4" not in moved(side("2020", rows(10, 20, 30)), side("2019", rows(1, 1, 1)))
    assert past_period("c", side("2019", rows(1, 1, 1)), {}).by_code()["A.4"].value is None


def test_a_figure_that_was_defined_otherwise_is_not_compared():
    other = [each | {"unit": "lượt"} if each["code"] == "A.1" else each for each in INDICATORS]
    plan = a_plan(an_obligation(form={"indicators": CODES, "nil": True}), indicators=other)
    after = [a_report("xa-mot", A_1=100, A_2=5)]
    assert "A.1" not in moved(side("2020", after, plan=plan), BEFORE)
    assert "A.2" in moved(side("2020", after, plan=plan), BEFORE)


def test_answers_in_words_are_in_no_series():
    codes = past_period("c", BEFORE, {}).by_code()
    assert "A.6" not in codes
    assert codes["A.1"].value == Decimal(100)


@pytest.mark.parametrize(
    ("every", "earlier", "now", "goes"),
    [
        ("year", "2019", "2020", True),
        ("year", "2020", "2019", False),
        ("half-year", "2019-H1", "2020-H1", True),
        ("half-year", "2019-H2", "2020-H1", False),
        ("quarter", "2019-Q3", "2021-Q3", True),
    ],
)
def test_part_of_a_year_is_held_against_the_same_part(every, earlier, now, goes):
    due = {"year": {"before": "30/11"}}.get(every)
    plan = a_plan(an_obligation(every=every, due=due))
    assert goes_before(planned(plan, earlier).period, planned(plan, now).period) is goes


# In the Báo cáo

STANDINGS = tuple(came(unit, "2020-11-20T08:00") for unit in UNITS)


def report(after, before=BEFORE, **changes):
    reports = after.sources[0].reports
    given = inputs(planned(PLAN, "2020"), STANDINGS, reports, CODES)
    earlier = (past_period("ke-hoach-mau/O1/2019", before, {}),)
    return build_report(replace(given, earlier=earlier, comparison=compared(after, before), **changes))


AFTER = side("2020", [a_report(unit, A_1=100, A_2=90) for unit in UNITS])


def text(document):
    lines = []
    for block in document.blocks:
        lines += [block.text] if isinstance(block, Paragraph) else []
        lines += block.items if isinstance(block, BulletList) else []
    return "\n".join(lines)


def test_the_report_says_how_complete_both_are_and_how_targets_moved():
    said = text(report(AFTER))
    assert "Năm 2019 có 02/03 đơn vị báo cáo. So với năm 2019, trong 03 chỉ tiêu so sánh được" in said
    assert "“Tỷ lệ”: tăng 40 điểm %, tính trên 02 đơn vị." in said
    assert "chi tiết tại Phụ lục III" in said


def test_the_appendix_has_the_years_side_by_side_and_the_change_of_the_same_units():
    (table,) = [b for b in report(AFTER).appendices[2].blocks if isinstance(b, Table)]
    rows = {row.cells[1]: row.cells[3:] for row in table.rows}
    assert [column.title for column in table.columns][3:5] == ["Năm 2019", "Năm 2020"]
    assert rows["Số đơn vị báo cáo"] == ("02/03", "03/03", "", "")
    assert rows["Trẻ em"] == ("100", "300", "tăng 100", "02")
    assert rows["Tỷ lệ"] == ("50% (50/100)", "90% (270/300)", "tăng 40 điểm %", "02")


def test_what_could_not_be_carried_over_is_said():
    found = replace(compared(AFTER, BEFORE), is_comparable=False, unmapped=(("UBND xã Cũ", "đã chia tách"),))
    given = inputs(planned(PLAN, "2020"), STANDINGS, AFTER.sources[0].reports, CODES)
    earlier = (past_period("ke-hoach-mau/O1/2019", BEFORE, {}),)
    said = text(build_report(replace(given, earlier=earlier, comparison=found)))
    assert "không so sánh tổng số của hai kỳ" in said
    assert "không đưa vào so sánh: UBND xã Cũ (đã chia tách)." in said
    assert "không so sánh tổng số" not in text(report(AFTER))


def test_a_first_period_says_nothing_of_one_before():
    given = inputs(planned(PLAN, "2020"), STANDINGS, AFTER.sources[0].reports, CODES)
    document = build_report(given)
    assert "So với" not in text(document)
    assert len(document.appendices) == 2
