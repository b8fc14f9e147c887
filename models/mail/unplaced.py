"""What the lead unit is asked about units that its plan names and that are no longer there."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.mail.lines import Office, OwedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class EndedUnit:
    """A unit that was divided or dissolved; `successors` are those that hold what it held, with their codes, and
    `others` says how many more there are: of a province there are hundreds, and the page of the cycle has them all.
    """

    code: str
    name: str
    ended_on: date | None
    successors: tuple[str, ...] = ()
    others: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplacedGroup:
    """All such units of one cycle. `assign` adds a unit that owes in their place, `exempt` takes one of them out."""

    line: OwedLine
    units: tuple[EndedUnit, ...]
    assign: str
    exempt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unplaced:
    """Nobody owes in the place of these units until the lead unit says who does."""

    folder: ClassVar[str] = "unplaced"
    unit: str
    on: date
    groups: tuple[UnplacedGroup, ...]
    contact: str = ""
    offices: ClassVar[tuple[Office, ...]] = ()
    desks: ClassVar[tuple[Office, ...]] = ()

    def __post_init__(self) -> None:
        if not self.count:
            raise ValueError("nobody is asked about no unit")

    @property
    def count(self) -> int:
        return sum(len(group.units) for group in self.groups)
