"""Units valid by date, and who owes a report as of a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from models.plan import Owed

LOCAL_KINDS = frozenset(
    {"tinh", "thanh-pho-tw", "huyen", "thanh-pho", "thi-xa", "quan", "xa", "phuong", "thi-tran", "dac-khu"}
)
"""Territories; what reports for one is its Ủy ban nhân dân."""


@dataclass(frozen=True, slots=True)
class Contact:
    role: str
    name: str
    email: str
    phone: str


@dataclass(frozen=True, slots=True)
class Unit:
    """One version of a unit: what it was called and where it belonged from `valid_from` to `valid_to`."""

    code: str
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

    def valid_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def emails(self) -> tuple[str, ...]:
        return tuple(contact.email for contact in self.contacts if contact.email)


class UnitTree:
    """All versions of all units; every question is asked as of a day."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self._versions: dict[str, list[Unit]] = defaultdict(list)
        for unit in sorted(units, key=lambda unit: unit.valid_from):
            self._versions[unit.code].append(unit)

    def __contains__(self, code: str) -> bool:
        return code in self._versions

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

    def all_on(self, day: date | None = None) -> list[Unit]:
        """Units valid that day (every version when no day is given), by code."""
        found = [unit for versions in self._versions.values() for unit in versions]
        return sorted(
            (unit for unit in found if day is None or unit.valid_on(day)),
            key=lambda unit: (unit.code, unit.valid_from),
        )

    def below(self, code: str, day: date) -> list[Unit]:
        """Everything under a unit at any depth, as of the day."""
        valid = self.all_on(day)
        found: dict[str, Unit] = {}
        todo = [code]
        while todo:
            parent = todo.pop()
            # A unit that stands above itself by mistake is met once, not for ever.
            children = {u.code: u for u in valid if u.parent == parent and u.code not in {*found, code}}
            found |= children
            todo += children
        return sorted(found.values(), key=lambda unit: unit.code)

    def owing(self, owed: Owed, day: date) -> list[Unit]:
        """The units that owe a report as of the day: those named, then those selected; each once, closed ones out."""
        found: dict[str, Unit] = {}
        for code in owed.units:
            unit = self.at(code, day)
            if unit:
                found[code] = unit
        for selector in owed.select:
            chosen = [unit for unit in self.below(selector.under, day) if unit.kind in selector.kinds]
            for unit in sorted(chosen, key=lambda unit: (unit.gso_code or "~", unit.code)):
                found.setdefault(unit.code, unit)
        return list(found.values())
