"""A plan that says how many units owe is held against the unit files."""

from datetime import date

import pytest
import yaml

from models.plan_text import parse_plan, plan_warnings
from models.units import UnitTree
from tests.builders import NO_HOLIDAYS, a_unit, an_obligation, plan_data, shipped_days, shipped_plan
from tests.unit.test_plans import units

HUYEN = a_unit("huyen-mau", "huyen", None)
THREE = [HUYEN, *(a_unit(code) for code in ("xa-mot", "xa-hai", "xa-ba"))]
XA = {"select": [{"kinds": ["xa"], "under": "huyen-mau"}]}


def warned(tree, *obligations):
    text = yaml.safe_dump(plan_data(*obligations), allow_unicode=True, sort_keys=False)
    found = plan_warnings(parse_plan(text, "mau.yaml"), text, "mau.yaml", NO_HOLIDAYS, tree)
    return [(w.path, text.splitlines()[w.line - 1].strip(), w.expected) for w in found if "owe" in w.expected]


@pytest.mark.parametrize("stated", [2, 4])
def test_another_number_than_the_plan_states_is_warned_of_with_line_and_units(stated):
    owed = XA | {"stated": stated}
    ((path, line, said),) = warned(UnitTree(THREE), an_obligation(owed_by=owed))
    assert (path, line) == ("obligations[0].owed_by", "owed_by:")
    assert said == (
        f"the plan states {stated} units; 3 owe on 16/10/2019, when 2019 opens: xa-ba, xa-hai, xa-mot"
    )


@pytest.mark.parametrize("stated", [3, None])
def test_the_number_that_is_stated_and_a_plan_that_states_none_are_not_warned_of(stated):
    assert warned(UnitTree(THREE), an_obligation(owed_by=XA | {"stated": stated})) == []


def test_the_first_cycle_in_which_the_number_changes_is_named():
    merged = UnitTree([*THREE[:3], a_unit("xa-ba", valid_to=date(2021, 6, 30))])
    ((_, _, said),) = warned(merged, an_obligation(owed_by=XA | {"stated": 3}))
    assert "2 owe on 16/10/2021, when 2021 opens: xa-hai, xa-mot" in said


def test_a_duty_that_nobody_owes_is_warned_of_and_one_without_a_date_is_asked_from_its_first_day():
    gone = UnitTree([HUYEN, a_unit("xa-mot", valid_to=date(2020, 6, 30))])
    ((_, _, said),) = warned(gone, an_obligation(owed_by=XA, due=None))
    assert said == "nobody owes it on 01/01/2021, when 2021 opens: the units it names are not there that day"


def test_none_of_the_five_plans_is_warned_of():
    for code in ("hue-647", "hue-588", "lang-son-1438", "hong-ngu-2020", "nam-dong-2014"):
        assert plan_warnings(shipped_plan(code), "code: x", "x", shipped_days(), units()) == []
