"""Unit files (`plans/units/*.csv`) to unit values. Bad rows are named by file and line; nothing is half-read.

A file may also say what became of units: `predecessors` names those that ended (or gave territory) on the day a row
begins, so that one file holds a whole reorganisation.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from models.ids import SLUG
from models.text import nfc
from models.units import PART, Contact, Unit, UnitLink, read_lines

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


LEVELS = ("central", "province", "district", "commune")
OPTIONAL = ["contact_from", "contact_to", "lines", "predecessors", "document"]
_PREDECESSOR = re.compile(rf"(?P<code>{SLUG})(?::(?P<share>{PART}|0\.\d{{1,4}}))?")
_EMAIL = re.compile(r"[^@\s,;<>]+@[^@\s,;<>]+\.[^@\s,;<>]+")
_LINE = re.compile(rf"{SLUG}(?::{SLUG})?")


@dataclass(frozen=True, slots=True)
class UnitFile:
    units: list[Unit]
    links: list[UnitLink]
    places: dict[tuple[str, date], str]
    """(code, valid_from) → `file:line`."""


class UnitFileError(ValueError):
    """A unit file that cannot be used; one line for each problem."""


def read_units(text: str, file: str) -> list[Unit]:
    """All units of one file; a unit with several contacts stands on several lines."""
    return read_unit_file(text, file).units


def read_unit_file(text: str, file: str) -> UnitFile:
    """The units of one file and the links to their predecessors; UnitFileError names every bad line."""
    reader = csv.DictReader(io.StringIO(nfc(text.removeprefix("\ufeff"))))
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or [])]
    if missing:
        raise UnitFileError(f"{file}:1: missing columns: {', '.join(missing)}")
    found: dict[tuple[str, date], Unit] = {}
    links: list[UnitLink] = []
    places: dict[tuple[str, date], str] = {}
    wrong: list[str] = []
    for raw in _rows(reader, file):
        row = {name: (raw.get(name) or "").strip() for name in (*COLUMNS, *OPTIONAL)}
        place = f"{file}:{reader.line_num}"
        try:
            unit = _unit(row, surplus=None in raw)
            own_links = _links(row, unit)
        except ValueError as error:
            wrong.append(f"{place}: {error}")
            continue
        key = (unit.code, unit.valid_from)
        known = found.get(key)
        if known and replace(known, contacts=()) != replace(unit, contacts=()):
            wrong.append(f"{place}: {unit.code} stands on {places[key]} with other values for the same day")
            continue
        found[key] = replace(known, contacts=known.contacts + unit.contacts) if known else unit
        places.setdefault(key, place)
        links += own_links
    wrong += [f"{places[key]}: {problem}" for key, problem in _overlaps(list(found.values()))]
    if wrong:
        raise UnitFileError("\n".join(wrong))
    return UnitFile(list(found.values()), _named(links), places)


def _rows(reader: "csv.DictReader[str]", file: str) -> Iterator[dict[str, str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise UnitFileError(f"{file}:{reader.line_num}: this is not a CSV file: {error}") from None


def _links(row: dict[str, str], unit: Unit) -> list[UnitLink]:
    found = []
    for text in filter(None, (part.strip() for part in row["predecessors"].split("|"))):
        match = _PREDECESSOR.fullmatch(text)
        if not match:
            raise ValueError(
                f"{unit.code}: predecessor {text!r} is not a unit, e.g. xa-huong-hoa, or xa-phu-thuan-b:part"
            )
        share = match["share"] or ""
        found.append(UnitLink(match["code"], unit.code, unit.valid_from, "", share, document=row["document"]))
    return found


def _named(links: list[UnitLink]) -> list[UnitLink]:
    """What each link is: a split where several came of one, a merger where one came of several, else a succession."""
    before = Counter((link.before, link.on) for link in links)
    after = Counter((link.after, link.on) for link in links)
    return [
        replace(
            link,
            kind="split"
            if link.share or before[link.before, link.on] > 1
            else "merge"
            if after[link.after, link.on] > 1
            else "succession",
        )
        for link in dict.fromkeys(links)
    ]


def _overlaps(units: list[Unit]) -> list[tuple[tuple[str, date], str]]:
    """Two versions of one unit on the same day would be counted twice."""
    by_start = sorted(units, key=lambda unit: (unit.code, unit.valid_from))
    return [
        (
            (unit.code, unit.valid_from),
            f"{unit.code}: the version from {unit.valid_from} begins before the one from {before.valid_from} ends",
        )
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
    if row["level"] not in LEVELS:
        raise ValueError(f"{row['code']}: level {row['level']!r} is none of {', '.join(LEVELS)}")
    if not re.fullmatch(SLUG, row["kind"]):
        raise ValueError(f"{row['code']}: kind {row['kind']!r} is not kebab-case ASCII, e.g. thi-tran")
    start, end = _day(row, "valid_from"), _day(row, "valid_to")
    if start is None:
        raise ValueError(f"{row['code']}: valid_from is empty")
    if end and end < start:
        raise ValueError(f"{row['code']}: valid_to {end} is before valid_from {start}")
    contact = _contact(row)
    lines = _lines(row)
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
        lines=lines,
    )


def _contact(row: dict[str, str]) -> Contact:
    if row["email"] and not _EMAIL.fullmatch(row["email"]):
        raise ValueError(f"{row['code']}: {row['email']!r} is not an e-mail address")
    if not row[
        "email"
    ].isascii():  # few mail servers take others, and a mail to one would be refused too late
        raise ValueError(
            f"{row['code']}: {row['email']!r} is not an e-mail address: letters are a to z alone"
        )
    contact_from, contact_to = _day(row, "contact_from"), _day(row, "contact_to")
    if contact_from and contact_to and contact_to < contact_from:
        raise ValueError(f"{row['code']}: contact_to {contact_to} is before contact_from {contact_from}")
    return Contact(
        row["contact_role"],
        row["contact_name"],
        row["email"],
        row["phone"],
        contact_from,
        contact_to,
    )


def _lines(row: dict[str, str]) -> tuple[tuple[str, str | None], ...]:
    wrong = [part for part in row["lines"].split("|") if part.strip() and not _LINE.fullmatch(part.strip())]
    if wrong:
        raise ValueError(
            f"{row['code']}: line {wrong[0]!r} is not a name, e.g. tre-em, or phu-nu:hoi-lhpn-tinh-mau"
        )
    return read_lines(row["lines"])


def _day(row: dict[str, str], name: str) -> date | None:
    if not row[name]:
        return None
    try:
        return date.fromisoformat(row[name])
    except ValueError:
        raise ValueError(f"{row['code']}: {name} {row[name]!r} is not a date, e.g. 2019-12-31") from None
