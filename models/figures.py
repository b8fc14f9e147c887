"""What one unit's counted version says, as totals and documents take it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models.intake import FigureValue


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
