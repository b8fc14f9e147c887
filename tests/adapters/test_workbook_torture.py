"""Broken in any way, a form is refused in words, or taken with the very same values; `make soak` goes further."""

import pytest

from tests.workbooks.mutations import KINDS, mutated, original
from tests.workbooks.torture import answer, torture

SOME = range(700)


@pytest.fixture(scope="module")
def tortured():
    return torture(SOME)


def test_the_form_before_it_is_broken_is_taken():
    assert answer(original()) == "as before"


def test_no_broken_form_crashes_hangs_or_swells_the_reader(tortured):
    assert tortured.broken == []
    assert sum(tortured.answers.values()) == len(SOME)


def test_every_kind_of_break_is_tried_and_both_answers_come(tortured):
    assert {kind for kind, _ in tortured.answers} == set(KINDS)
    said = {said for _, said in tortured.answers}
    assert {"as before", "corrupt", "not_a_workbook"} <= said
    assert "exception" not in said


def test_a_reader_that_dies_is_noticed_by_the_number_of_the_file(monkeypatch):
    def dying(data):
        if data == mutated(3)[1]:
            import os

            os._exit(9)
        return "as before"

    monkeypatch.setattr("tests.workbooks.torture.answer", dying)
    found = torture(range(6))
    assert found.broken == ["number 3: the process ended with 9"]
    assert sum(found.answers.values()) == 5


def test_a_number_always_makes_the_same_file():
    assert [mutated(number) for number in range(21)] == [mutated(number) for number in range(21)]
