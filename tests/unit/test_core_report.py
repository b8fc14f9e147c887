"""The words of the Báo cáo and of the công văn đôn đốc."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from models.deadlines import SetDue
from models.documents import BulletList, Heading, LetterDocument, Paragraph, ReportDocument, Table
from models.form_of_plan import build_form, cite
from models.plan import Citation
from models.report import Chase, ReportInputs, build_letter, build_report
from models.states import Standing
from tests.builders import (
    REPORT,
    a_plan,
    a_report,
    a_standing,
    a_unit,
    an_obligation,
    came,
    inputs,
    moment,
    planned,
    shipped_plan,
)

INDICATORS = [
    {"code": "A.1", "label": "Tổng số trẻ em", "unit": "người", "group": "Trẻ em"},
    {"code": "A.2", "label": "Trẻ em nhiễm HIV", "unit": "người", "group": "Trẻ em", "sensitive": True},
    {
        "code": "A.3",
        "label": "Tỷ lệ được trợ giúp",
        "unit": "%",
        "kind": "number",
        "formula": {"ratio": [["A.2"], ["A.1"]]},
        "targets": [{"at_least": 70, "first_year": 2019, "last_year": 2025, "wording": "70% trở lên"}],
    },
    {"code": "A.4", "label": "Số văn bản", "unit": "văn bản", "kind": "text", "adds": "list"},
    {"code": "A.5", "label": "Có kế hoạch", "unit": "có/không", "kind": "yes_no", "adds": "count"},
]
CODES = ["A.1", "A.2", "A.3", "A.4", "A.5"]
SECTIONS = ["chi-dao", "nhiem-vu", "kinh-phi", "kho-khan", "nhiem-vu-toi", "kien-nghi"]
FORM = {
    "indicators": CODES,
    "nil": True,
    "estimated": True,
    "narratives": [{"code": code, "title": f"Mục {code}"} for code in SECTIONS],
}
PLAN = a_plan(
    an_obligation(form=FORM, cutoff="14/11"),
    indicators=INDICATORS,
    reports_to_chair="Chủ tịch Ủy ban nhân dân huyện",
)
CYCLE = planned(PLAN, "2019")  # "trước ngày 30/11": the last day is 29/11
ON_TIME = came("xa-mot", "2019-11-20T08:00")
LATE = came("xa-hai", "2019-11-30T08:00")
NIL = came("xa-ba", "2019-11-21T08:00", nil=True)
MISSING = a_standing("xa-bon")
STANDINGS = (ON_TIME, LATE, NIL, MISSING)
REPORTS = (
    a_report(
        "xa-mot", A_1=10, A_2=8, A_4="12/KH-UBND", A_5="có", said={"kho-khan": "Thiếu  cán bộ\nchuyên trách."}
    ),
    a_report("xa-hai", A_1=90, A_2=3, A_5="không", said={"nhiem-vu": "Đã thăm {{ 7*7 }} em & gia đình <b>."}),
    a_report("xa-ba", nil=True),
)


def given_inputs(standings: tuple[Standing, ...] = STANDINGS, **changes: object) -> ReportInputs:
    reports = tuple(r for r in REPORTS if any(s.unit == r.unit and s.reported for s in standings))
    return replace(inputs(CYCLE, standings, reports, CODES), **changes)  # type: ignore[arg-type]


def lines(document: ReportDocument | LetterDocument) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Paragraph | Heading):
            yield block.text
        elif isinstance(block, BulletList):
            yield from block.items
        elif isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row.cells)


def words(document: ReportDocument | LetterDocument) -> str:
    return "\n".join(lines(document))


def table(document: ReportDocument, appendix: int | None = None) -> dict[str, tuple[str, ...]]:
    blocks = document.blocks if appendix is None else document.appendices[appendix].blocks
    found = next(block for block in blocks if isinstance(block, Table))
    return {row.cells[1]: row.cells for row in found.rows}


# The Báo cáo


def test_the_report_says_from_how_many_of_how_many_it_comes_and_how_they_came():
    said = words(build_report(given_inputs()))
    assert (
        "Số liệu chốt đến ngày 14/11/2019 (một phần là ước thực hiện) được tổng hợp từ báo cáo của 03/04 đơn vị "
        "phải gửi báo cáo: 02 đơn vị gửi đúng hạn, 01 đơn vị gửi sau thời hạn; "
        "trong đó 01 đơn vị báo cáo không phát sinh." in said
    )


def test_what_there_is_none_of_is_not_counted_out():
    said = words(build_report(given_inputs((ON_TIME,))))
    assert "01/01 đơn vị phải gửi báo cáo: 01 đơn vị gửi đúng hạn." in said
    assert "00 đơn vị" not in said
    assert "không phát sinh" not in said


def test_missing_units_are_named_and_nil_ones_are_not_among_them():
    said = words(build_report(given_inputs()))
    assert "Còn 01 đơn vị chưa có báo cáo: UBND xa-bon. " in said
    assert "chưa bao gồm số liệu của đơn vị này." in said
    assert "Còn" not in words(build_report(given_inputs((ON_TIME, LATE, NIL))))


def test_a_returned_report_is_missing_and_said_to_be_under_correction():
    returned = replace(ON_TIME, returned=True)
    assert "UBND xa-mot (đang chỉnh lý theo yêu cầu)" in words(build_report(given_inputs((returned, NIL))))


def test_exempt_units_are_neither_expected_nor_missing():
    said = words(build_report(given_inputs((ON_TIME, LATE, NIL, replace(MISSING, exempt=True)))))
    assert "03/03 đơn vị" in said
    assert "UBND xa-bon" not in said


def test_every_result_stands_with_its_target_verdict_and_number_of_units():
    found = table(build_report(given_inputs()))
    assert found["Tỷ lệ được trợ giúp"][3:] == ("70% trở lên", "11% (11/100)", "chưa đạt", "03/04")
    assert found["Tổng số trẻ em"][3:] == ("", "100", "", "03/04")
    assert found["Có kế hoạch"][4] == "01/04"
    assert found["Số văn bản"][4] == "xem Phụ lục I"
    assert found["Trẻ em"] == ("", "Trẻ em", "", "", "", "", ""), "a group has a line of its own, once"


def test_a_verdict_on_part_of_the_units_says_so_and_one_on_all_of_them_does_not():
    part = "“Tỷ lệ được trợ giúp”: kết quả 11% (11/100), số liệu của 3/4 đơn vị, mức chỉ tiêu 70% trở lên"
    assert f"Chưa đạt chỉ tiêu {part}" in words(build_report(given_inputs()))
    whole = words(build_report(given_inputs((ON_TIME,))))
    assert "Đạt chỉ tiêu “Tỷ lệ được trợ giúp”: kết quả 80% (8/10), mức chỉ tiêu 70% trở lên" in whole


def test_a_target_without_figures_is_neither_met_nor_missed():
    said = words(build_report(given_inputs((NIL,))))
    assert "Chưa đủ số liệu để đánh giá chỉ tiêu “Tỷ lệ được trợ giúp”" in said
    assert "Chưa đạt chỉ tiêu" not in said


def test_when_all_is_well_the_report_says_so_and_when_it_is_not_it_does_not():
    well = "Các đơn vị gửi đủ báo cáo, đúng thời hạn; không có chỉ tiêu chưa đạt."
    assert well in words(build_report(given_inputs((ON_TIME,))))
    assert well not in words(build_report(given_inputs((ON_TIME, LATE))))


def test_the_headings_stand_in_the_order_of_the_outline():
    found = [block.text for block in build_report(given_inputs()).blocks if isinstance(block, Heading)]
    assert found == [
        "Khái quát tình hình",
        "Công tác chỉ đạo, điều hành",
        "Kết quả thực hiện",
        "Kết quả thực hiện các chỉ tiêu",
        "Kết quả thực hiện các nhiệm vụ",
        "Đánh giá chung",
        "Ưu điểm",
        "Hạn chế",
        "Khó khăn, vướng mắc, nguyên nhân",
        "Phương hướng, nhiệm vụ năm 2020",
        "Kiến nghị, đề xuất",
    ]


def test_money_has_a_heading_only_where_somebody_wrote_of_it():
    spent = a_report("xa-mot", A_1=1, said={"kinh-phi": "Đã sử dụng 05 triệu đồng."})
    report = build_report(inputs(CYCLE, (ON_TIME,), (spent,), CODES))
    assert "Kinh phí thực hiện" in words(report)
    assert "UBND xa-mot: Đã sử dụng 05 triệu đồng." in words(report)


def test_what_units_wrote_stands_under_their_names_word_for_word():
    said = words(build_report(given_inputs()))
    assert "UBND xa-mot: Thiếu cán bộ chuyên trách." in said
    assert "UBND xa-hai: Đã thăm {{ 7*7 }} em & gia đình <b>." in said
    assert "49" not in said


def test_where_nobody_wrote_anything_the_report_claims_it_only_of_those_who_reported():
    said = words(build_report(given_inputs()))
    assert "Các đơn vị đã gửi báo cáo không có kiến nghị, đề xuất." in said
    assert "không phản ánh khó khăn" not in said, "one of them did"


def test_the_plan_is_cited_in_full_once():
    full = cite(PLAN.citation)
    for document in (build_report(given_inputs()), build_letter(given_inputs(), CHASE)):
        assert words(document).count(full) == 1
        assert full in next(line for line in lines(document))


def test_the_subject_names_the_period_and_the_head_leaves_number_and_day_open():
    report = build_report(given_inputs())
    assert report.subject == "Kết quả thực hiện Kế hoạch năm 2019"
    assert (report.head.number, report.head.day, report.head.year) == (None, None, 2019)
    assert report.head.symbol == "BC-LĐTBXH"
    assert report.addressees == ("Ủy ban nhân dân huyện Mẫu",)
    last = report.blocks[-1]
    assert isinstance(last, Paragraph)
    assert last.text.endswith("kính báo cáo Ủy ban nhân dân huyện Mẫu")


def test_the_report_of_a_period_of_another_kind_names_it_too():
    plan = a_plan(
        an_obligation(every="quarter", due={"by": dict.fromkeys(("Q1", "Q2", "Q3", "Q4"), "30/12")})
    )
    report = build_report(inputs(planned(plan, "2019-Q3"), (ON_TIME,), (), []))
    assert report.subject == "Kết quả thực hiện Kế hoạch quý III năm 2019"


def test_every_appendix_is_named_in_the_text_by_its_number():
    two, one = build_report(given_inputs()), build_report(given_inputs((NIL, MISSING)))
    assert (len(two.appendices), len(one.appendices)) == (2, 1)
    assert "Phụ lục I)" in words(two)
    assert "nêu tại Phụ lục II." in words(two)
    assert "nêu tại Phụ lục." in words(one)
    assert "Phụ lục I" not in words(one)


def test_nil_late_missing_exempt_and_returned_look_different_in_the_appendix():
    returned = replace(came("xa-nam", "2019-11-20T08:00"), returned=True)
    late_nil = came("xa-bay", "2019-12-01T08:00", nil=True)
    extended = replace(came("xa-tam", "2019-11-20T08:00"), extended_to=date(2019, 12, 5))
    standings = (*STANDINGS, returned, a_standing("xa-sau", exempt=True), late_nil, extended)
    found = table(build_report(given_inputs(standings)), appendix=1)
    assert {name: row[4] for name, row in found.items()} == {
        "UBND xa-mot": "đã gửi đúng hạn",
        "UBND xa-hai": "đã gửi sau thời hạn",
        "UBND xa-ba": "không phát sinh (đúng hạn)",
        "UBND xa-bon": "chưa gửi",
        "UBND xa-nam": "yêu cầu chỉnh lý",
        "UBND xa-sau": "được miễn",
        "UBND xa-bay": "không phát sinh (sau thời hạn)",
        "UBND xa-tam": "đã gửi đúng thời hạn gia hạn",
    }
    assert found["UBND xa-bon"][2:4] == ("", "")
    assert found["UBND xa-hai"][2] == "08 giờ 00 phút, ngày 30/11/2019"


def test_nil_units_are_named_under_the_figures_and_have_no_column_of_zeros():
    appendix = build_report(given_inputs()).appendices[0]
    figures = next(block for block in appendix.blocks if isinstance(block, Table))
    assert [column.title for column in figures.columns[3:]] == ["UBND xa-mot", "UBND xa-hai", "Tổng hợp"]
    assert Paragraph("Đơn vị báo cáo không phát sinh: UBND xa-ba.") in appendix.blocks


def test_counts_that_could_name_a_child_are_hidden_unit_by_unit_and_larger_ones_are_not():
    figures = table(build_report(given_inputs()), appendix=0)
    assert figures["Trẻ em nhiễm HIV"][3:] == ("ẩn", "dưới 5", "11")  # 11 - 8 would tell
    assert figures["Tổng số trẻ em"][3:] == ("10", "90", "100")
    five = inputs(CYCLE, (ON_TIME,), (a_report("xa-mot", A_1=9, A_2=5),), CODES)
    none = inputs(CYCLE, (ON_TIME,), (a_report("xa-mot", A_1=9, A_2=0),), CODES)
    assert [table(build_report(given), appendix=0)["Trẻ em nhiễm HIV"][3] for given in (five, none)] == [
        "5",
        "0",
    ]
    assert figures["Tỷ lệ được trợ giúp"][3:5] == ("ẩn", "ẩn")
    assert figures["Có kế hoạch"][3:5] == ("có", "không")


def test_a_total_that_could_name_a_child_is_hidden_in_the_table_and_in_the_assessment_too():
    given = inputs(CYCLE, (ON_TIME,), (a_report("xa-mot", A_1=4, A_2=3),), CODES)
    report = build_report(given)
    assert table(report)["Trẻ em nhiễm HIV"][4] == "dưới 5"
    assert table(report)["Tỷ lệ được trợ giúp"][4] == "ẩn"
    assert "75%" not in words(report)
    assert "3/4" not in words(report)
    open_plan = a_plan(
        an_obligation(form=FORM), indicators=[each | {"sensitive": False} for each in INDICATORS]
    )
    shown = inputs(planned(open_plan, "2019"), (ON_TIME,), (a_report("xa-mot", A_1=4, A_2=3),), CODES)
    assert "75% (3/4)" in words(build_report(shown))


def test_answers_in_words_stand_below_the_figures_under_their_units():
    appendix = build_report(given_inputs()).appendices[0]
    assert "Số văn bản" not in table(build_report(given_inputs()), appendix=0)
    place = appendix.blocks.index(Paragraph("Số văn bản:"))
    assert appendix.blocks[place + 1] == BulletList(("UBND xa-mot: 12/KH-UBND",))


def test_nine_units_stand_in_a_table_and_only_the_last_table_has_the_sum():
    units = [f"xa-{i}" for i in range(1, 12)]
    given = inputs(
        CYCLE, [came(u, "2019-11-20T08:00") for u in units], [a_report(u, A_1=1) for u in units], CODES
    )
    first, last = (block for block in build_report(given).appendices[0].blocks if isinstance(block, Table))
    assert (len(first.columns), len(last.columns)) == (3 + 9, 3 + 2 + 1)
    assert last.columns[-1].title == "Tổng hợp"
    assert last.rows[0].cells[1] == "Trẻ em", "the heading of its group"
    assert last.rows[1].cells[-1] == "11"


def test_the_same_inputs_make_the_same_document():
    assert build_report(given_inputs()) == build_report(given_inputs())


# The công văn đôn đốc

CHASE = Chase(1, moment("2019-12-02T08:00"), date(2019, 12, 9))


def test_nobody_is_chased_by_letter_before_x_has_passed():
    last = replace(CHASE, as_of=moment("2019-11-30T23:59:59"))
    with pytest.raises(ValueError, match="may not be chased by letter before"):
        build_letter(given_inputs(), last)
    assert build_letter(given_inputs(), replace(CHASE, as_of=moment("2019-12-01T00:00")))


def test_the_letter_goes_to_the_missing_and_to_nobody_else():
    letter = build_letter(given_inputs(), CHASE)
    assert letter.addressees == ("UBND xa-bon",)
    said = words(letter)
    assert "Đến 08 giờ 00 phút, ngày 02/12/2019, Phòng Lao động - Thương binh và Xã hội huyện Mẫu" in said
    assert "đã nhận được báo cáo của 03/04 đơn vị. Còn 01 đơn vị đã quá thời hạn" in said
    assert "UBND xa-bon (thời hạn: 29/11/2019)" in said
    assert not any(name in said for name in ("xa-mot", "xa-hai", "xa-ba"))


def test_one_unit_is_asked_by_its_name_and_several_together():
    extended = a_standing("xa-nam", due_at=moment("2019-12-05T23:59:59"), extended_to=date(2019, 12, 5))
    one = words(build_letter(given_inputs(), CHASE))
    after = replace(CHASE, as_of=moment("2019-12-06T08:00"))
    several = words(build_letter(given_inputs((*STANDINGS, extended)), after))
    assert "đề nghị UBND xa-bon khẩn trương" in one
    assert "đề nghị UBND xa-bon quan tâm, phối hợp" in one
    assert "các đơn vị" not in one.partition("Để kịp thời")[2].partition("Sau thời hạn")[0]
    assert "đề nghị các đơn vị nêu trên khẩn trương" in several
    assert "đề nghị các đơn vị quan tâm, phối hợp" in several


def test_a_unit_whose_extension_still_runs_is_not_chased_and_is_accounted_for():
    extended = a_standing("xa-nam", due_at=moment("2019-12-05T23:59:59"), extended_to=date(2019, 12, 5))
    letter = build_letter(given_inputs((*STANDINGS, extended)), CHASE)
    assert letter.addressees == ("UBND xa-bon",)
    assert "03/05 đơn vị. Có 01 đơn vị còn trong thời hạn được gia hạn hoặc chỉnh lý. Còn 01 đơn vị" in words(
        letter
    )
    after = replace(CHASE, as_of=moment("2019-12-06T08:00"))
    later = build_letter(given_inputs((*STANDINGS, extended)), after)
    assert later.addressees == ("UBND xa-bon", "UBND xa-nam")
    assert "UBND xa-nam (thời hạn: 05/12/2019)" in words(later)


def test_a_report_that_was_returned_and_not_corrected_is_chased_with_its_own_day():
    returned = replace(ON_TIME, returned=True, returned_until=date(2019, 12, 1))
    said = words(build_letter(given_inputs((returned, LATE)), CHASE))
    assert "UBND xa-mot (thời hạn: 01/12/2019), đang chỉnh lý theo yêu cầu" in said


def test_a_letter_to_nobody_is_refused():
    with pytest.raises(ValueError, match="addressed to somebody"):
        build_letter(given_inputs((ON_TIME, NIL)), CHASE)


@pytest.mark.parametrize(("count", "kind"), [(5, BulletList), (6, Table)])
def test_up_to_five_units_are_listed_and_more_stand_in_a_table(count, kind):
    missing = tuple(a_standing(f"xa-{i}") for i in range(count))
    letter = build_letter(given_inputs(missing), CHASE)
    assert isinstance(letter.blocks[2], kind)
    assert all(f"UBND xa-{i}" in words(letter) for i in range(count))
    assert "đã nhận được báo cáo của 0/" in words(letter)


def test_the_second_letter_says_so_and_the_first_does_not():
    first, second = (build_letter(given_inputs(), replace(CHASE, level=level)) for level in (1, 2))
    assert first.subject == "đôn đốc gửi báo cáo kết quả thực hiện năm 2019"
    assert second.subject == "đôn đốc gửi báo cáo kết quả thực hiện năm 2019 (lần 2)"


def test_the_letter_quotes_clause_and_wording_and_asks_for_a_new_day_and_place():
    said = list(lines(build_letter(given_inputs(), CHASE)))
    assert said[0].startswith(
        "Tại mục V.2 Kế hoạch số 12/KH-UBND ngày 05 tháng 01 năm 2019 của Ủy ban nhân dân huyện"
    )
    assert said[0].endswith("được quy định: “trước ngày 30/11 hàng năm”.")
    assert "chậm nhất ngày 09/12/2019" in said[3]
    assert "0234 000 000" in said[3]
    assert "phong@mau.example" in said[3]
    assert "Chủ tịch Ủy ban nhân dân huyện theo quy định của Kế hoạch" in said[4]


def test_a_plan_without_a_chase_clause_threatens_with_nobody():
    cycle = planned(PLAN.model_copy(update={"reports_to_chair": None}), "2019")
    assert "Chủ tịch" not in words(build_letter(given_inputs(planned=cycle), CHASE))


def test_nil_is_offered_only_where_the_form_takes_it():
    without = PLAN.model_copy(
        update={
            "obligations": [PLAN.obligations[0].model_copy(update={"form": type(PLAN.obligations[0].form)()})]
        }
    )
    assert "báo cáo rõ “không phát sinh”" in words(build_letter(given_inputs(), CHASE))
    assert "không phát sinh" not in words(build_letter(given_inputs(planned=planned(without, "2019")), CHASE))


def test_where_the_plan_prints_no_day_the_letter_names_the_one_that_was_set():
    plan = a_plan(an_obligation(due=None, wording="theo quy định"))
    cycle = planned(plan, "2019", set_due=SetDue(date(2019, 11, 30), inclusive=False, document="15/UBND"))
    said = words(build_letter(given_inputs(planned=cycle), CHASE))
    assert "“theo quy định”; thời hạn đã thông báo là hết ngày 29/11/2019." in said
    assert "đã thông báo" not in words(build_letter(given_inputs(), CHASE))


def test_copies_go_to_those_named_between_the_addressees_and_the_archive():
    letter = build_letter(given_inputs(), replace(CHASE, copies=("UBND huyện Mẫu",)))
    assert letter.recipients == ("Như trên", "UBND huyện Mẫu (b/c)", "Lưu: VT")
    assert letter.head.symbol == REPORT["letter_symbol"]


def test_a_title_that_is_no_report_is_asked_for_as_one():
    plan = a_plan(an_obligation(title="Xây dựng kế hoạch"))
    letter = build_letter(given_inputs(planned=planned(plan, "2019")), CHASE)
    assert letter.subject == "đôn đốc gửi báo cáo xây dựng kế hoạch năm 2019"


# Citations and forms


@pytest.mark.parametrize(
    ("changes", "text"),
    [
        ({}, "Kế hoạch số 1/KH-UBND ngày 05 tháng 3 năm 2020 của UBND huyện về trẻ em"),
        ({"number": None, "day": None}, "Kế hoạch của UBND huyện về trẻ em"),
        ({"subject": "về trẻ em"}, "Kế hoạch số 1/KH-UBND ngày 05 tháng 3 năm 2020 của UBND huyện về trẻ em"),
        ({"subject": "ban hành Quy chế"}, "Kế hoạch số 1/KH-UBND ngày 05 tháng 3 năm 2020 của UBND huyện ban hành Quy chế"),
    ],
)  # fmt: skip
def test_a_citation_has_its_five_fields_and_leaves_out_what_is_not_known(changes, text):
    citation = Citation(
        kind="Kế hoạch", number="1/KH-UBND", day="05/3/2020", issuer="UBND huyện", subject="trẻ em"
    )
    assert cite(citation.model_copy(update=changes)) == text


def test_a_form_asks_a_unit_only_for_its_own_figures_and_computes_only_from_those():
    plan = shipped_plan("hong-ngu-2020")
    cycle = planned(plan, "2020")
    commune = build_form(cycle, a_unit("xa-mot", "xa"), "Phòng", "token")
    health = build_form(cycle, a_unit("phong-y-te-hong-ngu", "phong"), "Phòng", "token")
    by_commune, by_health = {row.code for row in commune.rows}, {row.code for row in health.rows}
    assert {"HN20.01", "HN20.03"} <= by_commune
    assert {"HN20.07", "HN20.09"} <= by_health
    assert not by_commune & by_health
    kinds = {row.code: (row.kind, row.entered) for row in commune.rows}
    assert kinds["HN20.01"] == ("count", True)
    assert kinds["HN20.03"] == ("ratio", False)


def test_a_line_computed_from_what_a_unit_is_not_asked_is_not_on_its_form():
    indicators = [INDICATORS[0], INDICATORS[1] | {"asked_of": ["phong"]}, INDICATORS[2]]
    plan = a_plan(an_obligation(form={"indicators": ["A.1", "A.2", "A.3"]}), indicators=indicators)
    shown = {
        kind: [
            row.code for row in build_form(planned(plan, "2019"), a_unit("mot", kind), "Phòng", "token").rows
        ]
        for kind in ("xa", "phong")
    }
    assert shown == {"xa": ["A.1"], "phong": ["A.1", "A.2", "A.3"]}


def test_a_form_shows_how_each_computed_line_follows():
    plan = shipped_plan("nam-dong-2014")
    form = build_form(planned(plan, "2014", "O3"), a_unit("xa-mot", "xa"), "Phòng", "token")
    formulas = {row.code: row.formula for row in form.rows}
    assert formulas["ND14.02"] is None
    assert formulas["ND14.06"] is None, "a choice is not arithmetic"
    assert (formulas["ND14.09"].kind, formulas["ND14.09"].factor) == ("product", 500000)
    assert formulas["ND14.11"].kind == "sum"
    assert (form.cycle, form.period_label, form.nil_allowed) == ("nam-dong-2014/O3/2014", "năm 2014", False)


def test_differences_texts_and_tables_have_their_place_on_a_form():
    indicators = [
        INDICATORS[0],
        {"code": "A.2", "label": "Số", "unit": "người"},
        {"code": "A.6", "label": "Còn lại", "unit": "người", "formula": {"minus": ["A.1", "A.2"]}},
        INDICATORS[3],
        {
            "code": "A.7",
            "label": "Danh sách",
            "unit": "bảng",
            "kind": "table",
            "adds": "list",
            "columns": [{"code": "ten", "label": "Tên"}, {"code": "so", "label": "Số", "kind": "count"}],
        },
    ]
    plan = a_plan(
        an_obligation(form={"indicators": ["A.1", "A.2", "A.6", "A.4", "A.7"]}), indicators=indicators
    )
    form = build_form(planned(plan, "2019"), a_unit("xa-mot"), "Phòng", "token")
    assert [(row.code, row.kind) for row in form.rows] == [
        ("A.1", "count"),
        ("A.2", "count"),
        ("A.6", "computed"),
        ("A.4", "text"),
    ]
    assert form.rows[2].formula is not None
    assert form.rows[2].formula.kind == "difference"
    assert [(column.code, column.kind) for column in form.tables[0].columns] == [
        ("ten", "text"),
        ("so", "count"),
    ]
    assert form.legal_basis == ""
