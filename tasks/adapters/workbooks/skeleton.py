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

LayOut = Callable[[FormSpec, Mapping[str, str | int | Decimal]], bytes]

# Private-use characters: no plan and no unit name contains them.
_UNIT, _TOKEN = "\ue000u\ue001", "\ue000t\ue001"
_NAME = re.compile("\ue000n[ x]*\ue001")
_STEP = 24
_ESCAPE_LIKE = re.compile(r"(_x[0-9a-fA-F]{4}_)")
_EPOCH = (1980, 1, 1, 0, 0, 0)

Blank = tuple[tuple[str, bytes, str | None], ...]
"""(part, content, and the same as text where it carries a stand-in)."""


def blank_form(spec: FormSpec, lay_out: LayOut) -> Blank:
    """The parts of the form with stand-ins for unit, name and token; kept for the next unit."""
    length = -(-len(spec.unit_name) // _STEP) * _STEP
    name = "\ue000n" + " xxxxx" * (length // 6) + "\ue001"
    return _laid_out(replace(spec, unit=_UNIT, unit_name=name, token=_TOKEN), lay_out)


@lru_cache(maxsize=64)
def _laid_out(spec: FormSpec, lay_out: LayOut) -> Blank:
    with zipfile.ZipFile(io.BytesIO(lay_out(spec, {}))) as package:
        parts = [(info.filename, package.read(info)) for info in package.infolist()]
    return tuple(
        (name, content, content.decode() if "\ue000".encode() in content else None) for name, content in parts
    )


def address(blank: Blank, spec: FormSpec) -> bytes:
    """The form of one unit: name, code and token put where the stand-ins were."""
    name, unit, token = (_as_xml(text) for text in (spec.unit_name, spec.unit, spec.token))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for part, content, text in blank:
            if text is not None:
                named = _NAME.sub(lambda _: name, text)
                content = named.replace(_UNIT, unit).replace(_TOKEN, token).encode()  # noqa: PLW2901
            info = zipfile.ZipInfo(part, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            package.writestr(info, content)
    return out.getvalue()


def _as_xml(text: str) -> str:
    """Text for an element: markup escaped, and what Excel would take for an escaped character."""
    return _ESCAPE_LIKE.sub(r"_x005F\1", escape(clean_text(text), quote=False))
