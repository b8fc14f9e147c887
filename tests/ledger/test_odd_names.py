"""A file is taken in whatever bytes its name is made of: the name means nothing."""

import os

import pytest

from tests.ledger.office import assert_chain_is_whole, events, filled, outbox, sweep

NAMES = {
    "letters": b"bao-cao.xlsx",
    "a code page of old": b"B\xe1o c\xe1o \xff.xlsx",
    "two lines": b"bao\ncao.xlsx",
    "a letter nobody sees": b"\x01.xlsx",
}


@pytest.mark.parametrize("letters", NAMES)
@pytest.mark.parametrize("is_form", [True, False])
def test_a_file_of_the_inbox_is_taken_in_or_refused_and_put_aside_whatever_its_name(home, letters, is_form):
    sweep("2019-10-16")
    home.inbox.mkdir()
    file = home.inbox / os.fsdecode(NAMES[letters])
    file.write_bytes(filled(home, "xa-mot", "2019-11-19") if is_form else b"no form")
    sweep("2019-11-20")
    aside = "accepted" if is_form else "refused"
    assert [os.fsencode(each.name) for each in (home.inbox / aside).iterdir()] == [NAMES[letters]]
    assert events(home, "submission accepted") == is_form
    assert events(home, "file refused") == (not is_form)
    assert [unit for (unit,) in outbox(home, "unit", kind="receipt")] == ["xa-mot"] * is_form
    assert_chain_is_whole(home)
