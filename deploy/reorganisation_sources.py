"""The units before and after 1/7/2025 and what came of what, read from two packages of open data.

`vietnamadminunits` has both lists and the links between them; `vietnam-provinces` has the new list, by which the
first is checked. Both are read out of their wheels, unopened by any installer.
"""
# ruff: noqa: INP001  # beside the script that uses it, not a package

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reorganisation_names import official_name

from models.text import fold

UNITS_WHEEL: Final = "vietnamadminunits-1.0.4-py3-none-any.whl"
CHECK_WHEEL: Final = "vietnam_provinces-2025.10.1-py3-none-any.whl"
_SHA256: Final = {
    UNITS_WHEEL: "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
    CHECK_WHEEL: "1693dece496b1e04e2b637a3dd79a87a22666e13c91c51cf06dc27e482987f57",
}

_SPELLED: Final = {
    "Xã Đắc Lua": "Xã Đak Lua",
    "Xã Đak Ơ": "Xã Đăk Ơ",
    "Xã Tà Si Láng": "Xã Tà Xi Láng",
    "Phường Văn Miếu Quốc Tử Giám": "Phường Văn Miếu - Quốc Tử Giám",
    "Phường Phương Liên Trung Tự": "Phường Phương Liên - Trung Tự",
}
"""Old names as the statistics office's conversion table has them; the first three are kept unchanged there."""

Key = tuple[str, ...]
"""`(old | new, province, district, commune)`, as far as it goes; new communes stand directly under a province.

The parts are the first package's own keys: a name without accents and spaces, with what tells namesakes apart.
"""


@dataclass(frozen=True, slots=True)
class Country:
    """Both lists: names and GSO codes by key, and for each new unit the units whose territory it has."""

    names: dict[Key, str]
    gso: dict[Key, str]
    sources: dict[Key, list[Key]]
    dropped: dict[Key, list[Key]]
    """Links the package has that cannot be: a namesake elsewhere taken along. By new commune."""
    other_codes: int
    """How many new communes have another GSO code in the second package."""


def read_country(folder: Path) -> Country:
    """All of it; ValueError where the wheels are not those of the file or the two packages tell different lists."""
    units, check = (_wheel(folder / name) for name in (UNITS_WHEEL, CHECK_WHEEL))
    base = sqlite3.connect(":memory:")
    base.deserialize(units.read("vietnamadminunits/data/dataset.db"))
    names, gso = _lists(base)
    links = json.loads(units.read("vietnamadminunits/data/converter_2025.json"))
    sources = _links(links)
    dropped = _namesakes(sources, names)
    other = _compared(json.loads(check.read("vietnam_provinces/data/nested-divisions.json")), names, gso)
    return Country(names, gso, sources, dropped, other)


def _wheel(path: Path) -> ZipFile:
    if sha256(path.read_bytes()).hexdigest() != _SHA256[path.name]:
        raise ValueError(f"{path}: not the wheel this file is made from")
    return ZipFile(path)


def _lists(base: sqlite3.Connection) -> tuple[dict[Key, str], dict[Key, str]]:
    names: dict[Key, str] = {}
    gso: dict[Key, str] = {}

    def note(key: Key, name: str, code: str) -> None:
        official = official_name(name)
        names[key], gso[key] = _SPELLED.get(official, official), code

    # A district of islands without communes has one line, with an empty commune.
    for pk, dk, wk, p, d, w, pc, dc, wc in base.execute(
        "select provinceKey, districtKey, wardKey, province, district, ward, provinceCode, districtCode, wardCode"
        " from admin_units_legacy order by provinceCode, districtCode, wardCode"
    ):
        note(("old", pk), p, pc)
        note(("old", pk, dk), d, dc)
        if wk:
            note(("old", pk, dk, wk), w, wc)
    for pk, wk, p, w, pc, wc in base.execute(
        "select provinceKey, wardKey, province, ward, provinceCode, wardCode from admin_units"
        " order by provinceCode, wardCode"
    ):
        note(("new", pk), p, pc)
        note(("new", pk, wk), w, wc)
    return names, gso


def _links(tables: Mapping[str, Any]) -> dict[Key, list[Key]]:
    """From the package's three tables: provinces, communes that went over whole, communes that were divided."""
    sources: dict[Key, list[Key]] = defaultdict(list)
    for new, olds in tables["DICT_PROVINCE"].items():
        sources["new", new] = [("old", old) for old in olds]
    for province, communes in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            sources["new", province, commune] += [_old(old) for old in olds]
    for province, communes in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in communes.items():
            for part in parts:
                sources["new", province, part["newWardKey"]].append(_old(old))
    return dict(sources)


def _old(text: str) -> Key:
    return ("old", *(part for part in text.split("_") if part))


def _namesakes(sources: dict[Key, list[Key]], names: Mapping[Key, str]) -> dict[Key, list[Key]]:
    """Takes out of the links, and returns, the namesakes that were taken along.

    The package finds divided communes by name alone, within the new province: Phường 4 of Mỹ Tho stands among the
    sources of Phường Cao Lãnh, 80 km away, because Phường 4 of Cao Lãnh does. Where one new commune has several
    old ones of one name, the right one is that whose district (then province) the other sources share.
    """
    dropped: dict[Key, list[Key]] = {}
    for new, olds in sources.items():
        for same in _by_name(olds, names):
            others = [old for old in olds if old not in same]
            near = sorted((_fellows(old, others), old) for old in same)
            if near[-1][0] == near[-2][0]:
                raise ValueError(f"{names[new]}: nothing tells apart the sources named {names[same[0]]}")
            dropped.setdefault(new, []).extend(old for _, old in near[:-1])
    for new, wrong in dropped.items():
        sources[new] = [old for old in sources[new] if old not in wrong]
    return dropped


def _by_name(olds: Iterable[Key], names: Mapping[Key, str]) -> list[list[Key]]:
    groups: dict[str, list[Key]] = defaultdict(list)
    for old in olds:
        groups[names[old]].append(old)
    return [group for group in groups.values() if len(group) > 1]


def _fellows(old: Key, others: Iterable[Key]) -> tuple[int, int]:
    """How many of the other sources lie in the same district, and in the same province."""
    others = list(others)
    return sum(other[:3] == old[:3] for other in others), sum(other[:2] == old[:2] for other in others)


def _compared(
    provinces: Iterable[Mapping[str, Any]], names: Mapping[Key, str], gso: Mapping[Key, str]
) -> int:
    """Both packages must name the same communes in the same provinces; how many GSO codes differ is returned."""
    ours = {
        (gso[key[:2]], fold(name)): gso[key]
        for key, name in names.items()
        if (key[0], len(key)) == ("new", 3)
    }
    theirs = {
        (
            f"{province['code']:02d}",
            fold(official_name(ward["name"].replace("’", "'"))),
        ): f"{ward['code']:05d}"
        for province in provinces
        for ward in province["wards"]
    }
    if ours.keys() != theirs.keys():
        raise ValueError(f"the two lists differ: {sorted(ours.keys() ^ theirs.keys())}")
    return sum(theirs[place] != code for place, code in ours.items())
