from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan import Owed
from models.plan.owed import Selector
from models.units import UnitTree
from models.units.owing import owing
from tasks.adapters.unit_files import COLUMNS, UnitFileError, read_units
from tests.builders import ROOT, a_unit, shipped_plan

DAY = date(2019, 6, 30)
COMMUNES = Owed(select=[Selector(kinds=["xa", "thi-tran"], under="huyen-mau")])


def shipped_tree() -> UnitTree:
    files = sorted((ROOT / "plans" / "units").glob("*.csv"))
    return UnitTree(unit for file in files for unit in read_units(file.read_text("utf-8"), file.name))


def codes(units) -> list[str]:
    return [unit.code for unit in units]


def test_a_unit_is_valid_from_its_first_day_to_its_last():
    unit = a_unit("xa-mot", valid_from=date(2014, 1, 1), valid_to=date(2019, 12, 31))
    days = [date(2013, 12, 31), date(2014, 1, 1), date(2019, 12, 31), date(2020, 1, 1)]
    assert [unit.valid_on(day) for day in days] == [False, True, True, False]
    assert replace(unit, valid_to=None).valid_on(date(2099, 1, 1))


def test_nam_dong_has_eleven_communes_in_2014_and_ten_from_2020_on():
    owed = shipped_plan("nam-dong-2014").obligation("O3").owed_by
    tree = shipped_tree()
    before, after = owing(tree, owed, date(2019, 12, 31)), owing(tree, owed, date(2020, 1, 1))
    assert (len(owing(tree, owed, date(2014, 10, 20))), len(before), len(after)) == (11, 11, 10)
    assert set(codes(before)) - set(codes(after)) == {"xa-huong-hoa", "xa-huong-giang"}
    assert set(codes(after)) - set(codes(before)) == {"xa-huong-xuan"}


def test_closed_units_owe_nothing_whether_named_or_selected():
    open_unit, closed = a_unit("xa-mot"), a_unit("xa-hai", valid_to=DAY - timedelta(days=1))
    tree = UnitTree([open_unit, closed, a_unit("huyen-mau", "huyen", None)])
    assert codes(owing(tree, COMMUNES, DAY)) == ["xa-mot"]
    assert codes(owing(tree, Owed(units=["xa-hai", "xa-mot"]), DAY)) == ["xa-mot"]
    assert codes(owing(tree, Owed(units=["xa-hai", "xa-mot"]), DAY - timedelta(days=1))) == [
        "xa-hai",
        "xa-mot",
    ]


def test_a_unit_named_and_selected_owes_once():
    tree = UnitTree([a_unit("huyen-mau", "huyen", None), a_unit("xa-mot"), a_unit("xa-hai")])
    both = Owed(units=["xa-hai"], select=COMMUNES.select)
    assert codes(owing(tree, both, DAY)) == ["xa-hai", "xa-mot"]


def test_only_the_kinds_selected_owe_in_the_order_of_their_official_codes():
    tree = UnitTree(
        [
            a_unit("xa-mot", gso_code="20002"),
            a_unit("xa-hai", gso_code="20001"),
            a_unit("xa-khong-ma"),
            a_unit("phong-mau", "phong"),
            a_unit("huyen-mau", "huyen", None),
        ]
    )
    assert codes(owing(tree, COMMUNES, DAY)) == ["xa-hai", "xa-mot", "xa-khong-ma"]


def test_everything_below_is_found_at_any_depth_as_of_the_day():
    tree = UnitTree(
        [
            a_unit("tinh", "tinh", None),
            a_unit("huyen-mau", "huyen", "tinh"),
            a_unit("xa-mot"),
            a_unit("truong", "truong", "xa-mot"),
            a_unit("huyen-khac", "huyen", "tinh"),
            a_unit("xa-cu", valid_to=date(2018, 12, 31)),
        ]
    )
    assert codes(tree.below("tinh", DAY)) == ["huyen-khac", "huyen-mau", "truong", "xa-mot"]
    assert codes(tree.below("huyen-mau", date(2018, 12, 31))) == ["truong", "xa-cu", "xa-mot"]
    assert tree.below("truong", DAY) == []


def test_units_that_stand_above_each_other_by_mistake_are_met_once():
    tree = UnitTree([a_unit("a", parent="b"), a_unit("b", parent="a")])
    assert codes(tree.below("a", DAY)) == ["b"]


def test_a_unit_that_moved_stands_in_the_old_tree_in_old_years_and_in_the_new_one_since():
    moved = [
        a_unit("xa-mot", parent="huyen-mau", valid_to=date(2024, 12, 31)),
        a_unit("xa-mot", parent="huyen-moi", valid_from=date(2025, 1, 1), name="Tên mới"),
    ]
    tree = UnitTree(reversed(moved))
    assert codes(tree.below("huyen-mau", date(2024, 12, 31))) == ["xa-mot"]
    assert codes(tree.below("huyen-mau", date(2025, 1, 1))) == []
    assert codes(tree.below("huyen-moi", date(2025, 1, 1))) == ["xa-mot"]
    assert tree.nearest("xa-mot", date(2030, 1, 1)).name == "Tên mới"
    assert tree.nearest("xa-mot", date(2010, 1, 1)).parent == "huyen-mau", "the first, before it began"
    assert len(tree.all_on()) == 2
    assert len(tree.all_on(DAY)) == 1


def test_the_nearest_version_of_a_closed_unit_is_its_last():
    tree = UnitTree([a_unit("xa-mot", valid_to=date(2018, 12, 31), name="Cuối cùng")])
    assert tree.at("xa-mot", DAY) is None
    assert tree.nearest("xa-mot", DAY).name == "Cuối cùng"
    assert "xa-mot" in tree
    with pytest.raises(KeyError, match="unknown unit xa-la"):
        tree.nearest("xa-la", DAY)


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdef"), st.sampled_from("abcdefx"), st.integers(0, 9), st.integers(0, 9)
        ),
        max_size=12,
    ),
    st.integers(0, 9),
)
def test_nobody_owes_twice_and_nobody_owes_who_is_not_there(drawn, offset):
    units = [
        a_unit(
            code, parent=parent, valid_from=DAY + timedelta(days=start), valid_to=DAY + timedelta(days=end)
        )
        for code, parent, start, end in drawn
    ]
    tree, day = UnitTree([*units, a_unit("x", "huyen", None)]), DAY + timedelta(days=offset)
    found = owing(tree, Owed(units=list("abc"), select=[Selector(kinds=["xa"], under="x")]), day)
    assert len(codes(found)) == len(set(codes(found)))
    assert all(unit.valid_on(day) for unit in found)


# Unit files

LINE = {
    "code": "xa-mot",
    "gso_code": "20161",
    "kind": "xa",
    "level": "commune",
    "name": "Xã Một",
    "body": "UBND xã Một",
    "parent": "huyen-mau",
    "valid_from": "2013-01-01",
    "email": "xamot@mau.example",
}


def a_file(*lines: dict[str, str]) -> str:
    rows = [",".join(line.get(name, "") for name in COLUMNS) for line in lines]
    return "\n".join([",".join(COLUMNS), *rows]) + "\n"


def test_a_good_file_is_read():
    (unit,) = read_units(a_file(LINE), "mau.csv")
    assert (unit.code, unit.emails_on(DAY), unit.valid_to) == ("xa-mot", ("xamot@mau.example",), None)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"code": "Xã Một"}, "mau.csv:2: code 'Xã Một' is not kebab-case"),
        ({"name": ""}, "mau.csv:2: xa-mot: name is empty"),
        ({"valid_from": ""}, "mau.csv:2: xa-mot: valid_from is empty"),
        ({"valid_from": "01/01/2013"}, "valid_from '01/01/2013' is not a date"),
        ({"valid_to": "2012-12-31"}, "valid_to 2012-12-31 is before valid_from"),
        ({"email": "xamot.mau.example"}, "'xamot.mau.example' is not an e-mail address"),
        ({"email": "xãmột@mau.example"}, "'xãmột@mau.example' is not an e-mail address: letters are a to z"),
        ({"email": "xamot@mẫu.example"}, "letters are a to z"),
        ({"email": "a@mau.example;b@mau.example"}, "is not an e-mail address"),
        ({"note": "một, hai"}, "more cells than columns"),
    ],
)
def test_a_bad_line_is_named_by_file_and_line_and_nothing_is_read(change, words):
    with pytest.raises(UnitFileError) as error:
        read_units(a_file(LINE | change, LINE | {"code": "xa-hai"}), "mau.csv")
    assert words in str(error.value)
    assert len(str(error.value).splitlines()) == 1


def test_all_bad_lines_are_named_at_once():
    with pytest.raises(UnitFileError) as error:
        read_units(a_file(LINE | {"name": ""}, LINE, LINE | {"code": "X"}), "mau.csv")
    assert [line.split(": ")[0] for line in str(error.value).splitlines()] == ["mau.csv:2", "mau.csv:4"]


def test_two_versions_on_one_day_are_refused_and_two_that_follow_are_not():
    closed = LINE | {"valid_to": "2019-12-31"}
    assert len(read_units(a_file(closed, LINE | {"valid_from": "2020-01-01"}), "mau.csv")) == 2
    with pytest.raises(UnitFileError, match="begins before"):
        read_units(a_file(closed, LINE | {"valid_from": "2019-12-31"}), "mau.csv")


def test_several_lines_of_one_unit_are_its_contacts():
    second = LINE | {"email": "hai@mau.example", "contact_name": "Trần Thị B"}
    (unit,) = read_units("﻿" + a_file(LINE, second), "mau.csv")
    assert unit.emails_on(DAY) == ("xamot@mau.example", "hai@mau.example")


def test_a_file_without_its_columns_says_which():
    with pytest.raises(UnitFileError, match=r"mau\.csv:1: missing columns: valid_to"):
        read_units(a_file(LINE).replace("valid_to", "den_ngay"), "mau.csv")
