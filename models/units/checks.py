"""What must hold of all units together, through time: asked when units are imported or reorganised."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from models.units import PART, Unit, UnitLink, UnitTree

Places = Mapping[tuple[str, date], str]
"""(code, valid_from) → `file:line`, for those that come from a file."""

_DAY = timedelta(days=1)


def unit_problems(tree: UnitTree, places: Places) -> list[str]:
    """All of them, each with its place where it has one."""
    found: list[str] = []
    for unit in tree.all_on():
        place = places.get((unit.code, unit.valid_from))
        found += [f"{place}: {said}" if place else said for said in _of_version(tree, unit)]
    leaving: dict[tuple[str, date], list[UnitLink]] = defaultdict(list)
    for link in tree.links:
        leaving[link.before, link.on].append(link)
        place = places.get((link.after, link.on)) or places.get((link.before, link.on))
        found += [f"{place}: {said}" if place else said for said in _of_link(tree, link)]
    for (code, on), links in leaving.items():
        place = next((places[link.after, on] for link in links if (link.after, on) in places), None)
        found += [f"{place}: {said}" if place else said for said in _of_shares(tree, code, on, links)]
    return list(dict.fromkeys(found))


def _of_version(tree: UnitTree, unit: Unit) -> Iterator[str]:
    for before, after in pairwise(tree.versions(unit.code)):
        if after.valid_from == unit.valid_from and before.valid_on(unit.valid_from):
            yield f"{unit.code}: the version from {unit.valid_from} begins before the one from {before.valid_from} ends"
    for what, parent in (("parent", unit.parent), *(("line", above) for _, above in unit.lines if above)):
        if parent and parent not in tree:
            yield f"{unit.code}: unknown {what} {parent}"
        elif parent and tree.at(parent, unit.valid_from) is None:
            yield f"{unit.code}: its {what} {parent} is not there on {unit.valid_from}"
        elif parent and (gone := _gone_before(tree, parent, unit)):
            yield f"{unit.code}: its {what} {parent} ends on {gone - _DAY}, and it goes on: move it first, from {gone}"
    if circle := _above_itself(tree, unit):
        yield f"{unit.code} stands above itself, by way of {circle}"
    for line, above in unit.lines:
        if above and _circles(tree, unit, line):
            yield f"{unit.code} stands above itself in the line {line}"


def _gone_before(tree: UnitTree, parent: str, unit: Unit) -> date | None:
    """The first day within the unit's version on which its parent is no longer there."""
    for version in tree.versions(parent):
        if version.valid_to is None or version.valid_to < unit.valid_from:
            continue
        after = version.valid_to + _DAY
        if unit.valid_on(after) and tree.at(parent, after) is None:
            return after
    return None


def _above_itself(tree: UnitTree, unit: Unit) -> str | None:
    seen, current = {unit.code}, unit
    while current.parent:
        if current.parent in seen:
            return current.parent
        seen.add(current.parent)
        above = tree.at(current.parent, unit.valid_from)
        if above is None:
            return None
        current = above
    return None


def _circles(tree: UnitTree, unit: Unit, line: str) -> bool:
    seen, current = {unit.code}, unit
    while above := next((code for name, code in current.lines if name == line and code), None):
        if above in seen:
            return True
        seen.add(above)
        found = tree.at(above, unit.valid_from)
        if found is None:
            return False
        current = found
    return False


def _of_link(tree: UnitTree, link: UnitLink) -> Iterator[str]:
    """A successor is there on the day; a predecessor has ended the day before, unless it gave only a part."""
    what = f"{link.before} -> {link.after} on {link.on}"
    if link.before not in tree:
        yield f"{what}: unknown unit {link.before}"
        return
    if link.after not in tree:
        yield f"{what}: unknown unit {link.after}"
        return
    if link.before == link.after:
        yield f"{what}: a unit is not its own successor"
    if tree.at(link.after, link.on) is None:
        yield f"{what}: the successor {link.after} is not valid on {link.on}: import it first"
    before = tree.at(link.before, link.on - _DAY)
    if before is None:
        yield f"{what}: the predecessor {link.before} is not there on {link.on - _DAY}"
    elif not link.share and tree.at(link.before, link.on):
        yield f"{what}: the successor begins before its predecessor {link.before} ends"


def _of_shares(tree: UnitTree, code: str, on: date, links: list[UnitLink]) -> Iterator[str]:
    """A unit is in one successor whole, or in several by part; shares that are known are of one whole."""
    if len(links) > 1 and any(not link.share for link in links):
        yield f"{code} on {on}: goes over whole to one unit and also to another: mark each with :part"
    known = [Decimal(link.share) for link in links if link.share and link.share != PART]
    total = sum(known, Decimal(0))
    ended = tree.at(code, on) is None
    if any(not 0 < share < 1 for share in known) or total > 1:
        yield f"{code} on {on}: shares are between 0 and 1, and no more than 1 together; found {total}"
    elif ended and known and len(known) == len(links) and total != 1:
        yield f"{code} on {on}: it has ended, and its shares are {total} together, not 1"
