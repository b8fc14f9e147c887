"""Who sends, through whom, to whom: unit codes of a plan as the names they had."""

from datetime import date
from typing import TypedDict

from models.calendar import PlannedCycle
from models.plan import Through
from models.units import UnitTree
from models.units.owing import owing
from tasks.adapters.home import Home
from tasks.adapters.ledger.units import load_tree


class Parties(TypedDict):
    senders: int
    through: str
    to: list[str]


def parties(home: Home, planned: PlannedCycle) -> Parties:
    """As of the day the cycle opens."""
    with home.ledger.read() as session:
        return parties_in(load_tree(session), planned)


def parties_in(tree: UnitTree, planned: PlannedCycle) -> Parties:
    """`through` is empty where the plan names nobody."""
    on = planned.opens_on or planned.period.start
    obligation = planned.obligation
    return Parties(
        senders=len(owing(tree, obligation.owed_by, on)),
        through=_through(tree, obligation.through, on),
        to=[_body(tree, code, on) for code in obligation.to],
    )


def _body(tree: UnitTree, code: str, on: date) -> str:
    return tree.office(code, on).body


def _through(tree: UnitTree, through: str | Through | None, on: date) -> str:
    if isinstance(through, Through):
        return "cơ quan cùng ngành gần nhất của từng đơn vị"
    return _body(tree, through, on) if through else ""
