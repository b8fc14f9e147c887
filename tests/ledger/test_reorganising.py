"""Units are reorganised in the middle of things: old cycles stay, new ones follow, nothing is rewritten or lost."""

import contextlib
import shutil
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models.units import Contact, UnitLink
from tasks.adapters.home import in_use, open_home
from tasks.adapters.ledger.units import load_tree, save_units
from tasks.adapters.settings import Settings
from tasks.adapters.unit_files import read_unit_file
from tasks.steps import acts, reorganising
from tasks.steps.board import board, status
from tasks.steps.opening import UnknownCycleError
from tasks.steps.totals.comparing import compare, comparison_json
from tasks.steps.totals.totalling import totals_json, totals_of
from tests.builders import a_unit
from tests.ledger.office import (
    COMMUNES,
    KEY,
    NEXT,
    SECRET,
    UNITS,
    assert_chain_is_whole,
    at,
    day,
    dump,
    events,
    live,
    outbox,
    submit,
    sweep,
)

ON = day("2020-03-01")
WHEN = at("2020-02-20")
WHO = {"as_of": WHEN, "actor": "quản trị"}


def commune(code, **changes):
    changes = {"gso_code": "99", "name": f"Xã {code}", "valid_from": ON} | changes
    return a_unit(code, **changes)


def found(home, *units, contacts=True):
    """Import units, as from a file."""
    with home.ledger.write() as session:
        save_units(session, units, at=WHEN, actor="quản trị", source="moi.csv")


def merge(home, into, *before, on=ON):
    links = [UnitLink(code, into, on, "merge", reason="sáp nhập", document="NQ 01") for code in before]
    return reorganising.succeed(home, links, **WHO)


def split(home, before, *into, on=ON):
    links = [UnitLink(before, code, on, "split", "part", "chia tách", "NQ 02") for code in into]
    return reorganising.succeed(home, links, **WHO)


def codes(home, key):
    return [standing.unit for standing in live(home, key).standings]


@pytest.fixture
def reported(home):
    """O1/2019 with all its reports, closed; O1/2020 not open yet."""
    sweep("2019-10-16")
    for unit, children in zip(COMMUNES, (100, 200, 300), strict=True):
        submit(home, unit, "2019-11-19", A_1=children)
    sweep("2019-12-02")
    return home


def test_an_old_cycle_keeps_units_names_and_totals_whatever_becomes_of_its_units(reported):
    before = (totals_json(totals_of(reported, KEY)), status(reported, KEY, at("2021-01-04")))
    found(reported, commune("xa-moi", parent="huyen-mau"))
    merge(reported, "xa-moi", "xa-mot", "xa-hai")
    reorganising.revise(
        reported, "xa-ba", ON, "đổi tên", "NQ 03", **WHO, name="Phường Ba", body="UBND phường Ba"
    )
    assert (totals_json(totals_of(reported, KEY)), status(reported, KEY, at("2021-01-04"))) == before


def test_the_next_cycle_opens_with_the_units_there_are_under_their_new_names(reported):
    found(reported, commune("xa-moi", parent="huyen-mau"))
    merge(reported, "xa-moi", "xa-mot", "xa-hai")
    reorganising.revise(
        reported, "xa-ba", ON, "đổi tên", "NQ 03", **WHO, name="Phường Ba", body="UBND phường Ba"
    )
    sweep("2020-10-16")
    assert [(s.unit, s.unit_name) for s in live(reported, NEXT).standings] == [
        ("xa-ba", "UBND phường Ba"),
        ("xa-moi", "UBND xa-moi"),
    ]


def test_a_unit_that_moves_stands_under_its_old_parent_before_and_under_its_new_one_after(home):
    found(home, a_unit("huyen-khac", "huyen", None, valid_from=day("2013-01-01")))
    moved = reorganising.revise(home, "xa-hai", ON, "điều chỉnh", "NQ 04", **WHO, parent="huyen-khac")
    assert [(u.parent, str(u.valid_to)) for u in moved] == [
        ("huyen-mau", "2020-02-29"),
        ("huyen-khac", "None"),
    ]
    with home.ledger.read() as session:
        tree = load_tree(session)
    assert "xa-hai" in {u.code for u in tree.below("huyen-mau", ON - timedelta(days=1))}
    assert "xa-hai" not in {u.code for u in tree.below("huyen-mau", ON)}
    assert tree.emails("xa-hai", ON) == ("xa-hai@mau.example",), "its contacts go with it"


def test_what_became_of_units_stands_in_the_chain_with_reason_and_document(home):
    found(home, commune("xa-moi"))
    merge(home, "xa-moi", "xa-mot", "xa-hai")
    assert events(home, "units merge") == 1
    assert "NQ 01" in "".join(row[6] for row in dump(home)["event"])
    assert_chain_is_whole(home)
    with home.ledger.read() as session:
        assert [(x.before, x.after, x.document) for x in load_tree(session).links] == [
            ("xa-hai", "xa-moi", "NQ 01"),
            ("xa-mot", "xa-moi", "NQ 01"),
        ]


def test_what_stands_under_a_unit_that_is_merged_stands_under_its_successor(home):
    found(home, a_unit("huyen-lon", "huyen", None, valid_from=day("2013-01-01")))
    merge(home, "huyen-lon", "huyen-mau")
    with home.ledger.read() as session:
        tree = load_tree(session)
    assert {u.code for u in tree.below("huyen-lon", ON)} == {*COMMUNES, "phong-mau"}
    assert {u.code for u in tree.below("huyen-mau", ON - timedelta(days=1))} == {*COMMUNES, "phong-mau"}


def test_a_unit_may_become_of_another_kind(home):
    (_, after) = reorganising.revise(home, "xa-ba", ON, "lên phường", "NQ 07", **WHO, kind="phuong")
    assert (after.kind, after.valid_from) == ("phuong", ON)
    assert events(home, "unit revised") == 1


def test_a_file_that_is_corrected_takes_back_the_successor_it_gave_by_mistake(home):
    header = UNITS.splitlines()[0] + ",predecessors"
    ended = UNITS.splitlines()[-1].replace("2013-01-01,,", "2013-01-01,2020-02-29,") + ","
    other = UNITS.splitlines()[-2].replace("2013-01-01,,", "2013-01-01,2020-02-29,") + ","
    heir = "xa-moi,99,xa,commune,Xã Mới,UBND xã Mới,UBND,huyen-mau,2020-03-01,,,,,,,,{}"
    for predecessor in ("xa-hai", "xa-ba"):
        text = "\n".join([header, other, ended, heir.format(predecessor)]) + "\n"
        reorganising.take_over(home, [("moi.csv", read_unit_file(text, "moi.csv"))], **WHO)
    with home.ledger.read() as session:
        assert [(x.before, x.after) for x in load_tree(session).links] == [("xa-ba", "xa-moi")]


REFUSED = {
    "a unit that stands twice": (lambda h: merge(h, "xa-ba", "xa-mot", "xa-mot"), "stands twice"),
    "a name that is empty": (
        lambda h: reorganising.revise(h, "xa-mot", ON, "?", "?", **WHO, name=""),
        "cannot be empty",
    ),
    "a parent closed over its children": (
        lambda h: reorganising.close(h, "huyen-mau", ON, "?", "?", **WHO),
        "its parent huyen-mau ends on 2020-02-29, and it goes on: move it first",
    ),
    "a merger of a unit nobody knows": (lambda h: merge(h, "xa-mot", "xa-la"), "unknown unit xa-la"),
    "a merger into a unit nobody knows": (
        lambda h: merge(h, "xa-la", "xa-mot"),
        "successor xa-la is not valid",
    ),
    "a successor that comes after": (
        lambda h: (found(h, commune("xa-sau", valid_from=day("2020-04-01"))), merge(h, "xa-sau", "xa-mot")),
        "xa-sau is not valid on 2020-03-01",
    ),
    "a parent under its own child": (
        lambda h: reorganising.revise(h, "huyen-mau", ON, "?", "?", **WHO, parent="xa-mot"),
        "stands above itself",
    ),
    "a parent nobody knows": (
        lambda h: reorganising.revise(h, "xa-mot", ON, "?", "?", **WHO, parent="huyen-la"),
        "unknown parent huyen-la",
    ),
    "a change that changes nothing": (
        lambda h: reorganising.revise(h, "xa-mot", ON, "?", "?", **WHO, parent="huyen-mau"),
        "is so already",
    ),
    "a unit that has ended": (
        lambda h: (
            reorganising.close(h, "xa-mot", ON, "?", "?", **WHO),
            reorganising.close(h, "xa-mot", day("2020-05-01"), "?", "?", **WHO),
        ),
        "xa-mot is not valid on 2020-05-01",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_a_change_of_units_that_cannot_be_is_refused(home, what):
    act, words = REFUSED[what]
    with pytest.raises(reorganising.UnitError, match=words):
        act(home)


def test_of_a_file_with_one_bad_line_nothing_is_applied(home):
    before = dump(home)
    header, *rows = UNITS.strip().splitlines()
    wrong = rows[-1].replace("xa-ba,12", "xa-tu,13").replace("huyen-mau", "huyen-la")
    text = "\n".join([header, rows[-1].replace("xa-ba,12", "xa-nam,14"), wrong]) + "\n"
    with pytest.raises(reorganising.UnitError, match=r"moi\.csv:3: xa-tu: unknown parent huyen-la"):
        reorganising.take_over(home, [("moi.csv", read_unit_file(text, "moi.csv"))], **WHO)
    assert dump(home) == before


# Mid-period


def test_successors_of_a_divided_unit_are_a_task_until_somebody_says_who_owes(reported):
    found(reported, commune("xa-x", parent=None), commune("xa-y", parent=None))
    plan_names_xa_mot = type(KEY)("ke-hoach-mau", "O3", "2020")
    split(reported, "xa-mot", "xa-x", "xa-y")
    sweep("2020-10-16")
    (task,) = status(reported, plan_names_xa_mot, at("2020-10-16"))["unplaced"]
    assert (task["unit"], task["ended_on"]) == ("xa-mot", "2020-02-29")
    assert [each["unit"] for each in task["candidates"]] == ["xa-x", "xa-y"]
    acts.assign(
        reported, plan_names_xa_mot, "xa-x", "nhận việc", "CV 5", as_of=at("2020-10-19"), actor="cán bộ"
    )
    row = status(reported, plan_names_xa_mot, at("2020-10-19"))
    assert (row["unplaced"], row["expected"]) == ([], 1)
    sweep("2020-11-18")
    reminded = outbox(reported, "unit", cycle=str(plan_names_xa_mot), kind="reminder", state="sent")
    assert {unit for (unit,) in reminded} == {"xa-x"}


def test_a_unit_that_ended_and_in_whose_place_nobody_owes_is_exempt_with_a_reason(reported):
    reorganising.close(reported, "xa-mot", ON, "giải thể", "NQ 05", **WHO)
    key = type(KEY)("ke-hoach-mau", "O3", "2020")
    sweep("2020-10-16")
    assert [task["unit"] for task in status(reported, key, at("2020-10-16"))["unplaced"]] == ["xa-mot"]
    acts.exempt(reported, key, "xa-mot", "không còn", as_of=at("2020-10-19"), actor="cán bộ")
    row = status(reported, key, at("2020-10-19"))
    assert (row["unplaced"], row["expected"], row["completeness"]) == ([], 0, None)


def test_who_is_assigned_owes_once_and_must_be_there(home):
    sweep("2019-10-16")
    for unit, words in (
        ("xa-mot", "owes .* already"),
        ("xa-la", "is unknown"),
        ("xa-moi", "is not valid on 2019"),
    ):
        found(home, commune("xa-moi"))
        with pytest.raises(acts.RefusedActError, match=words):
            acts.assign(home, KEY, unit, "?", "?", as_of=at("2019-10-17"), actor="cán bộ")


def test_an_exemption_can_be_taken_back(home):
    sweep("2019-10-16")
    acts.exempt(home, KEY, "xa-ba", "nhầm", as_of=at("2019-10-17"), actor="cán bộ")
    acts.assign(home, KEY, "xa-ba", "miễn nhầm", "", as_of=at("2019-10-18"), actor="cán bộ")
    assert status(home, KEY, at("2019-10-18"))["expected"] == 3


def test_a_successor_does_not_owe_for_what_its_predecessor_owes_already(home):
    sweep("2019-10-16")
    found(home, commune("xa-moi", valid_from=day("2019-11-01")))
    merge(home, "xa-moi", "xa-ba", on=day("2019-11-01"))
    with pytest.raises(acts.RefusedActError, match=r"xa-ba owes .* for the same territory: exempt it first"):
        acts.assign(home, KEY, "xa-moi", "?", "?", as_of=at("2019-11-02"), actor="cán bộ")
    sweep("2019-11-20")
    assert outbox(home, "recipient", unit="xa-ba", state="sent") == [("xa-moi@mau.example",)]


def test_who_owes_is_who_was_there_on_the_day_of_opening_whenever_it_is_swept(home):
    reorganising.close(
        home, "xa-ba", day("2019-10-20"), "giải thể", "NQ 08", as_of=at("2019-10-10"), actor="quản trị"
    )
    sweep("2019-10-25")
    assert codes(home, KEY) == ["xa-mot", "xa-hai", "xa-ba"]


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.parametrize(
    "command",
    [
        lambda h: acts.extend(h, KEY, "xa-la", day("2019-12-10"), "?", as_of=at("2019-11-01"), actor="?"),
        lambda h: acts.exempt(h, NEXT, "xa-mot", "?", as_of=at("2019-11-01"), actor="?"),
        lambda h: acts.extend(h, KEY, "xa-mot", day("9999-12-31"), "?", as_of=at("2019-11-01"), actor="?"),
    ],
)
def test_an_act_that_is_refused_opens_nothing(home, command):
    with pytest.raises((acts.RefusedActError, UnknownCycleError, KeyError)):
        command(home)
    assert [row for row in dump(home)["assignment"] if row[-1]] == [] or codes(home, KEY) == list(COMMUNES)
    assert str(NEXT) not in {row[1] for row in dump(home)["cycle"]}


def test_a_mail_goes_to_the_contact_of_its_day(home):
    people = (
        Contact("dau-moi", "Nguyễn Văn A", "cu@mau.example", "", valid_to=day("2019-11-22")),
        Contact("dau-moi", "Trần Thị B", "moi@mau.example", "", valid_from=day("2019-11-23")),
    )
    with home.ledger.read() as session:
        unit = load_tree(session).at("xa-hai", day("2019-11-01"))
    found(home, a_unit("xa-hai", gso_code="11", name=unit.name, body=unit.body, contacts=people))
    sweep("2019-10-16", "2019-11-20", "2019-11-26")
    assert outbox(home, "step", "recipient", unit="xa-hai", state="sent") == [
        ("T-7", "cu@mau.example"),
        ("T-3", "moi@mau.example"),
    ]


def test_the_office_that_takes_over_the_lead_is_told_who_is_missing(home):
    found(home, a_unit("phong-y-te", "phong", "huyen-mau", valid_from=day("2019-11-25")))
    links = [
        UnitLink("phong-mau", "phong-y-te", day("2019-11-25"), "merge", reason="sắp xếp", document="NQ 06")
    ]
    reorganising.succeed(home, links, as_of=at("2019-11-20"), actor="quản trị")
    sweep("2019-10-16", "2019-12-02", "2019-12-06")
    told = outbox(home, "unit", "recipient", kind="missing-list", state="sent", cycle=str(KEY))
    assert told == [("phong-y-te", "phong-y-te@mau.example")]


# Rates


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["submit", "nil", "return", "exempt", "extend", "assign", "merge", "split", "close", "sweep"]
        ),
        st.integers(0, 5),
    ),
    min_size=3,
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ACTS)
@pytest.mark.parametrize("backend", ["sqlite"])
def test_rates_stay_between_0_and_100_whatever_opens_closes_or_merges(home, sqlite_office, office, drawn):
    with TemporaryDirectory() as folder:
        shutil.copytree(sqlite_office, Path(folder) / "home")
        fresh = open_home(Settings(home=Path(folder) / "home", plans=office, secret_key=SECRET))
        with in_use(fresh):
            sweep("2019-10-16")
            for number, (what, pick) in enumerate(drawn):
                act(fresh, what, pick, number)
                assert_rates_hold(fresh, number)
        fresh.ledger.close()


def assert_rates_hold(home, number):
    for row in board(home, when(number)):
        assert 0 <= row["received"] <= row["expected"]
        assert row["received"] + row["missing"] == row["expected"]
        assert row["on_time"] + row["late"] == row["received"]
        for rate in ("completeness", "timeliness"):
            assert row[rate] is None or 0 <= row[rate] <= 100
    total = totals_json(totals_of(home, KEY))
    assert all(0 <= each["given"] <= each["asked"] for each in total["indicators"])


def when(number):
    return at("2019-11-01") + timedelta(days=4 * number)


def act(home, what, pick, number):
    """One thing that happens, where it can."""
    moment, unit = when(number), [*COMMUNES, "xa-moi-0", "xa-moi-1", "xa-moi-2"][pick]
    on, text = moment.date() + timedelta(days=1), moment.isoformat()
    who = {"as_of": moment, "actor": "?"}
    with contextlib.suppress(acts.RefusedActError, reorganising.UnitError, UnknownCycleError, KeyError):
        if what in {"submit", "nil"}:
            submit(home, unit, text, nil=what == "nil")
        elif what == "return":
            acts.return_report(home, KEY, unit, "?", **who)
        elif what == "exempt":
            acts.exempt(home, KEY, unit, "?", **who)
        elif what == "extend":
            acts.extend(home, KEY, unit, on + timedelta(days=40), "?", **who)
        elif what == "assign":
            acts.assign(home, KEY, unit, "?", "?", **who)
        elif what == "close":
            reorganising.close(home, unit, on, "?", "?", **who)
        elif what in {"merge", "split"}:
            reorganise(home, what, unit, on, number, who)
        else:
            sweep(text)


def reorganise(home, what, unit, on, number, who):
    heirs = [f"xa-moi-{number}"] if what == "merge" else [f"xa-moi-{number}", f"xa-moi-{number}b"]
    found(home, *(commune(code, valid_from=on) for code in heirs))
    share = "" if what == "merge" else "part"
    reorganising.succeed(home, [UnitLink(unit, code, on, what, share) for code in heirs], **who)


# Compared


def test_a_comparison_across_a_merger_carries_exactly_and_says_what_could_not_be(reported):
    found(
        reported, commune("xa-moi", parent="huyen-mau"), commune("xa-x", parent="huyen-mau"), commune("xa-y")
    )
    merge(reported, "xa-moi", "xa-mot", "xa-hai")
    split(reported, "xa-ba", "xa-x", "xa-y")
    sweep("2020-10-16")
    assert submit(reported, "xa-moi", "2020-11-17", NEXT, A_1=330).accepted
    assert submit(reported, "xa-x", "2020-11-17", NEXT, A_1=90).accepted
    told = comparison_json(compare(reported, NEXT, KEY))
    units = {each["unit"]: each for each in told["units"]}
    assert units["xa-moi"]["exact"]
    assert [o["unit"] for o in units["xa-moi"]["from"]] == ["xa-hai", "xa-mot"]
    assert next(f for f in units["xa-moi"]["figures"] if f["code"] == "A.1") == {
        "code": "A.1",
        "value": 330,
        "earlier": 300,
        "change": 30,
    }
    assert units["xa-x"]["notes"] == ["chỉ nhận một phần của UBND xã Ba"]
    assert [gone["unit"] for gone in told["unmapped"]] == ["xa-ba"]
    total = next(each for each in told["indicators"] if each["code"] == "A.1")
    assert (total["earlier"], total["value"]) == (600, 420)


def test_what_is_compared_must_be_earlier(reported):
    with pytest.raises(ValueError, match="is not earlier than"):
        compare(reported, KEY, KEY)
