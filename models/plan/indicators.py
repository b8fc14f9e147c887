"""What a form asks and how it adds up (domain handbook §5)."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from models.plan.strict import IndicatorCode, Slug, Strict, Text, UnitCode, Year

Kind = Literal["count", "number", "money", "yes_no", "choice", "text", "date", "table"]
LISTED = frozenset({"text", "choice", "date", "table"})
"""Kinds of which there is no sum: each unit's answer stands by itself."""
AVERAGED = frozenset({"count", "number", "money"})
"""Kinds of which there can be a mean."""
Adds = Literal["sum", "last", "max", "average", "count", "list"]
"""How units' values make the total: `average` = the mean over the units that gave a value; `count` = units that answer yes;
`list` = each unit's value, named.
"""


RULE_PATTERN = r"^V\d{1,2}[a-z]?$"


class Test(Strict):
    """True where the indicator has one of these answers (`có` for yes)."""

    indicator: IndicatorCode
    """Whose answer is looked at."""
    is_: Annotated[list[str], Field(alias="is", min_length=1)]
    """The answers that make it true."""


class Times(Strict):
    """Money by head count: factor (đồng) for every yes."""

    indicator: IndicatorCode
    """A yes or no, or a number."""
    factor: Annotated[int, Field(gt=0)]
    """What each yes is worth."""


class Formula(Strict):
    """Computed, never entered. Exactly one of the five."""

    ratio: tuple[list[IndicatorCode], list[IndicatorCode]] | None = None
    """Sum of numerators over sum of denominators, in percent; never a mean of percentages."""
    plus: list[IndicatorCode] | None = None
    """The sum of these."""
    minus: tuple[IndicatorCode, IndicatorCode] | None = None
    """The first less the second."""
    times: Times | None = None
    """A figure times a factor."""
    all_of: list[Test] | None = None
    """Yes where every test holds; adds up as the number of units."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        if sum(getattr(self, name) is not None for name in type(self).model_fields) != 1:
            raise ValueError("a formula has exactly one of: ratio, plus, minus, times, all_of")
        return self

    def operands(self) -> list[str]:
        """The codes it is computed from."""
        if self.ratio:
            return [*self.ratio[0], *self.ratio[1]]
        if self.times:
            return [self.times.indicator]
        return [*(self.plus or ()), *(self.minus or ()), *(test.indicator for test in self.all_of or ())]


class Target(Strict):
    """A mức chỉ tiêu of the plan, judged in integers (rule V10), for periods inside these years."""

    at_least: int | None = None
    """Percent of a ratio, or a plain value."""
    percent_of_units: int | None = None
    """At least this share of the owing units answer yes: 50 of 11 means 6."""
    first_year: Year
    """The first year it is meant for."""
    last_year: Year
    """The last year it is meant for."""
    wording: Text
    """As the plan prints it."""

    @model_validator(mode="after")
    def _one_measure(self) -> Self:
        if (self.at_least is None) == (self.percent_of_units is None):
            raise ValueError("a target has exactly one of: at_least, percent_of_units")
        return self


class Column(Strict):
    code: Slug
    """Its name in the ledger."""
    label: Text
    """Its heading."""
    kind: Literal["count", "number", "money", "text", "date", "yes_no"] = "text"
    """What stands in it."""


class Indicator(Strict):
    code: IndicatorCode
    """Letters of the plan, a point, a number: H588.21; never used again for another figure."""
    label: Text
    """Tên chỉ tiêu, as the form prints it."""
    unit: Text
    """Đơn vị tính, as printed: người, xã, triệu đồng, %, có/không."""
    kind: Kind = "count"
    """What kind of answer."""
    adds: Adds = "sum"
    """How the units' answers make the total."""
    weight: IndicatorCode | None = None
    """Of adds: average: the figure by which each unit's value weighs; without it every unit weighs the same."""
    formula: Formula | None = None
    """Computed from other indicators; the form shows it in grey."""
    choices: list[Text] = []
    """The answers of kind: choice."""
    columns: list[Column] = []
    """The columns of kind: table."""
    required: bool = True
    """Is a report without it sent back?"""
    sensitive: bool = False
    """Counts below 5 can identify a child; hidden in widely sent outputs."""
    asked_of: list[UnitCode | Slug] = []
    """Unit codes or kinds that own this figure; empty: every unit that owes the form."""
    group: Text | None = None
    """The heading it stands under."""
    hint: Text | None = None
    """What to count, shown to the unit."""
    targets: list[Target] = []
    """Mức chỉ tiêu of the plan."""

    @property
    def is_listed(self) -> bool:
        """Does the total name each unit's answer instead of adding up?"""
        return self.adds == "list" or self.kind in LISTED

    @property
    def is_average(self) -> bool:
        """Is its total a mean? Then it is no part of a sum, and what it is one level up the level below cannot say."""
        return self.adds == "average"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.kind == "choice") != bool(self.choices):
            raise ValueError("choices belong to kind: choice, and it needs them")
        if (self.kind == "table") != bool(self.columns):
            raise ValueError("columns belong to kind: table, and it needs them")
        if self.formula and self.kind in LISTED:
            raise ValueError("a computed indicator is a count, a number, money or yes_no")
        if self.weight and not self.is_average:
            raise ValueError("weight belongs to adds: average")
        if self.is_average and (wrong := self._no_average()):
            raise ValueError(wrong)
        return self

    def _no_average(self) -> str:
        """Why there is no mean of it; empty where there is one."""
        if self.formula or self.kind not in AVERAGED:
            return "adds: average is for a count, a number or money that units type in"
        if self.unit == "%" and not self.weight:
            return "a mean of percentages hides how large each unit is: name the weight, or compute it with formula: ratio"
        if self.sensitive:
            return "an average of few units tells what each of them gave: a sensitive count adds up"
        if any(target.percent_of_units is not None for target in self.targets):
            return "percent_of_units counts units: the target of an average is at_least"
        return ""


class Rule(Strict):
    """A consistency rule between indicators (domain handbook §5.6)."""

    id: Annotated[str, Field(pattern=RULE_PATTERN)]
    """V4 or V4a."""
    severity: Literal["error", "warning"] = "error"
    """error: the report is sent back; warning: the unit is asked to look."""
    at_most: tuple[list[IndicatorCode], list[IndicatorCode]] | None = None
    """The sum on the left is not above the sum on the right."""
    equal: tuple[list[IndicatorCode], list[IndicatorCode]] | None = None
    """The sum on the left is the sum on the right."""
    implies: tuple[Test, Test] | None = None
    """Where the first holds, the second must."""
    required_when: tuple[IndicatorCode, Test] | None = None
    """The indicator is needed where the test holds."""
    message: Text
    """Said to the unit, in Vietnamese, in the form's own words."""

    @model_validator(mode="after")
    def _exactly_one(self) -> Self:
        kinds = ("at_most", "equal", "implies", "required_when")
        if sum(getattr(self, name) is not None for name in kinds) != 1:
            raise ValueError("a rule has exactly one of: " + ", ".join(kinds))
        return self

    def operands(self) -> list[str]:
        """The codes it speaks of."""
        for pair in (self.at_most, self.equal):
            if pair:
                return [*pair[0], *pair[1]]
        if self.implies:
            return [test.indicator for test in self.implies]
        assert self.required_when
        return [self.required_when[0], self.required_when[1].indicator]
