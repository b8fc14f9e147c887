"""The forms of one mail: each taken in, refused, held for the coordinator, or left for a person, once.

What became of a form is recorded in the transaction that makes it so; whoever comes second, or after a death, finds
the record and does nothing.
"""

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime
from email.message import Message

from sqlmodel import Session

from models.mail_files import words
from models.senders import sender_of, thread_of
from models.tables import InboundFormRow, InboundRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.inbound import KnownFormError, add_form, form_rows, sum_up
from tasks.adapters.ledger.senders import units_of
from tasks.adapters.mailbox import FORMS, HELD, TO_SEE
from tasks.steps.collecting.accepting import Outcome
from tasks.steps.collecting.forms import Expected
from tasks.steps.collecting.intake import Arrival, holds_people, take_in
from tasks.steps.collecting.scanning import INFECTED, infection
from tasks.steps.inbound.mail_files import Candidate, candidates
from tasks.steps.inbound.mail_senders import Mail, arrival_of, why_held

_FOLDERS = {"held": HELD, "unmatched": TO_SEE, "done": FORMS, "dismissed": TO_SEE}


def describe(row: InboundRow, message: Message) -> None:
    """What a person looking at the list wants to know of a mail."""
    row.sender, row.subject = sender_of(message), words(message, "Subject")[:300]
    row.thread = json.dumps(thread_of(message))


def take_in_forms(
    home: Home, mail: Mail, own_address: str, as_of: datetime
) -> tuple[InboundRow, Counter[str]]:
    """Handle every form of the mail that was not handled before. The row as it then is, and how many forms became what."""
    found, names = candidates(home, mail.message, own_address, as_of) if mail.is_whole else ([], [])
    with home.ledger.read() as session:
        known = {row.sha256 for row in form_rows(session, mail.number)}
    own = any(each.whose for each in found) or bool(known)
    # Beside a form, another workbook is an enclosure; alone, it may have been meant as one.
    todo = [each for each in found if each.whose or each.why == "unreadable" or not own]
    # The mail was scanned whole; what was packed into it is shown to the scanner as it is taken out.
    infected = {each.sha256 for each in todo if infection(home, each.data)}
    is_kept = not infected and not any(holds_people(each.data) for each in todo)
    kept = home.files.keep(mail.data) if todo and is_kept else ""
    done: Counter[str] = Counter()
    for each in todo:
        if each.sha256 not in known:
            if each.sha256 in infected:
                each = replace(each, whose=None, why=INFECTED, finding=None)  # noqa: PLW2901 - the same file, distrusted
            done[_handle(home, mail, each, kept, as_of)] += 1
    return _sum_up(home, mail, names, kept), done


def _handle(home: Home, mail: Mail, form: Candidate, kept: str, as_of: datetime) -> str:
    """What became of it; `known` where another was faster."""
    try:
        whose = form.whose or (mail.meant if form.finding else None)
        if whose is None:
            return _leave(home, mail, form, as_of)
        why = why_held(home, mail, whose)
        if form.whose is None and why:
            return _leave(home, mail, form, as_of)  # nobody is told of a file that only pretends to be theirs
        if why and holds_people(form.data):
            return _leave(home, mail, form, as_of)  # it may not be kept until somebody decides
        if why:
            return _hold(home, mail, form, whose, why, as_of)
        arrival = arrival_of(home, mail, form.name, form.data, whose, kept)
        return _take(home, mail, form, whose, arrival, as_of)
    except KnownFormError:
        return "known"


def _take(home: Home, mail: Mail, form: Candidate, whose: Expected, arrival: Arrival, as_of: datetime) -> str:
    states: list[str] = []

    def also(session: Session, outcome: Outcome) -> None:
        state = state_of(outcome)
        add_form(
            session,
            mail.number,
            form.sha256,
            outcome.findings,
            file_name=form.name,
            cycle=outcome.cycle,
            unit=outcome.unit,
            state=state,
            why="not_ours" if state == "unmatched" else "",
            version=outcome.accepted.version if outcome.accepted else None,
            decided_at=as_of,
        )
        states.append(state)

    expected = None if form.whose else whose
    take_in(home, replace(arrival, also=also), as_of, expected)
    return states[0]


def state_of(outcome: Outcome) -> str:
    """A form that nobody could be told of waits for a person."""
    if outcome.accepted:
        return "taken"
    return "refused" if outcome.cycle else "unmatched"


def _hold(home: Home, mail: Mail, form: Candidate, whose: Expected, why: str, as_of: datetime) -> str:
    home.files.keep(form.data)
    with home.ledger.write() as session:
        add_form(
            session,
            mail.number,
            form.sha256,
            file_name=form.name,
            cycle=str(whose.key),
            unit=whose.unit,
            state="held",
            why=why,
            decided_at=as_of,
        )
    return "held"


def _leave(home: Home, mail: Mail, form: Candidate, as_of: datetime) -> str:
    said = [form.finding] if form.finding else []
    with home.ledger.write() as session:
        add_form(
            session,
            mail.number,
            form.sha256,
            said,
            file_name=form.name,
            state="unmatched",
            why=form.why,
            decided_at=as_of,
        )
    return "unmatched"


def _sum_up(home: Home, mail: Mail, names: list[str], kept: str) -> InboundRow:
    with home.ledger.write() as session:
        row = session.get(InboundRow, mail.number)
        assert row
        forms = form_rows(session, mail.number)
        if forms:
            sum_up(row, forms)
        elif not row.state:
            row.state, row.why = "unmatched", "no_form" if mail.is_whole else "too_large"
        row.folder = _FOLDERS[row.state]
        row.sha256 = row.sha256 or kept
        row.files = json.dumps(names, ensure_ascii=False)
        row.unit, row.cycle = _about(session, row, mail, forms)
        session.add(row)
    return row


def _about(session: Session, row: InboundRow, mail: Mail, forms: list[InboundFormRow]) -> tuple[str, str]:
    units = {form.unit for form in forms if form.unit}
    cycles = {form.cycle for form in forms if form.cycle}
    unit, cycle = row.unit, row.cycle
    if len(units) == 1:
        unit = units.pop()
    elif mail.meant:
        unit = mail.meant.unit
    else:
        senders = units_of(session, mail.sender, mail.received_at.date())
        unit = senders[0] if len(senders) == 1 else ""
    return unit, cycles.pop() if len(cycles) == 1 else cycle
