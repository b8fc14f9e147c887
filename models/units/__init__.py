"""Units through time: their versions, what became of them, who owes in whose place."""

from models.units.tree import (
    LOCAL_KINDS,
    PART,
    Became,
    Contact,
    Unit,
    UnitLink,
    UnitTree,
    read_lines,
)

__all__ = ["LOCAL_KINDS", "PART", "Became", "Contact", "Unit", "UnitLink", "UnitTree", "read_lines"]
