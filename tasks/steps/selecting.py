"""Which cycles have something to do by now; the others are left in peace."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from sqlmodel import Session

from models.ids import CycleKey
from models.states import Standing
from models.units import UnitTree
from models.working_days import WorkingDays
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle, load_cycles, opened_keys
from tasks.adapters.ledger.documents import newest_inputs, waiting_drafts
from tasks.adapters.ledger.events import last_seal
from tasks.adapters.ledger.sections import edits_in
from tasks.adapters.ledger.units import load_tree
from tasks.steps.closing import is_due_to_close
from tasks.steps.collecting.inbox import waiting
from tasks.steps.documents.flagging import cycles_to_tell
from tasks.steps.documents.writing import letter_due, report_is_due
from tasks.steps.reminding import owed_mails
from tasks.steps.totals.totalling import feeding_keys
from tasks.steps.unsigned import Drafts, asked_about, goes_on

Lives = Mapping[CycleKey, LiveCycle]


def cycles_with_work(home: Home, as_of: datetime) -> list[CycleKey]:
    """Opened cycles where something is owed, has come in, is to be closed or written; then what only came in; last
    those fed by what has come in, since their reports are made of it.
    """
    arrived = waiting(home)
    with home.ledger.read() as session:
        drafts = waiting_drafts(session)
        state = (
            last_seal(session),
            frozenset((row.id, row.state, row.asked) for rows in drafts.values() for row in rows),
        )
        asking = _Asking(state, drafts, session, load_tree(session), home.days)
        known = opened_keys(session)
        at_rest = frozenset() if arrived else _at_rest(asking)
        lives = _load(asking, [key for key in known if key not in at_rest])
        written, edits = newest_inputs(session), edits_in(session)
        flagged = cycles_to_tell(session)
        busy = [
            live.key
            for live in lives.values()
            if live.key in arrived
            or owed_mails(session, live, asking.tree, asking.days, as_of)
            or asked_about(live, drafts, asking.days, as_of)
            or is_due_to_close(live, as_of)
            or letter_due(home, live, as_of)
            or str(live.key) in flagged
            or report_is_due(
                live, _fed(live, lives), written.get(str(live.key)), edits.get(str(live.key), ())
            )
        ]
    fed = [live.key for live in lives.values() if arrived.keys() & set(feeding_keys(live))]
    return [key for key in (*busy, *(key for key in arrived if key not in known)) if key not in fed] + fed


@dataclass(frozen=True, slots=True)
class _Asking:
    """A session and what is read with it; known by the last seal of the chain, since every change of where a unit stands
    is told there, and by how far the lead units were asked about their drafts.
    """

    state: object
    drafts: Drafts
    session: Session
    tree: UnitTree
    days: WorkingDays

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asking) and self.state == other.state

    def __hash__(self) -> int:
        return hash(self.state)


@lru_cache(maxsize=4)
def _at_rest(asking: _Asking) -> frozenset[CycleKey]:
    """Closed cycles in which no time that passes brings anything, and no report of which has to be written anew or asked
    about: looked at again only after something has happened. One that feeds a cycle not at rest is not at rest either.
    """
    lives, written, edits = _load(asking), newest_inputs(asking.session), edits_in(asking.session)
    flagged = cycles_to_tell(asking.session)
    moving = {
        live.key
        for live in lives.values()
        if live.closed_at is None
        or any(standing.own_last_day for standing in live.standings)
        or goes_on(live, asking.drafts)
        or str(live.key) in flagged
        or report_is_due(live, _fed(live, lives), written.get(str(live.key)), edits.get(str(live.key), ()))
    }
    feeding = {feeder for key in moving for feeder in feeding_keys(lives[key])}
    return frozenset(lives.keys() - moving - feeding)


def _load(asking: _Asking, keys: list[CycleKey] | None = None) -> Lives:
    return {live.key: live for live in load_cycles(asking.session, asking.tree, asking.days, keys)}


def _fed(live: LiveCycle, lives: Lives) -> list[Standing]:
    """Where the units stand in the cycles whose totals go into this one."""
    return [standing for key in feeding_keys(live) if key in lives for standing in lives[key].standings]
