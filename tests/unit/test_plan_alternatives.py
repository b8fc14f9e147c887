"""Each way of writing the starting file shows, used alone in place of what it stands for, makes a plan."""

import re

import pytest

from models.plan import Plan
from models.plan.json_schema import plan_json_schema
from models.plan_text import parse_plan
from tests.starting_files import KNOWN, written

ALTERNATIVE = re.compile(r"^( *)# (.*)$")


def blocks(lines: list[str]) -> list[tuple[int, int]]:
    """First and last line of each alternative: lines one after another that begin with a single `#`."""
    found: list[tuple[int, int]] = []
    for n, line in enumerate(lines):
        if n and ALTERNATIVE.match(line):
            if found and found[-1][1] == n - 1:
                found[-1] = (found[-1][0], n)
            else:
                found.append((n, n))
    return found


def indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def is_said(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def key_at(line: str, depth: int) -> str:
    """The key of a line at this depth, that of the first line of a list item too; empty where there is none."""
    begins = line[depth - 2 : depth] == "- " if depth >= 2 and not line[: depth - 2].strip() else False
    match = re.match(r"[a-z_]+(?=:)", line[depth:]) if begins or indent(line) == depth else None
    return match[0] if match else ""


def used(lines: list[str], first: int, last: int) -> str:
    """The file with one alternative in place of what it stands for, as its head tells people to do it."""
    block = [ALTERNATIVE.sub(r"\1\2", line) for line in lines[first : last + 1]]
    depth = indent(block[0])
    keys = {key for line in block if indent(line) == depth and (key := key_at(line, depth))}
    start = first
    while start > 0 and not (is_said(lines[start - 1]) and indent(lines[start - 1]) < depth - 2):
        start -= 1
        if is_said(lines[start]) and indent(lines[start]) < depth:
            break  # the first line of the list item, or the key above
    end = last + 1
    while end < len(lines) and not (is_said(lines[end]) and indent(lines[end]) < depth):
        end += 1
    kept, dropping = [], False
    for n in range(start, end):
        line = lines[n]
        if first <= n <= last:
            kept.append(block[n - first])
        elif is_said(line):
            if indent(line) <= depth:
                dropping = key_at(line, depth) in keys and not line.lstrip().startswith("- ")
            if not dropping:
                kept.append(line)
        else:
            kept.append(line)
    return "\n".join([*lines[:start], *kept, *lines[end:]]) + "\n"


FILE = written().splitlines()
CHOICES = blocks(FILE)


@pytest.mark.parametrize(("first", "last"), [pytest.param(*at, id=FILE[at[0]].strip()) for at in CHOICES])
def test_each_alternative_alone_makes_another_plan(first, last):
    plan = parse_plan(used(FILE, first, last), "mau-2026.yaml", KNOWN)
    assert plan != parse_plan(written(), "mau-2026.yaml", KNOWN)


def test_an_alternative_takes_the_place_of_what_it_stands_for():
    (quarter,) = [at for at in CHOICES if FILE[at[0]].strip() == "# every: quarter"]
    own = parse_plan(used(FILE, *quarter), "mau-2026.yaml").obligation("O2")
    assert (own.every, own.feeds) == ("quarter", "O3"), "what has another name stays"
    (steps,) = [at for at in CHOICES if FILE[at[0]].strip() == "# reminders:"]
    ladder = parse_plan(used(FILE, *steps), "mau-2026.yaml").obligation("O2").ladder
    assert [(step.step, step.letter, step.copy_to) for step in ladder][2:] == [
        ("T+1", 1, []),
        ("T+5", 2, ["huyen-mau"]),
    ]


def test_the_alternatives_show_each_choice_there_is():
    told = "\n".join(FILE)
    for name in keys_of_the_schema():
        assert re.search(rf"\b{name}:", told), f"{name} is shown nowhere"
    for word in ("once", "half-year", "quarter", "month", "phase", "ad-hoc"):
        assert re.search(rf"every: \[?[a-z-, ]*{word}", told), word
    for word in ("plan", "result", "inform", "register", "task", "chase", "difficulty"):
        assert f"kind: {word}" in told, word
    for word in ("number", "money", "yes_no", "choice", "text", "table"):
        assert f"kind: {word}" in told, word
    for word in ("last", "max", "average", "count", "list"):
        assert f"adds: {word}" in told, word


def keys_of_the_schema() -> set[str]:
    schema = plan_json_schema()
    parts = [schema, *schema["$defs"].values()]
    return {key for part in parts for key in part["properties"]}


def test_alternatives_are_not_taken_for_explanations():
    assert len(CHOICES) > 60
    assert isinstance(parse_plan("\n".join(line for line in FILE if is_said(line)), "mau-2026.yaml"), Plan)
