"""The reporting calendar as an iCalendar feed (RFC 5545, 7986), for the calendar program of an office."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from models.calendar import PlannedCycle
from models.ids import CycleKey
from models.text import day_with_weekday
from models.units import UnitTree

ASK_AGAIN = timedelta(hours=6)
"""How often a program that subscribes should look."""


@dataclass(frozen=True, slots=True)
class Revision:
    """When what decides a day was last changed, and how many times it was: a program that has an older one moves
    the event, which keeps its UID.
    """

    at: datetime
    sequence: int


def write_feed(
    cycles: Iterable[PlannedCycle], tree: UnitTree, revisions: Mapping[CycleKey, Revision] | None = None
) -> bytes:
    """One all-day event a deadline, on the last working day in time; the same cycles give the same bytes."""
    feed = Calendar()
    feed.add("prodid", "-//dondoc//lich bao cao//VI")
    feed.add("version", "2.0")
    feed.add("calscale", "GREGORIAN")
    feed.add("x-wr-calname", "Lịch báo cáo")
    feed.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", "PT6H")
    for planned in cycles:
        if planned.deadline:
            feed.add_component(_event(planned, tree, (revisions or {}).get(planned.key)))
    return bytes(feed.to_ical())


def _event(planned: PlannedCycle, tree: UnitTree, revision: Revision | None) -> Event:
    assert planned.deadline
    deadline = planned.deadline
    event = Event()
    event.add("uid", f"{str(planned.key).replace('/', '.')}@dondoc")
    if revision:
        event.add("dtstamp", revision.at.astimezone(UTC))
        event.add("last-modified", revision.at.astimezone(UTC))
        event.add("sequence", revision.sequence)
    else:
        event.add("dtstamp", datetime.combine(deadline.day_x, datetime.min.time(), UTC))
    event.add("dtstart", deadline.last_working_day)
    event.add("dtend", deadline.last_working_day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"Hạn: {planned.obligation.title}, {planned.period.vietnamese}")
    through = planned.obligation.through
    lines = [
        planned.plan.short,
        f"Thời hạn theo kế hoạch: {planned.obligation.wording}",
        f"Ngày cuối cùng đúng hạn: {day_with_weekday(deadline.last_day)}",
    ]
    if isinstance(through, str):
        lines.append(f"Gửi qua: {tree.office(through, deadline.day_x).body}")
    event.add("description", "\n".join(lines))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", planned.obligation.title)
    alarm.add("trigger", timedelta(days=-3))
    event.add_component(alarm)
    return event
