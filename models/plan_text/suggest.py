"""What somebody who wrote a plan may have meant: the nearest word there is, and the keys that may stand at a place."""

import difflib
import types
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from models.plan.schema import Plan

Path = tuple[str | int, ...]

_MOST_LISTED = 12
_VIETNAMESE = {
    "một lần": "once",
    "năm": "year",
    "hằng năm": "year",
    "hàng năm": "year",
    "6 tháng": "half-year",
    "quý": "quarter",
    "tháng": "month",
    "giai đoạn": "phase",
    "đột xuất": "ad-hoc",
    "thường xuyên": "ad-hoc",
    "kế hoạch": "plan",
    "kết quả": "result",
    "thông tin": "inform",
    "đăng ký": "register",
    "nhiệm vụ": "task",
    "đôn đốc": "chase",
    "vướng mắc": "difficulty",
}
"""What the words of a plan file are called in the plans themselves (docs/glossary.md)."""


def nearest(word: object, known: Collection[str]) -> str:
    """`; did you mean result?`, or nothing where no known word is like it."""
    text = str(word).strip().lower()
    meant = _VIETNAMESE.get(text)
    if meant in known:
        return f"; did you mean {meant}?"
    by_lower = {each.lower(): each for each in sorted(known)}
    found = difflib.get_close_matches(text, by_lower, n=1)
    return f"; did you mean {by_lower[found[0]]}?" if found else ""


def nearest_or_all(word: object, known: Collection[str]) -> str:
    """The nearest one; where none is like it and they are few, all there are: `; there are O1, O2`."""
    few = f"; there are {', '.join(known)}" if 0 < len(known) <= _MOST_LISTED else ""
    return nearest(word, known) or few


def key_meant(path: Path) -> str:
    """For an unknown key (the last part of its path): the nearest one valid at that place, else where it belongs."""
    *place, key = path
    near = nearest(key, keys_at(place))
    if near:
        return near
    elsewhere = homes_of(str(key))
    return f"; {key} stands in {' or '.join(elsewhere)}" if elsewhere else ""


def keys_at(path: Sequence[str | int]) -> list[str]:
    """The keys that may stand at a place of a plan file, e.g. ("obligations", 0, "due")."""
    return [key for model in _models(annotation_at(path)) for key, _ in _fields(model)]


def annotation_at(path: Sequence[str | int]) -> list[Any]:
    """The types a place may have; none where there is no such place."""
    found: list[Any] = [Plan]
    for part in path:
        found = [each for annotation in found for each in below(annotation, part)]
    return found


def below(annotation: Any, part: str | int) -> Iterator[Any]:
    """The types of one key, or of one item of a list."""
    for leaf in _leaves(annotation):
        inner = get_args(leaf)
        if isinstance(part, int) and get_origin(leaf) is list:
            yield inner[0]
        elif isinstance(part, int) and get_origin(leaf) is tuple and part < len(inner):
            yield inner[part]
        elif isinstance(part, str):
            yield from (kind for model in _models([leaf]) for key, kind in _fields(model) if key == part)


def homes_of(key: str) -> tuple[str, ...]:
    """Where in a plan file this key may stand: `obligations[].due`; the plan itself is `the plan`."""
    return tuple(place or "the plan" for place, name in _all_keys() if name == key)[:2]


@cache
def _all_keys() -> list[tuple[str, str]]:
    return list(_keys_below(Plan, "", ()))


def _keys_below(
    model: type[BaseModel], place: str, above: tuple[type[BaseModel], ...]
) -> Iterator[tuple[str, str]]:
    for key, annotation in _fields(model):
        yield place, key
        for leaf in _leaves(annotation):
            inner = get_args(leaf) if get_origin(leaf) in {list, tuple} else (leaf,)
            mark = "[]" if get_origin(leaf) is list else ""
            for below_it in dict.fromkeys(_models(inner)):
                if below_it not in above:
                    where = f"{place}.{key}{mark}" if place else f"{key}{mark}"
                    yield from _keys_below(below_it, where, (*above, model))


def _models(annotations: Collection[Any]) -> Iterator[type[BaseModel]]:
    for annotation in annotations:
        for leaf in _leaves(annotation):
            if isinstance(leaf, type) and issubclass(leaf, BaseModel):
                yield leaf


def _fields(model: type[BaseModel]) -> Iterator[tuple[str, Any]]:
    for name, field in model.model_fields.items():
        yield field.alias or name, field.annotation


def _leaves(annotation: Any) -> Iterator[Any]:
    """A type, or the members of a union, without what is annotated to them."""
    if get_origin(annotation) is Annotated:
        yield from _leaves(get_args(annotation)[0])
    elif get_origin(annotation) in {Union, types.UnionType}:
        for member in get_args(annotation):
            yield from _leaves(member)
    else:
        yield annotation
