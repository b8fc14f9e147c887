"""One content, however it is saved; another content, however small the difference."""

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.content import content_sha256
from models.intake import check_reading
from models.taken import FigureValue, Intake, NarrativeValue, TableRecord
from tasks.adapters.workbooks import read_workbook
from tests.workbooks.make_workbooks import SHOULD_PASS, filled
from tests.workbooks.sample_forms import HUE_588

NUMBERS = st.decimals(0, 10**9, places=3, allow_nan=False, allow_infinity=False)
VALUES = st.dictionaries(st.sampled_from([f"A.{n}" for n in range(9)]), NUMBERS, min_size=1)
TEXTS = st.dictionaries(st.sampled_from(["I", "II", "III"]), st.text(min_size=1, max_size=20))
LINES = st.lists(st.tuples(NUMBERS, st.text(max_size=9)), max_size=5)


def intake(values, texts, lines, *, cell="D9"):
    return Intake(
        tuple(FigureValue(code, number, None, cell) for code, number in values),
        tuple(NarrativeValue(code, text, cell) for code, text in texts),
        nil=False,
        findings=(),
        records=tuple(
            TableRecord("T", at, (FigureValue("a", number, None, cell), FigureValue("b", None, text, cell)))
            for at, (number, text) in enumerate(lines)
        ),
    )


@given(VALUES, TEXTS, LINES, st.randoms())
def test_the_order_of_lines_their_places_and_the_zeros_behind_a_comma_do_not_count(
    values, texts, lines, at_random
):
    shuffled = [list(part) for part in (values.items(), texts.items(), lines)]
    for part in shuffled:
        at_random.shuffle(part)
    longer = [(code, number.quantize(Decimal("0.00000"))) for code, number in shuffled[0]]
    one = content_sha256(intake(values.items(), texts.items(), lines))
    assert one == content_sha256(intake(longer, *shuffled[1:], cell="F99"))


@given(VALUES, TEXTS, LINES, st.data())
def test_one_value_changed_or_gone_is_another_content(values, texts, lines, data):
    code = data.draw(st.sampled_from(sorted(values)))
    one = content_sha256(intake(values.items(), texts.items(), lines))
    for changed in (values | {code: values[code] + 1}, {k: v for k, v in values.items() if k != code}):
        assert one != content_sha256(intake(changed.items(), texts.items(), lines))
    assert one != content_sha256(intake(values.items(), texts.items(), [*lines, (Decimal(1), "x")]))


def test_nothing_to_report_zero_and_blank_are_three_contents():
    zero = intake([("A.1", Decimal(0))], [], [])
    blank = intake([], [], [])
    assert len({content_sha256(each) for each in (zero, blank, replace(blank, nil=True))}) == 3


def read(data):
    return content_sha256(check_reading(read_workbook(data), HUE_588))


@pytest.mark.parametrize(
    "name", ["rows-in-other-order.xlsx", "hidden-sheet.xlsx", "identity-sheet-deleted.xlsx"]
)
def test_a_form_put_in_another_order_or_hidden_has_the_same_content(name):
    assert read(SHOULD_PASS[name]()) == read(filled())


def test_a_number_typed_as_text_has_the_content_of_the_number():
    typed = filled(values={"H588.04a": "120,50", "H588.12": "400", "H588.09": "x"})
    assert typed != filled()
    assert read(typed) == read(filled())


def test_a_form_saved_anew_by_another_program_has_the_same_content():
    out = io.BytesIO()
    openpyxl.load_workbook(io.BytesIO(filled())).save(out)
    assert read(out.getvalue()) == read(filled())
