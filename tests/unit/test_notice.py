"""The Thông báo of results: thanks, facts, nobody blamed; and the plan's lists of units."""

from dataclasses import replace
from datetime import date

import pytest

from models.documents import BulletList, Paragraph, Table
from models.plan_text import PlanError
from models.report import build_notice, build_report
from models.report.correction import Follows
from models.report.notice import notice_symbol
from tests.builders import (
    REPORT,
    a_plan,
    a_report,
    a_standing,
    an_obligation,
    came,
    inputs,
    planned,
    shipped_plan,
)

INDICATORS = [
    {"code": "A.1", "label": "Đã đăng ký", "unit": "có/không", "kind": "yes_no", "adds": "count"},
    {"code": "A.2", "label": "Điểm", "unit": "điểm", "kind": "number", "adds": "list", "required": False},
    {
        "code": "A.3",
        "label": "Hỗ trợ",
        "unit": "đồng",
        "kind": "money",
        "formula": {"times": {"indicator": "A.1", "factor": 500000}},
    },
    {"code": "A.4", "label": "Nhiễm HIV", "unit": "người", "sensitive": True, "required": False},
]
CODES = [each["code"] for each in INDICATORS]
REGISTERED = {
    "title": "Danh sách đơn vị đăng ký {period}",
    "where": {"indicator": "A.1", "is": ["có"]},
    "columns": ["A.2", "A.3"],
    "totals": True,
}
STANDINGS = (
    came("xa-mot", "2019-11-20T08:00"),
    came("xa-hai", "2019-11-20T08:00"),
    came("xa-ba", "2019-11-30T08:00"),
    a_standing("xa-bon"),
)
REPORTS = (
    a_report("xa-mot", A_1="có", A_2=80, A_4=2),
    a_report("xa-hai", A_1="không", A_4=30),
    a_report("xa-ba", A_1="có", A_4=40),
)


def given(*lists, standings=STANDINGS, codes=CODES):
    report = REPORT | {"lists": list(lists)}
    plan = a_plan(an_obligation(form={"indicators": CODES}), indicators=INDICATORS, report=report)
    return inputs(planned(plan, "2019"), standings, REPORTS, codes)


def text(document):
    lines = []
    for block in document.blocks:
        lines += [block.text] if isinstance(block, Paragraph) else []
        lines += block.items if isinstance(block, BulletList) else []
    return "\n".join(lines)


def rows(appendix):
    (table,) = appendix.blocks
    assert isinstance(table, Table)
    return [row.cells for row in table.rows]


def test_those_in_time_are_thanked_by_name_and_nobody_else_is_named():
    notice = build_notice(given())
    said = text(notice)
    assert "trân trọng cảm ơn các đơn vị đã gửi báo cáo đúng hạn" in said
    assert "UBND xa-mot;" in said
    assert "UBND xa-hai." in said
    assert "01 đơn vị gửi sau thời hạn" in said
    assert "chưa bao gồm số liệu của 01 đơn vị" in said
    assert "xa-ba" not in str(notice)
    assert "xa-bon" not in str(notice)


def test_many_are_thanked_in_an_appendix():
    many = tuple(came(f"xa-{n}", "2019-11-20T08:00") for n in range(13))
    notice = build_notice(given(standings=many))
    assert "13 đơn vị đã gửi báo cáo đúng hạn (danh sách tại Phụ lục)" in text(notice)
    assert len(rows(notice.appendices[0])) == 13
    assert build_notice(given(standings=many[:12])).appendices == ()


def test_it_is_a_thong_bao_to_nobody_above_with_its_own_symbol():
    notice = build_notice(given())
    assert (notice.type_name, notice.addressees) == ("Thông báo", ())
    assert notice.head.symbol == "TB-LĐTBXH"
    assert notice.recipients == ("Các đơn vị gửi báo cáo", "Ủy ban nhân dân huyện Mẫu (b/c)", "Lưu: VT")
    assert notice_symbol("UBND") == "TB-UBND"


def test_it_rests_on_the_report_that_was_issued_where_one_was():
    issued = Follows("05/BC-LĐTBXH", date(2019, 12, 5))
    said = text(build_notice(replace(given(), issued=issued)))
    assert "trên cơ sở Báo cáo số 05/BC-LĐTBXH ngày 05 tháng 12 năm 2019" in said
    assert "trên cơ sở" not in text(build_notice(given()))


def test_small_sensitive_figures_stay_hidden_and_answers_of_single_units_are_not_in_the_table():
    few = replace(given(), reports=REPORTS[:1], standings=STANDINGS[:1])
    total = next(t for t in few.totals if t.indicator.code == "A.4")
    shown = build_notice(replace(few, totals=(replace(total, value=REPORTS[0].figures["A.4"].number),)))
    (table,) = [block for block in shown.blocks if isinstance(block, Table)]
    assert table.rows[0].cells[4] == "dưới 5"
    (table,) = [block for block in build_notice(given()).blocks if isinstance(block, Table)]
    assert "Điểm" not in {row.cells[1] for row in table.rows}


def test_where_nobody_has_reported_there_is_nothing_to_tell():
    with pytest.raises(ValueError, match="nothing to tell"):
        build_notice(given(standings=(a_standing("xa-bon"),)))


# Lists


@pytest.mark.parametrize("build", [build_notice, build_report])
def test_a_list_has_the_units_that_pass_its_test_and_adds_them_up(build):
    document = build(given(REGISTERED))
    appendix = document.appendices[-1]
    assert appendix.title == "Danh sách đơn vị đăng ký năm 2019"
    assert rows(appendix) == [
        ("1", "UBND xa-mot", "80", "500.000"),
        ("2", "UBND xa-ba", "–", "500.000"),
        ("", "Cộng", "", "1.000.000"),
    ]
    place = "Phụ lục" if build is build_notice else "Phụ lục III"
    assert f"Danh sách đơn vị đăng ký năm 2019: 02 đơn vị, chi tiết tại {place}." in text(document)


def test_a_list_nobody_stands_in_is_said_and_not_printed():
    nobody = REGISTERED | {"where": {"indicator": "A.1", "is": ["chưa rõ"]}}
    document = build_report(given(nobody))
    assert "Danh sách đơn vị đăng ký năm 2019: không có đơn vị." in text(document)
    assert len(document.appendices) == 2


def test_without_a_test_all_that_reported_stand_in_it():
    everybody = {"title": "Danh sách", "columns": ["A.3"]}
    assert len(rows(build_report(given(everybody)).appendices[-1])) == 3


def test_a_cycle_that_does_not_ask_what_decides_has_no_list():
    assert "Danh sách" not in text(build_report(given(REGISTERED, codes=["A.2", "A.3"])))
    assert "Danh sách" not in text(build_report(given(REGISTERED, codes=["A.1"])))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (REGISTERED | {"columns": ["A.9"]}, "unknown indicator A.9"),
        (REGISTERED | {"columns": ["A.4"]}, "A.4 is sensitive"),
        (REGISTERED | {"where": {"indicator": "A.4", "is": ["1"]}}, "A.4 is sensitive"),
    ],
)
def test_a_list_of_what_is_not_there_or_may_not_be_told_is_refused(wrong, said):
    with pytest.raises(PlanError, match=said):
        given(wrong)


def test_two_lists_of_one_name_are_refused():
    with pytest.raises(PlanError, match="stands twice"):
        given(REGISTERED, REGISTERED)


def test_nam_dong_lists_who_was_recognised_and_the_support_as_its_plan_computes_it():
    plan = shipped_plan("nam-dong-2014")
    form = plan.obligation("O3").form.indicators
    answers = {"ND14.02": "có", "ND14.03": 800, "ND14.07a": "không"}
    results = ("công nhận mới", "giữ vững", "không đạt")
    reports = [
        a_report(f"xa-{n}", **{c.replace(".", "_"): v for c, v in (answers | {"ND14.05": said}).items()})
        for n, said in enumerate(results)
    ]
    standings = [replace(came(f"xa-{n}", "2014-10-17T08:00"), kind="xa") for n in range(3)]
    recognised, support = build_notice(
        inputs(planned(plan, "2014", "O3"), standings, reports, form)
    ).appendices
    assert [cells[1] for cells in rows(recognised)] == ["UBND xa-0", "UBND xa-1"]
    assert rows(support)[-1] == ("", "Cộng", "1.500.000", "1.000.000", "2.500.000")
    assert rows(support)[2][2:] == ("500.000", "0", "500.000")
