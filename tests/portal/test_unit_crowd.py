"""Many units at once at the real server: whoever was shown a receipt is in the ledger, once. How fast, no test asks."""

import os
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from models.tables import SubmissionRow
from tasks.steps.collecting.page_links import form_mark, token_of
from tests.ledger.office import KEY, assert_chain_is_whole, dump
from tests.portal.page_fuzz import half_saved
from tests.portal.unit_office import GOOD, WHO
from tests.soak.crowd import code_of
from tests.soak.crowd_client import Wave, visit
from tests.soak.deadline import come, crowded, lost_and_twice
from tests.soak.uploads import storm, wrong
from tests.soak.web_server import serving

FEW = 12
MORE = 60


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


def test_a_page_that_is_killed_while_units_send_has_kept_what_it_told_and_nothing_by_halves(tmp_path):
    home = crowded(tmp_path, MORE)
    marks = {f"/k/{token}": form_mark(home, token) for token in _tokens(home)}
    with serving(home, 2) as server, ThreadPoolExecutor(1) as pool:
        wave = Wave(server.port, list(marks), 100, GOOD, WHO, False, marks)
        visiting = pool.submit(visit, wave)
        while len(_units(home)) < MORE // 4:
            time.sleep(0.01)
        for worker in server.workers():
            os.kill(worker, signal.SIGKILL)
        told = visiting.result()
    assert told.wrong, "nobody was at work when it was killed"
    assert half_saved(dump(home)) == []
    assert {code_of(n) for n, each in enumerate(told.told) if not each.wrong} <= _units(home)
    again = come(home, MORE, 100, 1, "send")
    assert lost_and_twice(home, MORE, again) == ([], [])
    assert_chain_is_whole(home)
    home.ledger.close()


def _tokens(home):
    return [token_of(home, KEY, code_of(number), 0) for number in range(MORE)]


def _units(home):
    """Those that have sent."""
    with home.ledger.read() as session:
        return set(session.exec(select(SubmissionRow.unit)))
