"""Two worlds to compare, and what a comparison finds; `models.moves` compares."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from models.calendar import PlannedCycle, Rung
from models.deadlines import SetDue
from models.ids import CycleKey
from models.plan import Plan
from models.units import UnitTree
from models.working_days import WorkingDays

What = Literal[
    "day_x",
    "last_day",
    "last_working_day",
    "due_at",
    "cutoff",
    "opens_on",
    "closes_on",
    "reminder",
    "letter_1",
    "letter_2",
    "unit",
]
Value = date | str
"""A day, a moment (`due_at`), or the name of a unit that owes."""

OPENED_VI = "đã mở, giữ nguyên"


@dataclass(frozen=True, slots=True)
class Opened:
    """A cycle that has opened, as the ledger and the calendar of one world have it."""

    planned: PlannedCycle
    closed: bool = False
    """Of a closed cycle only deadlines of their own still go on."""
    own: Mapping[str, tuple[Rung, ...]] = field(default_factory=dict)
    """Units with a deadline of their own (extension, correction) that still owe, with the ladder to it."""
    undecided: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Units that still owe → the steps the ledger has not decided for them: neither sent nor skipped."""
    drafted: frozenset[str] = frozenset()
    """Steps whose công văn is written."""


@dataclass(frozen=True, slots=True)
class World:
    """All that decides what is due when, and by whom."""

    plans: tuple[Plan, ...]
    days: WorkingDays
    dues: Mapping[CycleKey, SetDue]
    tree: UnitTree
    opened: Mapping[CycleKey, Opened] = field(default_factory=dict)
    """Every cycle that has opened."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing before and after; None where it is not there."""

    what: What
    before: Value | None
    after: Value | None
    step: str = ""
    """Of a reminder or a letter."""
    unit: str = ""
    """The unit that owes, or whose own deadline the reminder belongs to."""
    waiting: int | None = None
    """How many units a step of an opened cycle is still to be decided for: 0 says that the move does not affect it."""


@dataclass(frozen=True, slots=True)
class Move:
    """One cycle that differs. `kept` are differences that do not reach it, because it has opened."""

    key: CycleKey
    state: Literal["appears", "vanishes", "moves", "kept"]
    changes: tuple[Change, ...]
    kept: tuple[Change, ...] = ()
    opened: bool = False
