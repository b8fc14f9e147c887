"""What was entered under a wrong day, or should never have been: versions of units moved to the right first day, or taken
back. What a correction changes is worked out as a whole; whether all units still agree is asked of the result.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from models.units import Unit, UnitLink, UnitTree

_DAY = timedelta(days=1)


class CorrectionError(ValueError):
    """There is nothing to correct on that day, or the new day cannot be."""


@dataclass(frozen=True, slots=True)
class Correction:
    """Each version and each link that changes, with what it becomes; None: it is gone."""

    units: tuple[tuple[Unit, Unit | None], ...]
    links: tuple[tuple[UnitLink, UnitLink | None], ...]

    def applied_to(self, tree: UnitTree) -> UnitTree:
        units, links = dict(self.units), dict(self.links)
        kept = (units.get(unit, unit) for unit in tree.all_on())
        return UnitTree(
            [unit for unit in kept if unit],
            [link for link in (links.get(each, each) for each in tree.links) if link],
        )


def withdrawn(tree: UnitTree, codes: Sequence[str], on: date) -> Correction:
    """Take back all that began with these units on the day: their versions, and that they followed others. The version
    before goes on in the place of the one taken back; a predecessor that nobody follows any more goes on without an end.
    """
    begun, links = _begun(tree, codes, on)
    units: dict[Unit, Unit | None] = dict.fromkeys(begun)
    for unit in begun:
        before = tree.at(unit.code, on - _DAY)
        if before:
            units[before] = replace(before, valid_to=unit.valid_to)
    for link in links:
        followed = [each for each in tree.went_to(link.before) if each.on == on and each not in links]
        ended = _ended(tree, link, on)
        if ended and ended not in units and not followed:
            units[ended] = replace(ended, valid_to=None)
    return Correction(tuple(units.items()), tuple((link, None) for link in links))


def redated(tree: UnitTree, codes: Sequence[str], on: date, to: date) -> Correction:
    """Let all that began with these units on one day begin on another: their versions, that they followed others, and the
    ends of what was before them.
    """
    if on == to:
        raise CorrectionError(f"it begins on {on} already")
    begun, links = _begun(tree, codes, on)
    units: dict[Unit, Unit | None] = {}
    for unit in begun:
        if unit.valid_to and unit.valid_to < to:
            raise CorrectionError(f"{unit.code}: its version from {on} ends on {unit.valid_to}, before {to}")
        units[unit] = replace(unit, valid_from=to)
        before = tree.at(unit.code, on - _DAY)
        if before:
            units[before] = _ending(before, to)
    for link in links:
        if any(each.after == link.after and each.on == to for each in tree.went_to(link.before)):
            raise CorrectionError(f"{link.after} follows {link.before} on {to} already")
        ended = _ended(tree, link, on)
        if ended and ended not in units:
            units[ended] = _ending(ended, to)
    return Correction(tuple(units.items()), tuple((link, replace(link, on=to)) for link in links))


def _begun(tree: UnitTree, codes: Sequence[str], on: date) -> tuple[list[Unit], list[UnitLink]]:
    """The versions of these units that begin on the day, and the links to them of that day."""
    units, links = [], []
    for code in dict.fromkeys(codes):
        if code not in tree:
            raise CorrectionError(f"unknown unit {code}")
        versions = tree.versions(code)
        own = [unit for unit in versions if unit.valid_from == on]
        followed = [link for link in tree.came_from(code) if link.on == on]
        if not own and not followed:
            days = ", ".join(f"{unit.valid_from}" for unit in versions)
            raise CorrectionError(f"nothing of {code} begins on {on}; its versions begin on {days}")
        units += own
        links += followed
    return units, links


def _ended(tree: UnitTree, link: UnitLink, on: date) -> Unit | None:
    """The version of the predecessor that ended for this; None where it gave only a part and went on."""
    before = tree.at(link.before, on - _DAY)
    return before if before and before.valid_to == on - _DAY and tree.at(link.before, on) is None else None


def _ending(before: Unit, to: date) -> Unit:
    if before.valid_from >= to:
        raise CorrectionError(
            f"{before.code}: what follows cannot begin on {to}, its version before begins on {before.valid_from}"
        )
    return replace(before, valid_to=to - _DAY)
