"""What the schema has against a plan, in plain words: where it stands, what was expected, what may have been meant."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from pydantic_core import ErrorDetails

from models.plan.due import HOUR_PATTERN
from models.plan.indicators import RULE_PATTERN
from models.plan.ladders import STEP_PATTERN, WAIT_PATTERN
from models.plan.schema import PHASE_PATTERN
from models.plan.strict import INDICATOR_PATTERN, OBLIGATION_PATTERN, SLUG_PATTERN
from models.plan_text.suggest import Path, annotation_at, key_meant, keys_at, nearest

_PATTERNS = {
    SLUG_PATTERN: "expected lower-case letters without accents, digits and hyphens, e.g. xa-huong-phu",
    OBLIGATION_PATTERN: "expected an obligation, e.g. O2",
    INDICATOR_PATTERN: "expected an indicator, e.g. H588.21",
    HOUR_PATTERN: "expected an hour from 00:00 to 23:59, e.g. 17:00",
    STEP_PATTERN: "expected a step of working days, e.g. T-7 or T+1",
    WAIT_PATTERN: "expected working days after the draft, e.g. T+2",
    PHASE_PATTERN: "expected the years of the phase, e.g. 2019-2020",
    RULE_PATTERN: "expected a rule number, e.g. V4 or V4a",
}
"""What a pattern means to whoever writes a plan."""

_EMPTY = "is empty: fill it in"
_SHAPES = {"string_type": "expected text", "list_type": "expected a list, e.g. [a, b]", "model_type": ""}
"""Errors that say only that the value has another shape: of little use where a part may have several."""

Said = tuple[Path, str]


def in_words(errors: Sequence[ErrorDetails]) -> list[Said]:
    """Every error once, with its path as the file has it. Where a part may have several shapes, pydantic says what is
    wrong with each of them; kept is what is wrong with the one that was meant.
    """
    grouped: dict[Path, list[ErrorDetails]] = {}
    for error in errors:
        grouped.setdefault(_choice(error) or (*_path(error), "alone", len(grouped)), []).append(error)
    return [said for group in grouped.values() for said in _of_choice(group)]


def _of_choice(group: Sequence[ErrorDetails]) -> Iterator[Said]:
    if len(group) == 1:
        yield _path(group[0]), _words(group[0])
        return
    shallow = min(len(_path(error)) for error in group)
    inside = [error for error in group if len(_path(error)) > shallow]
    if inside:  # the shape is right, something in it is not
        yield from ((_path(error), _words(error)) for error in inside)
        return
    meant = [error for error in group if error["type"] not in _SHAPES and isinstance(error["input"], str)]
    said = [_expected(error) for error in meant or group]
    suggested = "".join(_suggestion(error) for error in meant)
    yield (
        _path(group[0]),
        ", or ".join(dict.fromkeys(said)).replace(", or expected ", ", or ") + _found(group[0]) + suggested,
    )


def _words(error: ErrorDetails) -> str:
    return f"{_expected(error)}{_found(error)}{_suggestion(error)}"


def _expected(error: ErrorDetails) -> str:
    kind = error["type"]
    if kind in {"missing", "extra_forbidden"}:
        return {"missing": "is missing", "extra_forbidden": "unknown key"}[kind]
    if kind == "string_too_short" or (error["input"] is None and kind != "value_error"):
        return _EMPTY
    if kind == "literal_error":
        options = _options(error)
        return f"expected one of {', '.join(options)}" if len(options) > 1 else f"expected {options[0]}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS.get(error["ctx"]["pattern"], error["msg"])
    if kind == "model_type":
        return f"expected keys: {', '.join(keys_at(_path(error)))}"
    return _SHAPES.get(kind) or error["msg"].removeprefix("Value error, ").replace(
        "Input should be", "expected"
    )


def _found(error: ErrorDetails) -> str:
    is_said = error["type"] in {"missing", "extra_forbidden", "value_error", "string_too_short"}
    shown = not is_said and isinstance(error["input"], str | int | float | date)
    return f" (found: {error['input']})" if shown else ""


def _suggestion(error: ErrorDetails) -> str:
    if error["type"] == "extra_forbidden":
        return key_meant(_path(error))
    return nearest(error["input"], _options(error)) if error["type"] == "literal_error" else ""


def _options(error: ErrorDetails) -> list[str]:
    return re.findall(r"'([^']*)'", error["ctx"]["expected"])


def _path(error: ErrorDetails) -> Path:
    """The path as the file has it, without the names pydantic gives to the shapes a part may have."""
    path: Path = ()
    last = len(error["loc"]) - 1
    for i, part in enumerate(error["loc"]):
        is_unknown_key = i == last and error["type"] == "extra_forbidden"
        if is_unknown_key or isinstance(part, int) or annotation_at((*path, part)):
            path = (*path, part)
    return path


def _choice(error: ErrorDetails) -> Path | None:
    """The part whose shapes pydantic tried, if it is one of several."""
    path: Path = ()
    for part in error["loc"]:
        if not isinstance(part, int) and not annotation_at((*path, part)):
            return path if error["type"] != "extra_forbidden" or part != error["loc"][-1] else None
        path = (*path, part)
    return None
