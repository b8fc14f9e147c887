"""A well-filled form broken in a thousand ways, each from its number alone: the same number, the same bytes."""

import io
import random
import zipfile
from collections.abc import Callable
from functools import cache

from tests.workbooks.make_workbooks import filled

Parts = dict[str, bytes]


@cache
def original() -> bytes:
    return filled()


@cache
def _parts() -> tuple[tuple[str, bytes], ...]:
    with zipfile.ZipFile(io.BytesIO(original())) as package:
        return tuple((info.filename, package.read(info)) for info in package.infolist())


def _packed(parts: Parts) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content)
    return out.getvalue()


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 8, 40))):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _hole(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.randrange(400) :]


def _again(data: bytes, chance: random.Random) -> bytes:
    start = chance.randrange(len(data) + 1)
    piece = data[start : start + chance.randrange(400)]
    return data[:start] + piece * chance.choice((2, 3, 50)) + data[start + len(piece) :]


def _words(data: bytes, chance: random.Random) -> bytes:
    """Marks of XML and of sheets where none belong."""
    word = chance.choice(
        (b"<c>", b"</row>", b"<f>1/0</f>", b"&#0;", b"]]>", b"<!--", b"&amp;", b'r="XFD1048576"', b"\xff\xfe", b"</v>",
         b"<is><t>=cmd</t></is>", b't="s"', b"99999999999", b"-1", b"1e400", b"NaN", b"{{ 7*7 }}", b"\xe2\x80\xae", b"\x00")
    )  # fmt: skip
    start = chance.randrange(len(data) + 1)
    return data[:start] + word + data[start:]


_OF_A_PART: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _hole, _again, _words)


def _one_part(chance: random.Random) -> bytes:
    parts = dict(_parts())
    for _ in range(chance.choice((1, 1, 3))):
        name = chance.choice(sorted(parts))
        parts[name] = chance.choice(_OF_A_PART)(parts[name], chance)
    return _packed(parts)


def _swapped(chance: random.Random) -> bytes:
    parts = dict(_parts())
    one, other = chance.sample(sorted(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return _packed(parts)


def _without(chance: random.Random) -> bytes:
    parts = dict(_parts())
    for name in chance.sample(sorted(parts), chance.choice((1, 1, 2, 4))):
        del parts[name]
    return _packed(parts)


KINDS: dict[str, Callable[[random.Random], bytes]] = {
    "bits of the file": lambda chance: _flip(original(), chance),
    "the file cut short": lambda chance: _cut(original(), chance),
    "a hole in the file": lambda chance: _hole(original(), chance),
    "a piece of the file again": lambda chance: _again(original(), chance),
    "a part broken": _one_part,
    "parts in each other's place": _swapped,
    "parts missing": _without,
}
WHOLE = ("bits of the file", "the file cut short", "a hole in the file", "a piece of the file again")
"""Of these the checksums tell: what is still taken has the very same values. In a part a figure itself may change."""


def mutated(number: int) -> tuple[str, bytes]:
    """(kind, file) of this number; the kinds take turns, the costly first ones oftener."""
    kind = list(KINDS)[number % len(KINDS)]
    return kind, KINDS[kind](random.Random(number))
