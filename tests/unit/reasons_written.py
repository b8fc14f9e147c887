"""The reasons that the code writes beside messages of the outbox, read from the code itself."""

import ast
from collections.abc import Iterator
from itertools import product
from pathlib import Path

ROOT = Path(__file__).parents[2]
ERRORS = ("RetryableMailError", "PermanentMailError", "InvalidMailError", "UnknownOutcomeError")
PLACES = {"stop_asking": 2, "_skip": 2, "Reminder": 3, "OwedMail": 5} | dict.fromkeys(ERRORS, 0)
"""Calls that take the reason without its name, and where."""
WRITERS = {*PLACES, "mark", "withdraw", "settle", "queue", "queue_for_unit", "messages_to", "_settle"}
"""Other calls with a `reason` tell an event or a unit what a person said."""
SAMPLES = ("2019-12-05", "T-3", "550", "approved")
"""What may stand in the gaps of an f-string: a reason is known if it is with some of them."""


def reasons() -> dict[str, list[str]]:
    """Each reason as the code has it → what it may say, with every sample in every gap."""
    found: dict[str, list[str]] = {}
    files = [*(ROOT / "tasks").rglob("*.py"), ROOT / "models/reminders.py", ROOT / "models/signing.py"]
    for file in files:
        module = ast.parse(file.read_text("utf-8"))
        names = _assigned(module)
        for given in _given(module):
            for text in _texts(given, names):
                if said := _said(text):
                    found[ast.unparse(text)] = said
    return found


def _given(module: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and (name := ast.unparse(node.func).rpartition(".")[2]) in WRITERS:
            yield from (each.value for each in node.keywords if each.arg == "reason")
            yield from node.args[PLACES[name] : PLACES[name] + 1] if name in PLACES else ()
            yield from node.args if name == "_settle" else ()
        elif isinstance(node, ast.Dict):
            yield from (
                value
                for key, value in zip(node.keys, node.values, strict=True)
                if isinstance(key, ast.Constant) and key.value == "reason"
            )


def _assigned(module: ast.Module) -> dict[str, list[ast.expr]]:
    """What each name of the file is set to; what a property returns, under its name."""
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            returned = [each.value for each in ast.walk(node) if isinstance(each, ast.Return) and each.value]
            found.setdefault(node.name, []).extend(returned)
        for target in node.targets if isinstance(node, ast.Assign) else ():
            both = isinstance(target, ast.Tuple) and isinstance(node.value, ast.Tuple)
            pairs = zip(target.elts, node.value.elts, strict=True) if both else [(target, node.value)]
            for name, value in pairs:
                found.setdefault(ast.unparse(name), []).append(value)
    return found


def _texts(given: ast.expr, names: dict[str, list[ast.expr]], deep: int = 0) -> Iterator[ast.expr]:
    """The literals behind an expression."""
    if isinstance(given, ast.Constant | ast.JoinedStr):
        yield given
    elif isinstance(given, ast.IfExp):
        yield from (*_texts(given.body, names, deep), *_texts(given.orelse, names, deep))
    elif isinstance(given, ast.BoolOp):
        yield from (text for each in given.values for text in _texts(each, names, deep))
    elif isinstance(given, ast.Name | ast.Attribute) and deep < 3:
        name = ast.unparse(given).rpartition(".")[2]
        yield from (text for each in names.get(name, ()) for text in _texts(each, names, deep + 1))


def _said(text: ast.expr) -> list[str]:
    """Nothing for what is no sentence: a state, a number."""
    parts = text.values if isinstance(text, ast.JoinedStr) else [text]
    choices = [(str(each.value),) if isinstance(each, ast.Constant) else SAMPLES for each in parts]
    said = ["".join(chosen) for chosen in product(*choices)]
    return [each for each in said if " " in each or each == "exempt"]
