"""Who owes a report, and through which office it goes."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from models.plan.strict import Day, Slug, Strict, Text, UnitCode


class Selector(Strict):
    """Units of these kinds, or of a line, under a parent as of the period's date; or units by code. With `from` and
    `to` (both included) for periods that open in that time only, e.g. before and after a reorganisation.
    """

    kinds: list[Slug] = []
    """Kinds of units: xa, phuong, thi-tran, huyen …"""
    under: UnitCode | None = None
    """The unit above them, at any depth."""
    line: Slug | None = None
    """Only units of this line (ngành dọc), e.g. the Phòng of every huyện."""
    units: list[UnitCode] = []
    """Or these units, by code."""
    from_: Annotated[Day | None, Field(alias="from")] = None
    """For periods that open on this day or later."""
    to: Day | None = None
    """For periods that open on this day or earlier."""

    @model_validator(mode="after")
    def _by_code_or_by_kind(self) -> Self:
        by_kind = bool(self.under) and bool(self.kinds or self.line)
        if by_kind == bool(self.units) or (self.units and (self.under or self.kinds or self.line)):
            raise ValueError("a selector has either units, or under with kinds or line")
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError("a selector ends (to) after it begins (from)")
        return self

    def holds_on(self, day: date) -> bool:
        return (self.from_ or day) <= day <= (self.to or day)


class Through(Strict):
    """The office a report goes through, found for each unit: the nearest one of the line, going up from the unit (the
    Phòng of its own huyện; where there is none any more, the Sở).
    """

    line: Slug
    """The line (ngành dọc) as the unit files name it: tre-em."""


class Owed(Strict):
    """Which units owe: by code, by selector over the unit tree, or both."""

    units: list[UnitCode] = []
    """By code."""
    select: list[Selector] = []
    """By kind under a unit, or by line, as of the day the period opens."""
    stated: int | None = None
    """How many the plan itself says, where it does."""
    note: Text | None = None
    """What the plan says of who owes, where the list is a reading of it."""

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.units and not self.select:
            raise ValueError("name at least one unit or one selector")
        return self
