"""The tables of a Báo cáo: groups, tables within tables, what is not asked, and paragraphs that stay paragraphs."""

import json
from dataclasses import replace

from models.documents import BulletList, Paragraph, Table
from models.report import build_report
from models.report.own import build_own_report
from models.report.results import result_text
from models.totals import Member, Source, total_up
from tests.builders import a_plan, a_report, a_unit, an_obligation, came, inputs, planned

COLUMNS = [
    {"code": "so", "label": "Số, ký hiệu"},
    {"code": "kinh-phi", "label": "Kinh phí", "kind": "money"},
]
INDICATORS = [
    {"code": "A.1", "label": "Trẻ em", "unit": "người", "group": "Dân số"},
    {"code": "A.2", "label": "Cuộc kiểm tra", "unit": "cuộc", "asked_of": ["phong"]},
    {"code": "A.3", "label": "Hộ gia đình", "unit": "hộ", "group": "Dân số"},
    {
        "code": "A.4",
        "label": "Văn bản",
        "unit": "văn bản",
        "kind": "table",
        "adds": "list",
        "columns": COLUMNS,
    },
]
CODES = ["A.1", "A.2", "A.3", "A.4"]
SECTIONS = [{"code": "kho-khan", "title": "Khó khăn"}]
PLAN = a_plan(an_obligation(form={"indicators": CODES, "narratives": SECTIONS}), indicators=INDICATORS)
CYCLE = planned(PLAN, "2019")


def lines(*said):
    return json.dumps([dict(zip(("so", "kinh-phi"), line, strict=True)) for line in said], ensure_ascii=False)


ONE = a_report("xa-mot", A_1=10, A_4=lines(("12/KH", "1500000.00"), ("13/KH", None)))
TWO = a_report("xa-hai", A_1=20, A_3=5, A_4=lines(("01/BC", "2")))
STANDINGS = [came("xa-mot", "2019-11-20T08:00"), came("xa-hai", "2019-11-20T08:00")]


def report(*reports):
    return build_report(inputs(CYCLE, STANDINGS, reports or (ONE, TWO), CODES))


def tables(document):
    blocks = [*document.blocks, *(block for appendix in document.appendices for block in appendix.blocks)]
    return [block for block in blocks if isinstance(block, Table)]


def test_the_lines_of_one_group_stand_under_one_heading_and_keep_their_numbers_in_both_tables():
    result, by_unit = tables(report())[:2]
    heads = [row.cells[1] for row in result.rows]
    assert heads == ["Dân số", "Trẻ em", "Hộ gia đình", "Cuộc kiểm tra", "Văn bản"]
    assert [row.cells[0] for row in result.rows] == ["", "1", "2", "3", "4"]
    assert [row.cells[:2] for row in by_unit.rows] == [row.cells[:2] for row in result.rows[:4]]


def test_what_a_unit_was_not_asked_is_blank_and_what_it_did_not_answer_is_a_dash():
    by_unit = {row.cells[1]: row.cells[3:] for row in tables(report())[1].rows}
    assert by_unit["Hộ gia đình"] == ("–", "5", "5")
    assert by_unit["Cuộc kiểm tra"] == ("", "", "–")
    assert "ô trống là chỉ tiêu không giao" in (tables(report())[1].note or "")


def test_a_row_no_unit_of_a_table_is_asked_for_is_left_out_of_it_unless_it_shows_the_sums():
    units = [f"xa-{place}" for place in range(11)]
    standings = [came(unit, "2019-11-20T08:00") for unit in units]
    document = build_report(inputs(CYCLE, standings, [a_report(unit, A_1=1) for unit in units], CODES))
    first, last = tables(document)[1:3]
    assert "Cuộc kiểm tra" not in [row.cells[1] for row in first.rows]
    assert "Cuộc kiểm tra" in [row.cells[1] for row in last.rows]


def test_a_table_of_units_is_printed_as_a_table_line_by_line():
    found = tables(report())[2]
    assert found.caption == "Văn bản"
    assert [column.title for column in found.columns] == ["TT", "Đơn vị", "Số, ký hiệu", "Kinh phí"]
    assert [row.cells for row in found.rows] == [
        ("1", "UBND xa-mot", "12/KH", "1.500.000"),
        ("2", "UBND xa-mot", "13/KH", ""),
        ("3", "UBND xa-hai", "01/BC", "2"),
    ]


def test_nobody_is_shown_how_the_ledger_keeps_a_table():
    given = inputs(CYCLE, STANDINGS, (ONE, TWO), CODES)
    shown = [cell for table in tables(build_report(given)) for row in table.rows for cell in row.cells]
    assert not [cell for cell in shown if "{" in cell]
    assert result_text(given.totals[3]) == "03 dòng"
    assert result_text(given.totals[3], "Phụ lục I") == "xem Phụ lục I"


def test_a_units_own_report_prints_its_table_without_its_own_name_in_each_line():
    source = Source(frozenset(CODES), (Member("xa-mot", "xa"),), (ONE,))
    totals = tuple(total_up(PLAN, CODES, CYCLE.period, [source]))
    own = build_own_report(CYCLE, a_unit("xa-mot"), None, ("UBND huyện",), ONE, totals)
    assert [column.title for column in tables(own)[-1].columns] == ["TT", "Số, ký hiệu", "Kinh phí"]


def test_paragraphs_a_unit_wrote_stay_paragraphs_and_a_full_line_is_none():
    said = "Thiếu cán bộ\nchuyên trách.\nĐoạn hai.\n\n  Đoạn ba"
    blocks = report(a_report("xa-mot", A_1=1, said={"kho-khan": said}), TWO).blocks
    place = next(i for i, b in enumerate(blocks) if isinstance(b, BulletList) and "Thiếu" in b.items[-1])
    assert blocks[place : place + 3] == (
        BulletList(("UBND xa-mot: Thiếu cán bộ chuyên trách.",)),
        Paragraph("Đoạn hai."),
        Paragraph("Đoạn ba"),
    )


def test_units_that_wrote_a_paragraph_each_share_one_list():
    reports = [replace(each, narratives=()) for each in (ONE, TWO)]
    texts = [a_report(r.unit, said={"kho-khan": "Một câu."}).narratives for r in reports]
    found = report(*(replace(r, narratives=t) for r, t in zip(reports, texts, strict=True)))
    assert BulletList(("UBND xa-mot: Một câu.", "UBND xa-hai: Một câu.")) in found.blocks
