"""One form for many units: laid out once with stand-ins for the unit, then addressed to each.

Laying out takes some eight milliseconds and is the same for every unit of a cycle; addressing replaces three
texts and packs again, in about one. The stand-in for the name is as long as the name or a little longer, so rows
stay high enough for it.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from html import escape

from models.form import FormSpec
from models.texts_in import clean_text
from tasks.adapters.packing import Packed, deflated, package

LayOut = Callable[[FormSpec, Mapping[str, str | int | Decimal]], bytes]

# Private-use characters: no plan and no unit name contains them.
_UNIT, _TOKEN = "\ue000u\ue001", "\ue000t\ue001"
_NAME = re.compile("\ue000n[ x]*\ue001")
_STEP = 24
_ESCAPE_LIKE = re.compile(r"(_x[0-9a-fA-F]{4}_)")

Blank = tuple[tuple[str, Packed | str], ...]
"""(part, its text where it carries a stand-in; packed already where it is the same for every unit)."""


def blank_form(spec: FormSpec, lay_out: LayOut) -> Blank:
    """The parts of the form with stand-ins for unit, name and token; kept for the next unit."""
    length = -(-len(spec.unit_name) // _STEP) * _STEP
    name = "\ue000n" + " xxxxx" * (length // 6) + "\ue001"
    return _laid_out(replace(spec, unit=_UNIT, unit_name=name, token=_TOKEN), lay_out)


@lru_cache(maxsize=64)
def _laid_out(spec: FormSpec, lay_out: LayOut) -> Blank:
    with zipfile.ZipFile(io.BytesIO(lay_out(spec, {}))) as laid_out:
        parts = [(info.filename, laid_out.read(info)) for info in laid_out.infolist()]
    return tuple(
        (name, content.decode() if "\ue000".encode() in content else deflated(name, content))
        for name, content in parts
    )


def address(blank: Blank, spec: FormSpec) -> bytes:
    """The form of one unit: name, code and token put where the stand-ins were."""
    name, unit, token = (_as_xml(text) for text in (spec.unit_name, spec.unit, spec.token))

    def addressed(part: str, text: str) -> Packed:
        named = _NAME.sub(lambda _: name, text)
        return deflated(part, named.replace(_UNIT, unit).replace(_TOKEN, token).encode())

    return package(addressed(part, held) if isinstance(held, str) else held for part, held in blank)


def _as_xml(text: str) -> str:
    """Text for an element: markup escaped, and what Excel would take for an escaped character."""
    return _ESCAPE_LIKE.sub(r"_x005F\1", escape(clean_text(text), quote=False))
