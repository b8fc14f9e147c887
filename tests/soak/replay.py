"""Sweep through years on a rehearsal of a home, with people acting in between, and keep the picture of its ledger.

Three ways: every morning; only the mornings on which something is due; every morning but those of outages.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from dondoc.demo.figures import answers_for
from flows.rehearse import Recorder
from flows.sweep import sweep_plainly
from models.deadlines import ZONE
from tasks.adapters.clock import START_OF_WORK
from tasks.adapters.home import Home, in_use
from tasks.steps.stops import stops
from tests.soak.acts import Act
from tests.soak.dates import DAY
from tests.soak.people import Typist, perform
from tests.soak.picture import Picture, picture

Tell = Callable[[date], object]


@dataclass(frozen=True)
class Story:
    """What is replayed: from which day to which, and what people do."""

    first: date
    last: date
    acts: Sequence[Act] = ()
    typist: Typist = answers_for
    tell: Tell = field(default=lambda _day: None)


@dataclass(frozen=True)
class Replayed:
    picture: Picture
    mornings: tuple[datetime, ...]
    """When it was swept."""


def morning(day: date) -> datetime:
    return datetime.combine(day, START_OF_WORK, ZONE)


def every_day(story: Story) -> list[date]:
    return [story.first + i * DAY for i in range((story.last - story.first).days + 1)]


def with_outages(story: Story, seed: object, longest: int = 30) -> list[date]:
    """Every day, less outages of 1 to 30 days with 1 to 45 days between them."""
    draw, up, left = random.Random(str(seed)), True, 0
    found = []
    for day in every_day(story):
        if left == 0:
            up = not up
            left = draw.randint(1, 45) if up else draw.randint(1, longest)
        left -= 1
        if up:
            found.append(day)
    return [*found, story.last] if found[-1:] != [story.last] else found


def replay(home: Home, story: Story, days: Sequence[date]) -> Replayed:
    """Sweep on these mornings, whatever is due."""
    with home.rehearsal(recorder := Recorder()) as rehearsed, in_use(rehearsed):
        todo = iter([*story.acts, None])
        act = next(todo)
        for day in days:
            act = _act_until(rehearsed, story, morning(day), act, todo)
            sweep_plainly(morning(day))
            story.tell(day)
        return Replayed(picture(rehearsed, recorder.mails), tuple(morning(day) for day in days))


def replay_stops(home: Home, story: Story) -> Replayed:
    """Sweep only on the mornings the program stops at: the first, the days its calendar names, asked again after each
    day on which people did something, and the morning after that.
    """
    with home.rehearsal(recorder := Recorder()) as rehearsed, in_use(rehearsed):
        done, day = [], story.first
        todo = iter([*story.acts, None])
        act = next(todo)
        coming = [day, *stops(rehearsed, day, story.last)]
        while True:
            after_act = _next_morning(act) if act else None
            stop = next((stop for stop in coming if stop >= day), None)
            due = [each for each in (after_act, stop) if each]
            if not due or min(due) > story.last:
                break
            day = min(due)
            before, act = act, _act_until(rehearsed, story, morning(day), act, todo)
            sweep_plainly(morning(day))
            if act is not before:
                coming = stops(rehearsed, day, story.last)
            story.tell(day)
            done.append(morning(day))
            day += DAY
        return Replayed(picture(rehearsed, recorder.mails), tuple(done))


def _next_morning(act: Act) -> date:
    return act.at.date() if act.at <= morning(act.at.date()) else act.at.date() + DAY


def _act_until(
    home: Home, story: Story, moment: datetime, act: Act | None, todo: Iterator[Act | None]
) -> Act | None:
    """Do what was to be done before this moment; returns the first act that is not."""
    while act and act.at < moment:
        perform(home, act, story.typist)
        act = next(todo)
    return act
