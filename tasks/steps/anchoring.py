"""The sweep leaves an anchor of its day beside the ledger."""

from datetime import datetime

from sqlmodel import func, select

from models.tables import EventRow
from tasks.adapters.anchors import Anchor, AnchorError, read_anchor, write_anchor
from tasks.adapters.home import Home
from tasks.adapters.ledger.events import follows_seal, last_seal


def anchor(home: Home, as_of: datetime) -> None:
    """Once more when there are more events. An anchor the chain does not contain is evidence, and is left as it is: the
    doctor speaks of it. A rehearsal leaves none.
    """
    if home.recorder is not None:
        return
    with home.ledger.read() as session:
        count = session.exec(select(func.count()).select_from(EventRow)).one()
        now = Anchor(as_of.date(), count, last_seal(session), as_of.isoformat())
        try:
            before = read_anchor(home.folder, now.day)
        except AnchorError:
            return
        if before and (before.events >= count or not follows_seal(session, before.seal)):
            return
    write_anchor(home.folder, now)
