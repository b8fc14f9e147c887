"""dondoc issue: what the records office has numbered, by command."""

import pytest

from tests.ledger.office import KEY, dump
from tests.ledger.papers import drafted, papers

ISSUE = ("issue", KEY, "--number", 12, "--date", "17/12/2019", "--as-of", "2019-12-18")


def test_a_document_is_issued_and_the_board_of_its_cycle_shows_it(run, home):
    drafted(home)
    answer = run(*ISSUE, "--json")
    assert (answer.code, answer.err) == (0, "")
    assert answer.json == {
        "cycle": str(KEY),
        "kind": "bao-cao",
        "step": None,
        "version": 1,
        "state": "issued",
        "number": "12/BC-LĐTBXH",
        "day": "2019-12-17",
        "told": 2,
    }
    shown = run("status", "--cycle", KEY, "--as-of", "2019-12-18", "--json").json["documents"]
    assert [(p["kind"], p["step"], p["state"], p["number"], p["day"]) for p in shown] == [
        ("cong-van", "T+1", "draft", None, None),
        ("bao-cao", None, "issued", "12/BC-LĐTBXH", "2019-12-17"),
    ]
    assert [(p["received"], p["expected"], p["owner_vi"]) for p in shown] == [
        (2, 3, "cán bộ theo dõi"),
        (2, 3, None),
    ]
    assert "12/BC-LĐTBXH" in run("status", "--cycle", KEY, "--as-of", "2019-12-18").out


def test_a_cong_van_is_issued_by_its_step(run, home):
    drafted(home)
    answer = run(*ISSUE, "--kind", "cong-van", "--step", "T+1", "--by", "văn thư")
    assert answer.code == 0
    assert "12/LĐTBXH" in answer.out
    assert papers(home, "cong-van") == [(1, "issued", "12/LĐTBXH", "2019-12-17")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (("--number", "0"), "no number of a document"),
        (("--date", "2019-12-20"), "is no day for bao-cao-v1"),
        (("--version", "4"), "has no bao-cao version 4"),
        (("--step", "T+1"), "has no step"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line_and_leaves_nothing(run, home, changed, said):
    drafted(home)
    before = dump(home)
    answer = run(*ISSUE, *changed)
    assert answer.code == 2
    assert said in answer.err
    assert answer.out == ""
    assert dump(home) == before
