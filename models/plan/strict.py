"""The base of every part of a plan file: nothing unknown, nothing coerced, nothing changed later."""

import re
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, PlainValidator, StringConstraints, WithJsonSchema

FULL_DATE = {
    "type": "string",
    "pattern": r"^(\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})$",
    "examples": ["30/10/2013", "2013-10-30"],
}
"""A date, for editors; whether it exists is asked when the plan is read."""
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


class Strict(BaseModel):
    # The docstring of a key is its description in the JSON Schema.
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, use_attribute_docstrings=True)


def read_day(value: Any) -> date:
    """`30/10/2013`, as Vietnamese documents write it, or ISO `2013-10-30`."""
    try:
        match = _DAY.fullmatch(value.strip())
        return date(*map(int, reversed(match.groups()))) if match else date.fromisoformat(value.strip())
    except (AttributeError, ValueError):
        raise ValueError(f"expected a date that exists, e.g. 30/10/2013 (found: {value})") from None


Day = Annotated[
    date,
    PlainValidator(read_day),
    WithJsonSchema(FULL_DATE),
]
SLUG_PATTERN = r"^[a-z0-9]+(-[a-z0-9]+)*$"
OBLIGATION_PATTERN = r"^O\d{1,2}$"
INDICATOR_PATTERN = r"^[A-Z][A-Z0-9]*(\.[0-9A-Za-z]+)+$"

Year = Annotated[int, Field(ge=1990, le=2100)]
"""A slip of the finger (209, 20255) is no year of a plan."""
Slug = Annotated[str, StringConstraints(pattern=SLUG_PATTERN)]
UnitCode = Slug
ObligationCode = Annotated[str, StringConstraints(pattern=OBLIGATION_PATTERN)]
IndicatorCode = Annotated[str, StringConstraints(pattern=INDICATOR_PATTERN)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
