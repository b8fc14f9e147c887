"""Drafts that nobody issues, as the rules have it: the lead unit is asked about the newest of each kind."""

from datetime import datetime

from tests.soak.dates import Calendar, signing
from tests.soak.told import Teller
from tests.soak.verdicts import SENT, Cycle


def ask(teller: Teller, cycle: Cycle, lead: str, now: datetime, calendar: Calendar) -> None:
    """The latest step that has come, so many working days after each was written; the earlier ones are overtaken."""
    for kind, draft in cycle.drafts.items():
        if not _is_to_sign(cycle, kind, now):
            continue
        steps = signing(cycle.report.plan, kind, draft.written, calendar)
        come = [(name, on) for name, on in steps if on <= now.date()]
        for name, on in come:
            if name not in draft.said:
                said = SENT if name == come[-1][0] else ("skipped", f"overtaken by {come[-1][0]}")
                step = f"{draft.label}/{name}"
                teller.write(cycle.report.key, lead, "unsigned", step, now, said, planned=on)
                draft.said.add(name)


SETTLED = "issued, superseded or of no use before it was sent"


def is_still_asked(cycle: Cycle, step: str, now: datetime) -> bool:
    """What was asked does not go when meanwhile a newer draft stands, or nobody has to sign it."""
    label, _, name = step.rpartition("/")
    return any(
        draft.label == label and name in draft.said and _is_to_sign(cycle, kind, now)
        for kind, draft in cycle.drafts.items()
    )


def _is_to_sign(cycle: Cycle, kind: str, now: datetime) -> bool:
    """A công văn only while its cycle is open and somebody is late."""
    late = any(duty.is_overdue(now, cycle.report.due_at) for duty in cycle.duties.values())
    is_over = cycle.closed is not None or now.date() > cycle.report.closes_on
    return kind == "bao-cao" or (late and not is_over)
