"""Dates as offices type them: one day, or a question."""

from datetime import date, datetime

import pytest

from models.dates_in import UnclearDateError, read_date
from models.form import FormRow
from models.intake_values import take_figure
from models.reading import RawCell

ROW = FormRow("A.9", "Ngày phê duyệt", "", "date")


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("29/11/2019", date(2019, 11, 29)),
        ("9/3/2019", date(2019, 3, 9)),
        ("12/ 8/ 2010", date(2010, 8, 12)),
        ("12-8-2010", date(2010, 8, 12)),
        ("12.8.2010", date(2010, 8, 12)),
        ("ngày 26 tháng 4 năm 2013", date(2013, 4, 26)),
        ("Ngày 26 tháng 04, 2013", date(2013, 4, 26)),
        ("2019-11-29", date(2019, 11, 29)),
    ],
)
def test_a_day_is_read_as_offices_write_it(typed, day):
    assert read_date(typed) == day


@pytest.mark.parametrize(
    ("typed", "offers"),
    [
        ("ngày     tháng 02 năm 2020", ()),
        ("29/11/19", ("29/11/2019",)),
        ("11/29/2019", ("29/11/2019",)),
        ("31/11/2019", ()),
        ("29/02/2019", ()),
        ("13/13/2019", ()),
        ("29/11/20120", ()),
        ("29/11/1019", ()),
        ("tháng 11", ()),
        ("43798", ()),
        ("29/11", ()),
    ],
)
def test_what_is_not_exactly_one_day_is_asked_about(typed, offers):
    with pytest.raises(UnclearDateError) as told:
        read_date(typed)
    assert told.value.offers == offers


@pytest.mark.parametrize("value", ["29/11/2019", date(2019, 11, 29), datetime(2019, 11, 29, 8, 30)])  # noqa: DTZ001 - a cell has no zone
def test_a_line_of_a_day_takes_a_cell_of_text_or_of_a_date(value):
    taken, findings = take_figure(ROW, RawCell(value, "Biểu!D9"), "")
    assert (taken.text, taken.number, findings) == ("29/11/2019", None, [])


@pytest.mark.parametrize(
    ("note", "text"), [("Xác nhận 29/11/2019", "29/11/2019"), ("Xác nhận 29/12/2019", None)]
)
def test_an_offered_day_is_taken_once_it_is_confirmed(note, text):
    taken, findings = take_figure(ROW, RawCell("29/11/19", "Biểu!D9"), note)
    assert (taken.text if taken else None) == text
    assert [finding.severity for finding in findings] == ["warning" if text else "error"]
