"""What must hold of all units together, through time: asked when units are imported or reorganised."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise

from models.units import Unit, UnitLink, UnitTree

Places = Mapping[tuple[str, date], str]
"""(code, valid_from) → `file:line`, for those that come from a file."""

_DAY = timedelta(days=1)


def unit_problems(tree: UnitTree, places: Places) -> list[str]:
    """All of them, each with its place where it has one."""
    found: list[str] = []
    for unit in tree.all_on():
        place = places.get((unit.code, unit.valid_from))
        found += [f"{place}: {said}" if place else said for said in _of_version(tree, unit)]
    for link in tree.links:
        place = places.get((link.after, link.on)) or places.get((link.before, link.on))
        found += [f"{place}: {said}" if place else said for said in _of_link(tree, link)]
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
    if circle := _above_itself(tree, unit):
        yield f"{unit.code} stands above itself, by way of {circle}"


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
