"""Deciding about a cycle that closed long ago is done, and said: --as-of may have been forgotten."""

import pytest

from tests.ledger.office import KEY, events, submit, sweep
from tests.portal.unit_office import set_clock

SAID = f"decided as of 2020-02-12, but {KEY} closed on 2019-12-13: was --as-of forgotten?"
ACTS = {
    "report returned": ("return", KEY, "xa-mot", "--reason", "Số chưa khớp"),
    "deadline extended": ("extend", KEY, "xa-hai", "--to", "2020-03-02", "--reason", "Mưa lũ"),
    "unit exempted": ("exempt", KEY, "xa-ba", "--reason", "Đã sáp nhập"),
}


@pytest.fixture
def season(home):
    """One report in; the cycle closes after 13/12/2019."""
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    sweep("2019-12-16")
    return home


@pytest.mark.parametrize(("kind", "words"), ACTS.items(), ids=ACTS)
def test_more_than_sixty_days_after_closing_it_is_said_and_the_answer_is_the_same(season, run, kind, words):
    answer = run(*words, "--as-of", "2020-02-12", "--json")
    assert (answer.code, answer.err.strip()) == (0, SAID)
    assert answer.json["unit"] == words[2]
    assert events(season, kind) == 1


@pytest.mark.parametrize(("kind", "words"), ACTS.items(), ids=ACTS)
def test_sixty_days_after_closing_nothing_is_said(season, run, kind, words):
    answer = run(*words, "--as-of", "2020-02-11", "--json")
    assert (answer.code, answer.err) == (0, "")
    assert events(season, kind) == 1


def test_the_clock_counts_where_no_moment_was_named(season, run, monkeypatch):
    set_clock(monkeypatch, "2020-02-12")
    answer = run(*ACTS["unit exempted"])
    assert (answer.code, answer.err.strip()) == (0, SAID)


def test_what_is_refused_is_not_said_to_be_decided(season, run):
    answer = run(*ACTS["report returned"][:2], "xa-hai", "--reason", "Số chưa khớp", "--as-of", "2020-02-12")
    assert answer.code == 2
    assert "decided" not in answer.err
