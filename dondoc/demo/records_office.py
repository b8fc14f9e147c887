"""The records office of the demo: gives every draft its number on the next day of the season, as `dondoc issue` does."""

from collections import Counter
from datetime import datetime

from models.ids import CycleKey
from models.tables import DocumentRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.documents import waiting_drafts
from tasks.steps.documents.issuing import Which, issue
from tasks.steps.unsigned import written_on

IDLE = "hue-588/O1/2019"
"""Here nobody signs, and the lead unit is asked about it."""


class RecordsOffice:
    def __init__(self) -> None:
        self._given: Counter[int] = Counter()
        """Year → the last number: one book for all."""

    def issue_all(self, home: Home, at: datetime) -> None:
        """What was drafted on an earlier day."""
        with home.ledger.read() as session:
            waiting = [row for rows in waiting_drafts(session).values() for row in rows]
        for row in waiting:
            if row.cycle != IDLE and written_on(row) < at.date():
                self._issue(home, row, at)

    def _issue(self, home: Home, row: DocumentRow, at: datetime) -> None:
        self._given[at.year] += 1
        which = Which(row.kind, row.step, row.version)
        number, key = self._given[at.year], CycleKey.parse(row.cycle)
        issue(home, key, which, number, at.date(), as_of=at, actor="văn thư")
