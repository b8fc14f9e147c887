"""The cycle of one report: open → remind → receive → check → total → write.

Opening is asked of all plans at once by `flows/sweep.py`, which starts this flow for every cycle that has work.
"""

from dataclasses import dataclass
from datetime import datetime

from prefect import flow

from flows.carry import Do, as_task_run
from flows.show import run_name, show_cycle
from models.ids import CycleKey
from tasks.check import check
from tasks.receive import receive
from tasks.remind import remind
from tasks.steps.collecting.inbox import STRANGE
from tasks.total import total
from tasks.write import write


@dataclass(frozen=True, slots=True)
class Carried:
    """What one cycle came to in this sweep."""

    queued: int = 0
    received: int = 0
    closed: int = 0
    written: tuple[str, ...] = ()


def carry_cycle(key: CycleKey, as_of: datetime, do: Do) -> Carried:
    """Everything that ought to have happened in one cycle by `as_of`, less what has."""
    queued = do(remind, key, as_of)
    files = do(receive, key)
    received = do(check, files, as_of)
    closed = do(total, key, as_of)
    written = do(write, key, as_of)
    return Carried(queued, received, int(closed), tuple(written))


def put_aside_strange(as_of: datetime, do: Do) -> Carried:
    """Files that name no cycle we know: refused, and kept for a person."""
    files = do(receive, STRANGE)
    return Carried(received=do(check, files, as_of))


@flow(name="cycle", flow_run_name=run_name, validate_parameters=False, persist_result=False)
def cycle(key: str, as_of: datetime) -> Carried:
    """One cycle as a Prefect run, named after plan, obligation and period, with its board as an artifact."""
    carried = carry_cycle(CycleKey.parse(key), as_of, as_task_run)
    show_cycle(CycleKey.parse(key), as_of, carried.written)
    return carried
