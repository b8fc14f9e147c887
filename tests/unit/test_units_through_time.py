"""What became of a unit, who holds its office, who owes in its place, through whom a report goes; as of any day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.plan import Owed, Through
from models.plan.owed import Selector
from models.plan_text import PlanError
from models.units import Contact, UnitLink, UnitTree
from models.units.checks import unit_problems
from models.units.owing import collector_of, owing, unplaced
from tasks.adapters.unit_files import COLUMNS, UnitFileError, read_unit_file
from tests.builders import ROOT, a_plan, a_unit, an_obligation

OLD, NEW, LATER = date(2024, 12, 31), date(2025, 1, 1), date(2026, 1, 1)
HUYEN = a_unit("huyen-mau", "huyen", None)


def old(code, **changes):
    return a_unit(code, valid_to=OLD, **changes)


def new(code, **changes):
    return a_unit(code, valid_from=NEW, **changes)


def link(before, after, share="", on=NEW, kind="merge"):
    return UnitLink(before, after, on, kind, share)


def codes(units):
    return [unit.code for unit in units]


MERGED = UnitTree(
    [HUYEN, old("xa-a"), old("xa-b"), new("xa-ab")], [link("xa-a", "xa-ab"), link("xa-b", "xa-ab")]
)
DIVIDED = UnitTree(
    [HUYEN, old("xa-a"), new("xa-x"), new("xa-y")],
    [link("xa-a", "xa-x", "part"), link("xa-a", "xa-y", "part")],
)
RENAMED = UnitTree([HUYEN, old("xa-a"), new("phuong-a")], [link("xa-a", "phuong-a")])


def test_a_merged_unit_is_whole_in_its_successor_but_is_not_the_same():
    became = MERGED.became("xa-a", NEW)
    assert (codes(became.units), became.is_whole, became.is_same) == (["xa-ab"], True, False)
    assert MERGED.became("xa-a", OLD).units == (MERGED.at("xa-a", OLD),)


def test_a_divided_unit_is_whole_nowhere():
    became = DIVIDED.became("xa-a", NEW)
    assert (codes(became.units), became.is_whole) == (["xa-x", "xa-y"], False)
    assert DIVIDED.holder("xa-a", NEW) is None
    assert DIVIDED.office("xa-a", NEW).code == "xa-a", "as it last was"


def test_a_unit_under_another_name_or_code_is_the_same():
    became = RENAMED.became("xa-a", LATER)
    assert (codes(became.units), became.is_whole, became.is_same) == (["phuong-a"], True, True)


def test_what_a_unit_became_is_followed_through_several_reorganisations():
    tree = UnitTree(
        [HUYEN, old("xa-a"), new("xa-ab", valid_to=date(2025, 12, 31)), a_unit("xa-abc", valid_from=LATER)],
        [link("xa-a", "xa-ab"), link("xa-ab", "xa-abc", on=LATER)],
    )
    assert codes(tree.became("xa-a", NEW).units) == ["xa-ab"]
    assert codes(tree.became("xa-a", LATER).units) == ["xa-abc"]


def test_a_unit_that_gave_a_part_and_goes_on_is_still_itself():
    tree = UnitTree([HUYEN, a_unit("xa-a"), new("xa-x")], [link("xa-a", "xa-x", "part")])
    became = tree.became("xa-a", NEW)
    assert (codes(became.units), became.is_same) == (["xa-a"], True)


def test_a_unit_that_ended_without_successor_became_nothing():
    tree = UnitTree([HUYEN, old("xa-a")])
    assert tree.became("xa-a", NEW).units == ()
    assert tree.holder("xa-a", NEW) is None


# Who owes


def test_the_successor_of_a_merged_unit_owes_once_in_the_place_of_both():
    named = Owed(units=["xa-a", "xa-b"])
    assert codes(owing(MERGED, named, OLD)) == ["xa-a", "xa-b"]
    assert codes(owing(MERGED, named, NEW)) == ["xa-ab"]
    assert unplaced(MERGED, named, NEW) == []


def test_nobody_owes_in_the_place_of_a_divided_unit_until_the_lead_unit_says_who():
    named = Owed(units=["xa-a"])
    assert owing(DIVIDED, named, NEW) == []
    (gone,) = unplaced(DIVIDED, named, NEW)
    assert (gone.unit.code, codes(gone.candidates)) == ("xa-a", ["xa-x", "xa-y"])
    assert unplaced(DIVIDED, named, OLD) == []


def test_where_a_level_is_gone_the_candidates_are_what_its_units_became():
    tree = UnitTree(
        [
            a_unit("tinh", "tinh", None),
            old("huyen-mau", kind="huyen", parent="tinh"),
            old("phong-mau", kind="phong"),
            old("xa-a"),
            old("xa-b"),
            new("xa-ab", parent="tinh"),
        ],
        [link("xa-a", "xa-ab"), link("xa-b", "xa-ab")],
    )
    (gone,) = unplaced(tree, Owed(units=["huyen-mau"]), NEW)
    assert codes(gone.candidates) == ["xa-ab"]


def test_a_selection_under_a_unit_goes_on_under_another_name_and_never_grows_by_a_merger():
    select = Owed(select=[Selector(kinds=["xa"], under="huyen-mau")])
    ended = old("huyen-mau", kind="huyen", parent=None)
    same = UnitTree(
        [ended, new("quan-mau", kind="quan", parent=None), old("xa-a"), new("xa-a", parent="quan-mau")],
        [link("huyen-mau", "quan-mau")],
    )
    assert codes(owing(same, select, NEW)) == ["xa-a"]
    grown = UnitTree(
        [
            ended,
            a_unit("huyen-lon", "huyen", None),
            old("xa-a"),
            new("xa-a", parent="huyen-lon"),
            a_unit("xa-khac", parent="huyen-lon"),
        ],
        [link("huyen-mau", "huyen-lon")],
    )
    assert owing(grown, select, NEW) == []
    (gone,) = unplaced(grown, select, NEW)
    assert (gone.unit.code, codes(gone.candidates)) == ("huyen-mau", ["xa-a"])


def test_who_must_report_may_change_on_a_day_within_one_plan():
    owed = Owed(
        select=[
            Selector.model_validate({"kinds": ["xa"], "under": "huyen-mau", "to": "31/12/2024"}),
            Selector.model_validate({"units": ["phuong-a"], "from": "01/01/2025"}),
        ]
    )
    assert codes(owing(RENAMED, owed, OLD)) == ["xa-a"]
    assert codes(owing(RENAMED, owed, NEW)) == ["phuong-a"]


@pytest.mark.parametrize(
    "selector",
    [
        {"kinds": ["xa"]},
        {"under": "huyen-mau"},
        {"units": ["xa-a"], "kinds": ["xa"]},
        {"units": ["xa-a"], "under": "huyen-mau"},
        {"units": ["xa-a"], "from": "02/01/2025", "to": "01/01/2025"},
    ],
)
def test_a_selector_is_by_code_or_by_kind_and_in_order(selector):
    assert a_plan(
        an_obligation(owed_by={"select": [{"units": ["xa-a"], "from": "01/01/2025", "to": "01/01/2025"}]})
    )
    with pytest.raises(PlanError, match="owed_by"):
        a_plan(an_obligation(owed_by={"select": [selector]}))


# Through whom

LINE = (("tre-em", None),)
CHAIN = UnitTree(
    [
        a_unit("tinh", "tinh", None),
        a_unit("so-ldtbxh", "so", "tinh", valid_to=OLD, lines=LINE),
        a_unit("so-y-te", "so", "tinh", valid_to=OLD),
        a_unit("so-y-te", "so", "tinh", valid_from=NEW, lines=LINE),
        a_unit("huyen-mau", "huyen", "tinh", valid_to=OLD),
        a_unit("phong-mau", "phong", "huyen-mau", valid_to=OLD, lines=LINE),
        a_unit("phong-khac", "phong", "huyen-mau", valid_to=OLD),
        a_unit("xa-mot", valid_to=OLD),
        a_unit("xa-mot", parent="tinh", valid_from=NEW),
    ],
    [link("so-ldtbxh", "so-y-te", kind="succession")],
)


@pytest.mark.parametrize(
    ("unit", "day", "collector"),
    [
        ("xa-mot", OLD, "phong-mau"),
        ("phong-mau", OLD, "so-ldtbxh"),
        ("xa-mot", NEW, "so-y-te"),  # no Phòng any more, and another Sở: an edit of data
    ],
)
def test_a_report_goes_through_the_nearest_office_of_its_line(unit, day, collector):
    assert collector_of(CHAIN, unit, Through(line="tre-em"), "so-ldtbxh", day) == collector


def test_a_line_may_have_its_own_tree_beside_the_administrative_one():
    hoi = a_unit("hoi-tinh", "doan-the", "tinh", lines=(("phu-nu", None),))
    xa = a_unit("hoi-xa", "doan-the", "xa-mot", lines=(("phu-nu", "hoi-tinh"),))
    tree = UnitTree([a_unit("tinh", "tinh", None), HUYEN, a_unit("xa-mot"), hoi, xa])
    assert collector_of(tree, "hoi-xa", Through(line="phu-nu"), "hoi-tinh", OLD) == "hoi-tinh"
    line = Owed(select=[Selector(line="phu-nu", under="hoi-tinh")])
    assert codes(owing(tree, line, OLD)) == ["hoi-xa"]


def test_an_office_named_by_the_plan_is_the_one_that_took_it_over_and_else_the_lead_unit():
    assert collector_of(CHAIN, "xa-mot", "so-ldtbxh", "so-ldtbxh", NEW) == "so-y-te"
    assert collector_of(CHAIN, "xa-mot", "phong-mau", "so-ldtbxh", OLD) == "phong-mau"
    assert collector_of(CHAIN, "xa-mot", "phong-mau", "so-ldtbxh", NEW) == "so-y-te"
    assert collector_of(CHAIN, "xa-mot", None, "so-ldtbxh", OLD) == "so-ldtbxh"


def test_contacts_are_valid_by_date():
    contacts = (
        Contact("dau-moi", "Nguyễn Văn A", "cu@mau.example", "", valid_to=OLD),
        Contact("dau-moi", "Trần Thị B", "moi@mau.example", "", valid_from=NEW),
        Contact("lanh-dao", "Lê Văn C", "chung@mau.example", ""),
    )
    tree = UnitTree([a_unit("xa-mot", contacts=contacts)])
    assert tree.emails("xa-mot", OLD) == ("cu@mau.example", "chung@mau.example")
    assert tree.emails("xa-mot", NEW) == ("moi@mau.example", "chung@mau.example")


# Files


def a_file(*lines: dict[str, str]) -> str:
    names = [*COLUMNS, "lines", "predecessors", "document"]
    rows = [",".join(line.get(name, "") for name in names) for line in lines]
    return "\n".join([",".join(names), *rows]) + "\n"


ROW = {
    "code": "xa-a",
    "kind": "xa",
    "level": "commune",
    "name": "Xã A",
    "body": "UBND xã A",
    "valid_from": "2013-01-01",
}
ENDED = ROW | {"valid_to": "2024-12-31"}
HEIR = ROW | {
    "code": "xa-ab",
    "valid_from": "2025-01-01",
    "predecessors": "xa-a|xa-b:part",
    "document": "NQ 1",
}


def problems_of(*lines):
    found = read_unit_file(a_file(*lines), "mau.csv")
    return unit_problems(UnitTree(found.units, found.links), found.places)


def test_one_file_says_who_ended_and_who_follows():
    found = read_unit_file(a_file(ENDED, ENDED | {"code": "xa-b"}, HEIR), "mau.csv")
    assert [(x.before, x.after, str(x.on), x.share, x.kind, x.document) for x in found.links] == [
        ("xa-a", "xa-ab", "2025-01-01", "", "merge", "NQ 1"),
        ("xa-b", "xa-ab", "2025-01-01", "part", "split", "NQ 1"),
    ]
    assert problems_of(ENDED, ENDED | {"code": "xa-b"}, HEIR) == []


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([ROW, ENDED | {"code": "xa-b"}, HEIR], "mau.csv:4: xa-a -> xa-ab on 2025-01-01: the successor begins before"),
        ([ENDED, HEIR], "mau.csv:3: xa-b -> xa-ab on 2025-01-01: unknown unit xa-b"),
        ([ENDED, HEIR | {"predecessors": "xa-ab"}], "a unit is not its own successor"),
        ([ENDED | {"valid_to": "2023-12-31"}, HEIR | {"predecessors": "xa-a"}], "is not there on 2024-12-31"),
        ([ROW | {"parent": "xa-b"}, ROW | {"code": "xa-b", "parent": "xa-a"}], "mau.csv:2: xa-a stands above itself"),
        ([ROW | {"parent": "huyen-la"}], "mau.csv:2: xa-a: unknown parent huyen-la"),
        ([ROW | {"parent": "xa-b"}, ENDED | {"code": "xa-b", "valid_to": "2012-12-31", "valid_from": "2012-01-01"}],
         "mau.csv:2: xa-a: its parent xa-b is not there on 2013-01-01"),
        ([ROW | {"lines": "phu-nu:hoi-la"}], "mau.csv:2: xa-a: unknown line hoi-la"),
    ],
)  # fmt: skip
def test_a_reorganisation_that_cannot_be_is_refused_with_line_and_reason(lines, words):
    assert any(words in problem for problem in problems_of(*lines)), problems_of(*lines)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"predecessors": "Xã B"}, "mau.csv:2: xa-a: predecessor 'Xã B' is not a unit"),
        ({"predecessors": "xa-b:half"}, "predecessor 'xa-b:half' is not a unit"),
        ({"predecessors": "xa-b:1.5"}, "predecessor 'xa-b:1.5' is not a unit"),
        ({"lines": "Trẻ em"}, "mau.csv:2: xa-a: line 'Trẻ em' is not a name"),
    ],
)
def test_a_bad_cell_of_the_new_columns_is_named(change, words):
    with pytest.raises(UnitFileError) as error:
        read_unit_file(a_file(ROW | change), "mau.csv")
    assert words in str(error.value)


def test_the_units_that_ship_agree_with_each_other_through_all_years():
    files = [
        read_unit_file(f.read_text("utf-8"), f.name) for f in sorted((ROOT / "plans" / "units").glob("*.csv"))
    ]
    tree = UnitTree([u for f in files for u in f.units], [x for f in files for x in f.links])
    assert unit_problems(tree, {}) == []
    assert tree.office("so-ldtbxh-thua-thien-hue", date(2025, 3, 1)).body == "Sở Y tế"
    assert tree.office("bo-ldtbxh", date(2025, 3, 1)).code == "bo-y-te"
    assert tree.same("tinh-thua-thien-hue", NEW).code == "thanh-pho-hue-tw"
    assert tree.holder("phong-ldtbxh-nam-dong", NEW) is None


# Any history at all

histories = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["merge", "split", "rename", "close"]), st.integers(1, 3)),
    max_size=8,
)


@given(histories, st.integers(0, 400))
def test_whatever_happened_a_named_unit_owes_through_one_unit_or_is_a_task(history, offset):
    tree, start = made_of(history)
    day = start + timedelta(days=offset)
    first = [unit.code for unit in tree.all_on(start)]
    for code in first:
        named = Owed(units=[code])
        assert len(owing(tree, named, day)) + len(unplaced(tree, named, day)) == 1
    together = owing(tree, Owed(units=first), day)
    assert len(codes(together)) == len(set(codes(together)))
    assert all(unit.valid_on(day) for unit in together)
    assert unit_problems(tree, {}) == []


def made_of(history):
    """Six communes, and what happened to them every tenth day."""
    start = date(2020, 1, 1)
    spans: dict[str, list] = {f"u{i}": [start, None] for i in range(6)}
    links, now, count = [], start, 0
    for pick, what, many in history:
        now += timedelta(days=10)
        alive = [code for code, (_, end) in spans.items() if end is None]
        if not alive:
            break
        ending = [alive[(pick + i) % len(alive)] for i in range(many if what == "merge" else 1)]
        ending = list(dict.fromkeys(ending))
        heirs = {"close": 0, "split": many + 1}.get(what, 1)
        born = [f"n{count + i}" for i in range(heirs)]
        count += heirs
        for code in ending:
            spans[code][1] = now - timedelta(days=1)
        for code in born:
            spans[code] = [now, None]
        links += [link(b, a, "part" if len(born) > 1 else "", now) for b in ending for a in born]
    units = [a_unit(code, parent=None, valid_from=s, valid_to=e) for code, (s, e) in spans.items()]
    return UnitTree(units, links), start


# Found by those who tried to break it


GONE = ENDED | {"code": "huyen-a", "kind": "huyen", "level": "district"}


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([GONE, ROW | {"parent": "huyen-a"}], "mau.csv:3: xa-a: its parent huyen-a ends on 2024-12-31, and it goes on"),
        ([ENDED, HEIR | {"predecessors": "xa-a"}, HEIR | {"code": "xa-ac", "predecessors": "xa-a"}],
         "xa-a on 2025-01-01: goes over whole to one unit and also to another"),
        ([ENDED, HEIR | {"predecessors": "xa-a:0.9"}, HEIR | {"code": "xa-ac", "predecessors": "xa-a:0.9"}],
         "xa-a on 2025-01-01: shares are between 0 and 1, and no more than 1 together; found 1.8"),
        ([ENDED, HEIR | {"predecessors": "xa-a:0.4"}], "it has ended, and its shares are 0.4 together, not 1"),
        ([ROW | {"lines": "tre-em:xa-b"}, ROW | {"code": "xa-b", "lines": "tre-em:xa-a"}],
         "mau.csv:2: xa-a stands above itself in the line tre-em"),
    ],
)  # fmt: skip
def test_what_would_lose_a_unit_or_a_share_of_it_is_refused(lines, words):
    assert any(words in problem for problem in problems_of(*lines)), problems_of(*lines)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([ROW | {"level": "commmune"}], "mau.csv:2: xa-a: level 'commmune' is none of central, province"),
        ([ROW | {"kind": "xxã"}], "mau.csv:2: xa-a: kind 'xxã' is not kebab-case ASCII"),
        (
            [ROW, ROW | {"name": "Xã Khác"}],
            "mau.csv:3: xa-a stands on mau.csv:2 with other values for the same day",
        ),
        ([ROW | {"name": "x" * 140_000}], "this is not a CSV file"),
    ],
)
def test_a_row_that_cannot_be_meant_is_named(rows, words):
    with pytest.raises(UnitFileError) as error:
        read_unit_file(a_file(*rows), "mau.csv")
    assert words in str(error.value)


def test_a_unit_that_has_ended_is_written_to_where_it_is_whole_and_nowhere_else():
    assert MERGED.emails("xa-a", NEW) == ("xa-ab@mau.example",)
    assert DIVIDED.emails("xa-a", NEW) == ()
    assert MERGED.emails("xa-a", OLD) == ("xa-a@mau.example",)
