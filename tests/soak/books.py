"""The ledger's word on its mail beside the server's: what was lost, what went twice, what nobody decided."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.adapters.home import Home
from tasks.adapters.ledger.events import broken_event
from tests.ledger.office import outbox
from tests.soak.post_office import Accepted

OPEN = {"queued", "sending"}
ON_PURPOSE = {"skipped", "withdrawn"}
"""Not sent, and the row says why."""
IN_DOUBT = "in doubt, overtaken by "
"""Reason of a reminder that was `unknown` until a later one was sent (handbook of the outbox)."""


@dataclass(frozen=True, slots=True)
class Row:
    key: str
    state: str
    reason: str
    message_id: str
    recipient: str

    @property
    def doubted(self) -> bool:
        """May have gone out, and no machine knows."""
        return self.state == "unknown" or (self.state == "skipped" and self.reason.startswith(IN_DOUBT))


def rows_of(home: Home) -> list[Row]:
    return [Row(*row) for row in outbox(home, "key", "state", "reason", "message_id", "recipient")]


@dataclass(frozen=True)
class Books:
    rows: Sequence[Row]
    accepted: Sequence[Accepted]

    @property
    def arrived(self) -> set[str]:
        return {each.message_id for each in self.accepted}

    def count(self, state: str) -> int:
        return sum(row.state == state for row in self.rows)

    @property
    def doubted(self) -> list[Row]:
        return [row for row in self.rows if row.doubted]

    @property
    def twice(self) -> list[str]:
        """What the server accepted more than once, and keys the ledger has more than once."""
        mails = Counter(each.message_id for each in self.accepted)
        keys = Counter(row.key for row in self.rows)
        return [name for name, times in (mails + keys).items() if times > 1]

    @property
    def lost(self) -> list[str]:
        """Decided and not done; or said to be sent, and not at the server; or left out without a reason."""
        said = []
        for row in self.rows:
            if row.state in OPEN:
                said.append(f"{row.key} is still {row.state} ({row.reason})")
            elif row.state == "sent" and row.message_id not in self.arrived:
                said.append(f"{row.key} is sent and the server never had {row.message_id or 'it'}")
            elif row.state in ON_PURPOSE and not row.reason:
                said.append(f"{row.key} is {row.state} without a reason")
            elif row.state not in {"sent", "unknown"} | ON_PURPOSE:
                said.append(f"{row.key} is {row.state} ({row.reason})")
        return said

    @property
    def strange(self) -> list[str]:
        """At the server, and the ledger does not say that it went out or may have."""
        may = {(row.message_id, row.recipient) for row in self.rows if row.state == "sent" or row.doubted}
        return [
            f"{each.message_id} to {each.recipient} is at the server and neither sent nor in doubt"
            for each in self.accepted
            if (each.message_id, each.recipient) not in may
        ]


def unlike(home: Home, books: Books, ought: set[str]) -> list[str]:
    """Where the decisions are not those of an undisturbed run, whose keys are `ought`."""
    keys = {row.key for row in books.rows}
    said = [f"{key} was never decided" for key in sorted(ought - keys)]
    said += [f"{key} ought not to have been decided" for key in sorted(keys - ought)]
    with home.ledger.read() as session:
        event = broken_event(session)
    return said if event is None else [*said, f"the chain of events is broken at {event}"]


def wrong(books: Books) -> list[str]:
    return [f"{name} is there twice" for name in books.twice] + books.lost + books.strange
