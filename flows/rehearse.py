"""Sweeps that leave no trace: tomorrow's mail beforehand, and many years in minutes.

They run the very sweep of every day on a rehearsal of the home (one transaction, rolled back) with a recorder in
place of the mail server, so that what they show is what would be.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime, timedelta
from types import TracebackType
from typing import Any, Self

from flows.sweep import sweep_plainly
from models.deadlines import ZONE
from tasks.adapters import clock
from tasks.adapters.clock import START_OF_WORK
from tasks.adapters.home import Home, in_use, the_home
from tasks.adapters.mail import Delivered, OutgoingMail
from tasks.steps.previewing import message_rows
from tasks.steps.stops import stops


class Recorder:
    """A transport that keeps what it is given, in order."""

    def __init__(self) -> None:
        self.mails: list[OutgoingMail] = []

    @property
    def patience(self) -> timedelta:
        return timedelta(0)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def send(self, mail: OutgoingMail) -> Delivered:
        self.mails.append(mail)
        return Delivered(mail.message_id, "rehearsed")


def preview_day(on: date) -> list[dict[str, Any]]:
    """What the sweep of that morning sends. Days still to come before it are taken to be swept; what was missed until
    today is not: it goes with the first sweep, and is shown.
    """
    recorder = Recorder()
    with the_home().rehearsal(recorder) as home, in_use(home):
        for before in stops(home, clock.now().date(), on - timedelta(days=1)):
            sweep_plainly(_morning(before))
        recorder.mails.clear()
        sweep_plainly(_morning(on))
        return [_told(home, mail) for mail in recorder.mails]


def simulate_days(first: date, last: date, tell: Callable[[date, int], object]) -> dict[str, Any]:
    """Totals per year of sweeping from the first day to the last; `tell` hears of each day done, of how many. The first
    day is swept whatever the calendar says: what had come by then is under way.
    """
    years: dict[int, Counter[str]] = {}
    with the_home().rehearsal(Recorder()) as home, in_use(home):
        days = sorted({first, *stops(home, first, last)})
        for on in days:
            swept = sweep_plainly(_morning(on)).as_json()
            tell(on, len(days))
            counts = years.setdefault(on.year, Counter())
            counts.update({name: value for name, value in swept.items() if name != "busy"}, stops=1)
    names = ("stops", "opened", "queued", "sent", "received", "closed", "written")
    return {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "years": [{"year": year, **{name: years[year][name] for name in names}} for year in sorted(years)],
        "total": {name: sum(counts[name] for counts in years.values()) for name in names},
    }


def _morning(on: date) -> datetime:
    return datetime.combine(on, START_OF_WORK, ZONE)


def _told(home: Home, mail: OutgoingMail) -> dict[str, Any]:
    rows = message_rows(home, mail.message_id)
    return {
        "to": mail.to,
        "unit": rows[0].unit,
        "subject": mail.subject,
        "step": rows[0].step,
        "cycles": [row.cycle for row in rows],
        "kind": rows[0].kind,
        "message_id": mail.message_id,
        "attachments": [attachment.name for attachment in mail.attachments],
        "text": mail.text,
    }
