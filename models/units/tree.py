"""Units valid by date: what each was called, where it belonged, who is written to, what became of it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

LOCAL_KINDS = frozenset(
    {"tinh", "thanh-pho-tw", "huyen", "thanh-pho", "thi-xa", "quan", "xa", "phuong", "thi-tran", "dac-khu"}
)
"""Territories; what reports for one is its Ủy ban nhân dân."""

PART = "part"
"""The share of a link where it is known that only a part went over, and not how much."""

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Contact:
    role: str
    name: str
    email: str
    phone: str
    valid_from: date | None = None
    """None: as long as the unit is there; so with `valid_to`."""
    valid_to: date | None = None

    def valid_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of a unit: what it was called and where it belonged from `valid_from` to `valid_to`."""

    code: str
    """Our own identifier, the same in all versions; never the GSO code, which is used again for other units."""
    gso_code: str
    kind: str
    level: str
    name: str
    body: str
    """Who reports, as a document calls it: UBND huyện Nam Đông."""
    abbreviation: str
    parent: str | None
    valid_from: date
    valid_to: date | None
    contacts: tuple[Contact, ...] = ()
    aliases: tuple[str, ...] = ()
    note: str = ""
    lines: tuple[tuple[str, str | None], ...] = ()
    """Lines it belongs to beside the administrative one (ngành dọc: tre-em, phu-nu), each with the unit above it in
    that line where that is not found through the administrative tree.
    """

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def emails_on(self, day: date) -> tuple[str, ...]:
        """Where it is written to; each address once."""
        valid = (contact.email for contact in self.contacts if contact.email and contact.valid_on(day))
        return tuple(dict.fromkeys(valid))

    def phones_on(self, day: date) -> tuple[str, ...]:
        """Its telephones, as they were written; each once."""
        valid = (contact.phone for contact in self.contacts if contact.phone and contact.valid_on(day))
        return tuple(dict.fromkeys(valid))

    def in_line(self, line: str) -> bool:
        return any(name == line for name, _ in self.lines)


@dataclass(frozen=True, slots=True)
class UnitLink:
    """From a unit to a successor, on the first day of the new state. Many to many."""

    before: str
    after: str
    on: date
    kind: str
    """merge, split or succession."""
    share: str = ""
    """Empty where all of `before` went over; `part`, or a known share such as 0.4."""
    reason: str = ""
    document: str = ""


@dataclass(frozen=True, slots=True)
class Became:
    """What a unit is on a later day: itself, its successors, or nothing (no units)."""

    units: tuple[Unit, ...]
    is_whole: bool
    """All of it is in the one unit, which may have taken over others too. Never true for a unit that was divided."""
    is_same: bool
    """Whole, and nothing else came to it: the same territory under another name, code or kind."""


def read_lines(text: str) -> tuple[tuple[str, str | None], ...]:
    """`tre-em|phu-nu:hoi-lhpn-tinh-mau` → (("tre-em", None), ("phu-nu", "hoi-lhpn-tinh-mau"))."""
    pairs = (part.strip().partition(":") for part in text.split("|") if part.strip())
    return tuple((name, above or None) for name, _, above in pairs)


class UnitTree:
    """All versions of all units; every question is asked as of a day."""

    def __init__(self, units: Iterable[Unit], links: Iterable[UnitLink] = ()) -> None:
        self._versions: dict[str, list[Unit]] = defaultdict(list)
        for unit in sorted(units, key=lambda unit: (unit.code, unit.valid_from)):
            self._versions[unit.code].append(unit)
        self._links: dict[str, list[UnitLink]] = defaultdict(list)
        for link in sorted(links, key=lambda link: (link.on, link.after)):
            self._links[link.before].append(link)

    def __contains__(self, code: str) -> bool:
        return code in self._versions

    @property
    def links(self) -> list[UnitLink]:
        """All of them, in order of time."""
        found = [link for links in self._links.values() for link in links]
        return sorted(found, key=lambda link: (link.on, link.before, link.after))

    def versions(self, code: str) -> list[Unit]:
        """In order of time; empty where the unit is unknown."""
        return list(self._versions.get(code, ()))

    def at(self, code: str, day: date) -> Unit | None:
        """The version valid that day, or None where the unit did not exist."""
        return next((unit for unit in self._versions.get(code, ()) if unit.valid_on(day)), None)

    def nearest(self, code: str, day: date) -> Unit:
        """The version valid that day, else the latest one begun by then, else the first; KeyError if unknown."""
        versions = self._versions.get(code)
        if not versions:
            raise KeyError(f"unknown unit {code}")
        begun = [unit for unit in versions if unit.valid_from <= day]
        return self.at(code, day) or (begun[-1] if begun else versions[0])

    def became(self, code: str, day: date) -> Became:
        """What the unit is on that day, through any number of reorganisations."""
        own = self.at(code, day)
        if own:
            return Became((own,), is_whole=True, is_same=True)
        links = self._links_at_the_end_of(code, day)
        later = [self.became(link.after, day) for link in links]
        found = {unit.code: unit for became in later for unit in became.units}
        is_whole = len(links) == 1 and not links[0].share and later[0].is_whole
        is_same = is_whole and later[0].is_same and self._is_new(links[0])
        return Became(tuple(found[each] for each in sorted(found)), is_whole, is_same)

    def _is_new(self, link: UnitLink) -> bool:
        """Did the successor begin with this link, and with nothing else?"""
        begins = self._versions[link.after][0].valid_from if link.after in self._versions else None
        return begins == link.on and self.came_from(link.after) == [link]

    def _links_at_the_end_of(self, code: str, day: date) -> list[UnitLink]:
        ended = [
            unit.valid_to for unit in self._versions.get(code, ()) if unit.valid_to and unit.valid_to < day
        ]
        return [link for link in self._links.get(code, ()) if ended and link.on == max(ended) + _DAY]

    def came_from(self, code: str) -> list[UnitLink]:
        """The links that lead to a unit."""
        return self._links_to.get(code, [])

    def went_to(self, code: str) -> list[UnitLink]:
        """The links that lead from a unit."""
        return self._links.get(code, [])

    def office(self, code: str, day: date) -> Unit:
        """Who holds that office on the day: itself, or whoever took it over whole; where nobody did, the office as it
        last was. KeyError if unknown.
        """
        return self.holder(code, day) or self.nearest(code, day)

    def holder(self, code: str, day: date) -> Unit | None:
        """Like `office`, but None where nobody holds it any more."""
        became = self.became(code, day)
        return became.units[0] if became.is_whole and became.units else None

    def emails(self, code: str, day: date) -> tuple[str, ...]:
        """Where a unit is written to on that day: its own addresses; once it has ended, those of the unit it is whole in;
        none where there is no such unit. KeyError if unknown.
        """
        self.nearest(code, day)
        holder = self.holder(code, day)
        return holder.emails_on(day) if holder else ()

    def phones(self, code: str, day: date) -> tuple[str, ...]:
        """The telephones of a unit on that day, by the rule of `emails`."""
        self.nearest(code, day)
        holder = self.holder(code, day)
        return holder.phones_on(day) if holder else ()

    def all_on(self, day: date | None = None) -> list[Unit]:
        """Units valid that day (every version when no day is given), by code."""
        found = [unit for versions in self._versions.values() for unit in versions]
        return found if day is None else [unit for unit in found if unit.valid_on(day)]

    def same(self, code: str, day: date) -> Unit | None:
        """The unit whose territory it is on the day, no more and no less; None where there is no such unit."""
        became = self.became(code, day)
        return became.units[0] if became.is_same and became.units else None

    def above(self, code: str, day: date) -> list[Unit]:
        """The units above it by the administrative tree, from the nearest up, as they are on the day."""
        found: list[Unit] = []
        unit = self.at(code, day)
        while unit and unit.parent:
            unit = self.holder(unit.parent, day)
            if unit is None or unit in found or unit.code == code:
                break
            found.append(unit)
        return found

    def below(self, code: str, day: date) -> list[Unit]:
        """Everything under a unit at any depth, by the administrative tree and by lines, as of the day."""
        found: dict[str, Unit] = {}
        todo = [code]
        while todo:
            for unit in self._children.get(todo.pop(), ()):
                # A unit that stands above itself by mistake is met once, not for ever.
                if unit.valid_on(day) and unit.code not in found and unit.code != code:
                    found[unit.code] = unit
                    todo.append(unit.code)
        return sorted(found.values(), key=lambda unit: unit.code)

    def children(self, code: str, day: date) -> list[Unit]:
        """Directly under a unit, by the administrative tree and by lines."""
        found = {unit.code: unit for unit in self._children.get(code, ()) if unit.valid_on(day)}
        return [found[each] for each in sorted(found)]

    @cached_property
    def _children(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.all_on():
            for above in {unit.parent, *(above for _, above in unit.lines)} - {None}:
                found[str(above)].append(unit)
        return found

    @cached_property
    def _links_to(self) -> dict[str, list[UnitLink]]:
        found: dict[str, list[UnitLink]] = defaultdict(list)
        for link in self.links:
            found[link.after].append(link)
        return found
