"""A replay that stops only where something is due leaves the ledger of every single day; one with outages leaves what
the rules say of missed steps, told by an oracle of the tests' own (`tests/soak`). The long proofs are `make soak`.
"""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dondoc.demo.fill import Answers
from tests.builders import ROOT
from tests.ledger.office import FIGURES, at
from tests.soak.compare import same_documents, seen, unlike
from tests.soak.picture import differences
from tests.soak.replay import Story, every_day, replay, replay_stops, with_outages
from tests.soak.years import LOADED, new_home, world

FEW = settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
SEEDS = st.integers(1, 10_000)
BY_HAND = (("ke-hoach-mau", "O4", "2019", date(2019, 12, 20)),)
LOADED_OFFICE = at("2018-12-03").date()


def typed(spec, _place):
    """The office's figures, as far as the form asks for them."""
    asked = {row.code for row in spec.entered_rows}
    return Answers({code: value for code, value in (FIGURES | {"A.6": 3}).items() if code in asked})


@pytest.fixture
def office_world(home):
    return world(home, by_hand=BY_HAND)


def story_of(office, seed, first=date(2019, 7, 1), last=date(2020, 2, 28)):
    return Story(first, last, office.acts(seed, first), typed)


def told(office, story, found):
    return office.oracle(LOADED_OFFICE).tell(found.mornings, story.acts)


def test_sweeping_only_where_something_is_due_leaves_the_ledger_of_every_single_day(home, office_world):
    story = story_of(office_world, 1)
    daily, stopped = replay(home, story, every_day(story)), replay_stops(home, story)
    assert differences(daily.picture, stopped.picture) == []
    assert len(stopped.mornings) < len(daily.mornings) / 2
    assert len(daily.picture["message"]) > 15
    assert unlike(seen(daily.picture), told(office_world, story, daily)) == []


def test_outages_leave_the_ledger_of_every_day_but_for_what_the_rules_say_of_missed_steps(home, office_world):
    story = story_of(office_world, 2)
    daily, broken = replay(home, story, every_day(story)), replay(home, story, with_outages(story, 1))
    assert unlike(seen(broken.picture), told(office_world, story, broken)) == []
    assert unlike(seen(broken.picture), told(office_world, story, daily)) != []  # steps were missed indeed
    assert same_documents(daily.picture, broken.picture) == []


@pytest.mark.parametrize("backend", ["sqlite"])
@FEW
@given(people=SEEDS, outages=SEEDS)
def test_whatever_people_do_and_whenever_nobody_sweeps_the_rules_tell_the_ledger(home, people, outages):
    office = world(home, by_hand=BY_HAND)
    story = story_of(office, people)
    broken = replay(home, story, with_outages(story, outages))
    assert unlike(seen(broken.picture), told(office, story, broken)) == []


@pytest.mark.parametrize("backend", ["sqlite"])
@FEW
@given(people=SEEDS, gaps=st.lists(st.integers(1, 30), min_size=5, max_size=25))
def test_a_second_sweep_at_the_same_moment_changes_nothing_whatever_came_before(home, people, gaps):
    office = world(home, by_hand=BY_HAND)
    story = story_of(office, people)
    days = [story.first + timedelta(days=sum(gaps[:i])) for i in range(1, len(gaps) + 1)]
    once, twice = replay(home, story, days), replay(home, story, [day for day in days for _ in range(2)])
    assert differences(once.picture, twice.picture) == []


def test_a_spring_of_a_plan_that_ships_is_the_same_by_stops_and_as_the_rules_tell_it(tmp_path):
    only, first, last = ("nam-dong-2014",), date(2014, 1, 15), date(2014, 5, 15)
    home = new_home(tmp_path / "home", ROOT / "plans", only)
    shipped = world(home, only)
    story = Story(first, last, shipped.acts(1, first))
    daily, stopped = replay(home, story, every_day(story)), replay_stops(home, story)
    assert differences(daily.picture, stopped.picture) == []
    for found in (daily, replay(home, story, with_outages(story, 1))):
        assert (
            unlike(seen(found.picture), shipped.oracle(LOADED.date()).tell(found.mornings, story.acts)) == []
        )
    home.ledger.close()
