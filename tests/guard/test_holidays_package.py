"""Our holiday files win over the `holidays` package; where the two differ, somebody has looked (working days only).

The package knows the yearly decisions about Tết and swapped days; our files have the rule of the labour code until
an office loads the decision. A difference that is not written here is a mistake in one of the two.
"""

from pathlib import Path

import holidays
import pytest

from tasks.adapters.holiday_files import read_working_days

FOLDER = Path(__file__).parents[2] / "plans" / "holidays"
KNOWN = {  # year: (only in our files, only in the package)
    2013: ("", "04-29"),
    2014: ("02-05", "01-29 05-02 09-01"),
    2015: ("02-24", "01-02 02-16 02-17 04-29"),
    2016: ("", ""),
    2017: ("02-02", "01-26"),
    2018: ("02-21", "02-14 12-31"),
    2019: ("", "04-29"),
    2020: ("01-30", "01-23"),
    2021: ("02-17", "02-10"),
    2022: ("", ""),
    2023: ("01-27", "01-20"),
    2024: ("02-15", "02-08 04-29"),
    2025: ("02-03", "01-27 05-02"),
    2026: ("", "08-31"),
    2027: ("02-11", "02-04 09-03"),
}


@pytest.mark.parametrize("year", KNOWN)
def test_a_difference_from_the_package_is_one_that_was_looked_at(year):
    ours = {day for day in read_working_days(FOLDER).holidays if day.year == year and day.weekday() < 5}
    theirs = {day for day in holidays.country_holidays("VN", years=year) if day.weekday() < 5}
    found = tuple(" ".join(f"{day:%m-%d}" for day in sorted(only)) for only in (ours - theirs, theirs - ours))
    assert found == KNOWN[year]


def test_every_year_from_2013_to_2027_has_its_file():
    assert set(KNOWN) == set(range(2013, 2028)) == read_working_days(FOLDER).years
