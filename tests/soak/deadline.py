"""The last hour of a deadline: many units at their pages at once, and what the ledger has of them afterwards."""

import os
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import col, select

from models.page_fields import kept
from models.tables import AssignmentRow, CycleRow, MessageRow, SubmissionRow
from tasks.adapters.home import Home, open_home
from tasks.adapters.ledger.drafts import Draft, save_draft
from tasks.adapters.settings import Settings
from tasks.steps.collecting.forms import form_for
from tasks.steps.collecting.page_links import form_mark, token_of
from tasks.steps.opening import ensure_open
from tests.ledger.office import KEY, SECRET, at, load_office, write_office
from tests.portal.unit_office import GOOD, OPENED, WHO, WRITING
from tests.postgres import postgres_server
from tests.soak.crowd import add_communes, code_of
from tests.soak.crowd_client import Seen, Wave, visit
from tests.soak.page import Outcome, Proof, Say, table
from tests.soak.web_server import serving

A_SECOND, SECONDS = (int(each) for each in os.environ.get("SOAK_DEADLINE", "100 30").split())
WORKERS = 2
_BEFORE = 100
"""Units that come before it begins: the page has run for days, and knows its plan and its units."""
_TEXT = f"""As many units as {A_SECOND} a second for {SECONDS} seconds owe one report, and {_BEFORE} besides who came before; on the last day they come to their pages,
{A_SECOND} each second whether or not those before them were answered, each with a connection of its own. *Sent*: their confirm pages
are open, and they press the button. *Send*: the draft is ready; the confirm page is looked at, sent, and the receipt opened. *Whole way*: before that the form is opened and saved,
five requests in all. The server is the one `dondoc serve` starts, with as many processes as named; the units are another
process; database, server and units share the machine, and PostgreSQL waits for its disk at each commit ([deadline.py](../tests/soak/deadline.py),
[crowd_client.py](../tests/soak/crowd_client.py)). *Lost*: receipts shown and not in the ledger, units that were not answered.
*Twice*: versions, receipts beside the one of each unit. Both must be 0; how fast it was is told, and asked by no test.

Command: `make soak`, or `.venv/bin/python -m tests.soak deadline` for this alone; how many a second and for how long is in
`SOAK_DEADLINE="100 30"`.
"""
_HEAD = ("Ledger, way", "Processes", "Asked a second", "Sent a second", "Send p50 ms", "Send p99 ms", "Any p99 ms", "Lost", "Twice")  # fmt: skip


def crowded(folder: Path, units: int, database_url: str = "", *, drafts: bool = True) -> Home:
    """An open cycle that so many units owe; their drafts are written, unless they are still to be."""
    plans = write_office(folder / "plans")
    add_communes(plans, units)
    home = open_home(
        Settings(
            _env_file=None, home=folder / "home", plans=plans, database_url=database_url, secret_key=SECRET
        ),
        empty=True,
    )
    load_office(home)
    live = ensure_open(home, KEY, at(OPENED))
    if drafts:
        answers = kept(GOOD, form_for(home, KEY, code_of(0), at(WRITING), live))
        with home.ledger.write() as session:
            for number in range(units):
                save_draft(
                    session, KEY, code_of(number), Draft(), answers, (), None, at=at(WRITING), by="unit"
                )
    return home


def come(home: Home, units: int, a_second: float, workers: int, way: str, before: int = 0) -> Seen:
    """What those are told who come when so many have come `before`, at a quarter of the pace: the page has run for days."""
    tokens = [token_of(home, KEY, code_of(number), 0) for number in range(units)]
    marks = {f"/k/{token}": form_mark(home, token) for token in tokens} if way == "sent" else {}
    with serving(home, workers) as server:
        paths = [f"/k/{token}" for token in tokens]
        first = Wave(server.port, paths[:before], a_second / 4, GOOD, WHO, way == "whole way", marks)
        early = visit(first) if before else None
        seen = visit(replace(first, paths=paths[before:], a_second=a_second))
    return replace(seen, early=tuple(early.told)) if early else seen


def lost_and_twice(home: Home, units: int, seen: Seen) -> tuple[list[str], list[str]]:
    """What units were told, beside what the ledger has."""
    with home.ledger.read() as session:
        versions = Counter(session.exec(select(SubmissionRow.unit)))
        receipts = Counter(session.exec(select(MessageRow.unit).where(MessageRow.kind == "receipt")))
        query = select(AssignmentRow.unit).join(CycleRow).where(CycleRow.key == str(KEY))
        counted = set(session.exec(query.where(col(AssignmentRow.submission_id).is_not(None))))
    codes = {code_of(number) for number in range(units)}
    lost = [
        f"{each.at or 'a unit'} was not answered: {each.wrong}"
        for each in (*seen.early, *seen.told)
        if each.wrong
    ]
    lost += [f"{unit} is not in the ledger" for unit in sorted(codes - counted)]
    lost += [f"{unit} has no receipt" for unit in sorted(codes - receipts.keys())]
    twice = [f"{unit} is there {n} times" for unit, n in (versions + receipts).items() if n > 2]
    return lost, twice


def run(say: Say) -> Outcome:
    rows: list[tuple[object, ...]] = []
    broken: list[str] = []
    with postgres_server(durable=True) as new_database:
        ledgers: list[tuple[str, Callable[[], str]]] = [("PostgreSQL", new_database), ("SQLite", str)]
        for name, new in ledgers:
            for way in ("sent", "send", "whole way"):
                with TemporaryDirectory() as folder:
                    units = _BEFORE + A_SECOND * SECONDS
                    home = crowded(Path(folder), units, new(), drafts=way != "whole way")
                    seen = come(home, units, A_SECOND, WORKERS, way, _BEFORE)
                    lost, twice = lost_and_twice(home, units, seen)
                    home.ledger.close()
                send, every = seen.took("send"), seen.took()
                row = (
                    f"{name}, {way}",
                    WORKERS,
                    A_SECOND,
                    f"{seen.answered / seen.seconds:.0f}",
                    _milliseconds(send, 0.5),
                    _milliseconds(send, 0.99),
                    _milliseconds(every, 0.99),
                    len(lost),
                    len(twice),
                )
                rows.append(row)
                broken += [f"{name}, {way}: {said}" for said in (*lost, *twice)]
                say(" | ".join(map(str, row)))
    return Outcome(f"{_TEXT}\n{table(_HEAD, rows)}", tuple(broken))


def _milliseconds(times: list[float], part: float) -> str:
    return f"{times[min(int(len(times) * part), len(times) - 1)] * 1000:.0f}" if times else "–"


PROOF = Proof("deadline", "Deadline day", run)
