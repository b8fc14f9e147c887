"""The sweep: everything that ought to have happened by a moment. Any run, at any time, any number of times, on any
number of workers, leaves the same world.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from prefect import flow

from flows.carry import Do, as_task_run, plainly
from flows.cycle import Carried, carry_cycle, cycle, put_aside_strange
from flows.show import sweep_name
from models.ids import CycleKey
from tasks.adapters import clock
from tasks.adapters.home import the_home
from tasks.mailbox import read_mailbox
from tasks.open import note_swept, open_cycles, select_cycles
from tasks.send import send
from tasks.steps.collecting.inbox import STRANGE
from tasks.steps.inbound.mailbox import reads_mail
from tasks.steps.sending import undelivered


@dataclass(frozen=True, slots=True)
class Swept:
    """What one sweep did. `busy`: another one was under way, and did it. `held`: messages that wait for a word."""

    opened: int = 0
    queued: int = 0
    sent: int = 0
    received: int = 0
    closed: int = 0
    written: int = 0
    failed: int = 0
    unknown: int = 0
    held: int = 0
    busy: bool = False

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


class SweepFailedError(RuntimeError):
    """A cycle could not be carried, the mailbox not be read, or messages were refused for good or are in doubt: a person must look. All the
    rest of the sweep was done; the next one tries again what failed.
    """


def sweep_plainly(as_of: datetime, *, named: bool = True) -> Swept:
    """The sweep without a Prefect server. `named`: the moment was said by a person, not read from the clock."""
    with the_home().sweep_lock() as got:
        return _sweep(as_of, plainly, _carry_plainly, named=named) if got else Swept(busy=True)


@flow(name="sweep", flow_run_name=sweep_name, persist_result=False)
def sweep(as_of: datetime | None = None) -> dict[str, Any]:
    """The sweep as a Prefect run, with a run of its own for every cycle that has work."""
    named = as_of is not None
    as_of = clock.in_vietnam(as_of) if as_of else clock.now()
    with the_home().sweep_lock() as got:
        swept = _sweep(as_of, as_task_run, _carry_as_run, named=named) if got else Swept(busy=True)
    if swept.failed or swept.unknown:
        raise SweepFailedError(undelivered(the_home()))
    return swept.as_json()


def _sweep(as_of: datetime, do: Do, carry: Callable[[CycleKey, datetime], Carried], *, named: bool) -> Swept:
    opened = do(open_cycles, as_of)
    unread = _read_mailbox(as_of, do)
    carried: list[Carried] = []
    troubles: list[str] = []
    for key in do(select_cycles, as_of):
        try:
            carried.append(put_aside_strange(as_of, do) if key == STRANGE else carry(key, as_of))
        except Exception as error:  # noqa: BLE001 - one cycle must not keep the others' mails from going out
            troubles.append(f"{key}: {type(error).__name__}: {error}")
    delivery = do(send, as_of, named=named)
    if troubles:
        raise SweepFailedError("; ".join(troubles))
    do(note_swept, as_of)
    if unread:
        raise SweepFailedError(unread)
    return Swept(
        opened=len(opened),
        queued=sum(each.queued for each in carried),
        sent=delivery.sent,
        received=sum(each.received for each in carried),
        closed=sum(each.closed for each in carried),
        written=sum(len(each.written) for each in carried),
        failed=delivery.failed,
        unknown=delivery.unknown,
        held=delivery.held,
    )


def _read_mailbox(as_of: datetime, do: Do) -> str:
    """Before anybody is reminded: what has bounced decides who can be. A mailbox that cannot be read keeps nothing else
    from being done; what is wrong with it is told at the end.
    """
    if reads_mail(the_home()):
        try:
            do(read_mailbox, as_of)
        except Exception as error:  # noqa: BLE001 - neither must a mail that nobody has foreseen
            return f"the mailbox was not read: {error}"
    return ""


def _carry_plainly(key: CycleKey, as_of: datetime) -> Carried:
    return carry_cycle(key, as_of, plainly)


def _carry_as_run(key: CycleKey, as_of: datetime) -> Carried:
    return cycle(str(key), as_of)
