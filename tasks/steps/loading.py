"""Load plans: what it would move is known before, and what was shown is what is done."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from models.plan import Plan
from models.worlds import Move
from tasks.adapters.home import Home
from tasks.adapters.ledger.plans import current_plans, save_plan
from tasks.steps.moving import moved_by_plans


class MovedMeanwhileError(ValueError):
    """What was shown no longer holds, so nothing was done."""

    def __init__(self) -> None:
        super().__init__("what would move has changed since it was shown: nothing was applied; run again")


@dataclass(frozen=True, slots=True)
class PlanFile:
    name: str
    text: str
    plan: Plan


@dataclass(frozen=True, slots=True)
class PlanChange:
    """Which of the files change a plan that is loaded, and what that moves."""

    changed: tuple[str, ...]
    moves: tuple[Move, ...]


def plan_change(home: Home, files: Sequence[PlanFile], as_of: datetime) -> PlanChange:
    """ValueError where two files give one plan two texts: only one of them could hold."""
    texts: dict[str, str] = {}
    for file in files:
        if texts.setdefault(file.plan.code, file.text) != file.text:
            raise ValueError(f"{file.name}: another of these files is a different text of {file.plan.code}")
    with home.ledger.read() as session:
        return _change(home, session, files, as_of)


def load_plans(home: Home, files: Sequence[PlanFile], shown: PlanChange, as_of: datetime, actor: str) -> None:
    """Make all of these files current, or none; MovedMeanwhileError where something else than shown would move."""
    with home.ledger.write() as session:
        if _change(home, session, files, as_of) != shown:
            raise MovedMeanwhileError
        for file in files:
            save_plan(session, file.text, file.name, at=as_of, actor=actor)


def _change(home: Home, session: Session, files: Sequence[PlanFile], as_of: datetime) -> PlanChange:
    loaded = {code: sha256 for code, (_, sha256) in current_plans(session).items()}
    changed = {
        file.plan.code: file.plan
        for file in files
        if loaded.get(file.plan.code) not in {None, hashlib.sha256(file.text.encode()).hexdigest()}
    }
    found = moved_by_plans(session, home.days, changed.values(), as_of.date()) if changed else []
    return PlanChange(tuple(changed), tuple(found))
