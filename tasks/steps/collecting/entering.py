"""A report that came on paper or by telephone, entered for the unit in its own form: checked, counted and told like any
other, and marked as what it is.
"""

from dataclasses import dataclass
from datetime import datetime

from models.by_hand import PAPER, PHONE, call_said, paper_said, received_moment
from models.ids import CycleKey
from tasks.adapters.home import Home
from tasks.steps.collecting.accepting import Outcome
from tasks.steps.collecting.forms import Expected, form_owed
from tasks.steps.collecting.intake import Arrival, take_in
from tasks.steps.opening import ensure_open


@dataclass(frozen=True, slots=True)
class ByHand:
    """How the report came: `said` is the number and date of the paper, or who told it and when."""

    channel: str
    said: str

    def __post_init__(self) -> None:
        if self.channel not in {PAPER, PHONE}:
            raise ValueError(f"no way of entering by hand: {self.channel}")


def enter(
    home: Home,
    key: CycleKey,
    unit: str,
    data: bytes,
    name: str,
    how: ByHand,
    *,
    received: datetime,
    as_of: datetime,
    actor: str,
) -> Outcome:
    """Take it in on behalf of the unit. It was received when the paper was, which decides whether it is in time.
    NotByHandError where the paper, the call or the day makes no sense; nothing is saved then.
    """
    said = paper_said(how.said, received.date()) if how.channel == PAPER else call_said(how.said)
    form_owed(home, key, unit, as_of)
    live = ensure_open(home, key, as_of, unit, early=True)
    arrival = Arrival(
        data,
        name,
        channel=how.channel,
        submitted_by=actor,
        on_behalf_of=unit,
        received_at=received_moment(received, as_of, live.opened_at),
        paper=said,
    )
    return take_in(home, arrival, as_of, Expected(key, unit))
