"""Units open, close, merge, split, are renamed and moved on a day. Cycles that have opened keep the units they opened
with; nothing that was is rewritten, a new version follows.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from models.tables import UnitRow
from models.units import Unit, UnitLink, UnitTree
from models.units.checks import Places, unit_problems
from tasks.adapters.home import Home
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.units import load_tree, note_units_changed, save_units
from tasks.adapters.unit_files import UnitFile

_DAY = timedelta(days=1)


class UnitError(ValueError):
    """A change of units that cannot be; nothing was applied."""


def take_over(home: Home, files: Sequence[tuple[str, UnitFile]], *, as_of: datetime, actor: str) -> int:
    """Units and links from files: all of them, or none. UnitError has a line for each problem."""
    places: dict[tuple[str, date], str] = {}
    with home.ledger.write() as session:
        changed = 0
        for name, found in files:
            places |= found.places
            changed += save_units(
                session, found.units, found.links, at=as_of, actor=actor, source=name, whole_links=True
            )
        check_units(session, places)
    return changed


def close(
    home: Home, code: str, on: date, reason: str, document: str, *, as_of: datetime, actor: str
) -> list[Unit]:
    """End a unit with the day before `on`."""
    with home.ledger.write() as session:
        _end(session, code, on)
        told = {"on": on, "reason": reason, "document": document}
        note_change(session, "unit closed", as_of, actor, told, unit=code)
        check_units(session)
        return [load_tree(session).nearest(code, on)]


def succeed(
    home: Home,
    links: Sequence[UnitLink],
    *,
    as_of: datetime,
    actor: str,
) -> list[Unit]:
    """Units give way to others on a day; one that stands on both sides, or gives only a part, goes on. The links are
    kept, for comparisons and for whoever owes next.
    """
    first = links[0]
    after = {link.after for link in links}
    pairs = [(link.before, link.after) for link in links]
    if len(set(pairs)) < len(pairs):
        raise UnitError("a unit stands twice on one side")
    with home.ledger.write() as session:
        tree = load_tree(session)
        for code in sorted(after):
            if tree.at(code, first.on) is None:
                raise UnitError(f"the successor {code} is not valid on {first.on}: import it first")
        ending = {link.before for link in links if first.kind == "split" or not link.share}
        for code in sorted(ending - after):
            if first.kind == "merge":
                _take_along(session, tree, code, first, at=as_of, actor=actor)
            _end(session, code, first.on)
        kept = [link for link in links if link.before != link.after]
        save_units(session, [], kept, at=as_of, actor=actor, source=f"unit {first.kind}")
        told = {
            "before": list(dict.fromkeys(link.before for link in links)),
            "after": sorted(after),
            "on": first.on,
            "reason": first.reason,
            "document": first.document,
        }
        note_change(session, f"units {first.kind}", as_of, actor, told)
        check_units(session)
        tree = load_tree(session)
        named = dict.fromkeys((*(link.before for link in links), *(link.after for link in links)))
        return [tree.nearest(code, first.on) for code in named]


def revise(
    home: Home,
    code: str,
    on: date,
    reason: str,
    document: str,
    *,
    as_of: datetime,
    actor: str,
    **changes: Any,
) -> list[Unit]:
    """Rename or move: from `on` a new version with these values follows the one there is."""
    with home.ledger.write() as session:
        tree = load_tree(session)
        current = tree.at(code, on)
        if current is None:
            raise UnitError(f"{code} is not valid on {on}" if code in tree else f"unknown unit {code}")
        if any(value == "" for value in changes.values()):
            raise UnitError(f"{code}: a name, body or kind cannot be empty")
        if all(getattr(current, name) == value for name, value in changes.items()):
            raise UnitError(f"{code} is so already on {on}")
        if current.valid_from == on:
            raise UnitError(
                f"{code} begins on {on} with another version: withdraw it first, or import its row anew"
            )
        _end(session, code, on)
        revised = replace(current, valid_from=on, contacts=(), **changes)
        save_units(session, [revised], at=as_of, actor=actor, source="unit rename or move")
        told = {"on": on, "reason": reason, "document": document, "now": changes}
        note_change(session, "unit revised", as_of, actor, told, unit=code)
        check_units(session)
        return load_tree(session).versions(code)


def _take_along(
    session: Session, tree: UnitTree, code: str, link: UnitLink, *, at: datetime, actor: str
) -> None:
    """What stands under a unit that is merged whole stands under its successor from that day on."""
    for child in tree.children(code, link.on):
        if child.parent != code:
            continue
        if child.valid_from == link.on:
            raise UnitError(f"{child.code} begins on {link.on} under {code}: import it under {link.after}")
        _end(session, child.code, link.on)
        moved = replace(child, parent=link.after, valid_from=link.on, contacts=())
        save_units(session, [moved], at=at, actor=actor, source="unit merge")


def note_change(
    session: Session, what: str, as_of: datetime, actor: str, told: dict[str, Any], unit: str = ""
) -> None:
    """A change of units, told in the ledger with its reason; UnitError where it gives none."""
    if not str(told["reason"]).strip():
        raise UnitError("say why: the reason is empty")
    note_units_changed(session)
    append_event(session, what, at=as_of, actor=actor, unit=unit, told=told)
    session.flush()


def check_units(session: Session, places: Places | None = None) -> None:
    """Do all units agree with each other? UnitError has a line for each problem."""
    problems = unit_problems(load_tree(session), places or {})
    if problems:
        raise UnitError("\n".join(problems))


def _end(session: Session, code: str, on: date) -> None:
    rows = session.exec(select(UnitRow).where(UnitRow.code == code)).all()
    if not rows:
        raise UnitError(f"unknown unit {code}")
    row = next((r for r in rows if r.valid_from < on and (r.valid_to is None or r.valid_to >= on)), None)
    if row is None:
        raise UnitError(f"{code} is not valid on {on}, or begins that day")
    if later := [r.valid_from for r in rows if r.valid_from >= on]:
        raise UnitError(f"{code} has a version from {min(later)}, after {on}: withdraw that one first")
    row.valid_to = on - _DAY
    note_units_changed(session)
    session.flush()
