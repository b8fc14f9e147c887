"""Plan text to plan value. Every problem is found at once and says file, line, path and what was expected."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from models.plan.consistency import Path, problems, unknown_units
from models.plan.due import HOUR_PATTERN
from models.plan.indicators import RULE_PATTERN
from models.plan.schema import PHASE_PATTERN, STEP_PATTERN, Plan
from models.plan.strict import INDICATOR_PATTERN, OBLIGATION_PATTERN, SLUG_PATTERN
from models.working_days import WorkingDays

_DEEPEST = 50
"""Levels of a plan file; a real one has ten."""


@dataclass(frozen=True, slots=True)
class PlanProblem:
    file: str
    line: int
    path: str
    expected: str

    def __str__(self) -> str:
        where = f" {self.path}:" if self.path else ""
        return f"{self.file}:{self.line}:{where} {self.expected}"


_WORDS = {"missing": "is missing", "extra_forbidden": "unknown key"}
_FORMS = {
    SLUG_PATTERN: "expected lower-case letters without accents, digits and hyphens, e.g. xa-huong-phu",
    OBLIGATION_PATTERN: "expected an obligation, e.g. O2",
    INDICATOR_PATTERN: "expected an indicator, e.g. H588.21",
    HOUR_PATTERN: "expected an hour from 00:00 to 23:59, e.g. 17:00",
    STEP_PATTERN: "expected a step of working days, e.g. T-7 or T+1",
    PHASE_PATTERN: "expected the years of the phase, e.g. 2019-2020",
    RULE_PATTERN: "expected a rule number, e.g. V4 or V4a",
}
"""What a pattern means to whoever writes a plan."""


class PlanError(ValueError):
    """A plan file that cannot be used; nothing of it was taken over."""

    def __init__(self, found: list[PlanProblem]) -> None:
        super().__init__("\n".join(map(str, found)))
        self.problems = found


def parse_plan(text: str, file: str, known_units: Collection[str] | None = None) -> Plan:
    """Read one plan; PlanError lists everything wrong with it. Units are looked up where the known ones are given."""
    root = _compose(text, file)
    twice = list(_repeated_keys(root, ()))
    if twice:
        raise PlanError([_problem(root, path, f"the key {key} stands twice", file) for path, key in twice])
    data = _as_json(text, file)
    try:
        plan = Plan.model_validate_json(data)
    except ValidationError as error:
        raise PlanError([_from_pydantic(root, detail, file) for detail in error.errors()]) from None
    found = problems(plan)
    if known_units is not None:
        found += unknown_units(plan, known_units)
    if not found:
        from models.plan_times import time_problems  # which needs plans to be there already

        found = list(time_problems(plan))
    if found:
        raise PlanError([_problem(root, path, what, file) for path, what in found])
    return plan


def plan_warnings(plan: Plan, text: str, file: str, days: WorkingDays) -> list[PlanProblem]:
    """What its author should look at, though the plan can be used."""
    from models.plan_times import time_warnings

    root = _compose(text, file)
    return [_problem(root, path, what, file) for path, what in time_warnings(plan, days)]


class _PlainLoader(yaml.SafeLoader):
    """Dates stay text until the schema reads them, so that a wrong one is reported like everything else; and an
    integer is what people take for one: 17:00 is not 1020, 07 is not octal.
    """


_INT = "tag:yaml.org,2002:int"
_PlainLoader.yaml_implicit_resolvers = {
    first: [pair for pair in resolvers if pair[0] not in {"tag:yaml.org,2002:timestamp", _INT}]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver(_INT, re.compile(r"[-+]?(0|[1-9][0-9]*)$"), list("-+0123456789"))


def _compose(text: str, file: str) -> Node:
    try:
        root = yaml.compose(text, Loader=_PlainLoader)
    except yaml.YAMLError as error:
        raise PlanError([_unreadable(error, file)]) from None
    if not isinstance(root, MappingNode):
        raise PlanError([PlanProblem(file, 1, "", "expected a plan: code, title, obligations …")])
    return root


def _as_json(text: str, file: str) -> str:
    try:
        return json.dumps(yaml.load(text, Loader=_PlainLoader))  # noqa: S506 - a SafeLoader without the guessing
    except yaml.YAMLError as error:
        raise PlanError([_unreadable(error, file)]) from None
    except (TypeError, ValueError, RecursionError):  # bytes, a set, an alias that holds itself
        what = "a plan is made of text, numbers, lists and keys"
        raise PlanError([PlanProblem(file, 1, "", what)]) from None


def _unreadable(error: yaml.YAMLError, file: str) -> PlanProblem:
    mark = getattr(error, "problem_mark", None)
    what = getattr(error, "problem", None) or "this is not YAML"
    return PlanProblem(file, mark.line + 1 if mark else 1, "", str(what))


def _repeated_keys(node: Node, path: Path) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    if len(path) > _DEEPEST:
        return found  # an alias that holds itself; the loader refuses it
    if isinstance(node, MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                continue  # refused by the loader
            if key.value in seen:
                found.append(((*path, key.value), key.value))
            seen.add(key.value)
            found += _repeated_keys(value, (*path, key.value))
    elif isinstance(node, SequenceNode):
        for i, item in enumerate(node.value):
            found += _repeated_keys(item, (*path, i))
    return found


def _from_pydantic(root: Node, detail: ErrorDetails, file: str) -> PlanProblem:
    what = _WORDS.get(detail["type"]) or detail["msg"].removeprefix("Value error, ")
    if detail["type"] == "string_pattern_mismatch":
        what = _FORMS.get(detail["ctx"]["pattern"], what)
    if detail["type"] not in {"missing", "extra_forbidden", "value_error"} and isinstance(
        detail["input"], str | int | float | date
    ):
        what = f"{what} (found: {detail['input']})"
    return _problem(root, detail["loc"], what, file)


def _problem(root: Node, path: Path, what: str, file: str) -> PlanProblem:
    node, shown = root, []
    line = root.start_mark.line
    for part in path:
        child = _child(node, part)
        shown.append(part)
        if child is None:
            continue  # a missing key, or the name of a union member: the enclosing part is the place
        node, line = child
    return PlanProblem(file, line + 1, _dotted(shown), what)


def _child(node: Node, part: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(part):
                return value, key.start_mark.line
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line
    return None


def _dotted(path: list[str | int]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
