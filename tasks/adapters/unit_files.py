"""Unit files (`plans/units/*.csv`) to unit values. Bad rows are named by file and line; nothing is half-read."""

import csv
import io
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

from models.ids import SLUG
from models.text import nfc
from models.units import Contact, Unit

COLUMNS = [
    "code",
    "gso_code",
    "kind",
    "level",
    "name",
    "body",
    "abbreviation",
    "parent",
    "valid_from",
    "valid_to",
    "contact_role",
    "contact_name",
    "email",
    "phone",
    "aliases",
    "note",
]


class UnitFileError(ValueError):
    """A unit file that cannot be used; one line for each problem."""


def read_units(text: str, file: str) -> list[Unit]:
    """All units of one file; a unit with several contacts stands on several lines."""
    reader = csv.DictReader(io.StringIO(nfc(text.removeprefix("﻿"))))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise UnitFileError(f"{file}:1: missing columns: {', '.join(missing)}")
    found: dict[tuple[str, date], Unit] = {}
    wrong: list[str] = []
    for row in reader:
        try:
            unit = _unit({name: (row[name] or "").strip() for name in COLUMNS}, surplus=None in row)
        except ValueError as error:
            wrong.append(f"{file}:{reader.line_num}: {error}")
            continue
        known = found.get((unit.code, unit.valid_from))
        if known:
            unit = replace(known, contacts=known.contacts + unit.contacts)
        found[(unit.code, unit.valid_from)] = unit
    wrong += [f"{file}: {problem}" for problem in _overlaps(list(found.values()))]
    if wrong:
        raise UnitFileError("\n".join(wrong))
    return list(found.values())


def _overlaps(units: list[Unit]) -> list[str]:
    """Two versions of one unit on the same day would be counted twice."""
    by_start = sorted(units, key=lambda unit: (unit.code, unit.valid_from))
    return [
        f"{unit.code}: the version from {unit.valid_from} begins before the one from {before.valid_from} ends"
        for before, unit in pairwise(by_start)
        if before.code == unit.code and before.valid_on(unit.valid_from)
    ]


def _unit(row: dict[str, str], *, surplus: bool) -> Unit:
    if surplus:
        raise ValueError(f"{row['code']}: more cells than columns; quote a text that holds a comma")
    if not re.fullmatch(SLUG, row["code"]):
        raise ValueError(f"code {row['code']!r} is not kebab-case ASCII, e.g. xa-huong-phu")
    for name in ("kind", "level", "name", "body"):
        if not row[name]:
            raise ValueError(f"{row['code']}: {name} is empty")
    start, end = _day(row, "valid_from"), _day(row, "valid_to")
    if start is None:
        raise ValueError(f"{row['code']}: valid_from is empty")
    if end and end < start:
        raise ValueError(f"{row['code']}: valid_to {end} is before valid_from {start}")
    if row["email"] and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+", row["email"]):
        raise ValueError(f"{row['code']}: {row['email']!r} is not an e-mail address")
    contact = Contact(row["contact_role"], row["contact_name"], row["email"], row["phone"])
    return Unit(
        code=row["code"],
        gso_code=row["gso_code"],
        kind=row["kind"],
        level=row["level"],
        name=row["name"],
        body=row["body"],
        abbreviation=row["abbreviation"],
        parent=row["parent"] or None,
        valid_from=start,
        valid_to=end,
        contacts=(contact,) if any((contact.name, contact.email, contact.phone)) else (),
        aliases=tuple(alias.strip() for alias in row["aliases"].split("|") if alias.strip()),
        note=row["note"],
    )


def _day(row: dict[str, str], name: str) -> date | None:
    if not row[name]:
        return None
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        raise ValueError(f"{row['code']}: {name} {row[name]!r} is not a date, e.g. 2019-12-31") from None
