"""The replay of fourteen years of the five plans: every day, stops only, and with outages, several stories of people."""

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import mkdtemp

from tests.builders import ROOT
from tests.soak.compare import same_documents, seen, unlike
from tests.soak.page import Outcome, Proof, Say, table
from tests.soak.picture import differences
from tests.soak.replay import Replayed, Story, every_day, replay, replay_stops, with_outages
from tests.soak.simulated import simulated
from tests.soak.told import Told
from tests.soak.years import FIRST, LAST, LOADED, World, new_home, world

PEOPLE = tuple(int(seed) for seed in os.environ.get("SOAK_PEOPLE", "0 1").split())
"""Seeds of what people do; 0: nobody ever answers."""
OUTAGES = tuple(int(seed) for seed in os.environ.get("SOAK_OUTAGES", "1 2").split())
_HEAD = (
    "Replay",
    "Mornings",
    "Cycles",
    "Sent",
    "Skipped",
    "Withdrawn",
    "Documents",
    "Unlike daily",
    "Unlike rules",
    "s",
)


@dataclass(frozen=True)
class Job:
    people: int
    way: str
    """`every day`, `stops only`, or `outages N`."""


@dataclass(frozen=True)
class Done:
    job: Job
    replayed: Replayed
    rules: Told
    """What the oracle tells of these mornings."""
    seconds: float


def do(job: Job) -> Done:
    """One replay, in a home of its own."""
    folder = Path(mkdtemp(prefix="dondoc-soak-"))
    try:
        home = new_home(folder / "home", ROOT / "plans")
        all_of_it = world(home)
        story = story_of(all_of_it, job.people)
        begin = time.perf_counter()
        if job.way == "stops only":
            found = replay_stops(home, story)
        elif job.way == "every day":
            found = replay(home, story, every_day(story))
        else:
            found = replay(home, story, with_outages(story, job.way))
        seconds = time.perf_counter() - begin
        rules = all_of_it.oracle(LOADED.date()).tell(found.mornings, story.acts)
        return Done(job, found, rules, seconds)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def story_of(all_of_it: World, people: int) -> Story:
    return Story(FIRST, LAST, all_of_it.acts(people, FIRST) if people else ())


def run(say: Say) -> Outcome:
    ways = ("every day", "stops only", *(f"outages {seed}" for seed in OUTAGES))
    jobs = [Job(people, way) for people in reversed(PEOPLE) for way in ways]  # the long ones first
    done: dict[Job, Done] = {}
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        for future in as_completed([pool.submit(do, job) for job in jobs]):
            one = future.result()
            done[one.job] = one
            say(f"{len(done)}/{len(jobs)}  {_people(one.job.people)}, {one.job.way}: {one.seconds:.0f} s")
    broken = tuple(
        line for one in done.values() for line in _broken(one, done[Job(one.job.people, "every day")])
    )
    sections = [_section(people, [done[Job(people, way)] for way in ways]) for people in PEOPLE]
    return Outcome("\n\n".join([_TEXT, *sections, simulated(say)]), broken)


def _broken(one: Done, daily: Done) -> Iterator[str]:
    name = f"people {one.job.people}, {one.job.way}"
    found = unlike(seen(one.replayed.picture), one.rules)
    if one.job.way == "stops only":
        found += differences(daily.replayed.picture, one.replayed.picture)
    found += same_documents(daily.replayed.picture, one.replayed.picture)
    return (f"{name}: {line}" for line in found)


def _section(people: int, rows: list[Done]) -> str:
    daily = rows[0].replayed.picture
    lines = []
    for one in rows:
        ledger, found = seen(one.replayed.picture), one.replayed.picture
        states = Counter(state for state, *_ in ledger.messages.values())
        lines.append(
            (
                one.job.way,
                len(one.replayed.mornings),
                len(ledger.cycles),
                *(states[state] for state in ("sent", "skipped", "withdrawn")),
                len(ledger.documents),
                len(differences(daily, found))
                if one.job.way == "stops only"
                else len(unlike(ledger, seen(daily))),
                len(unlike(ledger, one.rules)),
                f"{one.seconds:.0f}",
            )
        )
    sent, acts = len(daily["submission"]), Counter(row[1] for row in daily["event"])
    told = (
        f"{sent} reports accepted, {acts['report returned']} returned, {acts['deadline extended']} extensions, "
        f"{acts['unit exempted']} exemptions, {acts['file refused']} files refused, {acts['deadline set']} dates set."
    )
    return f"**{_people(people)}.** {told if people else 'Nothing is ever sent in.'}\n\n{table(_HEAD, lines)}"


def _people(seed: int) -> str:
    return f"People of seed {seed}" if seed else "Nobody answers"


_TEXT = f"""The five plans that ship, {FIRST} to {LAST}, swept at 08:00 of each morning named, on a rehearsal that is rolled
back at the end. In between people act at fixed moments, drawn from a seed: they send in time, late, early and not at
all, nothing to report, corrections, wrong files, files into the inbox; the coordinator returns, extends, exempts and
sets dates ([lives.py](../tests/soak/lives.py)). *Stops only* sweeps where `dondoc simulate` does, and on the morning
after somebody acted. *Outages* sweeps on no morning for 1 to 30 days, again and again, with 1 to 45 days between.

*Unlike daily*: rows that differ from the ledger of every day. For stops only it counts everything there is, in every
table, the mails word for word and the seals of the chain of events: it must be 0. For outages it counts cycles,
messages and documents, by the day they were decided, and is what was missed.

*Unlike rules*: rows that differ from what an oracle tells of those very mornings; it must be 0. The oracle is a second
program, written from the words of the rules ([dates.py](../tests/soak/dates.py),
[verdicts.py](../tests/soak/verdicts.py), [oracle.py](../tests/soak/oracle.py)): of the steps whose day has come, the
latest is sent by the first sweep after it and the earlier ones are recorded as overtaken by it; a step before the
deadline is skipped once the deadline is over, and every step once the day of closing is; a công văn is drafted at the
latest of its steps, the first one as lần 1, and none after closing; cycles open and close with the first sweep after
their day, also those that did both meanwhile; a mail that was decided goes out with the next sweep on a working day, once,
unless the deadline leaves none, and what was overtaken meanwhile does not go; drafts that nobody issues are asked about.

Command: `make soak`, or `.venv/bin/python -m tests.soak replays` for this alone; the seeds are in `SOAK_PEOPLE` and
`SOAK_OUTAGES`."""

PROOF = Proof("replays", "The replay of years", run)
