"""Who owes a report as of a day, through whom it goes, and which units a plan names that are no longer there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from models.plan import Owed, Through
from models.plan.owed import Selector
from models.units import LOCAL_KINDS, Unit, UnitTree


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A unit the plan names that has ended, and of which no one unit holds what it held: the lead unit says who owes in
    its place.
    """

    unit: Unit
    """As it last was."""
    candidates: tuple[Unit, ...]
    """Its successors; where none are known, what the units under it became."""


def owing(tree: UnitTree, owed: Owed, day: date) -> list[Unit]:
    """The units that owe a report as of the day: those named, then those selected; each once. A unit that has ended
    owes through the one that took it over whole, and not at all where it was divided (see `unplaced`).
    """
    found: dict[str, Unit] = {}
    for code in _named(owed, day):
        unit = tree.holder(code, day)
        if unit:
            found.setdefault(unit.code, unit)
    for selector in _selectors(owed, day):
        for unit in sorted(
            _selected(tree, selector, day), key=lambda unit: (unit.gso_code or "~", unit.code)
        ):
            found.setdefault(unit.code, unit)
    return list(found.values())


def unplaced(tree: UnitTree, owed: Owed, day: date) -> list[Unplaced]:
    """Every unit named, or selected under, that has ended by the day and of which nobody is the one successor."""
    gone = [code for code in _named(owed, day) if tree.holder(code, day) is None]
    gone += [str(s.under) for s in _selectors(owed, day) if tree.same(str(s.under), day) is None]
    return [
        Unplaced(tree.nearest(code, day), _candidates(tree, code, day))
        for code in dict.fromkeys(gone)
        if code in tree and tree.versions(code)[0].valid_from <= day
    ]


def collector_of(tree: UnitTree, unit: str, through: str | Through | None, lead: str, day: date) -> str:
    """The code of the office a unit's report goes through: the one named; or the nearest one of the line, going up
    from the unit; the lead unit where there is none any more.
    """
    if isinstance(through, Through):
        found = _nearest_in_line(tree, unit, through.line, day)
    else:
        found = tree.holder(through, day) if through else None
    return found.code if found else tree.office(lead, day).code


def _named(owed: Owed, day: date) -> list[str]:
    return [
        *owed.units,
        *(code for selector in owed.select if selector.holds_on(day) for code in selector.units),
    ]


def _selectors(owed: Owed, day: date) -> Iterator[Selector]:
    return (selector for selector in owed.select if selector.under and selector.holds_on(day))


def _selected(tree: UnitTree, selector: Selector, day: date) -> Iterator[Unit]:
    assert selector.under
    above = tree.same(selector.under, day)
    for unit in tree.below(above.code, day) if above else ():
        if (not selector.kinds or unit.kind in selector.kinds) and (
            selector.line is None or unit.in_line(selector.line)
        ):
            yield unit


def _candidates(tree: UnitTree, code: str, day: date) -> tuple[Unit, ...]:
    became = tree.became(code, day)
    if became.units and not became.is_whole:
        return became.units
    last = tree.nearest(code, day).valid_to
    if last is None:
        return ()
    found = {
        unit.code: unit
        for child in tree.below(code, last)
        if child.kind in LOCAL_KINDS
        for unit in tree.became(child.code, day).units
    }
    return tuple(found[each] for each in sorted(found))


def _nearest_in_line(tree: UnitTree, code: str, line: str, day: date) -> Unit | None:
    unit = tree.at(code, day)
    above_in_line = (
        next((above for name, above in unit.lines if name == line and above), None) if unit else None
    )
    if above_in_line:
        return tree.holder(above_in_line, day)
    places = tree.above(code, day)
    if unit and unit.in_line(line):
        places = places[1:]  # beside it stands only itself
    for place in places:
        found = [
            child
            for child in tree.children(place.code, day)
            if child.in_line(line) and child.parent == place.code
        ]
        if found:
            return found[0]
    return None
