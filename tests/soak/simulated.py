"""`dondoc simulate` itself, as a person calls it, on a home of its own."""

import json
import os
import subprocess
import sys
import time
from tempfile import TemporaryDirectory

from tests.soak.page import Say, table
from tests.soak.years import FIRST, LAST

_NAMES = ("stops", "opened", "queued", "sent", "closed", "written")


def simulated(say: Say) -> str:
    """Its totals and the seconds from calling it to its answer. CalledProcessError where it fails."""
    words = ["simulate", "--from", str(FIRST), "--to", str(LAST), "--json"]
    with TemporaryDirectory(prefix="dondoc-soak-") as home:
        begin = time.perf_counter()
        answer = subprocess.run(
            [sys.executable, "-c", "from dondoc.cli import run; run()", *words],
            env={**os.environ, "DONDOC_HOME": home, "DONDOC_DATABASE_URL": ""},
            capture_output=True,
            check=True,
        )
        seconds = time.perf_counter() - begin
    say(f"dondoc {' '.join(words)}: {seconds:.0f} s")
    total = json.loads(answer.stdout)["total"]
    told = table(
        ("Command", *_NAMES, "s"), [("simulate", *(total[name] for name in _NAMES), f"{seconds:.0f}")]
    )
    return f"`dondoc simulate --from {FIRST} --to {LAST}`, one process, start-up and a new home included:\n\n{told}"
