"""The reorganisation of 1/7/2025 loaded into a home that has reports of before it."""

from collections import Counter
from datetime import date

import pytest

from dondoc.demo.figures import answers_for
from dondoc.demo.fill import fill_form
from models.ids import CycleKey
from models.units.checks import unit_problems
from models.units.comparing import map_units
from tasks.adapters.home import open_home
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.settings import Settings
from tasks.adapters.unit_files import read_unit_file
from tasks.adapters.workbooks import write_form
from tasks.steps import reorganising
from tasks.steps.board import status
from tasks.steps.collecting.forms import Expected, form_for
from tasks.steps.collecting.intake import Arrival, take_in
from tasks.steps.opening import ensure_open
from tasks.steps.totals.totalling import totals_json, totals_of
from tasks.steps.totals.tracing import trace
from tests.builders import ROOT
from tests.ledger.office import at

BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
OLD = CycleKey("hue-588", "O2", "2024")
COMMUNES = CycleKey("nam-dong-2014", "O3", "2014")
NEW = CycleKey("hue-588", "O2", "2025")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    opened = open_home(Settings(_env_file=None, home=tmp_path_factory.mktemp("national") / "home"))
    yield opened
    opened.ledger.close()


@pytest.fixture(scope="module")
def told(home):
    """What the old cycles told before the file was loaded, and what they tell now."""
    for key, moment in ((OLD, at("2024-10-21")), (COMMUNES, at("2014-09-10"))):
        live = ensure_open(home, key, moment)
        for place, standing in enumerate(live.standings[:-1]):
            spec = form_for(home, key, standing.unit, moment, live)
            data = fill_form(write_form(spec), answers_for(spec, place))
            assert take_in(home, Arrival(data, "bieu.xlsx"), moment, Expected(key, standing.unit)).accepted
    before = tell(home)
    file = ROOT / "plans" / "reorganisation" / "2025-07-01.csv"
    found = read_unit_file(file.read_text("utf-8"), file.name)
    assert (
        reorganising.take_over(home, [(file.name, found)], as_of=at("2025-07-01"), actor="quản trị") > 14_000
    )
    return before, tell(home)


@pytest.fixture(scope="module")
def tree(home, told):
    assert told
    with home.ledger.read() as session:
        return load_tree(session)


def tell(home):
    """All that can be asked of the old cycles."""
    return [
        (
            totals_json(totals_of(home, key)),
            status(home, key, at("2025-12-01")),
            [trace(home, key, total.indicator.code) for total in totals_of(home, key).totals],
        )
        for key in (OLD, COMMUNES)
    ]


def test_old_cycles_tell_the_same_before_and_after(told):
    before, after = told
    assert before == after
    assert before[0][0]["received"] == 11


def test_the_whole_country_agrees_with_itself(tree):
    assert unit_problems(tree, {}) == []


@pytest.mark.parametrize(("on", "counts"), [(BEFORE, (63, 696, 10035)), (AFTER, (34, 0, 3321))])
def test_there_are_as_many_units_as_there_should_be(tree, on, counts):
    territories = {
        "tinh",
        "thanh-pho-tw",
        "huyen",
        "thanh-pho",
        "thi-xa",
        "quan",
        "xa",
        "phuong",
        "thi-tran",
        "dac-khu",
    }
    levels = Counter(unit.level for unit in tree.all_on(on) if unit.kind in territories)
    assert tuple(levels[level] for level in ("province", "district", "commune")) == counts
    communes = sum(
        unit.level == "commune"
        for province in tree.all_on(on)
        if province.kind in {"tinh", "thanh-pho-tw"}
        for unit in tree.below(province.code, on)
    )
    assert communes == counts[2], "each stands in the tree of its province, once"


def test_every_old_commune_is_whole_in_one_new_one_or_known_to_be_divided(tree):
    communes = [unit for unit in tree.all_on(BEFORE) if unit.level == "commune"]
    became = [tree.became(unit.code, AFTER) for unit in communes]
    assert all(each.units for each in became)
    assert sum(not each.is_whole for each in became) == 442


def test_every_new_commune_is_made_of_the_old_ones_and_exact_where_none_of_them_was_divided(tree):
    old = [(unit.code, unit.body) for unit in tree.all_on(BEFORE) if unit.level == "commune"]
    old += [(unit.code, unit.body) for unit in tree.all_on(BEFORE) if unit.code in ISLANDS]
    new = [(unit.code, unit.body) for unit in tree.all_on(AFTER) if unit.level == "commune"]
    found = map_units(tree, old, new, BEFORE, AFTER)
    assert found.is_comparable
    divided = {each.unit for each in found.unmapped}
    assert len(divided) == 442
    for carried in found.carried:
        assert carried.is_exact == (not divided & {origin.unit.code for origin in carried.origins})


ISLANDS = {"huyen-bach-long-vi", "huyen-con-co", "huyen-hoang-sa", "huyen-ly-son", "huyen-con-dao"}
"""Districts without communes."""


def test_the_cycle_of_2025_names_the_communes_that_might_owe_in_the_place_of_each_district(home, tree):
    assert tree
    row = status(home, NEW, at("2025-10-20"))
    gone = {each["unit"]: [unit["name"] for unit in each["candidates"]] for each in row["unplaced"]}
    assert gone["huyen-nam-dong"] == ["UBND xã Khe Tre", "UBND xã Long Quảng", "UBND xã Nam Đông"]
    assert len(gone["huyen-a-luoi"]) == 5
    assert set(gone) == {
        "huyen-nam-dong",
        "huyen-a-luoi",
        "huyen-phong-dien",
        "huyen-phu-loc",
        "thi-xa-huong-tra",
    }
