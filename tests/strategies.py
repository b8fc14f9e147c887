"""What hypothesis draws: days, calendars of working days, ladders, reports."""

from datetime import date, timedelta

from hypothesis import strategies as st

from models.plan import Step
from models.working_days import WorkingDays

days = st.dates(date(2013, 1, 7), date(2027, 12, 24))
a_while = st.integers(0, 40)


@st.composite
def calendars_around(draw: st.DrawFn) -> tuple[WorkingDays, date]:
    """A calendar with some holidays and some worked Saturdays near a day."""
    day = draw(days)
    near = st.integers(-45, 45).map(lambda n: day + timedelta(days=n))
    holidays = draw(st.sets(near, max_size=12))
    saturdays = draw(st.sets(near.filter(lambda d: d.weekday() == 5), max_size=4))
    return WorkingDays(dict.fromkeys(holidays, "nghỉ"), frozenset(saturdays), frozenset({day.year})), day


steps = st.sets(
    st.one_of(
        st.integers(1, 20).map(lambda n: f"T-{n}"),
        st.integers(1, 15).map(lambda n: f"T+{n}"),
        st.just("T-0"),
    ),
    min_size=1,
    max_size=7,
)
ladders = steps.map(lambda names: tuple(Step(step=name) for name in sorted(names)))
