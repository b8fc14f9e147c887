"""A second year: what is asked beside the first, what is kept of the answers, and who is shown it."""

import io
from dataclasses import replace
from decimal import Decimal

from openpyxl import load_workbook

from models.changes import check_changes
from models.taken import FigureValue, Intake
from tasks.adapters.workbooks import write_form
from tasks.steps.board import status
from tasks.steps.collecting.forms import form_for
from tests.ledger.office import KEY, NEXT, address_of, at, filled, hand_in, mails, saved, submit, sweep

THEN, NOW = "2019-11-19", "2020-11-19"


def second_year(home, **first):
    sweep("2019-10-16")
    submit(home, "xa-mot", THEN, **first)
    sweep("2020-10-16")


def noted(home, code, note, said=None, **figures):
    """The second year's form, with a note beside one line."""
    data = filled(home, "xa-mot", NOW, NEXT, **figures)
    book = load_workbook(io.BytesIO(data))
    book["Biểu"][address_of(data, code).split("!")[1].replace("D", "E")] = note
    if said is not None:
        sheet = book["Thuyết minh"]
        next(row for row in sheet.iter_rows() if row[0].value == "nhiem-vu")[1].value = said
    return saved(book)


def unit_of(home, unit="xa-mot", key=NEXT):
    return next(each for each in status(home, key, at(NOW))["units"] if each["unit"] == unit)


def test_the_first_form_of_a_duty_shows_no_earlier_period_and_the_second_does(home):
    second_year(home, A_4=12)
    assert form_for(home, KEY, "xa-mot", at(THEN)).last_period is None
    assert form_for(home, NEXT, "xa-hai", at(NOW)).last_period is None
    last = form_for(home, NEXT, "xa-mot", at(NOW)).last_period
    assert last.label == "năm 2019"
    figures = {figure.code: figure.number for figure in last.figures}
    assert figures == {"A.1": 100, "A.2": 80, "A.3": figures["A.3"], "A.4": 12, "A.5": 1}
    assert float(figures["A.3"]) == 0.8


def test_a_leap_is_accepted_with_a_warning_and_the_receipt_asks_for_the_reason(home):
    second_year(home)
    outcome = submit(home, "xa-mot", NOW, NEXT, A_2=50)
    assert outcome.accepted
    assert [(f.rule, f.indicator) for f in outcome.findings] == [("V11", "A.2")]
    (kept,) = unit_of(home)["warnings"]
    assert (kept["indicator"], kept["reason"]) == ("A.2", "")
    sweep("2020-11-19T10:00")
    (mail,) = [mail for mail in mails(home) if f"{NEXT}/xa-mot/1" in mail["Subject"]]
    for form in (" ".join(mail.get_body((kind,)).get_content().split()) for kind in ("plain", "html")):
        assert "kỳ này 50, kỳ trước (năm 2019) 80, giảm 37,5%" in form
        assert "Đề nghị nêu lý do của 01 điểm chưa có lý do" in form


def test_a_reason_beside_the_line_is_kept_with_the_warning_and_shown_in_receipt_and_status(home):
    second_year(home)
    hand_in(home, "xa-mot", noted(home, "A.2", "Đã tách hai thôn", A_2=50), NOW, NEXT)
    assert [w["reason"] for w in unit_of(home)["warnings"]] == ["Đã tách hai thôn"]
    sweep("2020-11-19T10:00")
    (mail,) = [mail for mail in mails(home) if f"{NEXT}/xa-mot/1" in mail["Subject"]]
    text = " ".join(mail.get_body(("plain",)).get_content().split())
    assert "Đơn vị nêu lý do: Đã tách hai thôn" in text
    assert "chưa có lý do" not in text


def test_a_reason_sent_afterwards_is_the_next_version_and_the_first_time_stays(home):
    second_year(home)
    submit(home, "xa-mot", NOW, NEXT, A_2=50)
    outcome = hand_in(home, "xa-mot", noted(home, "A.2", "Đã tách hai thôn", A_2=50), "2020-12-05", NEXT)
    assert (outcome.accepted.version, outcome.accepted.first_submitted_at) == (2, at(NOW))
    assert [w["reason"] for w in unit_of(home)["warnings"]] == ["Đã tách hai thôn"]


def test_a_note_that_answers_no_warning_makes_no_new_version(home):
    second_year(home)
    submit(home, "xa-mot", NOW, NEXT, A_2=81)
    again = hand_in(home, "xa-mot", noted(home, "A.2", "Theo rà soát", A_2=81), NOW, NEXT)
    assert not again.accepted.new


def test_a_copied_report_is_accepted_flagged_for_the_reviewer_and_the_unit_is_told_nothing_of_it(home):
    second_year(home)
    outcome = submit(home, "xa-mot", NOW, NEXT)
    assert outcome.accepted
    assert outcome.findings == ()
    (flag,) = unit_of(home)["flags"]
    assert flag == "Giống báo cáo kỳ trước (năm 2019): 3/3 số liệu và 1/1 mục thuyết minh."
    sweep("2020-11-19T10:00")
    assert not [mail for mail in mails(home) if "Giống báo cáo" in mail.as_string()]
    assert unit_of(home, "xa-hai")["flags"] == []


def test_the_same_figures_under_other_words_are_not_called_copied(home):
    second_year(home)
    hand_in(home, "xa-mot", noted(home, "A.2", "", said="Năm nay có nhiều việc mới."), NOW, NEXT)
    assert unit_of(home)["flags"] == []


def test_zeros_alone_are_accepted_and_flagged(home):
    second_year(home)
    outcome = hand_in(
        home, "xa-mot", noted(home, "A.1", "Không còn đối tượng", said="", A_1=0, A_2=0), NOW, NEXT
    )
    assert outcome.accepted
    assert [flag.split(",")[0] for flag in unit_of(home)["flags"]] == ["Toàn bộ số liệu bằng 0 hoặc để trống"]


def test_a_plan_may_leave_the_period_before_out_of_the_form_and_it_is_compared_with_all_the_same(home):
    second_year(home)
    spec = form_for(home, NEXT, "xa-mot", at(NOW))
    plain = replace(spec, shows_last_period=False)
    sheets = [load_workbook(io.BytesIO(write_form(each)))["Biểu"] for each in (spec, plain)]
    told = [[str(cell.value) for row in sheet.iter_rows() for cell in row] for sheet in sheets]
    assert ["Kỳ trước (năm 2019)" in words for words in told] == [True, False]
    moved = Intake((FigureValue("A.2", Decimal(50), None, ""),), (), nil=False, findings=())
    assert [finding.rule for finding in check_changes(plain, moved, 30)] == ["V11"]
