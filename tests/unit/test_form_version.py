"""The version of a form: it changes with what is asked, and with nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest

from models.form import FormRow, FormSpec, Formula, NarrativeRow, TableForm, form_version

ROW = FormRow("A.01", "Số trẻ em", "người", "count")
SPEC = FormSpec("p/O1/2020", "xa-a", "UBND xã A", "", "", "", "", "", "", rows=(ROW,))


@pytest.mark.parametrize(
    "same",
    [
        {"cycle": "p/O1/2021"}, {"unit": "xa-b"}, {"unit_name": "UBND xã B"}, {"token": "t"}, {"period_label": "2021"},
        {"rows": (replace(ROW, hint="khác"),)}, {"rows": (replace(ROW, indent=2),)},
    ],
)  # fmt: skip
def test_who_is_asked_when_and_how_it_looks_does_not_change_the_version(same):
    assert form_version(replace(SPEC, **same)) == form_version(SPEC) == SPEC.version


@pytest.mark.parametrize(
    "changed",
    [
        {"rows": (replace(ROW, label="Số trẻ"),)}, {"rows": (replace(ROW, unit_of_measure="em"),)},
        {"rows": (replace(ROW, required=False),)}, {"rows": (replace(ROW, kind="number"),)}, {"rows": ()},
        {"rows": (replace(ROW, formula=Formula("product", ("A",), factor=Decimal(2))),)},
        {"narratives": (NarrativeRow("I", "I"),)}, {"tables": (TableForm("T", "T", (ROW,)),)}, {"nil_allowed": True},
    ],
)  # fmt: skip
def test_anything_asked_differently_changes_the_version(changed):
    assert form_version(replace(SPEC, **changed)) != SPEC.version


@pytest.mark.parametrize("code", ["T1", "a/b:c*d?e[f]g", "x" * 60])
def test_a_table_sheet_has_a_name_every_program_takes(code):
    sheet = TableForm(code, "", ()).sheet
    assert len(sheet) <= 31
    assert not set(sheet) & set("[]:*?/\\")
