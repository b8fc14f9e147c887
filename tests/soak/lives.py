"""How one unit lives through one report: when it sends what, and what the coordinator does meanwhile."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from models.deadlines import ZONE
from tests.soak.acts import Act, What
from tests.soak.dates import DAY, Report


@dataclass(frozen=True)
class Life:
    draw: random.Random
    report: Report
    unit: str
    place: int
    start: date
    """From here on the report can be sent without haste."""
    sent: date
    """The day on which the unit sends, if it does and nothing else is said."""

    def act(self, what: What, on: date, number: int = 1, until: date | None = None) -> Act:
        return Act(moment(self.draw, on), what, self.report.key, self.unit, self.place, number, until)

    def days(self, most: int, least: int = 1) -> timedelta:
        return self.draw.randint(least, most) * DAY


def life(draw: random.Random, report: Report, unit: str, place: int, start: date) -> Iterator[Act]:
    """All that is done about one unit's report, drawn by chance; in order of time."""
    first = max(start, report.day_x - 28 * DAY) if draw.random() < 0.3 else start
    sent = first + draw.randint(1, (report.closes_on - first).days + 15) * DAY
    (kind,) = draw.choices([kind for kind, _ in _KINDS], [often for _, often in _KINDS])
    return kind(Life(draw, report, unit, place, start, sent))


def moment(draw: random.Random, on: date) -> datetime:
    """Between two mornings, to the second, so that no two acts of one report meet."""
    start = datetime.combine(on, time(9), ZONE)
    return start + timedelta(seconds=draw.randint(0, 13 * 3600))


def _silent(_: Life) -> Iterator[Act]:
    return iter(())


def _sends(one: Life) -> Iterator[Act]:
    yield one.act("send", one.sent)


def _has_nothing(one: Life) -> Iterator[Act]:
    yield one.act("nil" if one.report.obligation["form"].get("nil") else "send", one.sent)


def _drops_into_the_inbox(one: Life) -> Iterator[Act]:
    yield one.act("drop", one.sent)


def _is_early(one: Life) -> Iterator[Act]:
    """Before the cycle opens, where its date is known by then."""
    yield one.act("send", one.start - one.days(6) if one.start == one.report.opens_on else one.sent)


def _sends_twice(one: Life) -> Iterator[Act]:
    yield one.act("send", one.sent)
    yield one.act("send", one.sent + one.days(9), 2)


def _sends_a_wrong_file_first(one: Life) -> Iterator[Act]:
    yield one.act("junk", one.sent)
    yield one.act("send", one.sent + one.days(5))


def _is_given_back(one: Life) -> Iterator[Act]:
    back = one.sent + one.days(12)
    yield one.act("send", one.sent)
    yield one.act("return", back, until=back + one.days(25, least=2))
    if one.draw.random() < 0.7:
        yield one.act("send", back + one.days(30), 2)


def _is_extended(one: Life) -> Iterator[Act]:
    on = one.start + one.days((one.report.day_x - one.start).days - 1)
    to = one.report.day_x + one.days(45)
    yield one.act("extend", on, until=to)
    sent = on + one.days(60) if one.draw.random() < 0.6 else None
    again = min(on + one.days(20), to)
    if one.draw.random() < 0.3 and (sent is None or again < sent):  # what has been reported is not extended
        yield one.act("extend", again, until=to + one.days(20))
    if sent:
        yield one.act("send", sent)


def _is_exempted(one: Life) -> Iterator[Act]:
    if one.draw.random() < 0.4:
        yield one.act("send", one.sent)
    yield one.act("exempt", one.sent + one.days(8))


_KINDS: tuple[tuple[Callable[[Life], Iterator[Act]], int], ...] = (
    (_silent, 20),
    (_sends, 25),
    (_has_nothing, 6),
    (_drops_into_the_inbox, 8),
    (_is_early, 2),
    (_sends_twice, 8),
    (_sends_a_wrong_file_first, 5),
    (_is_given_back, 13),
    (_is_extended, 12),
    (_is_exempted, 4),
)
"""Each with how often, in a hundred or so."""
