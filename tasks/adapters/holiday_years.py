"""One year's file of holidays: what may stand in it, and what is wrong with one, line by line."""

import datetime as dt
import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, PlainValidator, ValidationError
from pydantic_core import ErrorDetails

from models.plan.strict import Strict, Text

SATURDAY = 5


def _read_date(value: Any) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except (TypeError, ValueError):
        raise ValueError(f"expected a date that exists, e.g. 2026-11-24 (found: {value})") from None


_Date = Annotated[dt.date, PlainValidator(_read_date)]


class Holiday(Strict):
    date: _Date
    name: Text
    compensates: _Date | None = None


class WorkingSaturday(Strict):
    date: _Date
    instead_of: _Date
    decided_by: Text


class HolidayYear(Strict):
    """One year's file; `status: expected` (dự kiến) until a yearly decision is loaded."""

    year: Annotated[int, Field(ge=1900, le=2999)]
    status: Literal["expected", "confirmed"]
    decided_by: Text
    holidays: list[Holiday]
    working_saturdays: list[WorkingSaturday] = []


_KEYS = {
    "": list(HolidayYear.model_fields),
    "holidays": list(Holiday.model_fields),
    "working_saturdays": list(WorkingSaturday.model_fields),
}


class HolidayError(ValueError):
    """A file that cannot be used: one line for each thing that is wrong, with file and place."""

    def __init__(self, file: Path | str, problems: list[tuple[str, str]]) -> None:
        """`problems`: the place in the file (empty for the file as a whole), and what is wrong there."""
        self.file = str(file)
        self.problems = [(place, " ".join(what.split())) for place, what in problems]
        super().__init__("\n".join(": ".join(filter(None, (self.file, *pair))) for pair in self.problems))


def parse_year(data: bytes, file: Path | str) -> HolidayYear:
    """Read one year's file; HolidayError lists everything wrong with it."""
    try:
        content = yaml.load(data.decode("utf-8-sig"), Loader=_Loader)  # noqa: S506 - a SafeLoader
        year = HolidayYear.model_validate(content)
    except UnicodeDecodeError:
        raise HolidayError(file, [("", "this is not a text file in UTF-8")]) from None
    except yaml.YAMLError as error:
        raise HolidayError(file, [_unreadable(error)]) from None
    except ValidationError as error:
        raise HolidayError(file, [_place_and_words(detail) for detail in error.errors()]) from None
    problems = [*_holiday_problems(year), *_saturday_problems(year)]
    if problems:
        raise HolidayError(file, problems)
    return year


class _Loader(yaml.SafeLoader):
    """Dates stay text until the schema reads them, so that a wrong one is told with its place; no key stands twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key.value} stands twice", key.start_mark
                )
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


_Loader.yaml_implicit_resolvers = {
    first: [pair for pair in resolvers if pair[0] != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _unreadable(error: yaml.YAMLError) -> tuple[str, str]:
    mark = getattr(error, "problem_mark", None)
    said = (getattr(error, "context", None), getattr(error, "problem", None))
    what = ", ".join(filter(None, said)) or "it has signs that are no text"
    return f"line {mark.line + 1}" if mark else "", f"this is not YAML: {what}"


def _place_and_words(detail: ErrorDetails) -> tuple[str, str]:
    kind, place = detail["type"], list(detail["loc"])
    if kind == "extra_forbidden":
        known = _KEYS[str(place[0]) if len(place) > 1 else ""]
        meant = difflib.get_close_matches(str(place[-1]), known, 1)
        return _dotted(place), "unknown key" + (f"; did you mean {meant[0]}?" if meant else "")
    if kind == "missing":
        return _dotted(place), "is missing"
    if not place:
        return "", "expected the keys year, status, decided_by, holidays and working_saturdays"
    said = detail["msg"].removeprefix("Value error, ")
    shown = detail["input"] if isinstance(detail["input"], str | int | float) else None
    return _dotted(place), said if kind == "value_error" or shown is None else f"{said} (found: {shown})"


def _dotted(place: list[int | str]) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in place).removeprefix(".")


def _holiday_problems(year: HolidayYear) -> Iterator[tuple[str, str]]:
    seen: set[dt.date] = set()
    for i, day in enumerate(year.holidays):
        if day.date.year != year.year:
            yield f"holidays[{i}].date", f"{day.date} is not in {year.year}"
        if day.date in seen:
            yield f"holidays[{i}].date", f"{day.date} stands twice"
        seen.add(day.date)


def _saturday_problems(year: HolidayYear) -> Iterator[tuple[str, str]]:
    off = {day.date for day in year.holidays}
    seen: set[dt.date] = set()
    for i, swap in enumerate(year.working_saturdays):
        place = f"working_saturdays[{i}]"
        if swap.date.year != year.year:
            yield f"{place}.date", f"{swap.date} is not in {year.year}"
        if swap.date.weekday() != SATURDAY or swap.date in off:
            why = "it is a holiday" if swap.date in off else f"it is a {swap.date:%A}"
            yield f"{place}.date", f"{swap.date} is not a Saturday that can be worked: {why}"
        if swap.date in seen:
            yield f"{place}.date", f"{swap.date} stands twice"
        if swap.instead_of not in off:
            what = f"{swap.instead_of} is worked off on {swap.date} but is not among the holidays"
            yield f"{place}.instead_of", what
        seen.add(swap.date)
