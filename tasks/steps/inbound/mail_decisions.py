"""What a person decides about mail that waits: a held form is taken in on somebody's word, or put aside. Mail is never
deleted, and stays in its folder.
"""

from dataclasses import replace
from datetime import datetime
from email.utils import parseaddr

from sqlmodel import Session

from models.ids import CycleKey
from models.inbound import classify
from models.inbound_words import WAITING
from models.mail_files import read_mail
from models.tables import InboundFormRow, InboundRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.inbound import KnownFormError, findings_json, form_rows, mail_row, sum_up
from tasks.steps.acts import RefusedActError
from tasks.steps.collecting.accepting import Outcome
from tasks.steps.collecting.forms import Expected
from tasks.steps.collecting.intake import take_in
from tasks.steps.inbound.mail_intake import state_of
from tasks.steps.inbound.mail_senders import Mail, arrival_of


def accept_held(home: Home, ref: str, reason: str, *, as_of: datetime, actor: str) -> list[Outcome]:
    """Take in what was held: all held forms of mail `12`, or the one called `12.2`. The word of whoever decides stands in
    for the sender; everything else about the form is checked as ever.
    """
    row, forms = _chosen(home, ref, ("held",))
    if not forms:
        raise RefusedActError(f"mail {ref} holds no form that waits for a word: it is {row.state}")
    return [_accept(home, row, form, reason, as_of, actor) for form in forms]


def dismiss(home: Home, ref: str, reason: str, *, as_of: datetime, actor: str) -> InboundRow:
    """Put it aside: nothing of it is taken in, nobody is told."""
    with home.ledger.write() as session:
        row = mail_row(session, number_of(ref))
        forms = [form for form in _named(form_rows(session, number_of(ref)), ref) if form.state in WAITING]
        if row.state not in WAITING or ("." in ref and not forms):
            raise RefusedActError(f"mail {ref} waits for nothing: it is {row.state}")
        for form in forms:
            form.state, form.decided_by, form.reason, form.decided_at = "dismissed", actor, reason, as_of
        session.flush()
        rows = form_rows(session, number_of(ref))
        if rows:
            sum_up(row, rows)
        else:
            row.state = "dismissed"
        row.decided_by, row.reason = actor, reason
        _tell(session, "mail dismissed", row, forms, as_of, actor, reason)
    return row


def _accept(
    home: Home, row: InboundRow, form: InboundFormRow, reason: str, as_of: datetime, actor: str
) -> Outcome:
    data = home.files.kept(row.sha256)
    message = read_mail(data)
    incoming = classify(message, parseaddr(home.settings.mail_from)[1])
    received_at = row.arrived_at or row.read_at
    mail = Mail(form.inbound_id, row.mail, message, data, incoming, received_at)
    whose = Expected(CycleKey.parse(form.cycle), form.unit)

    def also(session: Session, outcome: Outcome) -> None:
        current = session.get(InboundFormRow, form.id)
        noted = session.get(InboundRow, form.inbound_id)
        assert current
        assert noted
        if current.state != "held":
            raise KnownFormError(form.sha256)
        current.state, current.findings = state_of(outcome), findings_json(outcome.findings)
        current.version = outcome.accepted.version if outcome.accepted else None
        current.decided_by, current.reason, current.decided_at = actor, reason, as_of
        session.flush()
        sum_up(noted, form_rows(session, form.inbound_id))
        noted.decided_by, noted.reason = actor, reason
        _tell(session, "held form decided", noted, [current], as_of, actor, reason)

    arrival = arrival_of(home, mail, form.file_name, home.files.kept(form.sha256), whose, row.sha256)
    try:
        return take_in(home, replace(arrival, also=also), as_of)
    except KnownFormError:
        raise RefusedActError(f"somebody else has just decided on {form.file_name}") from None


def _tell(
    session: Session,
    kind: str,
    row: InboundRow,
    forms: list[InboundFormRow],
    as_of: datetime,
    actor: str,
    reason: str,
) -> None:
    append_event(
        session,
        kind,
        at=as_of,
        actor=actor,
        cycle=forms[0].cycle if forms else row.cycle,
        unit=forms[0].unit if forms else row.unit,
        mail=row.mail,
        forms={form.sha256: form.state for form in forms},
        reason=reason,
    )


def _chosen(home: Home, ref: str, states: tuple[str, ...]) -> tuple[InboundRow, list[InboundFormRow]]:
    with home.ledger.read() as session:
        row = mail_row(session, number_of(ref))
        forms = form_rows(session, number_of(ref))
    return row, [form for form in _named(forms, ref) if form.state in states]


def _named(forms: list[InboundFormRow], ref: str) -> list[InboundFormRow]:
    _, dot, place = ref.partition(".")
    found = [form for form in forms if not dot or form.number == _whole(place, ref)]
    if dot and not found:
        raise KeyError(f"no form {ref}; `dondoc mailbox show` names them")
    return found


def number_of(ref: str) -> int:
    """`12` and `12.1` are of mail 12; ValueError where it is neither."""
    text, _, place = ref.partition(".")
    _whole(place or "1", ref)
    return _whole(text, ref)


def _whole(text: str, ref: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise ValueError(f"{ref!r} is no number of a mail: expected 12, or 12.1 for its first form")
    return int(text)
