"""Working days: Monday to Friday, less the holidays, plus the Saturdays worked in exchange (làm bù).

Holidays are data (`plans/holidays/<year>.yaml`) with the document that decided them, never a formula.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, eq=False)
class WorkingDays:
    """The calendar of one installation. Years without a file count weekends only; `covers` tells. Told apart by identity,
    so that what is worked out from it can be remembered by it.
    """

    holidays: Mapping[date, str] = field(default_factory=dict)
    working_saturdays: frozenset[date] = frozenset()
    years: frozenset[int] = frozenset()

    def covers(self, day: date) -> bool:
        return day.year in self.years

    def is_working(self, day: date) -> bool:
        if day in self.working_saturdays:
            return True
        return day.weekday() < 5 and day not in self.holidays

    def on_or_before(self, day: date) -> date:
        """The last working day not after `day`."""
        while not self.is_working(day):
            day -= _DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The first working day not before `day`."""
        while not self.is_working(day):
            day += _DAY
        return day

    def add(self, day: date, count: int) -> date:
        """The count-th working day after `day` (before it when negative); `day` itself is not counted."""
        step = _DAY if count > 0 else -_DAY
        for _ in range(abs(count)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days lie after `first` up to and including `last`; negative when last is earlier."""
        if last < first:
            return -self.between(last, first)
        return sum(self.is_working(first + i * _DAY) for i in range(1, (last - first).days + 1))
