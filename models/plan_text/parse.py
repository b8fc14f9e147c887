"""Plan text to plan value. Every problem is found at once and says file, line, path and what was expected."""

import json
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import yaml
from pydantic import ValidationError
from yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from models.plan.schema import Plan
from models.plan_text.consistency import Problem, problems, unknown_units
from models.plan_text.counting import count_warnings
from models.plan_text.privacy import privacy_warnings
from models.plan_text.suggest import Path
from models.plan_text.times import time_problems, time_warnings
from models.plan_text.wording import in_words
from models.units import UnitTree
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
        raise PlanError(_placed(root, in_words(error.errors()), file)) from None
    found = problems(plan)
    if known_units is not None:
        found += unknown_units(plan, known_units)
    if not found:
        found = list(time_problems(plan))
    if found:
        raise PlanError(_placed(root, found, file))
    return plan


def plan_warnings(
    plan: Plan, text: str, file: str, days: WorkingDays, tree: UnitTree | None = None
) -> list[PlanProblem]:
    """What its author should look at, though the plan can be used. Units are counted where they are given."""
    root = _compose(text, file)
    counted = count_warnings(plan, days, tree) if tree else ()
    found = (*time_warnings(plan, days), *privacy_warnings(plan), *counted)
    return [_problem(root, path, what, file) for path, what in found]


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


def _placed(root: Node, found: Sequence[Problem], file: str) -> list[PlanProblem]:
    """Each with its line. What is written once and repeated by an alias (`&xa`, `*xa`) is wrong once."""
    told: dict[tuple[int, Path, str], PlanProblem] = {}
    for path, what in found:
        node, _, missing = _find(root, path)
        told.setdefault((id(node), missing, what), _problem(root, path, what, file))
    return list(told.values())


def _problem(root: Node, path: Path, what: str, file: str) -> PlanProblem:
    _, line, _ = _find(root, path)
    return PlanProblem(file, line + 1, _dotted(path), what)


def _find(root: Node, path: Path) -> tuple[Node, int, Path]:
    """The part with this path, its line from 0, and what of the path is not there, e.g. a missing key."""
    node, line = root, root.start_mark.line
    for i, part in enumerate(path):
        child = _child(node, part)
        if child is None:
            return node, line, path[i:]
        node, line = child
    return node, line, ()


def _child(node: Node, part: str | int) -> tuple[Node, int] | None:
    if isinstance(node, MappingNode):
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value == str(part):
                return value, key.start_mark.line
    if isinstance(node, SequenceNode) and isinstance(part, int) and part < len(node.value):
        return node.value[part], node.value[part].start_mark.line
    return None


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
