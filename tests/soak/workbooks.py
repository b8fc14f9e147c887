"""A hundred thousand broken workbooks, none of which may crash, hang or swell the reader, or get in with other values."""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

from tests.soak.page import Outcome, Proof, Say, table
from tests.workbooks.mutations import KINDS
from tests.workbooks.torture import MEGABYTES, SECONDS, torture

MANY = int(os.environ.get("SOAK_WORKBOOKS", "100000"))
_STEP = 2_000
_TEXT = f"""A form that a unit filled in properly, broken in {MANY} ways, each from its number alone
([mutations.py](../tests/workbooks/mutations.py)): bits turned over, the file cut or with a hole, pieces twice, parts of the
package broken, exchanged or left out. Each is read and checked in a process that may use {SECONDS} seconds for a file and
grow by {MEGABYTES} MB ([torture.py](../tests/workbooks/torture.py)). Allowed are a refusal in words, findings, and acceptance;
where only the file was broken and not a part packed anew, acceptance with the very same values. *Died*: exceptions,
ended processes, other values; it must be 0.

Command: `make soak`, or `.venv/bin/python -m tests.soak workbooks` for this alone; how many is in `SOAK_WORKBOOKS`.
"""


def run(say: Say) -> Outcome:
    begun = time.monotonic()
    ranges = [range(at, min(at + _STEP, MANY)) for at in range(0, MANY, _STEP)]
    answers: Counter[tuple[str, str]] = Counter()
    broken: list[str] = []
    with ThreadPoolExecutor(2) as pool:
        for done, found in enumerate(pool.map(torture, ranges), start=1):
            answers += found.answers
            broken += found.broken
            if done % 5 == 0 or done == len(ranges):
                say(f"{sum(answers.values())} of {MANY} files, {len(broken)} broke something")
    rows = []
    for kind in KINDS:
        own = {said: count for (each, said), count in answers.items() if each == kind}
        taken, other = own.get("as before", 0), own.get("other values", 0)
        died = sum(f", {kind}: " in line for line in broken)
        refused = sum(own.values()) - taken - other - own.get("exception", 0)
        rows.append((kind, sum(own.values()), refused, taken, other, died))
    lost = sum("the process ended" in line for line in broken)
    counted = table(
        ("Broken", "Files", "Refused", "Taken as before", "Taken, a figure changed", "Died"), rows
    )
    seconds = f"{time.monotonic() - begun:.0f}"
    told = f"{counted}\n\nProcesses that ended: {lost}. Seconds: {seconds}."
    return Outcome(f"{_TEXT}\n{told}", tuple(broken))


PROOF = Proof("workbooks", "Broken workbooks", run)
