"""Writes plans/reorganisation/2025-07-01.csv anew: `python deploy/reorganisation_file.py FOLDER`. Same bytes every time.

FOLDER holds the two wheels named in reorganisation_sources.py. What the file says, how its codes are made and what
is doubtful in it stands in plans/reorganisation/README.md.
"""
# ruff: noqa: INP001  # a script beside the other deployment files, not a package

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from reorganisation_names import KINDS, codes, kind_word, slug
from reorganisation_sources import Country, Key, read_country

from models.text import fold

PLANS: Final = Path(__file__).resolve().parent.parent / "plans"
FILE: Final = PLANS / "reorganisation" / "2025-07-01.csv"
# fmt: off
COLUMNS: Final = [
    "code", "gso_code", "kind", "level", "name", "body", "abbreviation", "parent", "valid_from", "valid_to",
    "contact_role", "contact_name", "email", "phone", "aliases", "note", "lines", "predecessors", "document",
]
# fmt: on
LEVELS: Final = ("province", "district", "commune")
START, LAST, NEW = "2025-01-01", "2025-06-30", "2025-07-01"
PROVINCES_BY: Final = "Nghị quyết 202/2025/QH15"
COMMUNES_BY: Final = "Nghị quyết 202/2025/QH15; Quyết định 19/2025/QĐ-TTg"
DOUBTS: Final = {
    "xa-hong-thai-tinh-lam-dong": "Bảng chuyển đổi của cơ quan thống kê nhập toàn bộ xã Hòa Thắng vào xã Hòa Thắng mới",
    "xa-nhut-tao": "Bảng chuyển đổi của cơ quan thống kê nhập toàn bộ thị trấn Thủ Thừa vào xã Thủ Thừa",
    "xa-o-dien": "Bảng chuyển đổi của cơ quan thống kê còn kể một phần diện tích xã Văn Khê",
}
"""What stands in the note of a new commune whose sources another table tells otherwise."""
COUNTS: Final = {
    ("old", "province"): 63,
    ("old", "district"): 696,
    ("old", "commune"): 10_035,
    ("new", "province"): 34,
    ("new", "commune"): 3_321,
}
"""Units on 30/6/2025 and on 1/7/2025, as the resolutions and the statistics office count them."""


@dataclass(frozen=True, slots=True)
class Move:
    """The country before and after, with the code of every unit."""

    country: Country
    code: Mapping[Key, str]
    shipped: Mapping[Key, str]
    """Units of plans/units and their codes there: their own rows are not repeated."""
    parts: Mapping[Key, int]
    """How many new units have territory of an old one; divided where more than one."""

    def goes_on(self, new: Key) -> Key | None:
        """The old unit that a new one simply is: all of one, none of another, the same name and kind.

        A capital more or less (Ea H'leo, Ea H'Leo) is no other name.
        """
        old, *others = self.country.sources[new]
        whole = not others and self.parts[old] == 1
        return old if whole and fold(self.country.names[old]) == fold(self.country.names[new]) else None


def level(key: Key) -> str:
    if len(key) == 2:
        return "province"
    return "commune" if len(key) == 4 or key[0] == "new" else "district"


def shipped_codes(country: Country) -> dict[Key, str]:
    """The units of plans/units that are valid on 30/6/2025, found by GSO code and name (which begins with the kind)."""
    known = {(country.gso[key], name): key for key, name in country.names.items() if key[0] == "old"}
    rows = [
        row
        for row in shipped_rows()
        if row["gso_code"] and row["valid_from"] <= LAST <= (row["valid_to"] or LAST)
    ]
    return {known[row["gso_code"], row["name"]]: row["code"] for row in rows}


def shipped_rows() -> Iterator[dict[str, str]]:
    for path in sorted((PLANS / "units").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)


def move(country: Country) -> Move:
    shipped = shipped_codes(country)
    parts = Counter(old for olds in country.sources.values() for old in olds)
    plan = Move(country, {}, shipped, parts)
    same = {new: old for new in country.sources if (old := plan.goes_on(new))}
    spelled = {
        key: spellings(key, country) for key in country.names if key not in shipped and key not in same
    }
    code = {**shipped, **codes(spelled, {row["code"] for row in shipped_rows()})}
    return Move(country, code | {new: code[old] for new, old in same.items()}, shipped, parts)


def spellings(key: Key, country: Country) -> tuple[str, ...]:
    """What a code may be, from short to long: the name; with the place above it; with the place above that."""
    name = slug(country.names[key])
    above = [slug(country.names[key[:end]]) for end in range(len(key) - 1, 1, -1)]
    if above:
        return tuple("-".join([name, *above[:depth]]) for depth in range(len(above) + 1))
    name += "-tw" if kind_word(country.names[key]) == "thành phố" else ""
    return (name,) if key[0] == "old" else (name, f"{name}-{NEW[:4]}")


def rows(plan: Move) -> Iterator[dict[str, str]]:
    """Old units, then new ones; each province before its districts and they before their communes."""
    provinces = [new for new in plan.country.sources if level(new) == "province"]
    unchanged = {new: old for new in provinces if (old := plan.goes_on(new))}
    empty = dict.fromkeys(COLUMNS, "")
    for key in sorted(plan.country.names, key=lambda key: (key[0] == "new", LEVELS.index(level(key)))):
        if key[0] == "old" and key not in plan.shipped:
            end = "" if key in unchanged.values() else LAST
            yield empty | identity(key, plan) | {"valid_from": START, "valid_to": end}
        elif key[0] == "new" and key not in unchanged:
            yield empty | identity(key, plan) | origin(key, plan)


def identity(key: Key, plan: Move) -> dict[str, str]:
    name = plan.country.names[key]
    word = kind_word(name)
    return {
        "code": plan.code[key],
        "gso_code": plan.country.gso[key],
        "kind": KINDS[word] + ("-tw" if level(key) == "province" and word == "thành phố" else ""),
        "level": level(key),
        "name": name,
        "body": f"UBND {word}{name[len(word) :]}",
        "abbreviation": "UBND",
        "parent": plan.code[key[:-1]] if len(key) > 2 else "",
    }


def origin(key: Key, plan: Move) -> dict[str, str]:
    """Where a new unit comes from and by what; one that goes on names no unit before it."""
    olds = sorted(plan.country.sources[key], key=lambda old: (plan.country.gso[old], old))
    named = [plan.code[old] + (":part" if plan.parts[old] > 1 else "") for old in olds]
    return {
        "valid_from": NEW,
        "note": DOUBTS.get(plan.code[key], ""),
        "predecessors": "" if plan.goes_on(key) else "|".join(named),
        "document": PROVINCES_BY if level(key) == "province" else COMMUNES_BY,
    }


def check(plan: Move) -> None:
    """ValueError where a list is not as long as it should be, or a link is missing or leads out of its province."""
    country = plan.country
    if unknown := DOUBTS.keys() - plan.code.values():
        raise ValueError(f"doubts about no unit: {unknown}")
    found = Counter((key[0], level(key)) for key in country.names)
    if found != COUNTS:
        raise ValueError(f"units: {dict(found)}, expected {COUNTS}")
    for key, name in country.names.items():
        olds = country.sources.get(key, [])
        if key[0] == "old" and level(key) != "district" and key not in plan.parts:
            raise ValueError(f"{name} leads nowhere")
        if key[0] == "new" and not olds:
            raise ValueError(f"{name} comes from nowhere")
        if len(key) == 3 and {old[:2] for old in olds} - set(country.sources.get(key[:2], [])):
            raise ValueError(f"{name} has sources outside its province")


def main(folder: Path) -> None:
    plan = move(read_country(folder))
    check(plan)
    FILE.parent.mkdir(exist_ok=True)
    with FILE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows(plan))
    divided = sum(count > 1 for count in plan.parts.values())
    going_on = sum(level(new) == "commune" and bool(plan.goes_on(new)) for new in plan.country.sources)
    dropped = sum(map(len, plan.country.dropped.values()))
    sys.stdout.write(
        f"{FILE.name}: {divided} communes divided, {going_on} go on, {dropped} false links left out,"
        f" {plan.country.other_codes} GSO codes other in the second package\n"
    )


if __name__ == "__main__":
    try:
        (wheels,) = sys.argv[1:]
        main(Path(wheels))
    except (OSError, ValueError) as error:
        sys.stderr.write(
            f"{error}\nusage: python deploy/reorganisation_file.py FOLDER (with the two wheels)\n"
        )
        sys.exit(2)
