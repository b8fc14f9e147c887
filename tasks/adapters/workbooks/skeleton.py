"""One form for many units: laid out once with stand-ins for the unit, then addressed to each.

Laying out takes some eight milliseconds and is the same for every unit of a cycle; addressing replaces three
texts and packs again, in about one; what the unit sent in the period before takes the places of numbers that no form
has. The stand-in for the name is as long as the name or a little longer, so rows stay high enough for it.
"""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from html import escape

from models.form import FormSpec
from models.last_period import LastFigure
from models.texts_in import clean_text
from tasks.adapters.packing import Packed, deflated, package
from tasks.adapters.workbooks.figure_sheet import shown
from tasks.adapters.workbooks.filled import Filled, Typed

LayOut = Callable[[FormSpec, Filled], bytes]

# Private-use characters: no plan and no unit name contains them.
_UNIT, _TOKEN = "\ue000u\ue001", "\ue000t\ue001"
_NAME = re.compile("\ue000n[ x]*\ue001")
_STEP = 24
# Read in column F alone; a number of fifteen digits is kept to the last one.
_FIRST = 987_651_234_000_000
_LAST_CELL = re.compile(r'<c r="(F\d+)" s="(\d+)"><v>987651234(\d{6})</v></c>')
_ESCAPE_LIKE = re.compile(r"(_x[0-9a-fA-F]{4}_)")

Blank = tuple[tuple[str, Packed | str], ...]
"""(part, its text where it carries a stand-in; packed already where it is the same for every unit)."""


def blank_form(spec: FormSpec, lay_out: LayOut) -> Blank:
    """The parts of the form with stand-ins for unit, name and token; kept for the next unit."""
    length = -(-len(spec.unit_name) // _STEP) * _STEP
    name = "\ue000n" + " xxxxx" * (length // 6) + "\ue001"
    last = spec.beside
    if last:
        figures = tuple(LastFigure(row.code, Decimal(_FIRST + at)) for at, row in enumerate(spec.rows))
        last = replace(last, figures=figures, narratives=())
    return _laid_out(replace(spec, unit=_UNIT, unit_name=name, token=_TOKEN, last_period=last), lay_out)


@lru_cache(maxsize=64)
def _laid_out(spec: FormSpec, lay_out: LayOut) -> Blank:
    with zipfile.ZipFile(io.BytesIO(lay_out(spec, Filled()))) as laid_out:
        parts = [(info.filename, laid_out.read(info)) for info in laid_out.infolist()]
    return tuple(
        (name, content.decode() if "\ue000".encode() in content else deflated(name, content))
        for name, content in parts
    )


def address(blank: Blank, spec: FormSpec) -> bytes:
    """The form of one unit: name, code, token and the period before put where the stand-ins were."""
    name, unit, token = (_as_xml(text) for text in (spec.unit_name, spec.unit, spec.token))
    before = spec.beside.by_code() if spec.beside else {}

    def last(found: re.Match[str]) -> str:
        row = spec.rows[int(found[3])]
        figure = before.get(row.code)
        return _cell(found[1], found[2], shown(row, figure) if figure else "")

    def addressed(part: str, text: str) -> Packed:
        named = _NAME.sub(lambda _: name, text)
        if spec.beside:
            named = _LAST_CELL.sub(last, named)
        return deflated(part, named.replace(_UNIT, unit).replace(_TOKEN, token).encode())

    return package(addressed(part, held) if isinstance(held, str) else held for part, held in blank)


def _cell(place: str, style: str, value: Typed) -> str:
    if value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str):
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t>{_as_xml(value)}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{value:.16G}</v></c>'


def _as_xml(text: str) -> str:
    """Text for an element: markup escaped, and what Excel would take for an escaped character."""
    return _ESCAPE_LIKE.sub(r"_x005F\1", escape(clean_text(text), quote=False))
