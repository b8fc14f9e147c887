"""From one level to the next: what a level passes up from its totals, and whether that agrees with what it entered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.figures import UnitFigures, UnitNarrative
from models.plan import Obligation, Plan
from models.plan.levels import carried, seen_from
from models.taken import FigureValue, Intake, NarrativeValue
from models.totals import Total


class CannotPassUpError(ValueError):
    """The totals alone do not make the report of the level above; the message says what is lacking."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One figure as a level has it beside the sum of its parts; None where one of them is not known."""

    code: str
    label: str
    entered: Decimal | None
    parts: Decimal | None
    given: int
    """From how many units below the sum comes, of `asked`."""
    asked: int

    @property
    def agrees(self) -> bool:
        return self.entered == self.parts


def pass_up(
    plan: Plan,
    lower: Obligation,
    totals: Sequence[Total],
    reports: Sequence[UnitFigures],
    place: str,
    *,
    is_complete: bool,
) -> Intake:
    """The report of the level above from the totals of the level below; `place` says where they were added up,
    `is_complete` whether everybody there has reported: only then can nothing be what all of them have to report.

    CannotPassUpError where the level above is asked for more than that.
    """
    assert lower.feeds
    upper = plan.obligation(lower.feeds)
    by_code = {total.indicator.code: total for total in totals}
    passed_up, level = carried(plan, upper), seen_from(plan, upper)
    entered = [code for code in upper.form.indicators if level.indicator(code).formula is None]
    own = [code for code in entered if code not in passed_up and level.indicator(code).required]
    below = {narrative.code for report in reports for narrative in report.narratives}
    own += [n.code for n in upper.form.narratives if n.required and n.code not in below]
    if own:
        raise CannotPassUpError(
            f"{upper.code} also asks for {', '.join(own)}, which the level below cannot give"
        )
    already = carried(plan, lower)
    values = [_value(by_code[code], place, is_carried=code in already) for code in entered if code in by_code]
    known = [value for value in values if value.number is not None]
    nil = is_complete and bool(reports) and all(report.nil for report in reports) and upper.form.nil
    unknown = {c for c in entered if level.indicator(c).required} - {value.code for value in known}
    if unknown and not nil:
        raise CannotPassUpError(f"nobody below has given {', '.join(sorted(unknown))} yet")
    narratives = [_joined(n.code, reports, place) for n in upper.form.narratives if n.code in below]
    # Where nobody had anything, what goes up is who said so.
    counted = [value._replace(number=None) for value in values if value.asked is not None]
    return Intake(tuple(counted if nil else known), tuple(narratives), nil=nil, findings=())


def reconcile(
    plan: Plan,
    upper: Obligation,
    figures: Mapping[str, FigureValue],
    totals: Sequence[Total],
    *,
    nil: bool = False,
) -> list[Difference]:
    """Every figure that is passed up, as the level has it and as its parts add up to. `nil`: the level has nothing to
    report, which is 0 of everything.
    """
    passed_up, level = carried(plan, upper), seen_from(plan, upper)
    return [
        Difference(
            code=total.indicator.code,
            label=total.indicator.label,
            entered=_entered(total.indicator.code, figures, nil=nil),
            parts=total.value,
            given=total.given,
            asked=total.asked,
        )
        for total in totals
        if total.indicator.code in passed_up and level.indicator(total.indicator.code).formula is None
    ]


def _value(total: Total, place: str, *, is_carried: bool) -> FigureValue:
    """How complete it is, counted in units of the lowest level; not known where somebody between typed his own."""
    given, asked = total.below or ((None, None) if is_carried else (total.given, total.asked))
    return FigureValue(total.indicator.code, total.value, None, place, given=given, asked=asked)


def _entered(code: str, figures: Mapping[str, FigureValue], *, nil: bool) -> Decimal | None:
    if code in figures:
        return figures[code].number
    return Decimal(0) if nil else None


def _joined(code: str, reports: Sequence[UnitFigures], place: str) -> NarrativeValue:
    said: list[UnitNarrative] = [n for report in reports for n in report.narratives if n.code == code]
    return NarrativeValue(code, "\n".join(f"{each.unit_name}: {each.text}" for each in said), place)
