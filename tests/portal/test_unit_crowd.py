"""Many units at once at the real server: whoever was shown a receipt is in the ledger, once. How fast, no test asks."""

import pytest

from tests.soak.deadline import come, crowded, lost_and_twice
from tests.soak.uploads import storm, wrong

FEW = 12


@pytest.mark.parametrize("workers", [1, 2])
def test_of_units_that_send_at_once_none_is_lost_and_none_is_there_twice(tmp_path, workers):
    home = crowded(tmp_path, FEW, drafts=False)
    seen = come(home, FEW, 200, workers, "whole way")
    assert lost_and_twice(home, FEW, seen) == ([], [])
    home.ledger.close()


def test_a_unit_that_sent_nothing_is_missed(tmp_path):
    home = crowded(tmp_path, 3, drafts=True)
    seen = come(home, 2, 200, 1, "send")
    lost, _ = lost_and_twice(home, 3, seen)
    assert lost == ["xa-so-2 is not in the ledger", "xa-so-2 has no receipt"]
    home.ledger.close()


def test_files_at_once_beside_what_is_too_large_and_what_hardly_comes_are_all_answered(tmp_path):
    home = crowded(tmp_path, FEW, drafts=False)
    found = storm(home, FEW, slow=5)
    assert wrong(home, found, FEW) == ([], [])
    assert found.wordless == []
    home.ledger.close()
