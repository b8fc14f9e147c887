"""A version entered by mistake is taken back, or begins on the right day; what was before it goes on, or ends, with it."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from models.units import UnitTree
from models.units.checks import unit_problems
from models.units.correcting import CorrectionError, redated, withdrawn
from tests.builders import a_unit
from tests.unit.test_units_through_time import (
    DIVIDED,
    HUYEN,
    MERGED,
    NEW,
    OLD,
    histories,
    link,
    made_of,
    new,
    old,
)

DAY = timedelta(days=1)
WRONG, RIGHT = NEW, date(2025, 7, 1)
RENAMED = UnitTree([HUYEN, old("xa-a"), new("xa-a", name="Xã Anh")])


def spans(tree, code):
    return [(unit.valid_from, unit.valid_to) for unit in tree.versions(code)]


def everything(tree):
    return set(tree.all_on()), set(tree.links)


def test_a_version_taken_back_lets_the_one_before_go_on_in_its_place():
    tree = withdrawn(RENAMED, ["xa-a"], NEW).applied_to(RENAMED)
    (unit,) = tree.versions("xa-a")
    assert (unit.name, unit.valid_to) == (a_unit("xa-a").name, None)


def test_a_version_taken_back_that_had_an_end_gives_its_end_to_the_one_before():
    tree = UnitTree([HUYEN, old("xa-a"), new("xa-a", valid_to=RIGHT)])
    assert spans(withdrawn(tree, ["xa-a"], NEW).applied_to(tree), "xa-a")[0][1] == RIGHT


def test_with_a_successor_taken_back_its_predecessors_go_on():
    tree = withdrawn(MERGED, ["xa-ab"], NEW).applied_to(MERGED)
    assert "xa-ab" not in tree
    assert tree.links == []
    assert tree.holder("xa-a", NEW).code == "xa-a"
    assert unit_problems(tree, {}) == []


def test_one_of_two_successors_taken_back_leaves_the_end_of_what_was_divided():
    tree = withdrawn(DIVIDED, ["xa-y"], NEW).applied_to(DIVIDED)
    assert spans(tree, "xa-a")[0][1] == OLD
    assert [each.after for each in tree.links] == ["xa-x"]


def test_a_merger_into_a_unit_that_was_there_before_is_taken_back_without_it():
    tree = UnitTree([HUYEN, old("xa-a"), a_unit("xa-b")], [link("xa-a", "xa-b")])
    left = withdrawn(tree, ["xa-b"], NEW).applied_to(tree)
    assert spans(left, "xa-b") == spans(tree, "xa-b")
    assert spans(left, "xa-a")[0][1] is None


def test_who_gave_only_a_part_goes_on_as_before():
    tree = UnitTree([HUYEN, a_unit("xa-a"), new("xa-x")], [link("xa-a", "xa-x", "part")])
    assert spans(withdrawn(tree, ["xa-x"], NEW).applied_to(tree), "xa-a") == spans(tree, "xa-a")
    assert spans(redated(tree, ["xa-x"], NEW, RIGHT).applied_to(tree), "xa-a") == spans(tree, "xa-a")


def test_a_right_first_day_moves_the_ends_of_all_that_gave_way():
    tree = redated(MERGED, ["xa-ab"], WRONG, RIGHT).applied_to(MERGED)
    assert spans(tree, "xa-ab") == [(RIGHT, None)]
    assert spans(tree, "xa-a")[0][1] == spans(tree, "xa-b")[0][1] == RIGHT - DAY
    assert {each.on for each in tree.links} == {RIGHT}
    assert unit_problems(tree, {}) == []


def test_a_right_first_day_moves_the_end_of_the_version_before():
    tree = redated(RENAMED, ["xa-a"], WRONG, RIGHT).applied_to(RENAMED)
    assert [end for _, end in spans(tree, "xa-a")] == [RIGHT - DAY, None]


def test_a_part_that_goes_later_keeps_the_divided_unit_until_then_and_none_goes_before_another_has():
    later = redated(DIVIDED, ["xa-x"], WRONG, RIGHT).applied_to(DIVIDED)
    assert (spans(later, "xa-a")[0][1], unit_problems(later, {})) == (RIGHT - DAY, [])
    sooner = redated(DIVIDED, ["xa-x"], WRONG, date(2024, 7, 1)).applied_to(DIVIDED)
    assert unit_problems(sooner, {}) == [
        "xa-a -> xa-y on 2025-01-01: the predecessor xa-a is not there on 2024-12-31"
    ]
    both = redated(DIVIDED, ["xa-x", "xa-y"], WRONG, date(2024, 7, 1)).applied_to(DIVIDED)
    assert unit_problems(both, {}) == []


@pytest.mark.parametrize(
    ("correct", "words"),
    [
        (lambda: withdrawn(RENAMED, ["xa-la"], NEW), "unknown unit xa-la"),
        (lambda: withdrawn(RENAMED, ["xa-a"], OLD), "nothing of xa-a begins on 2024-12-31; its versions begin on"),
        (lambda: redated(RENAMED, ["xa-a"], NEW, NEW), "begins on 2025-01-01 already"),
        (lambda: redated(RENAMED, ["xa-a"], NEW, date(2013, 1, 1)), "its version before begins on 2013-01-01"),
        (lambda: redated(RENAMED, ["xa-a"], RENAMED.versions("xa-a")[0].valid_from, NEW), "ends on 2024-12-31, before"),
    ],
)  # fmt: skip
def test_what_is_not_there_or_cannot_be_is_refused(correct, words):
    with pytest.raises(CorrectionError, match=words):
        correct()


@given(histories, st.integers(0, 7), st.integers(-9, 9))
def test_a_day_that_is_corrected_back_leaves_everything_as_it_was(history, which, days):
    """Everything of one day together, so that nothing stays behind; the days between two changes are ten."""
    tree, start = made_of(history)
    begun = sorted({unit.valid_from for unit in tree.all_on()} - {start})
    assume(begun and days)
    on = begun[which % len(begun)]
    codes = sorted({unit.code for unit in tree.all_on() if unit.valid_from == on})
    to = on + days * DAY
    moved = redated(tree, codes, on, to).applied_to(tree)
    assert unit_problems(moved, {}) == []
    assert everything(moved) != everything(tree)
    assert everything(redated(moved, codes, to, on).applied_to(moved)) == everything(tree)


@given(histories.filter(bool))
def test_the_last_change_taken_back_leaves_the_units_as_they_were_before_it(history):
    tree, _ = made_of(history)
    before, _ = made_of(history[:-1])
    begun = {unit.valid_from for unit in tree.all_on()} - {unit.valid_from for unit in before.all_on()}
    assume(begun)  # a closing begins nothing
    (on,) = begun
    codes = sorted({unit.code for unit in tree.all_on() if unit.valid_from == on})
    assert everything(withdrawn(tree, codes, on).applied_to(tree)) == everything(before)
