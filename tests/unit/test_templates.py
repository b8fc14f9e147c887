"""Which version of an office's template holds on a day."""

from datetime import date

from models.templates import TemplateVersion, in_force


def version(number: int, day: str) -> TemplateVersion:
    return TemplateVersion(number, "", "", date.fromisoformat(day))


SPRING, SUMMER = version(1, "2026-03-01"), version(2, "2026-06-01")


def test_before_the_first_day_of_a_version_nothing_holds():
    assert in_force([SPRING], date(2026, 2, 28)) is None


def test_a_version_holds_from_its_first_day_until_the_next_one_begins():
    assert in_force([SUMMER, SPRING], date(2026, 3, 1)) == SPRING
    assert in_force([SUMMER, SPRING], date(2026, 5, 31)) == SPRING
    assert in_force([SUMMER, SPRING], date(2026, 6, 1)) == SUMMER


def test_a_version_loaded_later_for_an_earlier_day_does_not_push_out_the_one_planned():
    mended = version(3, "2026-04-01")
    assert in_force([SPRING, SUMMER, mended], date(2026, 5, 1)) == mended
    assert in_force([SPRING, SUMMER, mended], date(2026, 7, 1)) == SUMMER


def test_of_two_versions_for_one_day_the_one_loaded_last_holds():
    again = version(2, "2026-03-01")
    assert in_force([again, SPRING], date(2026, 3, 1)) == again
