"""All that a document was made from, kept as one text: from it and the versions it names the document can be made again,
whatever has come since.

Figures and sections themselves are not repeated: a version of a report never changes, so its name is enough. The totals
are, since they are what is read, and held against what the versions give today.
"""

import json
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from models.deadlines import Deadline
from models.figures import UnitFigures
from models.report.comparison import Comparison, PastPeriod, plain_number
from models.report.correction import Follows
from models.report.letter import Chase
from models.report.sections import Edited
from models.report.slip import Slip
from models.states import Standing
from models.totals import Member, Named, Source, Total

FORMAT = 1
"""Raised when what is kept can no longer be read as before."""


@dataclass(frozen=True, slots=True)
class Used:
    """One version of one unit's report in one cycle."""

    cycle: str
    unit: str
    unit_name: str
    version: int
    file_sha256: str
    channel: str = "file"


@dataclass(frozen=True, slots=True)
class Awaited:
    """A unit that owed a report in a cycle and had none counted."""

    cycle: str
    unit: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class FrozenSource:
    """`models.totals.Source` with its reports by name."""

    codes: tuple[str, ...]
    members: tuple[Member, ...]
    used: tuple[Used, ...]
    carried: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FrozenTotal:
    """One line as it was: `models.totals.Total` without what the plan says of it."""

    code: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    answers: tuple[Named, ...] = ()
    given: int = 0
    nil: int = 0
    asked: int = 0
    met: bool | None = None
    below: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Frozen:
    cycle: str
    kind: str
    step: str
    lead: str
    """The lead unit as the document calls it."""
    plan_sha256: str
    template_sha256: str
    deadline: Deadline
    cutoff: date | None
    moved_by: str
    standings: tuple[Standing, ...]
    """Of the units the document shows."""
    sources: tuple[FrozenSource, ...]
    """The cycle's own reports, then those of the cycles that feed it."""
    totals: tuple[FrozenTotal, ...]
    awaited: tuple[Awaited, ...] = ()
    chase: Chase | None = None
    """Of a công văn: when it was written, of which level, until when it asks."""
    follows: Follows | None = None
    """Of a Báo cáo after one that was issued."""
    edited: tuple[Edited, ...] = ()
    """Of a Báo cáo: the sections that had been edited."""
    earlier: tuple[PastPeriod, ...] = ()
    """Of a Báo cáo: the periods before that it shows beside its own, with the versions they were made from."""
    comparison: Comparison | None = None
    """Of a Báo cáo: against the last of them."""
    with_sources: bool = False
    """Of a Báo cáo: with the appendix that names the cell of every figure."""
    issued: Follows | None = None
    """Of a Thông báo: the Báo cáo it rests on."""
    slip: Slip | None = None
    """Of a công văn đính chính."""
    format: int = field(default=FORMAT, kw_only=True)

    @property
    def used(self) -> tuple[Used, ...]:
        return tuple(used for source in self.sources for used in source.used)


class FrozenError(ValueError):
    """What was kept is not what this version of the program keeps; the message says why."""


def to_text(frozen: Frozen) -> bytes:
    """Canonical: the same inputs, the same bytes. What has its usual value is left out, which halves it."""
    told = _adapter().dump_python(frozen, mode="json", exclude_defaults=True)
    told["format"] = frozen.format
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def from_text(text: bytes) -> Frozen:
    """FrozenError where it cannot be read."""
    try:
        told: dict[str, Any] = json.loads(text)
        kept_as = told.get("format")
        if kept_as == FORMAT:
            return _adapter().validate_python(told)
    except (ValueError, AttributeError) as error:
        raise FrozenError(f"the inputs that were kept cannot be read: {error}") from error
    raise FrozenError(f"inputs kept in format {kept_as}, this program reads {FORMAT}")


def frozen_total(total: Total) -> FrozenTotal:
    return FrozenTotal(
        code=total.indicator.code,
        value=plain_number(total.value),
        numerator=plain_number(total.numerator),
        denominator=plain_number(total.denominator),
        answers=total.answers,
        given=total.given,
        nil=total.nil,
        asked=total.asked,
        met=total.met,
        below=total.below,
    )


def frozen_source(source: Source, keys: dict[int, str]) -> FrozenSource:
    """`keys` names the cycle of each report, by `id`."""
    used = tuple(_used(keys[id(report)], report) for report in source.reports)
    return FrozenSource(tuple(sorted(source.codes)), source.members, used, tuple(sorted(source.carried)))


def thawed_source(source: FrozenSource, reports: dict[tuple[str, str, int], UnitFigures]) -> Source:
    """KeyError where a version is not in the ledger."""
    found = tuple(reports[used.cycle, used.unit, used.version] for used in source.used)
    return Source(frozenset(source.codes), source.members, found, frozenset(source.carried))


def _used(cycle: str, report: UnitFigures) -> Used:
    return Used(cycle, report.unit, report.unit_name, report.version, report.file_sha256, report.channel)


@cache
def _adapter() -> TypeAdapter[Frozen]:
    return TypeAdapter(Frozen)
