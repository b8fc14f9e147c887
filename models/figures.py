"""What one unit's counted version says, as totals and documents take it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from models.taken import FigureValue


@dataclass(frozen=True, slots=True)
class UnitNarrative:
    """One section a unit wrote, with its author: narratives are never merged without attribution."""

    code: str
    unit_name: str
    text: str


@dataclass(frozen=True, slots=True)
class UnitFigures:
    unit: str
    unit_name: str
    version: int
    file_sha256: str
    nil: bool
    figures: Mapping[str, FigureValue] = field(default_factory=dict)
    narratives: tuple[UnitNarrative, ...] = ()
    channel: str = "file"
    """How it came: file, web, mail, paper, phone; `totals` where a level's totals were passed up."""
    paper: str = ""
    """Of a report entered by hand: what it was entered from."""
    parts: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    """Of totals passed up, by indicator: how many units below gave it, of how many. A level whose units all had nothing
    to report has these and no figures.
    """


def kept_values(
    values: Iterable[FigureValue], *, nil: bool
) -> tuple[dict[str, FigureValue], dict[str, tuple[int, int]]]:
    """What the ledger keeps of a report, as its figures and as `parts`."""
    found = list(values)
    parts = {each.code: (each.given or 0, each.asked) for each in found if each.asked is not None}
    return {} if nil else {each.code: each for each in found}, parts
