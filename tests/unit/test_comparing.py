"""Figures across a reorganisation, against territory cut into pieces: what is called exact is the sum of its pieces."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.units import UnitLink, UnitTree
from models.units.comparing import earlier_value, map_units
from tests.builders import a_report, a_unit

THEN, NOW = date(2024, 10, 16), date(2025, 10, 16)
ON = date(2025, 7, 1)

pieces = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4), st.integers(0, 1000)), min_size=1, max_size=14
)
"""Each piece of territory: its old unit, its new unit, how many children live there."""


def of_pieces(drawn):
    """Old and new units as the pieces make them, and the links between them. A unit whose territory stays the same goes
    on under its code.
    """
    old, new = {}, {}
    for number, (before, after, _) in enumerate(drawn):
        old.setdefault(f"cu-{before}", set()).add(number)
        new.setdefault(f"moi-{after}", set()).add(number)
    links = []
    for after, inside in new.items():
        for before, was in old.items():
            if inside & was:
                links.append(UnitLink(before, after, ON, "merge", "" if was <= inside else "part"))
    units = [a_unit(code, parent=None, valid_to=ON - timedelta(days=1)) for code in old]
    units += [a_unit(code, parent=None, valid_from=ON) for code in new]
    return UnitTree(units, links), old, new


@given(pieces)
def test_an_exact_figure_is_the_sum_of_the_pieces_and_nothing_else_is_called_exact(drawn):
    tree, old, new = of_pieces(drawn)
    children = [Decimal(count) for _, _, count in drawn]
    reports = {code: a_report(code, A_1=sum(children[n] for n in was)) for code, was in old.items()}
    found = map_units(tree, [(c, c) for c in old], [(c, c) for c in new], THEN, NOW)
    assert found.is_comparable
    for carried in found.carried:
        inside = new[carried.unit]
        whole = [was for was in old.values() if was <= inside]
        assert carried.is_exact == (set().union(*whole) == inside if whole else False)
        if carried.is_exact:
            assert earlier_value(carried, reports, "A.1") == sum(children[n] for n in inside)
    divided = {code for code, was in old.items() if not any(was <= inside for inside in new.values())}
    assert {each.unit for each in found.unmapped} == divided


@given(pieces, st.integers(0, 4))
def test_a_cycle_that_covers_less_is_not_comparable(drawn, left_out):
    tree, old, new = of_pieces(drawn)
    kept = [(code, code) for code in old if code != f"cu-{left_out}"]
    found = map_units(tree, kept, [(c, c) for c in new], THEN, NOW)
    assert found.is_comparable == (f"cu-{left_out}" not in old)


def test_units_that_go_on_are_themselves():
    tree = UnitTree([a_unit("xa-mot"), a_unit("xa-hai")])
    found = map_units(
        tree, [("xa-mot", "Một"), ("xa-hai", "Hai")], [("xa-mot", "Một"), ("xa-hai", "Hai")], THEN, NOW
    )
    assert [(each.unit, each.is_exact, [o.unit.code for o in each.origins]) for each in found.carried] == [
        ("xa-mot", True, ["xa-mot"]),
        ("xa-hai", True, ["xa-hai"]),
    ]


def test_a_unit_that_took_over_another_that_never_reported_says_so():
    tree = UnitTree(
        [
            a_unit("huyen-lon", valid_to=ON - timedelta(days=1)),
            a_unit("huyen-lon", valid_from=ON),
            a_unit("huyen-nho", valid_to=ON - timedelta(days=1), body="UBND huyện Nhỏ"),
        ],
        [UnitLink("huyen-nho", "huyen-lon", ON, "merge")],
    )
    found = map_units(tree, [("huyen-lon", "Lớn")], [("huyen-lon", "Lớn")], THEN, NOW)
    (carried,) = found.carried
    assert carried.notes == ("gồm cả UBND huyện Nhỏ, không báo cáo ở kỳ trước",)
    assert not found.is_comparable
    both = map_units(tree, [("huyen-lon", "Lớn"), ("huyen-nho", "Nhỏ")], [("huyen-lon", "Lớn")], THEN, NOW)
    assert both.carried[0].is_exact
    assert both.is_comparable


def test_a_unit_that_gave_territory_away_and_goes_on_is_not_called_exact():
    tree = UnitTree(
        [a_unit("xa-mot", parent=None), a_unit("xa-moi", parent=None, valid_from=ON)],
        [UnitLink("xa-mot", "xa-moi", ON, "split", "part")],
    )
    found = map_units(tree, [("xa-mot", "Một")], [("xa-mot", "Một"), ("xa-moi", "Mới")], THEN, NOW)
    assert [(each.unit, each.is_exact, each.notes) for each in found.carried] == [
        ("xa-mot", False, ("đã chuyển một phần địa bàn cho đơn vị khác",)),
        ("xa-moi", False, ("chỉ nhận một phần của Một",)),
    ]
    assert [each.unit for each in found.unmapped] == ["xa-mot"]


def test_a_share_that_is_known_is_shown_and_not_used():
    tree = UnitTree(
        [
            a_unit("xa-a", parent=None, valid_to=ON - timedelta(days=1)),
            a_unit("xa-x", parent=None, valid_from=ON),
            a_unit("xa-y", parent=None, valid_from=ON),
        ],
        [UnitLink("xa-a", "xa-x", ON, "split", "0.4"), UnitLink("xa-a", "xa-y", ON, "split", "0.6")],
    )
    found = map_units(tree, [("xa-a", "UBND xã A")], [("xa-x", "X"), ("xa-y", "Y")], THEN, NOW)
    assert found.carried[0].notes == ("chỉ nhận một phần của UBND xã A, tỷ lệ 0.4",)
    assert earlier_value(found.carried[0], {"xa-a": a_report("xa-a", A_1=100)}, "A.1") is None
    assert [unit.code for unit in found.unmapped[0].became] == ["xa-x", "xa-y"]
