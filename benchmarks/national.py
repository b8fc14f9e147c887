"""Every Báo cáo of a country in one run: each commune's own, each Sở's own, and the Bộ's of all of them; in a process of its own,
whose memory is looked at on the way.
"""

import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks import country
from benchmarks.measuring import Outcome, Result
from tasks.adapters.ledger.cycles import load_cycle
from tasks.adapters.ledger.units import load_tree
from tasks.steps.documents.making import report_bytes
from tasks.steps.documents.own_report import own_report_bytes
from tasks.steps.totals.totalling import totals_of

ALL: Final = 3321
_FEW: Final = 20
_EARLY: Final = 0.1
"""What memory is compared with: its peak when so much of the run was done, caches filled and all."""


def run(repetitions: int = ALL) -> Outcome:
    """`repetitions` communes."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.national", str(max(repetitions, _FEW))],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return Outcome(
        f"Every Báo cáo of a country: {found['communes']:.0f} communes, {found['provinces']:.0f} Sở, one Bộ",
        {
            "a commune's own Báo cáo": found["unit_ms"],
            "a Sở's own Báo cáo": found["office_ms"],
            "the Bộ's Báo cáo": found["bo_ms"],
        },
        (
            Result("national.communes", found["communes"]),
            Result("national.seconds", found["seconds"]),
            Result("national.peak_mb", found["peak_mb"]),
            Result("national.unit_ms", found["unit_ms"]),
            Result("national.peak_vs_early", found["peak_mb"] / found["early_mb"], at_most=1.25),
        ),
    )


def measure(communes: int) -> dict[str, float]:
    with TemporaryDirectory() as folder:
        home = country.settle(Path(folder), communes)
        own: dict[str, list[float]] = {}
        early, begun = 0.0, time.perf_counter()
        for key in (country.COMMUNES, country.PROVINCES):
            with home.ledger.read() as session:
                live = load_cycle(session, load_tree(session), home.days, key)
            assert live
            for place, standing in enumerate(live.standings):
                at = time.perf_counter()
                assert own_report_bytes(home, key, standing.unit).startswith(b"PK")
                own.setdefault(key.obligation, []).append((time.perf_counter() - at) * 1000)
                if not early and place >= len(live.standings) * _EARLY:
                    early = _peak()
        at = time.perf_counter()
        assert report_bytes(home, totals_of(home, country.PROVINCES)).startswith(b"PK")
        done = time.perf_counter()
        home.ledger.close()
    return {
        "communes": float(len(own["O1"])),
        "provinces": float(len(own["O2"])),
        "seconds": done - begun,
        "unit_ms": statistics.median(own["O1"]),
        "office_ms": statistics.median(own["O2"]),
        "bo_ms": (done - at) * 1000,
        "early_mb": early,
        "peak_mb": _peak(),
    }


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps(measure(int(sys.argv[1]))))
