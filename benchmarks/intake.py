"""A filled form taken in: read safely, checked cell by cell and against the plan's rules, one row stored.

The limit is python-calamine alone reading every cell of every sheet, and the same row stored. A row is stored as
the ledger stores one: in a transaction of its own, in an SQLite file with the ledger's settings.
"""

import tempfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from python_calamine import CalamineWorkbook

from benchmarks import samples
from benchmarks.measuring import Outcome, Result, medians
from models.checks import check_rules
from models.deadlines import ZONE
from models.evaluate import complete
from models.form import FormSpec
from models.intake import check_reading
from models.privacy import people_lists
from models.tables import EventRow
from models.taken import Intake
from tasks.adapters.database import Ledger, migrate
from tasks.adapters.workbooks import read_workbook

REPETITIONS = 300


def run(repetitions: int = REPETITIONS) -> Outcome:
    spec, data = samples.filled_form()
    assert not take_in(data, spec).has_errors
    with tempfile.TemporaryDirectory() as home:
        ledger = Ledger(f"sqlite:///{Path(home) / 'ledger.db'}")
        migrate(ledger)
        store = row_storer(ledger)
        found = medians(
            {
                "ours: read, check, store a row": lambda: (take_in(data, spec), store()),
                "calamine reads, a row is stored": lambda: (by_calamine(data), store()),
                "ours: read and check": lambda: take_in(data, spec),
                "calamine reads": lambda: by_calamine(data),
            },
            repetitions,
        )
        ledger.close()
    mine, limit, bare, calamine = found.values()
    return Outcome(
        "One filled form taken in",
        found,
        (
            Result("intake_vs_calamine", mine / limit, at_most=1.5),
            Result("intake_unstored_vs_calamine", bare / limit),
            Result("intake_read_vs_calamine_read", bare / calamine),
        ),
    )


def take_in(data: bytes, spec: FormSpec) -> Intake:
    """Everything the intake says of a file, before it is stored."""
    reading = read_workbook(data)
    assert not people_lists(reading.grids)
    intake = check_reading(reading, spec)
    plan = samples.planned().plan
    answers = complete(plan.indicators_named(row.code for row in spec.rows), intake.by_code())
    broken = check_rules(plan.rules, answers)
    return Intake(intake.values, intake.narratives, nil=intake.nil, findings=(*intake.findings, *broken))


def by_calamine(data: bytes) -> list[list[list[Any]]]:
    with CalamineWorkbook.from_filelike(BytesIO(data)) as book:
        return [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]


def row_storer(ledger: Ledger) -> Callable[[], None]:
    """Stores one row and commits, a new one at each call."""
    statement = sa.insert(EventRow)
    at = datetime(2019, 11, 28, 9, tzinfo=ZONE)
    stored = 0

    def store() -> None:
        nonlocal stored
        stored += 1
        row = {
            "at": at,
            "kind": "measured",
            "cycle": samples.CYCLE,
            "unit": samples.UNIT,
            "actor": "benchmark",
            "data": "{}",
            "previous": str(stored),
            "hash": "0" * 64,
        }
        with ledger.write() as session:
            session.execute(statement, row)

    return store
