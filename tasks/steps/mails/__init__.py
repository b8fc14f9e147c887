"""From outbox rows to mails: the words of `models/mail/`, with the form or document attached."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from models.mail import Daily, DailyPart
from models.tables import MessageRow
from models.units import UnitTree
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.steps.mails.case import Case, Composed
from tasks.steps.mails.documents import dispatched, flagged, issued, unsigned
from tasks.steps.mails.texts import texted
from tasks.steps.mails.to_lead import missing_list, report_ready, unplaced
from tasks.steps.mails.to_units import (
    calendar_entry,
    deadline_changed,
    extended,
    receipt,
    refused,
    reminder,
    returned,
)


@dataclass(frozen=True, slots=True)
class _Part:
    """What rows of some kinds make in the mail of a day. `several`: the rows of one unit are one part."""

    kinds: tuple[str, ...]
    compose: Callable[[Sequence[Case]], Composed]
    several: bool = True


_PARTS = (
    _Part(("overdue",), reminder),
    _Part(("deadline-changed",), deadline_changed, several=False),
    _Part(("reminder",), reminder),
    _Part(("letter-ready", "missing-list"), missing_list),
    _Part(("report-ready",), report_ready, several=False),
    _Part(("unplaced",), unplaced),
    _Part(("flagged",), flagged, several=False),
    _Part(("unsigned",), unsigned),
    _Part(("issued",), issued, several=False),
)
"""In the order in which they stand in the mail: the most urgent first."""
_ALONE: dict[str, Callable[[Sequence[Case]], Composed]] = {
    "receipt": receipt,
    "refused": refused,
    "returned": returned,
    "extended": extended,
    "dispatched": dispatched,
}
DAILY = frozenset(kind for part in _PARTS for kind in part.kinds)
"""Kinds of which all that one person is owed goes as one mail a day; the others go each by itself."""
ANSWERS = frozenset({"receipt", "refused"})
"""Kinds that answer what the recipient has just sent; they wait for nothing."""
KINDS = (*DAILY, *_ALONE)
"""Every kind of message there is."""


def compose(
    home: Home, rows: Sequence[MessageRow], tree: UnitTree, lives: Mapping[str, LiveCycle], as_of: datetime
) -> Composed:
    """One mail to one person: of rows of daily kinds, or of a single row of another; or one text to one telephone."""
    cases = [Case(home, row, lives[row.cycle], tree, as_of) for row in rows]
    if "sms" in cases[0].payload:
        return Composed(texted(cases))
    kind = rows[0].kind
    if kind in _ALONE:
        return _ALONE[kind](cases)
    found = [part.compose(group) for part in _PARTS for group in _groups(part, cases)]
    entry = calendar_entry(cases)
    # One report may be asked for twice in a mail, by its new day and by a step: its form goes once.
    forms = {each.name: each for one in found for each in one.attachments}
    attachments = (*forms.values(), *entry)
    if len(found) == 1:
        return Composed(found[0].message, attachments)
    parts = tuple(cast("DailyPart", one.message) for one in found)
    contact = next((case.contact for case in cases if case.contact), "")
    return Composed(
        Daily(on=as_of.date(), parts=parts, contact=contact, submit_to=cases[0].submit_to), attachments
    )


def _groups(part: _Part, cases: Sequence[Case]) -> list[list[Case]]:
    found: dict[str, list[Case]] = {}
    for case in cases:
        if case.row.kind in part.kinds:
            found.setdefault(case.row.unit if part.several else case.row.key, []).append(case)
    return list(found.values())
