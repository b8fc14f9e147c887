"""Headings of a Báo cáo and their order: by rhythm, or as the plan has it."""

from dataclasses import replace

import pytest

from models.documents import Heading
from models.plan_text import PlanError
from models.report import build_report
from models.report.outlines import next_period
from tests.builders import REPORT, a_plan, a_report, an_obligation, came, inputs, planned, shipped_plan

SECTIONS = ["chi-dao", "nhiem-vu", "kinh-phi", "kho-khan", "nhiem-vu-toi", "kien-nghi"]
FORM = {"narratives": [{"code": code, "title": code} for code in SECTIONS]}
SAID = {code: f"Lời về {code}." for code in SECTIONS}
OWN = [
    {"heading": "Tình hình {period}", "parts": ["kien-nghi", "khai-quat"]},
    {
        "heading": "Kết quả",
        "parts": ["nhiem-vu", "chi-tieu", "kinh-phi"],
        "headings": {"nhiem-vu": "Nhiệm vụ trọng tâm {next}"},
    },
    {"heading": "Còn lại", "parts": ["danh-gia", "kho-khan", "chi-dao"]},
    {"heading": "Nhiệm vụ {next}", "parts": ["nhiem-vu-toi"]},
]
PHASES = [
    {"code": "2019-2020", "first_year": 2019, "last_year": 2020},
    {"code": "2021-2025", "first_year": 2021, "last_year": 2025},
]


def plan_with(outline=None, **changes):
    report = REPORT | ({"outline": outline} if outline is not None else {})
    return a_plan(an_obligation(form=FORM, **changes), report=report, phases=PHASES)


def report_of(plan, label):
    cycle = planned(plan, label)
    deadline = planned(a_plan(), "2019").deadline
    cycle = replace(cycle, deadline=cycle.deadline or deadline)
    reports = (a_report("xa-mot", said=SAID),)
    return build_report(inputs(cycle, (came("xa-mot", "2019-11-20T08:00"),), reports, ()))


def headings(plan, label, level=1):
    return [b.text for b in report_of(plan, label).blocks if isinstance(b, Heading) and b.level == level]


@pytest.mark.parametrize(
    ("every", "label", "expected"),
    [
        ("year", "2019", ["Khái quát tình hình", "Phương hướng, nhiệm vụ năm 2020"]),
        ("half-year", "2019-H1", ["Tình hình chung", "Nhiệm vụ trọng tâm 6 tháng cuối năm 2019"]),
        ("phase", "2019-2020", ["Khái quát tình hình", "Phương hướng, nhiệm vụ giai đoạn 2021 - 2025"]),
        (
            "quarter",
            "2019-Q4",
            ["Tình hình và kết quả thực hiện quý IV năm 2019", "Nhiệm vụ quý I năm 2020"],
        ),
        (
            "month",
            "2019-03",
            ["Tình hình và kết quả thực hiện tháng 3 năm 2019", "Nhiệm vụ tháng 4 năm 2019"],
        ),
        ("once", "2019", ["Khái quát tình hình", "Phương hướng, nhiệm vụ thời gian tới"]),
    ],
)
def test_every_rhythm_has_the_outline_that_fits(every, label, expected):
    found = headings(plan_with(every=every, due=None), label)
    assert [found[0], found[-2]] == expected
    assert found[-1] == "Kiến nghị, đề xuất"


@pytest.mark.parametrize("every", ["year", "half-year", "phase", "quarter", "month"])
def test_in_every_outline_stands_all_that_units_wrote_and_how_many_reported(every):
    label = {"year": "2019", "half-year": "2019-H2", "phase": "2019-2020", "quarter": "2019-Q1"}
    document = report_of(plan_with(every=every, due=None), label.get(every, "2019-05"))
    text = str(document.blocks)
    assert "01/01 đơn vị phải gửi báo cáo" in text
    assert [said for said in SAID.values() if said not in text] == []


def test_the_next_period_of_the_last_one_is_only_time_to_come():
    plan = plan_with()
    assert next_period(planned(plan, "2024")) == "năm 2025"
    assert next_period(planned(plan, "2025")) == "thời gian tới"


def test_a_plan_has_its_own_headings_and_order():
    assert headings(plan_with(OWN), "2019") == [
        "Tình hình năm 2019",
        "Kết quả",
        "Còn lại",
        "Nhiệm vụ năm 2020",
    ]
    assert headings(plan_with(OWN), "2019", level=2) == [
        "Kiến nghị, đề xuất",
        "Tình hình gửi báo cáo",
        "Nhiệm vụ trọng tâm năm 2020",
        "Kinh phí thực hiện",
        "Ưu điểm",
        "Hạn chế",
        "Khó khăn, vướng mắc, nguyên nhân",
        "Công tác chỉ đạo, điều hành",
    ]


def changed(place, **changes):
    return [each | changes if number == place else each for number, each in enumerate(OWN)]


@pytest.mark.parametrize(
    ("outline", "said"),
    [
        (OWN[:-1], "the outline lacks nhiem-vu-toi"),
        (changed(3, parts=["nhiem-vu-toi", "kho-khan"]), "kho-khan stands twice"),
        (changed(3, heading="Nhiệm vụ {year}"), r"no other braces"),
        (changed(3, headings={"nhiem-vu-toi": "Nhiệm vụ"}), "does not stand here beside others"),
        (changed(2, headings={"danh-gia": "Đánh giá"}), "two headings of its own"),
        (changed(3, parts=["phuong-huong"]), "phuong-huong|parts"),
    ],
)
def test_an_outline_that_loses_or_repeats_a_part_is_refused(outline, said):
    assert plan_with(OWN)
    with pytest.raises(PlanError, match=said):
        plan_with(outline)


def test_the_comparison_may_be_left_out_and_the_shipped_plans_take_the_usual_outlines():
    assert "so-sanh" not in [part for each in OWN for part in each["parts"]]
    assert shipped_plan("hue-647").report.outline is None
