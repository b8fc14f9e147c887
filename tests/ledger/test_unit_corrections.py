"""Units that were reorganised by mistake are put right in the ledger; cycles that have opened keep what they opened with."""

import pytest

from tasks.adapters.ledger.units import load_tree
from tasks.steps import reorganising
from tasks.steps.reorganising import UnitError
from tasks.steps.unit_corrections import redate, withdraw
from tests.builders import a_unit
from tests.ledger.office import COMMUNES, KEY, NEXT, assert_chain_is_whole, day, dump, events, sweep
from tests.ledger.test_reorganising import ON, WHO, codes, commune, found, merge

TO = day("2020-07-01")
WHY = ("nhập nhầm", "CV 5")


def tree_of(home):
    with home.ledger.read() as session:
        return load_tree(session)


def table(home):
    """Units, links and contacts as they are; row numbers left out."""
    return {name: {row[1:] for row in dump(home)[name]} for name in ("unit", "unit_link", "contact")}


@pytest.fixture
def merged(home):
    """A merger that was a mistake, and what there was before it."""
    sweep("2019-10-16")
    before = table(home)
    found(home, commune("xa-moi"))
    merge(home, "xa-moi", "xa-mot", "xa-hai")
    return home, before


def test_a_merger_taken_back_leaves_units_as_they_were_and_stands_in_the_chain(merged):
    home, before = merged
    left = withdraw(home, ["xa-moi"], ON, *WHY, **WHO)
    assert [(unit.code, unit.valid_to) for unit in left] == [("xa-hai", None), ("xa-mot", None)]
    assert table(home) == before
    assert events(home, "units withdrawn") == 1
    assert "CV 5" in "".join(row[6] for row in dump(home)["event"])
    assert_chain_is_whole(home)


def test_the_contacts_of_a_unit_of_which_nothing_is_left_go_with_it(merged):
    home, _ = merged
    assert any("xa-moi" in row for row in table(home)["contact"]), "else there is nothing to go"
    withdraw(home, ["xa-moi"], ON, *WHY, **WHO)
    assert not any("xa-moi" in row for row in table(home)["contact"])


def test_cycles_that_open_after_a_corrected_day_follow_it_and_opened_ones_stay(merged):
    home, _ = merged
    redate(home, ["xa-moi"], ON, TO, *WHY, **WHO)
    assert tree_of(home).at("xa-mot", ON).valid_to == day("2020-06-30")
    assert events(home, "units redated") == 1
    assert codes(home, KEY) == list(COMMUNES)
    sweep("2020-10-16")
    assert set(codes(home, NEXT)) == {"xa-moi", "xa-ba"}


def test_a_rename_taken_back_may_be_entered_again_on_its_day(home):
    def rename(name):
        reorganising.revise(home, "xa-ba", ON, "đổi tên", "NQ 1", **WHO, name=name)

    rename("Xã Bà")
    with pytest.raises(UnitError, match="withdraw it first"):
        rename("Xã Ba Mới")
    withdraw(home, ["xa-ba"], ON, *WHY, **WHO)
    rename("Xã Ba Mới")
    assert [unit.name for unit in tree_of(home).versions("xa-ba")][1:] == ["Xã Ba Mới"]


def test_children_taken_along_by_a_merger_are_taken_back_with_it(home):
    before = table(home)
    found(home, a_unit("huyen-lon", "huyen", None, valid_from=ON))
    merge(home, "huyen-lon", "huyen-mau")
    with pytest.raises(UnitError, match="unknown parent huyen-lon"):
        withdraw(home, ["huyen-lon"], ON, *WHY, **WHO)
    withdraw(home, ["huyen-lon", "phong-mau", *COMMUNES], ON, *WHY, **WHO)
    assert table(home) == before


def test_a_unit_that_owes_or_that_a_plan_names_cannot_be_made_unknown(home):
    begins = tree_of(home).versions("xa-mot")[0].valid_from
    with pytest.raises(UnitError, match="the plan ke-hoach-mau names it"):
        withdraw(home, ["phong-mau"], begins, *WHY, **WHO)
    sweep("2019-10-16")
    with pytest.raises(UnitError, match=f"xa-mot is in {KEY}"):
        withdraw(home, ["xa-mot"], begins, *WHY, **WHO)


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(
    "correct",
    [
        lambda home: withdraw(home, ["xa-moi"], ON, " ", "", **WHO),
        lambda home: redate(home, ["xa-moi"], ON, TO, "", "", **WHO),
        lambda home: withdraw(home, ["xa-moi", "xa-la"], ON, *WHY, **WHO),
        lambda home: redate(home, ["xa-moi"], ON, day("2012-01-01"), *WHY, **WHO),
    ],
)
def test_a_correction_that_is_refused_changes_nothing(merged, correct):
    home, _ = merged
    before = dump(home)
    with pytest.raises(UnitError):
        correct(home)
    assert dump(home) == before


def test_a_unit_with_a_later_version_neither_ends_nor_changes_before_it(home):
    """It would be gone for a time and come back, or take its old name again."""
    later = day("2021-01-01")
    reorganising.revise(home, "xa-ba", later, "đổi tên", "NQ 1", **WHO, name="Xã Bà")
    found(home, commune("xa-moi"))
    for act in (
        lambda: reorganising.close(home, "xa-ba", ON, "?", "?", **WHO),
        lambda: merge(home, "xa-moi", "xa-ba"),
        lambda: reorganising.revise(home, "xa-ba", ON, "?", "?", **WHO, kind="phuong"),
    ):
        with pytest.raises(UnitError, match="xa-ba has a version from 2021-01-01"):
            act()
    withdraw(home, ["xa-ba"], later, *WHY, **WHO)
    merge(home, "xa-moi", "xa-ba")


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize("reason", ["", "  "])
def test_no_change_of_units_goes_without_a_reason(home, reason):
    before = dump(home)
    for act in (
        lambda: reorganising.close(home, "xa-ba", ON, reason, "NQ 1", **WHO),
        lambda: reorganising.revise(home, "xa-ba", ON, reason, "NQ 1", **WHO, name="Xã Bà"),
    ):
        with pytest.raises(UnitError, match="say why"):
            act()
    assert dump(home) == before
