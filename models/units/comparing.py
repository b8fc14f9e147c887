"""Two cycles side by side across a reorganisation: figures of units that went over whole carry to their successors
exactly; what was divided is named, and never guessed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from models.figures import UnitFigures
from models.units import Unit, UnitTree


@dataclass(frozen=True, slots=True)
class Origin:
    """A unit of the earlier time whose territory, or a part of it, is in a unit of the later one."""

    unit: Unit
    is_whole: bool
    shares: str = ""
    """The share that went over, where a decision says it: shown, never used to divide figures."""


@dataclass(frozen=True, slots=True)
class Carried:
    """One unit of the later cycle, and what stood for its territory in the earlier one."""

    unit: str
    unit_name: str
    origins: tuple[Origin, ...]
    notes: tuple[str, ...]
    """Why the earlier figures are not exactly those of its territory, in Vietnamese; none where they are."""

    @property
    def is_exact(self) -> bool:
        return bool(self.origins) and not self.notes


@dataclass(frozen=True, slots=True)
class Unmapped:
    """A unit of the earlier cycle whose figures carry to no one unit of the later."""

    unit: str
    unit_name: str
    became: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class UnitMap:
    """How the units of two cycles correspond."""

    carried: tuple[Carried, ...]
    unmapped: tuple[Unmapped, ...]
    is_comparable: bool
    """Do both cycles cover the same territory, so that their totals may be compared? A division inside it is no harm."""


def map_units(
    tree: UnitTree,
    earlier: Sequence[tuple[str, str]],
    later: Sequence[tuple[str, str]],
    then: date,
    now: date,
) -> UnitMap:
    """`earlier` and `later`: (code, name) of the units of each cycle, as of `then` and `now`."""
    known, present = dict(earlier), dict(later)
    carried = [carried_to(tree, unit, known, then, now) for unit in later]
    became = {code: tree.became(code, now) for code in known}
    unmapped = [
        Unmapped(code, known[code], each.units)
        for code, each in became.items()
        if not (each.is_whole and each.units[0].code in present) or _gave_away(tree, code, then, now)
    ]
    covered = all(
        each.units and {unit.code for unit in each.units} <= present.keys() for each in became.values()
    )
    nothing_new = all(origin.unit.code in known for each in carried for origin in each.origins)
    return UnitMap(
        tuple(carried), tuple(unmapped), covered and nothing_new and all(each.origins for each in carried)
    )


def carried_to(
    tree: UnitTree, unit: tuple[str, str], known: Mapping[str, str], then: date, now: date
) -> Carried:
    """What stood for one unit (code, name) in the earlier cycle, whose units by code are `known`."""
    code, name = unit
    origins = tuple(origins_of(tree, code, then, now))
    return Carried(code, name, origins, _notes(code, origins, known))


def origins_of(tree: UnitTree, code: str, then: date, now: date) -> list[Origin]:
    """The units there were `then` of which the unit is made up `now`."""
    found: dict[str, Origin] = {}
    for before in sorted(_before(tree, code, then, now, set())):
        unit = tree.at(before, then)
        if unit is None:
            continue
        became = tree.became(before, now)
        whole = became.is_whole and became.units[0].code == code and not _gave_away(tree, before, then, now)
        shares = "" if whole else _share(tree, before, code)
        found[before] = Origin(unit, whole, shares)
    return list(found.values())


def earlier_value(carried: Carried, reports: Mapping[str, UnitFigures], code: str) -> Decimal | None:
    """The sum of what the origins that went over whole had reported; None where nothing is known."""
    found = [reports.get(origin.unit.code) for origin in carried.origins if origin.is_whole]
    known = [number for report in found if report and (number := _number(report, code)) is not None]
    return sum(known, Decimal(0)) if known else None


def _number(report: UnitFigures, code: str) -> Decimal | None:
    """Nothing to report is 0."""
    figure = report.figures.get(code)
    return Decimal(0) if report.nil else figure.number if figure else None


def _before(tree: UnitTree, code: str, then: date, now: date, seen: set[str]) -> set[str]:
    """All units that went into it, wholly or in part, between the two days; and itself, if it was there."""
    if code in seen:
        return set()
    seen.add(code)
    found = {code} if tree.at(code, then) else set()
    for link in tree.came_from(code):
        if then < link.on <= now:
            found |= _before(tree, link.before, then, link.on, seen)
    return found


def _gave_away(tree: UnitTree, code: str, then: date, now: date) -> bool:
    """Did it go on, and give territory to others meanwhile?"""
    return tree.at(code, now) is not None and any(then < link.on <= now for link in tree.went_to(code))


def _share(tree: UnitTree, before: str, after: str) -> str:
    return next((link.share for link in tree.came_from(after) if link.before == before), "")


def _notes(code: str, origins: Sequence[Origin], known: Mapping[str, str]) -> tuple[str, ...]:
    if not origins:
        return ("không có đơn vị tương ứng ở kỳ trước",)
    notes = []
    for origin in origins:
        name = known.get(origin.unit.code, origin.unit.body)
        if origin.unit.code == code:
            notes += [] if origin.is_whole else ["đã chuyển một phần địa bàn cho đơn vị khác"]
        elif not origin.is_whole:
            share = f", tỷ lệ {origin.shares}" if origin.shares.startswith("0.") else ""
            notes.append(f"chỉ nhận một phần của {name}{share}")
        if origin.is_whole and origin.unit.code not in known:
            notes.append(f"gồm cả {name}, không báo cáo ở kỳ trước")
    return tuple(notes)
