"""Who is reminded, at which step, and which steps were overtaken. Level-triggered: asked on any day, the answer
is what ought to have happened by then, less what the ledger already has.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from models.calendar import Rung
from models.deadlines import Deadline
from models.states import is_past


@dataclass(frozen=True, slots=True)
class Reminder:
    """Either a mail to send, or a step recorded as skipped with the reason."""

    step: str
    on: date
    action: Literal["send", "skip"]
    reason: str = ""


def decide_reminders(
    rungs: Sequence[Rung],
    deadline: Deadline,
    closes_on: date,
    *,
    done: Collection[str],
    as_of: datetime,
) -> list[Reminder]:
    """The reminders one outstanding unit is owed by `as_of`: at most one is sent, the latest that still matters.

    `done` are the steps the ledger has for this unit and this deadline, sent or skipped. A unit that has reported
    must not be asked about; the caller leaves it out.
    """
    today = as_of.date()
    passed = [rung for rung in rungs if rung.on <= today]
    decisions = []
    for i, rung in enumerate(passed):
        if rung.step.step in done:
            continue
        later = passed[i + 1 :]
        if later:
            action, reason = "skip", f"overtaken by {later[-1].step.step}"
        elif today > closes_on:
            action, reason = "skip", "the cycle is closed"
        elif not _is_after(rung) and is_past(deadline.due_at, as_of):
            action, reason = "skip", "the deadline has passed"
        else:
            action, reason = "send", ""
        decisions.append(Reminder(rung.step.step, rung.on, "send" if action == "send" else "skip", reason))
    return decisions


def letters_due(rungs: Sequence[Rung], *, as_of: datetime) -> list[Rung]:
    """The công văn đôn đốc steps that have come by `as_of`."""
    return [rung for rung in rungs if rung.step.letter and rung.on <= as_of.date()]


def _is_after(rung: Rung) -> bool:
    return rung.step.step.startswith("T+")
