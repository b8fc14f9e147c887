"""“Xác nhận” and a reading that was offered: taken as confirmed, and that it was is kept; nothing else confirms."""

from dataclasses import replace
from decimal import Decimal
from unicodedata import normalize

import pytest

from models.form import FormRow, NarrativeRow
from models.intake_narratives import take_narratives
from models.intake_values import take_figure
from models.reading import RawCell, RawNarrative
from tests.workbooks.sample_forms import HUE_588

COUNT = FormRow("A.1", "Số trẻ em", "người", "count")
TEXT = FormRow("A.4", "Văn bản", "", "text")
OLD, MEANT = "§· hç trî 640 trÎ em ch\xada ®i häc", "Đã hỗ trợ 640 trẻ em chưa đi học"


def taken(typed, note, asked=COUNT):
    value, findings = take_figure(asked, RawCell(typed, "Biểu!D9"), note)
    return value, [(finding.rule, finding.severity) for finding in findings]


@pytest.mark.parametrize(
    ("typed", "note", "meant"),
    [
        ("1,234", "Xác nhận 1234", 1234),
        ("không", "xác nhận: 0.", 0),
        ("-", "XÁC NHẬN 0", 0),
        ("-", normalize("NFD", "Xác nhận 0"), 0),
    ],
)
def test_a_reading_that_the_note_confirms_is_taken_and_kept_on_record(typed, note, meant):
    value, said = taken(typed, note)
    assert value.number == Decimal(meant)
    assert value.original == typed
    assert said == [("confirmed", "warning")]


@pytest.mark.parametrize(
    "note", ["", "Xác nhận", "Xác nhận 1243", "1234", "chưa xác nhận 1234", "Xác nhận có"]
)
def test_a_note_that_confirms_no_reading_offered_confirms_nothing(note):
    value, said = taken("1,234", note)
    assert value is None
    assert said == [("ambiguous_number", "error")]


def test_a_confirmed_reading_is_checked_like_any_other():
    value, said = taken("1,234", "Xác nhận 1,234")
    assert value is None
    assert ("not_an_integer", "error") in said


def test_the_question_says_how_it_is_answered():
    _, (finding,) = take_figure(COUNT, RawCell("1,234", "Biểu!D9"), "")
    assert "“Xác nhận 1234” ở cột “Ghi chú”" in finding.message
    assert "1234 hoặc 1,234" in finding.message
    _, (in_a_table,) = take_figure(COUNT, RawCell("1,234", "Bảng T1!C9"), "")
    assert "Xác nhận" not in in_a_table.message  # there is no such column there
    assert "1234 hoặc 1,234" in in_a_table.message


def test_a_text_in_an_old_font_is_shown_in_unicode_and_asked_about_and_not_taken():
    value, findings = take_figure(TEXT, RawCell(OLD, "Biểu!D9"), "")
    assert value is None
    assert [(f.rule, f.severity, f.offers) for f in findings] == [("legacy_text", "error", (MEANT,))]
    assert f"“{MEANT}”" in findings[0].message


@pytest.mark.parametrize(
    ("typed", "note"),
    [(OLD, "Xác nhận chuyển mã"), (f"Xác nhận chuyển mã\n{OLD}", "")],
    ids=["note", "first line"],
)
def test_a_text_in_an_old_font_is_turned_into_unicode_once_the_unit_agrees(typed, note):
    value, said = taken(typed, note, TEXT)
    assert value.text == MEANT
    assert said == [("legacy_text_converted", "warning")]


SPEC = replace(HUE_588, narratives=(NarrativeRow("I", "I. Chỉ đạo"),))


def narrative(*lines):
    raw = tuple(
        RawNarrative("I" if at == 0 else "", line, f"Thuyết minh!B{4 + at}") for at, line in enumerate(lines)
    )
    values, findings = take_narratives(raw, SPEC, may_be_blank=False)
    return [value.text for value in values], [(finding.rule, finding.severity) for finding in findings]


def test_a_section_in_an_old_font_is_asked_about_and_turned_over_once_the_unit_agrees():
    assert narrative(OLD)[1] == [("legacy_text", "error")]
    assert narrative("Xác nhận chuyển mã", OLD) == ([MEANT], [("legacy_text_converted", "warning")])
    assert narrative(MEANT) == ([MEANT], [])
