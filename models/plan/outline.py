"""The order and headings of a Báo cáo, where an office wants others than those that go with its rhythm."""

import re
from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from models.plan.strict import Strict, Text

OutlinePart = Literal[
    "khai-quat",
    "chi-dao",
    "chi-tieu",
    "so-sanh",
    "nhiem-vu",
    "kinh-phi",
    "danh-gia",
    "kho-khan",
    "nhiem-vu-toi",
    "kien-nghi",
]
OPTIONAL_PARTS = frozenset({"so-sanh"})
"""All others hold what units wrote, how complete the figures are, or what came of a target: none may fall out."""
_KNOWN = re.compile(r"\{(period|next)\}")


class OutlineHeading(Strict):
    heading: Text
    """Đề mục, without its number; {period} stands for the year or phase, {next} for the one after."""
    parts: Annotated[list[OutlinePart], Field(min_length=1)]
    """What stands under it, in order; of several, each has a heading of its own."""
    headings: dict[OutlinePart, Text] = {}
    """Headings of parts, where others than usual."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        for text in (self.heading, *self.headings.values()):
            if set("{}") & set(_KNOWN.sub("", text)):
                raise ValueError(f"in “{text}”: a heading has {{period}} and {{next}}, and no other braces")
        for part in self.headings:
            if part not in self.parts or len(self.parts) == 1:
                raise ValueError(f"a heading for {part}, which does not stand here beside others")
            if part == "danh-gia":
                raise ValueError("danh-gia has two headings of its own: Ưu điểm, Hạn chế")
        return self


def check_outline(outline: list[OutlineHeading]) -> None:
    """ValueError where a part stands twice, or one is missing that must be there."""
    there = [part for each in outline for part in each.parts]
    for part in there:
        if there.count(part) > 1:
            raise ValueError(f"{part} stands twice in the outline")
    missing = [part for part in get_args(OutlinePart) if part not in there and part not in OPTIONAL_PARTS]
    if missing:
        raise ValueError(f"the outline lacks {', '.join(missing)}")
