"""The personal link of a unit's page: who holds it may report for one unit in one cycle, and nothing else.

It says whose it is in plain words, and carries a keyed hash that nobody can guess (256 bits); the ledger keeps only how
often it was issued anew. The same unit and cycle always have the same link, so a preview shows what is sent.
"""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

import sqlalchemy as sa
from sqlmodel import Session, col

from models.ids import CycleKey
from models.tables import PageLinkRow
from tasks.adapters.home import Home
from tasks.adapters.ledger.cycles import LiveCycle
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.opened_pages import StoredPage, load_page
from tasks.adapters.ledger.units import load_tree

GRACE = timedelta(days=60)
"""So long after its closing day a cycle's links still open: late reports and corrections come by them."""
_GENERATION = sa.select(col(PageLinkRow.generation)).where(
    col(PageLinkRow.cycle) == sa.bindparam("cycle"), col(PageLinkRow.unit) == sa.bindparam("unit")
)
_NO_SUCH = CycleKey("-", "-", "-")


@dataclass(frozen=True, slots=True)
class Opened:
    """What a link opens."""

    token: str
    unit: str
    stored: StoredPage

    @property
    def live(self) -> LiveCycle:
        return self.stored.live


class ClosedLinkError(LookupError):
    """`unknown` tells nothing about what there is; the other two are said only to who had the right link once."""

    def __init__(self, why: Literal["unknown", "revoked", "expired"], live: LiveCycle | None = None) -> None:
        super().__init__(why)
        self.why = why
        self.live = live


def link_of(home: Home, session: Session, key: CycleKey, unit: str) -> str:
    """The whole address; empty where no address of the page is set, since then nobody could open it."""
    base = home.settings.base_url.rstrip("/")
    return f"{base}/k/{token_of(home, key, unit, generation_of(session, key, unit))}" if base else ""


def token_of(home: Home, key: CycleKey, unit: str, generation: int) -> str:
    text = f"unit page|{key}|{unit}|{generation}".encode()
    mark = urlsafe_b64encode(hmac.digest(home.secret, text, hashlib.sha256)).rstrip(b"=").decode()
    # The mark first: some mail programs cut a dash off the end of a link.
    return f"{mark}.{key.plan}.{key.obligation}.{key.period}.{unit}.{generation}"


def generation_of(session: Session, key: CycleKey, unit: str) -> int:
    return session.execute(_GENERATION, {"cycle": str(key), "unit": unit}).scalar() or 0


def open_link(home: Home, token: str, as_of: datetime) -> Opened:
    """ClosedLinkError where it opens nothing. Nothing is read about a cycle or unit before the mark was compared."""
    key, unit, generation = _claimed(token)
    right = token_of(home, key, unit, generation)
    if not hmac.compare_digest(right.encode(), token.encode()):
        raise ClosedLinkError("unknown")
    with home.ledger.read() as session:
        stored = load_page(session, load_tree(session), home.days, key, unit)
    if stored is None:
        raise ClosedLinkError("unknown")
    if generation != stored.generation:
        raise ClosedLinkError("revoked", stored.live)
    if as_of.date() > last_day_of(stored.live, unit):
        raise ClosedLinkError("expired", stored.live)
    return Opened(token, unit, stored)


def last_day_of(live: LiveCycle, unit: str) -> date:
    """Until when the link opens the page; never before a deadline of its own."""
    assert live.planned.closes_on
    own = live.standing(unit).own_last_day
    return max(live.planned.closes_on + GRACE, own or date.min)


def form_mark(home: Home, token: str) -> str:
    """What a form of the page carries: proves that who posts has read the page under this link."""
    return hmac.new(home.secret, f"unit form|{token}".encode(), hashlib.sha256).hexdigest()


def revoke(home: Home, key: CycleKey, unit: str, reason: str, *, as_of: datetime, actor: str) -> None:
    """The link that is out opens nothing from now on; the next one opens the same draft."""
    if not reason.strip():
        raise ValueError("say why the link is revoked")
    with home.ledger.write() as session:
        row = session.get(PageLinkRow, (str(key), unit)) or PageLinkRow(
            cycle=str(key), unit=unit, generation=0, reason="", changed_at=as_of
        )
        row.generation += 1
        row.reason, row.changed_at = reason.strip(), as_of
        session.add(row)
        append_event(
            session,
            "link revoked",
            at=as_of,
            actor=actor,
            cycle=str(key),
            unit=unit,
            reason=row.reason,
            generation=row.generation,
        )


def _claimed(token: str) -> tuple[CycleKey, str, int]:
    parts = token.split(".")
    if len(parts) != 6 or not (parts[5].isascii() and parts[5].isdigit()) or len(parts[5]) > 6:
        return _NO_SUCH, "-", 0
    return CycleKey(*parts[1:4]), parts[4], int(parts[5])
