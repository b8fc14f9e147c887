"""Many thousands of posts and addresses that no browser makes, at the page of one unit: none fails, none saves by halves."""

import os
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.portal.page_fuzz import Fuzz, check_end
from tests.portal.unit_office import unit_home
from tests.soak.page import Outcome, Proof, Say, table

MANY = int(os.environ.get("SOAK_PAGES", "20000"))
_STEP = 500
"""Requests at one home; the next ones meet a new one, so that each is met in many states."""
_TEXT = f"""{MANY} requests to a unit's page, each drawn from its number alone ([page_fuzz.py](../tests/portal/page_fuzz.py)): fields
and values of every kind, huge, empty, with nulls, half characters and right-to-left signs; thousands of fields; bodies that
are no form; files of all kinds; another unit's mark, none, a wrong one; links cut and changed; methods nobody uses. *Failed*:
answers of 500 and above, and exceptions. *Half saved*: a report without its event, its receipt or its figures, figures without
their report, another unit's report, a change by a request without the page's mark, and a broken chain of events. Both must be 0.

Command: `make soak`, or `.venv/bin/python -m tests.soak pages` for this alone; how many is in `SOAK_PAGES`.
"""


def _some(first: int) -> tuple[Counter[int], list[str]]:
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        home = unit_home(Path(folder), patch)
        fuzz = Fuzz(home)
        for number in range(first, min(first + _STEP, MANY)):
            fuzz.fire(number)
        try:
            check_end(home)
        except AssertionError as error:
            fuzz.broken.append(f"{first}: half saved: {error}")
        home.ledger.close()
    return fuzz.answers, fuzz.broken


def run(say: Say) -> Outcome:
    begun, answers, broken = time.monotonic(), Counter[int](), list[str]()
    with ProcessPoolExecutor(2, get_context("spawn")) as pool:
        for done, (found, said) in enumerate(pool.map(_some, range(0, MANY, _STEP)), start=1):
            answers += found
            broken += said
            if done % 4 == 0:
                say(f"{min(done * _STEP, MANY)} of {MANY} requests, {len(broken)} broke something")
    counted = table(("Answer", "Requests"), [(f"`{status}`", answers[status]) for status in sorted(answers)])
    failed = sum(said.partition(": ")[2][:3] == "500" or "Error" in said for said in broken)
    told = f"Failed: {failed}. Half saved: {len(broken) - failed}. Seconds: {time.monotonic() - begun:.0f}."
    return Outcome(f"{_TEXT}\n{counted}\n\n{told}", tuple(broken))


PROOF = Proof("pages", "Posts nobody's browser makes", run)
