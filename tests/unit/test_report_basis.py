"""Căn cứ of a Báo cáo."""

from models.documents import Paragraph
from models.form_of_plan import cite
from models.report import build_report
from models.report.basis import basis
from tests.builders import a_plan, plan_data, shipped_plan
from tests.unit.test_core_report import given_inputs

RESTS_ON = [
    {
        "kind": "Quyết định",
        "number": "01/QĐ-TTg",
        "issuer": "Thủ tướng Chính phủ",
        "subject": "phê duyệt Đề án.",
    },
    {
        "kind": "Kế hoạch",
        "number": "02/KH-UBND",
        "issuer": "Ủy ban nhân dân tỉnh Mẫu",
        "subject": "chăm sóc trẻ em",
    },
]


def test_what_the_plan_rests_on_stands_a_line_each_and_the_plan_last():
    plan = a_plan(legal_basis=RESTS_ON)
    assert [line.text for line in basis(plan)] == [
        "Căn cứ Quyết định số 01/QĐ-TTg của Thủ tướng Chính phủ phê duyệt Đề án;",
        "Căn cứ Kế hoạch số 02/KH-UBND của Ủy ban nhân dân tỉnh Mẫu về chăm sóc trẻ em;",
        f"Căn cứ {cite(plan.citation)}.",
    ]
    assert all(line.basis for line in basis(plan))


def test_a_plan_that_rests_on_nothing_is_cited_alone():
    assert [line.text for line in basis(a_plan())] == [f"Căn cứ {cite(a_plan().citation)}."]


def test_a_plan_that_names_itself_among_its_basis_is_cited_once():
    itself = plan_data()["citation"]
    assert len(basis(a_plan(legal_basis=[*RESTS_ON, itself]))) == 3


def test_the_report_begins_with_its_basis():
    blocks = build_report(given_inputs()).blocks
    assert blocks[0] == Paragraph(f"Căn cứ {cite(a_plan().citation)}.", basis=True)
    assert not any(isinstance(block, Paragraph) and block.basis for block in blocks[1:])


def test_every_shipped_plan_cites_all_it_rests_on():
    plan = shipped_plan("nam-dong-2014")
    assert len(basis(plan)) == len(plan.legal_basis) + 1 == 5
