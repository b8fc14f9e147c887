"""The intake on values alone: the order of its questions, and what it says."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import texts_in
from models.confirming import CONVERT, without_confirmation
from models.form import FormRow, FormSpec, NarrativeRow
from models.intake import check_reading
from models.intake_values import take_figure
from models.reading import Identity, RawCell, RawNarrative, RawRow, Reading
from models.text import fold
from models.texts_in import clean_text

SPEC = FormSpec(
    cycle="p/O1/2020", unit="xa-a", unit_name="UBND xã A", plan_title="", obligation_title="", period_label="năm 2020",
    due_wording="", legal_basis="", collector="",
    rows=(
        FormRow("A.01", "Số trẻ em", "người", "count"),
        FormRow("A.02", "Kết quả", "", "choice", choices=("đạt", "không đạt"), required=False),
        FormRow("A.03", "Tỷ lệ", "%", "ratio", entered=False),
    ),
    narratives=(NarrativeRow("I", "I. Kết quả", required=True), NarrativeRow("II", "II. Kiến nghị")),
    nil_allowed=True,
)  # fmt: skip


def reading(figure=5, *, identity=None, **changes):
    own = identity or Identity(**SPEC.identity)
    rows = (
        RawRow("A.01", "Biểu!A9", RawCell(figure, "Biểu!D9"), ""),
        RawRow("A.02", "Biểu!A10", RawCell("", "Biểu!D10"), ""),
    )
    told = (
        RawNarrative("", "I. Kết quả (bắt buộc)", "Thuyết minh!B4"),
        RawNarrative("I", "Tốt.", "Thuyết minh!B5"),
        RawNarrative("", "II. Kiến nghị", "Thuyết minh!B6"),
        RawNarrative("II", "", "Thuyết minh!B7"),
    )
    nil = RawCell("", "Biểu!D7")
    return replace(Reading("xlsx", own, True, rows, told, nil), **changes)


def rules(raw):
    return [finding.rule for finding in check_reading(raw, SPEC).findings]


def test_a_complete_form_is_taken_without_a_word():
    intake = check_reading(reading(), SPEC)
    assert intake.findings == ()
    assert intake.by_code()["A.01"].number == 5
    assert [(n.code, n.text) for n in intake.narratives] == [("I", "Tốt.")]
    assert not intake.nil


def test_of_a_foreign_form_nothing_but_the_identity_is_spoken_of():
    other = replace(Identity(**SPEC.identity), unit="xa-b", cycle="p/O1/2019", version="0")
    assert rules(reading("chữ", identity=other)) == ["other_unit_form", "other_cycle"]


def test_an_older_form_of_the_right_unit_is_told_to_be_old():
    older = replace(Identity(**SPEC.identity), version="0" * 12)
    intake = check_reading(reading("chữ", identity=older), SPEC)
    assert [finding.rule for finding in intake.findings] == ["old_form"]
    assert SPEC.version in intake.findings[0].message


def test_blank_zero_and_nil_are_three_things():
    assert rules(reading("")) == ["required_blank"]
    assert rules(reading(0)) == []
    nil = reading("", nil=RawCell("Có", "Biểu!D7"), narratives=reading().narratives[1::2])
    assert check_reading(nil, SPEC).nil
    assert rules(nil) == []
    assert check_reading(nil, SPEC).values == ()


@pytest.mark.parametrize("figure", [5, 0, "0"])
def test_a_nil_return_with_figures_is_an_error_even_when_they_are_zero(figure):
    assert rules(reading(figure, nil=RawCell("x", "Biểu!D7"))) == ["nil_with_figures"]


@pytest.mark.parametrize("said", ["", " ", "Không", 0.0, False])
def test_no_choice_is_no_nil_return(said):
    assert not check_reading(reading(nil=RawCell(said, "Biểu!D7")), SPEC).nil


def test_an_unreadable_nil_choice_is_asked_about():
    assert rules(reading(nil=RawCell("có lẽ", "Biểu!D7"))) == ["nil_unclear"]


def test_lines_below_a_section_without_a_code_continue_it():
    told = (
        *reading().narratives[:2],
        RawNarrative("", "Thêm một đoạn.", "Thuyết minh!B6"),
        *reading().narratives[2:],
    )
    intake = check_reading(reading(narratives=told), SPEC)
    assert intake.narratives[0].text == "Tốt.\nThêm một đoạn."


def test_a_section_as_long_as_a_cell_can_hold_is_taken_with_a_warning():
    told = (RawNarrative("I", "a" * 32_767, "Thuyết minh!B5"), RawNarrative("II", "", "Thuyết minh!B7"))
    intake = check_reading(reading(narratives=told), SPEC)
    assert [(f.rule, f.severity) for f in intake.findings] == [("narrative_cut", "warning")]
    assert not intake.has_errors


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (True, "not_a_number"),
        (datetime(2020, 2, 1), "not_a_number"),  # noqa: DTZ001
        (timedelta(hours=1), "not_a_number"),
        (-1, "negative"),
        (1.5, "not_an_integer"),
        (1e300, "out_of_range"),
    ],
)
def test_what_is_no_count_is_refused_with_its_cell(value, rule):
    taken, findings = take_figure(SPEC.rows[0], RawCell(value, "Biểu!D9"), "")
    assert taken is None
    assert [(f.rule, f.cell, f.indicator) for f in findings] == [(rule, "Biểu!D9", "A.01")]
    assert findings[0].message.startswith("Dòng A.01 “Số trẻ em”: ô D9 ")


def test_a_float_is_the_number_the_officer_saw():
    row = FormRow("M", "Kinh phí", "triệu đồng", "money")
    taken, _ = take_figure(row, RawCell(0.1 + 0.2, "Biểu!D9"), "")
    assert taken.number == Decimal("0.3")


@pytest.mark.parametrize(
    ("said", "number"),
    [("Có", 1), ("X", 1), ("đạt", 1), (True, 1), (1.0, 1), ("Không", 0), ("chưa", 0), (0, 0)],
)
def test_yes_and_no_are_understood_in_the_words_offices_use(said, number):
    taken, findings = take_figure(FormRow("Y", "Đã lập", "", "yes_no"), RawCell(said, "Biểu!D9"), "")
    assert (taken.number, findings) == (number, [])


@pytest.mark.parametrize("said", ["Đạt", "đa\u0323t", " đạt\u200b "])
def test_a_choice_is_kept_as_the_form_prints_it(said):
    taken, _ = take_figure(SPEC.rows[1], RawCell(said, "Biểu!D10"), "")
    assert taken.text == "đạt"


def test_text_is_kept_without_anything_unseen_and_in_one_form():
    assert clean_text("\ufeff a\u202eb\x00\u200bc\u00a0d\r\ne\u0323 \n") == "abc d\nẹ"
    assert clean_text("=cmd {{ x }} & <b>") == "=cmd {{ x }} & <b>"


@pytest.mark.parametrize("around", ["{}", "a{}b", "a{}\nb", " \n{}"])
def test_a_text_passed_as_clean_at_a_glance_is_what_cleaning_makes_of_it(around):
    texts = [around.format(chr(at)) for at in range(0x10000)]
    assert [text for text in texts if clean_text(text) != texts_in._cleaned(text)] == []


@given(st.text(alphabet="xX ác nhậnCHUYỂNmã.:;\n\u0301\u200b-", max_size=30))
def test_only_a_line_that_folds_to_the_words_of_agreement_is_one(text):
    first = text.lstrip().partition("\n")[0]
    assert without_confirmation(text)[1] == (fold(first).rstrip(" .:;") == fold(CONVERT))


def test_nothing_but_an_x_folds_to_the_x_of_the_agreement():
    letters = [chr(at) for at in (*range(0x3000), *range(0xFF00, 0x10000))]
    assert [letter for letter in letters if fold(letter + CONVERT[1:])[:1] == "x" and letter.strip()] == [
        "X",
        "x",
    ]


@pytest.mark.parametrize("words", ["Xác nhận chuyển mã", "xác  NHẬN chuyển mã.", "\n XÁC NHẬN CHUYỂN MÃ :"])
def test_the_words_of_agreement_are_known_in_any_spelling_and_taken_off(words):
    assert without_confirmation(f"{words}\nChÝnh") == ("ChÝnh", True)


def test_the_public_keys_of_a_finding():
    said = check_reading(reading(""), SPEC).findings[0].as_json()
    assert {"cell", "indicator", "message", "severity"} <= set(said)
    assert (said["cell"], said["indicator"], said["severity"]) == ("Biểu!D9", "A.01", "error")
