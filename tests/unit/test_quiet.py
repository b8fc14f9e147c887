"""When a sweep asks before it mails."""

from dataclasses import replace
from datetime import timedelta

import pytest

from models.quiet import ENGLISH, VIETNAMESE, Why, limit_of, loaded_under_way, why_ask
from tasks.adapters.witness import FILE, Witness, read_witness, write_witness
from tests.builders import moment

NOW = moment("2026-11-25T08:00:00")
USUAL = {"as_of": NOW, "swept": NOW - timedelta(days=1), "limit": 7, "restored": False, "imported": False}
SEEN = Witness("a" * 64, 12)


def test_an_ordinary_sweep_asks_nothing():
    assert why_ask(**USUAL) is None


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"restored": True}, Why.RESTORED),
        ({"imported": True}, Why.IMPORTED),
        ({"swept": NOW - timedelta(days=7)}, None),
        ({"swept": NOW - timedelta(days=7, seconds=1)}, Why.GAP),
        ({"swept": NOW - timedelta(days=700), "limit": None}, None),
        ({"swept": None}, None),
    ],
)
def test_each_reason_alone_makes_it_ask(change, why):
    assert why_ask(**(USUAL | change)) is why


def test_a_sweep_about_a_named_moment_is_asked_of_gaps_only_where_a_limit_was_set():
    assert [limit_of("", named=named) for named in (False, True)] == [7, None]
    assert [limit_of(3, named=named) for named in (False, True)] == [3, 3]
    assert [limit_of(0, named=named) for named in (False, True)] == [None, None]


UNDER_WAY = {
    "loaded": NOW,
    "opens": NOW - timedelta(days=1),
    "swept": None,
    "as_of": NOW + timedelta(minutes=1),
}


def test_a_plan_loaded_while_its_cycle_was_under_way_is_a_reason_to_ask():
    assert loaded_under_way(**UNDER_WAY)


@pytest.mark.parametrize(
    "change",
    [{"opens": NOW}, {"swept": NOW + timedelta(seconds=1)}, {"as_of": NOW - timedelta(days=300)}],
    ids=["opened on the day of loading", "swept since", "a replay of the past"],
)
def test_otherwise_it_is_none(change):
    assert not loaded_under_way(**(UNDER_WAY | change))


def test_every_reason_has_its_words():
    assert set(VIETNAMESE) == set(ENGLISH) == set(Why)


def test_a_witness_is_believed_where_it_was_written_and_its_copy_is_not(tmp_path):
    write_witness(tmp_path, SEEN)
    assert read_witness(tmp_path) == SEEN
    copied = (tmp_path / FILE).read_bytes()
    (tmp_path / "kept").hardlink_to(tmp_path / FILE)  # or the number of the file could be given out again
    (tmp_path / FILE).unlink()
    assert read_witness(tmp_path) is None
    (tmp_path / FILE).write_bytes(copied)
    assert read_witness(tmp_path) is None


def test_a_witness_moves_on_and_leaves_nothing_beside_it(tmp_path):
    write_witness(tmp_path, SEEN)
    write_witness(tmp_path, replace(SEEN, messages=13))
    assert read_witness(tmp_path) == replace(SEEN, messages=13)
    assert [file.name for file in tmp_path.iterdir()] == [FILE]


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"inode": 1', "nonsense"])
def test_a_damaged_witness_is_none(tmp_path, text):
    (tmp_path / FILE).write_text(text)
    assert read_witness(tmp_path) is None
