"""Lists of units a plan wants after its reports: who was recognised, who is supported with how much."""

from typing import Annotated

from pydantic import Field

from models.plan.indicators import Test
from models.plan.strict import IndicatorCode, Strict, Text


class UnitList(Strict):
    title: Text
    """Tên phụ lục; {period} stands for the year or phase."""
    columns: Annotated[list[IndicatorCode], Field(min_length=1)]
    """What is shown of each unit; of those, what its cycle asks."""
    where: Test | None = None
    """Which units stand in it; all that reported, where none is given."""
    totals: bool = False
    """Does a last line add up the columns?"""
