"""A period beside those before it. Totals of two periods are set side by side with how many units they come from; what
rose or fell is said of the same units only: those that are exactly the same territory and gave the figure both times.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from models.disclosure import Mark, protect
from models.evaluate import holds, number_of
from models.figures import UnitFigures
from models.periods import Period
from models.plan import Indicator, Plan
from models.plan.levels import counts_units
from models.states import Coverage
from models.totals import Member, Source, Total, asked_of, total_up
from models.units.comparing import Carried, UnitMap


@dataclass(frozen=True, slots=True)
class PastFigure:
    """A total of an earlier period. `mark`: why it is not printed."""

    code: str
    value: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    given: int = 0
    asked: int = 0
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class PastPeriod:
    cycle: str
    name: str
    """As it stands in a sentence: năm 2018."""
    received: int
    expected: int
    figures: tuple[PastFigure, ...]
    versions: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    """What it was added up from: cycle → unit → version of its report."""

    def by_code(self) -> dict[str, PastFigure]:
        return {figure.code: figure for figure in self.figures}


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved; of a rate in percentage points. `units`: from how many units of today."""

    code: str
    by: Decimal
    units: int


@dataclass(frozen=True, slots=True)
class Comparison:
    changes: tuple[Change, ...]
    is_comparable: bool
    """Do both periods cover the same territory?"""
    unmapped: tuple[tuple[str, str], ...] = ()
    """Units of then whose figures carry to no one unit of now, with the reason in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Side:
    """One period with all that was added up."""

    plan: Plan
    """As seen from the level of the report."""
    period: Period
    coverage: Coverage
    totals: tuple[Total, ...]
    sources: tuple[Source, ...]

    @property
    def reports(self) -> tuple[UnitFigures, ...]:
        return tuple(report for source in self.sources for report in source.reports)


def goes_before(earlier: Period, now: Period) -> bool:
    """Is it the same part of an earlier year (cùng kỳ), or an earlier phase? Requests without rhythm have no such thing."""
    if earlier.every != now.every or now.every in {"once", "ad-hoc"} or earlier.end >= now.start:
        return False
    return now.every == "phase" or earlier.label[4:] == now.label[4:]


def past_period(cycle: str, side: Side, versions: Mapping[str, Mapping[str, int]]) -> PastPeriod:
    """What may be printed of it in a document that goes to many."""
    marks = protect(side.totals, side.reports).totals
    figures = tuple(
        _past(total, marks.get(total.indicator.code)) for total in side.totals if is_number(total.indicator)
    )
    cover = side.coverage
    return PastPeriod(cycle, side.period.vietnamese, cover.received, cover.expected, figures, versions)


def _past(total: Total, mark: Mark | None) -> PastFigure:
    if mark:
        return PastFigure(total.indicator.code, given=total.given, asked=total.asked, mark=mark)
    value, over, under = map(plain_number, (total.value, total.numerator, total.denominator))
    return PastFigure(total.indicator.code, value, over, under, total.given, total.asked)


def is_number(indicator: Indicator) -> bool:
    """Has it a total that can stand in a series?"""
    return not indicator.is_listed


def compare(now: Side, then: Side, units: UnitMap, unmapped: Sequence[tuple[str, str]]) -> Comparison:
    """Only what is defined the same in both is compared."""
    before = {total.indicator.code: total for total in then.totals}
    hidden = protect(now.totals, now.reports).totals.keys() | protect(then.totals, then.reports).totals.keys()
    changes = []
    for total in now.totals:
        code = total.indicator.code
        earlier = before.get(code)
        if code in hidden or earlier is None or not _same(total.indicator, earlier.indicator):
            continue
        if change := _change(now, then, total, earlier, units):
            changes.append(change)
    return Comparison(tuple(changes), units.is_comparable, tuple(unmapped))


def _same(now: Indicator, then: Indicator) -> bool:
    alike = all(
        getattr(now, name) == getattr(then, name) for name in ("unit", "kind", "adds", "weight", "formula")
    )
    return is_number(now) and alike


def _change(now: Side, then: Side, total: Total, earlier: Total, units: UnitMap) -> Change | None:
    code = total.indicator.code
    entered = list(entered_codes(now.plan, code))
    places = {_source(now, each) for each in entered}
    whole = total.given == total.asked and earlier.given == earlier.asked and units.is_comparable
    guarded = any(now.plan.indicator(each).sensitive for each in entered)
    if guarded or len(places) > 1:
        # Of a sensitive figure a part would tell of the rest; one of two levels has no units of its own.
        by = _minus(total.value, earlier.value) if whole else None
        return None if by is None else Change(code, by, total.asked)
    source, origin = now.sources[places.pop()], then.sources[_source(then, entered[0])]
    pairs = list(_pairs(total.indicator, entered, now.plan, source, origin, units.carried))
    if not pairs:
        return None
    members = {member.unit: member for member in (*source.members, *origin.members)}
    after = _added(now, code, entered, [mine for mine, _ in pairs], members)
    before = _added(then, code, entered, [each for _, theirs in pairs for each in theirs], members)
    by = _minus(after, before)
    return None if by is None else Change(code, by, len(pairs))


def entered_codes(plan: Plan, code: str) -> Iterator[str]:
    """The figures units type in from which it is computed; itself, where it is typed in, and what it is weighted by."""
    indicator = plan.indicator(code)
    formula = indicator.formula
    if formula is None:
        yield code
        if indicator.weight:
            yield indicator.weight
        return
    for operand in formula.operands():
        yield from entered_codes(plan, operand)


def _source(side: Side, code: str) -> int:
    return next((place for place, source in enumerate(side.sources) if code in source.codes), 0)


def _pairs(
    indicator: Indicator,
    entered: Sequence[str],
    plan: Plan,
    now: Source,
    then: Source,
    carried: Sequence[Carried],
) -> Iterator[tuple[UnitFigures, list[UnitFigures]]]:
    """Reports of today's units, each with those that stood for exactly its territory; both with all that is needed."""
    present = {report.unit: report for report in now.reports}
    past = {report.unit: report for report in then.reports}
    owe = {m.unit for m in now.members if asked_of(indicator, m) and _asked_all(plan, entered, m)}
    for each in carried:
        mine = present.get(each.unit) if each.is_exact and each.unit in owe else None
        theirs = [past.get(origin.unit.code) for origin in each.origins]
        found = [report for report in theirs if report]
        if mine is None or len(found) < len(theirs):
            continue
        if (counts_units(indicator) or indicator.is_average) and len(found) > 1:
            continue  # two units that became one were counted twice
        if all(_knows(report, entered, indicator) for report in (mine, *found)):
            yield mine, found


def _asked_all(plan: Plan, entered: Sequence[str], member: Member) -> bool:
    return all(asked_of(plan.indicator(code), member) for code in entered)


def _knows(report: UnitFigures, entered: Sequence[str], indicator: Indicator) -> bool:
    if report.nil:
        return not indicator.is_average  # there is nothing to average
    if indicator.formula and indicator.formula.all_of:
        return all(holds(test, report.figures) is not None for test in indicator.formula.all_of)
    return all(number_of(code, report.figures) is not None for code in entered)


def _added(
    side: Side,
    code: str,
    entered: Sequence[str],
    reports: Sequence[UnitFigures],
    members: Mapping[str, Member],
) -> Decimal | None:
    asked = tuple(members[report.unit] for report in reports)
    (total,) = total_up(side.plan, [code], side.period, [Source(frozenset(entered), asked, tuple(reports))])
    return total.value


def _minus(value: Decimal | None, earlier: Decimal | None) -> Decimal | None:
    return plain_number(value - earlier) if value is not None and earlier is not None else None


def plain_number(number: Decimal | None) -> Decimal | None:
    """One way of writing a number, whatever database it comes from: 1.50 and 1.5 are one figure."""
    return None if number is None else Decimal(f"{number.normalize():f}")
