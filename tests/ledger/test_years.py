"""The Báo cáo beside the year before, and the series of totals, as the ledger has them."""

from dataclasses import replace

import pytest

from models.ids import CycleKey
from tasks.adapters.documents import check_docx
from tasks.steps import acts
from tasks.steps.documents.freezing import inputs_of_row, make, make_again
from tasks.steps.documents.making import inputs_of, report_bytes
from tasks.steps.documents.templates import template_for
from tasks.steps.totals.totalling import totals_of
from tasks.steps.totals.years import series_json, years_of
from tests.ledger.office import COMMUNES, KEY, NEXT, at, day, submit, sweep
from tests.ledger.papers import issue
from tests.ledger.test_flagging import flagged
from tests.ledger.test_frozen import again, rows
from tests.ledger.test_writing import words

THIRD = CycleKey("ke-hoach-mau", "O1", "2021")


@pytest.fixture
def two_years(home):
    """2019 with two of three communes, 2020 with all of them and its Báo cáo written."""
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19", A_1=100)
    submit(home, "xa-hai", "2019-11-19", A_1=200)
    sweep("2019-12-16", "2020-10-16")
    for unit in COMMUNES:
        submit(home, unit, "2020-11-17", NEXT, A_1=150)
    sweep("2020-11-18")
    return home


def test_the_report_stands_beside_the_year_before_and_keeps_the_form(two_years):
    (row,) = rows(two_years, key=NEXT)
    data = two_years.files.read(row.file)
    said = words(data)
    assert "Năm 2019 có 02/03 đơn vị báo cáo." in said
    assert "Tăng, giảm so với năm 2019" in said
    assert check_docx(data) == []
    assert "So với năm" not in words(report_bytes(two_years, totals_of(two_years, KEY)))


def test_it_is_made_again_to_the_byte_after_the_year_before_was_corrected(two_years):
    (row,) = rows(two_years, key=NEXT)
    written = two_years.files.read(row.file)
    acts.return_report(two_years, KEY, "xa-mot", "sai", as_of=at("2020-11-19"), actor="cán bộ")
    submit(two_years, "xa-mot", "2020-11-20", KEY, A_1=101)
    assert again(two_years, row) == written
    assert report_bytes(two_years, totals_of(two_years, NEXT)) != written


def test_it_names_the_versions_of_the_year_before_it_was_held_against(two_years):
    (past,) = years_of(two_years, totals_of(two_years, NEXT)).earlier
    assert past.cycle == str(KEY)
    assert past.versions == {str(KEY): {"xa-mot": 1, "xa-hai": 1}}
    (row,) = rows(two_years, key=NEXT)
    kept = inputs_of_row(two_years, row)
    assert kept
    assert kept.earlier == (past,)


def test_the_series_has_every_year_of_which_something_came_up_to_this_one(two_years):
    sweep("2021-10-16")
    told = series_json(two_years, totals_of(two_years, THIRD))
    assert [each["period"] for each in told] == ["2019", "2020", "2021"]
    assert [(each["received"], each["expected"]) for each in told] == [(2, 3), (3, 3), (0, 3)]
    figures = [next(i for i in each["indicators"] if i["code"] == "A.1") for each in told]
    assert [(each["value"], each["given"]) for each in figures] == [(300, 2), (450, 3), (None, 0)]
    earlier = series_json(two_years, totals_of(two_years, NEXT))
    assert [each["period"] for each in earlier] == ["2019", "2020"]


def test_the_series_of_one_office_leaves_out_years_in_which_nobody_went_through_it(two_years):
    def periods(through):
        found = totals_of(two_years, NEXT)
        return [each["period"] for each in series_json(two_years, found, through)]

    assert periods("phong-mau") == ["2019", "2020"]
    assert periods("nobody") == ["2020"]


def test_with_its_sources_a_report_names_the_cells_and_is_made_again_with_them(two_years):
    found = totals_of(two_years, NEXT)
    given = replace(inputs_of(two_years, found), with_sources=True)
    made = make(
        found, given, "bao-cao", template_for(two_years, "phong-mau", "bao-cao", day("2020-11-18")).data
    )
    assert "Biểu!D" in words(made.data)
    assert check_docx(made.data) == []
    with two_years.ledger.read() as session:
        two_years.files.keep(made.template)
        assert make_again(two_years, session, made.inputs) == made.data
    assert "Biểu!D" not in words(report_bytes(two_years, found))


def test_a_correction_of_an_earlier_year_flags_the_issued_report_that_shows_it(two_years):
    issue(two_years, number=9, on="2020-11-18", when="2020-11-18T10:00", key=NEXT)
    assert flagged(two_years, NEXT, "2020-11-21") == []
    submit(two_years, "xa-mot", "2020-11-20", KEY, A_1=175)
    assert flagged(two_years, NEXT, "2020-11-21") == [("bao-cao-v1", "xa-mot", 1, 2)]
