"""The five plans that are shipped: complete and true to the printed plans (domain handbook §1.1, §5).

What a plan prints stands in this file a second time, typed from the printed text and not from the YAML.
"""

import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from models.plan import Obligation, Plan, Rule
from models.plan_text import PlanError, parse_plan
from models.text import nfc
from models.units import UnitTree
from models.units.owing import owing
from tasks.adapters.unit_files import read_units

PLANS = Path(__file__).parents[2] / "plans"

UBND_HUE, SO_HUE, VP_HUE = (
    "tinh-thua-thien-hue",
    "so-ldtbxh-thua-thien-hue",
    "van-phong-ubnd-tinh-thua-thien-hue",
)
UBND_LS, SO_LS, BO = "tinh-lang-son", "so-ldtbxh-lang-son", "bo-ldtbxh"
UBND_HN, PHONG_HN, SO_DT = "huyen-hong-ngu", "phong-ldtbxh-hong-ngu", "so-ldtbxh-dong-thap"
UBND_ND, PHONG_ND = "huyen-nam-dong", "phong-ldtbxh-nam-dong"

# cycle: kind, rhythm, printed day, wording, through, to, owing units on a day of the plan
OBLIGATIONS = {
    "hue-647/O1": ("plan", "once", date(2013, 10, 30), "trước ngày 30/10/2013", None, [], 9),
    "hue-647/O2": ("result", "year", "20/12", "chậm nhất trước ngày 20/12 hàng năm", SO_HUE, [UBND_HUE], 9),
    "hue-647/O3": ("result", "ad-hoc", None, "theo đúng quy định hiện hành", None, [], 9),
    "hue-647/O4": ("result", "half-year year", None, "định kỳ 6 tháng, năm", None, [UBND_HUE], 1),
    "hue-647/O5": ("chase", "ad-hoc", None, "thường xuyên", None, [UBND_HUE], 2),
    "hue-647/O6": ("difficulty", "ad-hoc", None, "kịp thời", None, [UBND_HUE], 17),
    "hue-588/O1": ("plan", "once", date(2019, 7, 25), "trước ngày 25/7/2019", None, [], 5),
    "hue-588/O2": ("result", "year", "30/11", "định kỳ trước ngày 30/11 hàng năm", SO_HUE, [UBND_HUE], 12),
    "hue-588/O3": ("plan", "once", None, "chủ động xây dựng Kế hoạch triển khai", None, [], 12),
    "hue-588/O4": ("plan", "year", None, "định kỳ hằng năm gửi báo cáo", None, [UBND_HUE], 5),
    "hue-588/O5": ("inform", "year", None, "Định kỳ hàng năm", SO_HUE, [UBND_HUE], 4),
    "hue-588/O6": ("result", "year", None, "hằng năm", None, [], 1),
    "hue-588/O7": ("chase", "ad-hoc", None, "thường xuyên", None, [UBND_HUE], 2),
    "hue-588/O8": ("difficulty", "ad-hoc", None, "kịp thời", None, [UBND_HUE], 17),
    "lang-son-1438/O1": (
        "result",
        "year phase",
        None,
        "định kỳ báo cáo theo năm và giai đoạn … theo quy định",
        SO_LS,
        [UBND_LS, BO],
        21,
    ),
    "lang-son-1438/O2": ("plan", "once", None, "Xây dựng kế hoạch, triển khai thực hiện Đề án", None, [], 11),
    "lang-son-1438/O3": ("result", "ad-hoc", None, "Thường xuyên", None, [], 11),
    "lang-son-1438/O4": ("result", "phase", None, "định kỳ", None, [BO, UBND_LS], 1),
    "hong-ngu-2020/O1": (
        "result",
        "once",
        date(2020, 11, 12),
        "trước ngày 12/11/2020",
        PHONG_HN,
        [UBND_HN, SO_DT],
        18,
    ),
    "hong-ngu-2020/O2": ("plan", "once", None, "xây dựng Kế hoạch triển khai thực hiện", None, [], 10),
    "hong-ngu-2020/O3": ("result", "once", None, "theo quy định", None, [UBND_HN, SO_DT], 1),
    "nam-dong-2014/O1": (
        "plan",
        "once",
        date(2014, 4, 10),
        "trước ngày 10/4/2014",
        PHONG_ND,
        [UBND_ND],
        11,
    ),
    "nam-dong-2014/O2": ("task", "once", date(2014, 4, 10), "trước ngày 10/4/2014", None, [], 1),
    "nam-dong-2014/O3": (
        "result",
        "once",
        date(2014, 10, 20),
        "trước ngày 20/10/2014",
        PHONG_ND,
        [UBND_ND],
        11,
    ),
    "nam-dong-2014/O4": (
        "result",
        "once",
        date(2014, 10, 30),
        "trước ngày 30/10/2014",
        None,
        [UBND_ND, SO_HUE],
        1,
    ),
    "nam-dong-2014/O5": ("result", "ad-hoc", None, "định kỳ và đột xuất", None, [UBND_ND, SO_HUE], 1),
    "nam-dong-2014/O6": ("result", "year", None, "Báo cáo định kỳ cho cấp huyện", None, [UBND_ND], 11),
    "nam-dong-2014/O7": ("chase", "ad-hoc", None, "thường xuyên", None, [UBND_ND], 2),
    "nam-dong-2014/O8": ("difficulty", "ad-hoc", None, "kịp thời", PHONG_ND, [UBND_ND], 11),
}

CUTOFFS = {
    "hue-647/O2": "14/12",
    "hue-588/O2": "14/11",
    "lang-son-1438/O1": "14/12",
    "hong-ngu-2020/O1": date(2020, 10, 31),
    "nam-dong-2014/O3": date(2014, 9, 30),
}

CODES = {
    "hue-647": "01 02 03 11 12 13 14 15 16 17 21 22 23 24 25 26 27 04 05 06 07 08 09a 09b 09c 10",
    "hue-588": "01 02 11 12 13 14 21 22 23 24 03 04 05 06 07 08 09",
    "lang-son-1438": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15a 15b 15c 15d",
    "hong-ngu-2020": "01 02 03 04 05 06 07 08 09 10 11 12 13 14 15 "
    "01g1 01g2 01g3 01g4 01g5 01g7 02g1 02g2 02g3 02g4 02g5 02g7",
    "nam-dong-2014": "01 02 03 04 05 06 07 08 09 10 11",
}
PREFIX = {
    "hue-647": "H647",
    "hue-588": "H588",
    "lang-son-1438": "L1438",
    "hong-ngu-2020": "HN20",
    "nam-dong-2014": "ND14",
}

# code, year: least value, or least share of units in percent
TARGETS = {
    ("hue-647", "H647.03", 2013): (95, None),
    ("hue-647", "H647.03", 2020): (95, None),
    ("hue-647", "H647.04", 2020): (100, None),
    ("hue-647", "H647.10", 2013): (None, 100),
    ("hue-588", "H588.09", 2019): (None, 100),
    ("lang-son-1438", "L1438.03", 2020): (70, None),
    ("lang-son-1438", "L1438.03", 2021): (90, None),
    ("lang-son-1438", "L1438.05", 2020): (50, None),
    ("lang-son-1438", "L1438.05", 2025): (70, None),
    ("lang-son-1438", "L1438.08", 2019): (60, None),
    ("lang-son-1438", "L1438.08", 2025): (80, None),
    ("lang-son-1438", "L1438.11", 2020): (70, None),
    ("lang-son-1438", "L1438.11", 2021): (90, None),
    ("lang-son-1438", "L1438.14", 2020): (None, 50),
    ("lang-son-1438", "L1438.14", 2021): (None, 100),
    ("hong-ngu-2020", "HN20.03", 2020): (95, None),
    ("hong-ngu-2020", "HN20.06", 2020): (80, None),
    ("hong-ngu-2020", "HN20.09", 2020): (100, None),
    ("hong-ngu-2020", "HN20.12", 2020): (100, None),
    ("hong-ngu-2020", "HN20.15", 2020): (100, None),
    ("nam-dong-2014", "ND14.02", 2014): (None, 100),
    ("nam-dong-2014", "ND14.06", 2014): (7, None),
    ("nam-dong-2014", "ND14.08", 2014): (1, None),
}


@cache
def plan(code: str) -> Plan:
    file = PLANS / f"{code}.yaml"
    return parse_plan(file.read_text("utf-8"), file.name)


@cache
def units() -> UnitTree:
    files = sorted((PLANS / "units").glob("*.csv"))
    return UnitTree(unit for file in files for unit in read_units(file.read_text("utf-8"), file.name))


def obligation(cycle: str) -> Obligation:
    code, _, number = cycle.partition("/")
    return plan(code).obligation(number)


def a_day_of(code: str) -> date:
    return date({"hue-588": 2019, "lang-son-1438": 2020}.get(code, plan(code).first_year), 6, 30)


def printed_day(item: Obligation) -> object:
    return item.due.before if item.due else None


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text)


PLAN_CODES = sorted(CODES)
DATED = [cycle for cycle, row in OBLIGATIONS.items() if row[2] is not None]


def test_the_folder_holds_the_five_plans_and_every_plan_stands_under_its_own_code():
    """More may be added; that touches nothing but the folder."""
    found = sorted(file.stem for file in PLANS.glob("*.yaml"))
    assert set(PLAN_CODES) <= set(found)
    assert [plan(code).code for code in found] == found


def test_the_plans_oblige_to_what_they_print_and_to_nothing_else():
    found = [f"{code}/{item.code}" for code in PLAN_CODES for item in plan(code).obligations]
    assert sorted(found) == sorted(OBLIGATIONS)


@pytest.mark.parametrize("cycle", OBLIGATIONS)
def test_kind_rhythm_day_route_and_recipients_are_as_printed(cycle):
    kind, rhythm, day, _, through, to, _ = OBLIGATIONS[cycle]
    item = obligation(cycle)
    assert (item.kind, " ".join(item.rhythms), printed_day(item)) == (kind, rhythm, day)
    assert (item.through, item.to) == (through, to)


@pytest.mark.parametrize("cycle", OBLIGATIONS)
def test_the_wording_is_verbatim(cycle):
    assert OBLIGATIONS[cycle][3] in folded(obligation(cycle).wording)


@pytest.mark.parametrize("cycle", DATED)
def test_every_printed_day_excludes_itself(cycle):
    """All printed dates read "trước ngày X"; none reads "chậm nhất ngày X" alone."""
    due = obligation(cycle).due
    assert due is not None
    assert not due.inclusive
    assert "trước ngày" in obligation(cycle).wording


@pytest.mark.parametrize("cycle", OBLIGATIONS)
def test_the_units_that_owe_are_as_many_as_the_plan_means(cycle):
    found = owing(units(), obligation(cycle).owed_by, a_day_of(cycle.partition("/")[0]))
    assert len(found) == OBLIGATIONS[cycle][6], [unit.code for unit in found]


def test_only_nam_dong_prints_a_number_of_units():
    stated = {cycle: obligation(cycle).owed_by.stated for cycle in OBLIGATIONS}
    assert {cycle for cycle, number in stated.items() if number} == {
        f"nam-dong-2014/{code}" for code in ("O1", "O3", "O6")
    }
    assert {number for number in stated.values() if number} == {11}


@pytest.mark.parametrize(
    ("cycle", "expected"),
    [
        (
            "hue-588/O1",
            "huyen-nam-dong huyen-a-luoi huyen-phong-dien huyen-phu-loc thi-xa-huong-tra",
        ),
        (
            "hue-588/O5",
            """mat-tran-to-quoc-thua-thien-hue hoi-lien-hiep-phu-nu-thua-thien-hue
            lien-doan-lao-dong-thua-thien-hue tinh-doan-thua-thien-hue""",
        ),
        (
            "hong-ngu-2020/O2",
            """xa-thuong-phuoc-1 xa-thuong-thoi-hau-a thi-tran-thuong-thoi-tien xa-thuong-phuoc-2 xa-thuong-lac
            xa-long-khanh-a xa-long-khanh-b xa-long-thuan xa-phu-thuan-b xa-phu-thuan-a""",
        ),
    ],
)
def test_named_units_are_the_printed_ones(cycle, expected):
    found = owing(units(), obligation(cycle).owed_by, a_day_of(cycle.partition("/")[0]))
    assert {unit.code for unit in found} == set(expected.split())


def test_the_mass_organisations_of_hue_588_are_asked_once():
    """As "đoàn thể liên quan" they could stand in O2 too; the default is O5 alone (handbook §1.2 no. 6)."""
    day = a_day_of("hue-588")
    o2, o5 = (
        {unit.code for unit in owing(units(), obligation(f"hue-588/{code}").owed_by, day)}
        for code in ("O2", "O5")
    )
    assert not o2 & o5


@pytest.mark.parametrize("cycle", OBLIGATIONS)
def test_cut_offs_are_the_proposed_ones_and_nowhere_else(cycle):
    assert obligation(cycle).cutoff == CUTOFFS.get(cycle)


@pytest.mark.parametrize("code", PLAN_CODES)
def test_every_unit_a_plan_names_is_known_and_valid_in_its_first_year(code):
    day = a_day_of(code)
    missing = [unit for unit in sorted(plan(code).unit_codes()) if units().at(unit, day) is None]
    assert not missing


@pytest.mark.parametrize("code", PLAN_CODES)
def test_every_indicator_of_the_handbook_is_there(code):
    wanted = {f"{PREFIX[code]}.{number}" for number in CODES[code].split()}
    assert wanted <= {indicator.code for indicator in plan(code).indicators}


@pytest.mark.parametrize("code", PLAN_CODES)
def test_every_indicator_is_asked_or_shown_somewhere(code):
    forms = [item.form for item in plan(code).obligations]
    used = {indicator for form in forms for indicator in (*form.indicators, *form.totals_only)}
    assert used == {indicator.code for indicator in plan(code).indicators}


@pytest.mark.parametrize("cycle", OBLIGATIONS)
def test_every_figure_of_a_form_is_owned_by_somebody_who_owes_it(cycle):
    code = cycle.partition("/")[0]
    owes = owing(units(), obligation(cycle).owed_by, a_day_of(code))
    owners = {unit.code for unit in owes} | {unit.kind for unit in owes}
    for indicator in map(plan(code).indicator, obligation(cycle).form.indicators):
        assert not indicator.asked_of or owners & set(indicator.asked_of), indicator.code


def test_no_unit_is_named_as_an_owner_that_the_unit_files_lack():
    day_of = {code: a_day_of(code) for code in PLAN_CODES}
    for code in PLAN_CODES:
        kinds = {unit.kind for unit in units().all_on(day_of[code])}
        for indicator in plan(code).indicators:
            for owner in indicator.asked_of:
                assert owner in kinds or units().at(owner, day_of[code]), (code, indicator.code, owner)


@pytest.mark.parametrize(("key", "expected"), TARGETS.items(), ids=str)
def test_targets_are_as_printed(key, expected):
    code, indicator, year = key
    found = [
        (target.at_least, target.percent_of_units)
        for target in plan(code).indicator(indicator).targets
        if target.first_year <= year <= target.last_year
    ]
    assert found == [expected]


def test_no_target_is_made_up():
    found = {(c, i.code) for c in PLAN_CODES for i in plan(c).indicators if i.targets}
    assert found == {(code, indicator) for code, indicator, _ in TARGETS}


def test_lang_son_has_its_two_phases_and_counts_a_district_only_with_both_network_and_model():
    assert [phase.code for phase in plan("lang-son-1438").phases] == ["2019-2020", "2021-2025"]
    formula = plan("lang-son-1438").indicator("L1438.14").formula
    assert formula is not None
    assert formula.all_of is not None
    assert [(test.indicator, test.is_) for test in formula.all_of] == [
        ("L1438.12", ["có"]),
        ("L1438.13", ["có"]),
    ]


def test_the_hundred_percent_target_of_hue_647_leaves_out_the_seventh_group():
    formula = plan("hue-647").indicator("H647.04").formula
    assert formula is not None
    assert formula.ratio == ([f"H647.2{g}" for g in range(1, 7)], [f"H647.1{g}" for g in range(1, 7)])


def test_the_support_of_nam_dong_is_500_000_dong_a_unit():
    for code, of in (("ND14.09", "ND14.02"), ("ND14.10", "ND14.06")):
        formula = plan("nam-dong-2014").indicator(code).formula
        assert formula is not None
        assert formula.times is not None
        assert (formula.times.indicator, formula.times.factor) == (of, 500_000)


def test_the_fund_of_hue_588_is_asked_of_the_so_alone():
    assert plan("hue-588").indicator("H588.08").asked_of == [SO_HUE]
    asking = [item.code for item in plan("hue-588").obligations if "H588.08" in item.form.indicators]
    assert asking == ["O6"]


def at_most_pairs(code: str, severity: str) -> set[tuple[str, str]]:
    rules = [rule for rule in plan(code).rules if rule.severity == severity and rule.at_most]
    return {
        (" ".join(left), " ".join(right)) for left, right in (rule.at_most for rule in rules if rule.at_most)
    }


@pytest.mark.parametrize(
    ("code", "severity", "expected"),
    [
        ("hue-647", "error", {(f"H647.2{g}", f"H647.1{g}") for g in range(1, 8)}),
        ("hue-647", "error", {(f"H647.1{g}", "H647.01") for g in range(1, 8)} | {("H647.02", "H647.01")}),
        ("hue-647", "warning", {(" ".join(f"H647.1{g}" for g in range(1, 8)), "H647.01")}),
        ("hue-588", "error", {(f"H588.2{a}", "H588.03") for a in range(1, 5)}),
        ("hue-588", "error", {("H588.03", "H588.21 H588.22 H588.23 H588.24"), ("H588.02", "H588.01")}),
        ("hue-588", "warning", {("H588.06", "H588.04 H588.05")}),
        ("lang-son-1438", "error", {("L1438.02", "L1438.01"), ("L1438.04", "L1438.01")}),
        ("lang-son-1438", "error", {("L1438.07", "L1438.06"), ("L1438.10", "L1438.09")}),
        ("hong-ngu-2020", "error", {(f"HN20.{n:02d}", f"HN20.{n - 1:02d}") for n in (2, 5, 8, 11, 14)}),
        ("hong-ngu-2020", "error", {(f"HN20.02g{g}", f"HN20.01g{g}") for g in (1, 2, 3, 4, 5, 7)}),
        ("hong-ngu-2020", "warning", {("HN20.13", "HN20.04"), ("HN20.01g3", "HN20.04")}),
    ],
)
def test_a_part_is_held_within_its_whole(code, severity, expected):
    assert expected <= at_most_pairs(code, severity)


def test_money_by_source_makes_the_total():
    formula = plan("hue-588").indicator("H588.04").formula
    assert formula is not None
    assert formula.plus == [f"H588.04{source}" for source in "abcdef"]


def test_recognition_in_nam_dong_follows_from_registration_and_from_the_year_before():
    pairs = [
        rule.implies for rule in plan("nam-dong-2014").rules if rule.implies and rule.severity == "error"
    ]
    said = {(tuple(a.is_), b.indicator, tuple(b.is_)) for a, b in pairs if a.indicator == "ND14.05"}
    assert said >= {
        (("giữ vững", "công nhận mới"), "ND14.02", ("có",)),
        (("giữ vững",), "ND14.07a", ("có",)),
        (("công nhận mới",), "ND14.07a", ("không",)),
    }


@pytest.mark.parametrize("code", PLAN_CODES)
def test_every_rule_has_an_id_of_its_own_and_says_what_to_do(code):
    rules: list[Rule] = plan(code).rules
    assert len({rule.id for rule in rules}) == len(rules)
    assert all(re.search(r"[Đđ]ề nghị|phải|khi", rule.message) for rule in rules)


@pytest.mark.parametrize("cycle", DATED)
def test_every_dated_duty_is_reminded_before_and_after_and_goes_somewhere(cycle):
    item = obligation(cycle)
    assert {step.days < 0 for step in item.ladder} == {True, False}
    lead = plan(cycle.partition("/")[0]).lead
    # Where the clause names neither route nor recipient (both plans of Huế, and a task), the lead unit collects.
    assert item.to or item.through or item.kind in {"plan", "task"}
    assert units().at(lead, a_day_of(cycle.partition("/")[0])) is not None


@pytest.mark.parametrize("cycle", DATED)
def test_the_lead_unit_is_sent_no_letter_by_itself(cycle):
    item, lead = obligation(cycle), plan(cycle.partition("/")[0]).lead
    letters = [step.letter for step in item.ladder if step.letter]
    assert letters == ([] if item.owed_by.units == [lead] else [1, 2])


@pytest.mark.parametrize(
    ("code", "office", "chair"),
    [
        ("hue-647", [VP_HUE], "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("hue-588", [VP_HUE], "Chủ tịch Ủy ban nhân dân tỉnh"),
        ("lang-son-1438", [], None),
        ("hong-ngu-2020", [], None),
        ("nam-dong-2014", ["van-phong-hdnd-ubnd-huyen-nam-dong"], "Chủ tịch Ủy ban nhân dân huyện"),
    ],
)
def test_chasing_follows_the_clause_of_the_plan_where_it_has_one(code, office, chair):
    assert (plan(code).chasers, plan(code).reports_to_chair) == (office, chair)


@pytest.mark.parametrize("cycle", OBLIGATIONS)
def test_tasks_chasing_and_difficulties_stay_out_of_completion_rates(cycle):
    item = obligation(cycle)
    assert item.counts == (item.kind not in {"task", "chase", "difficulty"})


def test_the_chain_of_nam_dong_leaves_a_day_between_the_close_below_and_the_deadline_above():
    below, above = obligation("nam-dong-2014/O3"), obligation("nam-dong-2014/O4")
    assert below.feeds == "O4"
    # 20/10/2014 is a Monday, and no holiday follows before 30/10: six working days later is 28/10.
    assert below.closes_working_days_after == 6
    assert printed_day(above) == date(2014, 10, 30)
    assert "ND14.08" in above.form.totals_only


@pytest.mark.parametrize("cycle", OBLIGATIONS)
def test_the_report_of_every_duty_can_be_addressed_and_signed(cycle):
    report = plan(cycle.partition("/")[0]).report_of(obligation(cycle))
    assert report is not None
    assert "{period}" in report.title
    assert (report.recipients[0], report.recipients[-1][:7]) == ("Như trên", "Lưu: VT")
    assert report.agency != report.agency.upper(), (
        "the head prints capitals by itself, an appendix names it as it is"
    )
    assert report.parent_agency == report.parent_agency.upper()


@pytest.mark.parametrize("code", PLAN_CODES)
def test_the_files_are_composed_text_and_name_nobody_real(code):
    text = (PLANS / f"{code}.yaml").read_text("utf-8")
    assert text == nfc(text)
    assert "\xa0" not in text
    assert all(address.endswith(".example") for address in re.findall(r"[\w.]+@[\w.-]+", text))
    assert plan(code).contact.email.endswith(".example")


def test_a_total_that_nothing_feeds_is_refused_with_its_line():
    """The positive twin is the plan itself: only `feeds: O4` is taken away."""
    text = (PLANS / "nam-dong-2014.yaml").read_text("utf-8")
    with pytest.raises(PlanError, match=r"totals_only\[\d\]: ND14.02 is neither asked"):
        parse_plan(text.replace("    feeds: O4\n", ""), "nam-dong-2014.yaml")
