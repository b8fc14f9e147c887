"""Ask before mailing: after a restore, a first import, or a gap in the sweeps, mail waits for a person's word.

The sweep does everything else. What waits stays queued; `preview` shows it, `allow` lets the next sweep send it.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlmodel import Session, func, select

from models.deadlines import ZONE
from models.ids import CycleKey
from models.quiet import Why, limit_of, loaded_under_way, why_ask
from models.tables import MarkRow, MessageRow
from tasks.adapters.home import Home
from tasks.adapters.ledger import outbox
from tasks.adapters.ledger.cycles import load_cycles
from tasks.adapters.ledger.events import append_event, follows_seal, last_seal, read_mark, set_mark
from tasks.adapters.ledger.plans import first_loaded
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.witness import Witness, read_witness, write_witness
from tasks.steps import sending
from tasks.steps.opening import SWEPT
from tasks.steps.sending import Delivery

_HELD, _ALLOWED = "mail held", "mail allowed"
_WITNESSED = "witnessed"
"""The mark of a ledger that has had a witness: one that mailed before there were any is not doubted for lack of it."""


@dataclass(frozen=True, slots=True)
class Held:
    """Mail that waits for a word: how many messages, since which sweep, and why."""

    messages: int
    since: datetime
    why: Why


def send_unless_held(home: Home, as_of: datetime, *, named: bool) -> Delivery:
    """Send what is queued, or say how much waits. `named`: a person said which moment this sweep is about. A rehearsal
    shows what would go, so nothing is held there.
    """
    if home.recorder is None:
        held = _held(home, as_of, named=named)
        if held is not None:
            return Delivery(held=held)
    done = sending.send_queued(home, as_of)
    if home.recorder is None and done.sent:
        with home.ledger.read() as session:
            write_witness(home.folder, _seen(session))
    return done


def waiting(home: Home) -> Held | None:
    """What waits for a word now; None where mail goes by itself."""
    with home.ledger.read() as session:
        mark = read_mark(session, _HELD)
        if mark is None:
            return None
        told = json.loads(mark)
        return Held(_queued(session), datetime.fromisoformat(told["since"]), Why(told["why"]))


def allow(home: Home, *, as_of: datetime, actor: str) -> int:
    """Let the next sweep mail, whatever it would have asked; returns how many messages wait now."""
    with home.ledger.write() as session:
        count, held = _queued(session), read_mark(session, _HELD)
        append_event(
            session, "mail allowed", at=as_of, actor=actor, messages=count, held=json.loads(held or "{}")
        )
        _take(session, _HELD)
        set_mark(session, _ALLOWED, as_of.isoformat())
    return count


def _held(home: Home, as_of: datetime, *, named: bool) -> int | None:
    """How many messages wait for a word; None where mail may go, which the witness then notes."""
    restored = _is_restored(home)
    with home.ledger.read() as session:
        rows = outbox.queued(session, as_of)
        allowed, held = read_mark(session, _ALLOWED), read_mark(session, _HELD)
        witnessed = read_mark(session, _WITNESSED)
        why = _why(home, session, rows, as_of, named=named, restored=restored)
        seen = _seen(session)
    if allowed:
        with home.ledger.write() as session:
            _take(session, _ALLOWED)
            _take(session, _HELD)
    elif held:
        return len(rows)
    elif why:
        with home.ledger.write() as session:
            set_mark(session, _HELD, json.dumps({"since": as_of.isoformat(), "why": why.value}))
            append_event(session, "mail held", at=as_of, actor="sweep", messages=len(rows), why=why.value)
        return len(rows)
    if allowed or not restored:
        write_witness(home.folder, seen)
        if not witnessed:
            with home.ledger.write() as session:
                set_mark(session, _WITNESSED, as_of.isoformat())
    return None


def _why(
    home: Home,
    session: Session,
    rows: Sequence[MessageRow],
    as_of: datetime,
    *,
    named: bool,
    restored: bool,
) -> Why | None:
    configured = home.settings.quiet_after_days
    if not rows or configured == 0:
        return None
    mark = read_mark(session, SWEPT)
    swept = datetime.fromisoformat(mark) if mark else None
    return why_ask(
        as_of=as_of,
        swept=swept,
        limit=limit_of(configured, named=named),
        restored=restored,
        imported=_is_imported(home, session, rows, swept, as_of),
    )


def _is_imported(
    home: Home, session: Session, rows: Sequence[MessageRow], swept: datetime | None, as_of: datetime
) -> bool:
    new = {
        code: at
        for code, at in first_loaded(session).items()
        if at <= as_of and (swept is None or swept < at)
    }
    keys = {key for key in (CycleKey.parse(row.cycle) for row in rows) if key.plan in new}
    if not keys:
        return False
    return any(
        loaded_under_way(
            loaded=new[live.key.plan],
            opens=datetime.combine(live.planned.opens_on, time(), ZONE),
            swept=swept,
            as_of=as_of,
        )
        for live in load_cycles(session, load_tree(session), home.days, keys)
        if live.planned.opens_on
    )


def is_behind_witness(home: Home) -> bool:
    """Does the ledger lack what the witness saw when mail last went? Not asked of a home that has none."""
    return read_witness(home.folder) is not None and _is_restored(home)


def _is_restored(home: Home) -> bool:
    """Does the ledger lack what the witness saw, or the witness of its mails itself? Who sends meanwhile moves both: what
    is told here is of a moment in which the witness stood still.
    """
    witness = read_witness(home.folder)
    while True:
        with home.ledger.read() as session:
            lacks = _lacks(session, witness)
        before, witness = witness, read_witness(home.folder)
        if witness == before:
            return lacks


def _lacks(session: Session, witness: Witness | None) -> bool:
    now = _seen(session)
    if witness is None:
        return now.messages > 0 and read_mark(session, _WITNESSED) is not None
    if now.messages < witness.messages:
        return True
    return not follows_seal(session, witness.seal)


def _seen(session: Session) -> Witness:
    """A message has its Message-ID from when it is first handed over, and keeps it."""
    handed_over = select(func.count()).select_from(MessageRow).where(MessageRow.message_id != "")
    return Witness(last_seal(session), session.exec(handed_over).one())


def _queued(session: Session) -> int:
    return session.exec(
        select(func.count()).select_from(MessageRow).where(MessageRow.state == "queued")
    ).one()


def _take(session: Session, name: str) -> None:
    mark = session.get(MarkRow, name)
    if mark is not None:
        session.delete(mark)
        session.flush()
