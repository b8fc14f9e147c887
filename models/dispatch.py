"""Whom a document goes to: the units the plan names, and the lines of Kính gửi and Nơi nhận that name one unit."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from models.text import fold
from models.units import UnitTree

_NOTE = re.compile(r"\s*\([^()]*\)\s*$")
_SHORT = (("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"))


@dataclass(frozen=True, slots=True)
class Recipients:
    units: tuple[str, ...]
    """By code, each once."""
    unknown: tuple[str, ...]
    """Lines that name nobody the unit files know, or more than one: they get it on paper."""


def recipients_of(
    tree: UnitTree, on: date, named: Iterable[str], lines: Sequence[str], without: Iterable[str] = ()
) -> Recipients:
    """`named`: codes of units; `lines` as the document prints them; `without`: codes that are left out, such as the
    office that sends it.
    """
    by_name = _names(tree, on)
    units = dict.fromkeys(tree.office(code, on).code for code in named)
    unknown: list[str] = []
    for line in lines:
        bare = _bare(line)
        if not bare or fold(bare).startswith(("như trên", "lưu")):
            continue
        found = by_name.get(_key(bare), set())
        if len(found) == 1:
            units.setdefault(next(iter(found)))
        else:
            unknown.append(line)
    left_out = set(without)
    return Recipients(tuple(code for code in units if code not in left_out), tuple(dict.fromkeys(unknown)))


def _names(tree: UnitTree, on: date) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for unit in tree.all_on(on):
        for name in (unit.body, unit.name, *unit.aliases):
            found.setdefault(_key(name), set()).add(unit.code)
    return found


def _bare(line: str) -> str:
    return _NOTE.sub("", line.strip().removeprefix("- ").rstrip(" .;")).strip()


def _key(name: str) -> str:
    folded = fold(name)
    for long, short in _SHORT:
        folded = folded.replace(fold(long), fold(short))
    return folded
