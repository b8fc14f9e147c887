"""Which version of a report a document stands on."""

from dataclasses import dataclass

from models.figures import UnitFigures


@dataclass(frozen=True, slots=True)
class Used:
    """One version of one unit's report in one cycle."""

    cycle: str
    unit: str
    unit_name: str
    version: int
    file_sha256: str


def used_of(cycle: str, report: UnitFigures) -> Used:
    return Used(cycle, report.unit, report.unit_name, report.version, report.file_sha256)
