"""What the administrator is told when sweeps are missed, and when they are back."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True, kw_only=True)
class SweepWatch:
    """`over`: sweeps are back. `last_sweep` is None where none ever succeeded; `hours` the limit; `at` the moment of the
    check. `machine`, `home` and `log` say where to look, `command` what to run there; `page` is empty where the page has no public address.
    """

    folder: ClassVar[str] = "sweep-watch"
    offices: ClassVar[tuple[()]] = ()
    desks: ClassVar[tuple[()]] = ()
    contact: ClassVar[str] = ""
    over: bool
    unit: str
    at: datetime
    last_sweep: datetime | None
    hours: int
    machine: str
    home: str
    log: str
    command: str
    page: str = ""
