"""The reporting calendar in iCalendar (RFC 5545, 7986): as a feed of all deadlines for the calendar program of an
office, and as the entry that goes with a mail to one unit.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Calendar, Event

from models.calendar import PlannedCycle
from models.deadlines import Deadline
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
    feed = _calendar()
    feed.add("x-wr-calname", "Lịch báo cáo")
    feed.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    feed.add("x-published-ttl", "PT6H")
    for planned in cycles:
        if planned.deadline:
            revision = (revisions or {}).get(planned.key)
            feed.add_component(_event(planned, tree, revision, uid=_uid(planned)))
    return bytes(feed.to_ical())


@dataclass(frozen=True, slots=True)
class Entry:
    """What one unit owes in one cycle, by its own deadline, as of a mail about it."""

    planned: PlannedCycle
    unit: str
    deadline: Deadline
    revision: Revision


def write_entries(entries: Iterable[Entry], tree: UnitTree) -> bytes:
    """One event an entry, published to its reader; the identity is that of cycle and unit, so a program that has an
    event of an earlier mail moves it. The same entries give the same bytes.
    """
    calendar = _calendar()
    calendar.add("method", "PUBLISH")
    for entry in entries:
        own = replace(entry.planned, deadline=entry.deadline)
        uid = _uid(entry.planned, entry.unit)
        calendar.add_component(_event(own, tree, entry.revision, uid=uid))
    return bytes(calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//dondoc//lich bao cao//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    return calendar


def _uid(planned: PlannedCycle, *unit: str) -> str:
    return ".".join((*str(planned.key).split("/"), *unit)) + "@dondoc"


def _event(planned: PlannedCycle, tree: UnitTree, revision: Revision | None, *, uid: str) -> Event:
    assert planned.deadline
    deadline = planned.deadline
    event = Event()
    event.add("uid", uid)
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
    if planned.moved_by:
        lines.insert(2, f"Thời hạn điều chỉnh theo: {planned.moved_by}")
    if isinstance(through, str):
        lines.append(f"Gửi qua: {tree.office(through, deadline.day_x).body}")
    event.add("description", "\n".join(lines))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", planned.obligation.title)
    alarm.add("trigger", timedelta(days=-3))
    event.add_component(alarm)
    return event
