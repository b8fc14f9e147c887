"""The dead man's switch decides by the last sweep and by what was said before."""

from datetime import timedelta

import pytest

from models.watch import Word, is_missed, word_owed
from tests.builders import moment

LAST = moment("2026-11-24T08:00:00")


@pytest.mark.parametrize(
    ("waited", "missed"), [(timedelta(hours=26), False), (timedelta(hours=26, seconds=1), True)]
)
def test_a_sweep_is_missed_once_more_than_the_limit_has_passed(waited, missed):
    assert is_missed(LAST, LAST + waited, 26) is missed


@pytest.mark.parametrize(
    ("missed", "told", "word"),
    [
        (False, False, None),
        (True, False, Word.ALARM),
        (True, True, None),
        (False, True, Word.OVER),
    ],
)
def test_one_word_an_outage_and_one_when_it_is_over(missed, told, word):
    assert word_owed(missed=missed, told=told) is word
