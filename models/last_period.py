"""What the same unit reported in the period before: shown beside the entry cells, and compared with at intake.

Only what is exactly this unit's is carried: a unit that was divided or took over a part is compared with nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.evaluate import complete
from models.figures import UnitFigures
from models.plan import Indicator
from models.taken import FigureValue
from models.units.comparing import Carried


@dataclass(frozen=True, slots=True)
class LastFigure:
    """A number or a text, as taken in then; a share is a fraction."""

    code: str
    number: Decimal | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class LastPeriod:
    """`label` names the period in a sentence (năm 2018). Of a nil return there are no figures."""

    label: str
    figures: tuple[LastFigure, ...] = ()
    narratives: tuple[tuple[str, str], ...] = ()
    nil: bool = False

    def by_code(self) -> dict[str, LastFigure]:
        return {figure.code: figure for figure in self.figures}


def last_period(
    label: str, carried: Carried, reports: Mapping[str, UnitFigures], indicators: Sequence[Indicator]
) -> LastPeriod | None:
    """None where the earlier figures are not exactly those of this unit's territory, or one of them is not there.

    Of several units that became one, only what adds up is carried; words are carried of one unit alone.
    """
    origins = [reports.get(origin.unit.code) for origin in carried.origins]
    found = [report for report in origins if report]
    if not carried.is_exact or len(found) < len(origins):
        return None
    if all(report.nil for report in found):
        return LastPeriod(label, nil=True)
    if len(found) == 1:
        figures: Mapping[str, FigureValue] = found[0].figures
        narratives = tuple((said.code, said.text) for said in found[0].narratives)
    else:
        figures, narratives = _added_up(found, indicators), ()
    answers = complete(indicators, figures)
    shown = (answers[each.code] for each in indicators if each.code in answers)
    return LastPeriod(label, tuple(LastFigure(f.code, f.number, f.text) for f in shown), narratives)


def _added_up(reports: Sequence[UnitFigures], indicators: Sequence[Indicator]) -> dict[str, FigureValue]:
    """The sums of what every one of them gave; a nil return gave 0."""
    sums = {}
    for indicator in indicators:
        if indicator.formula or indicator.adds != "sum" or indicator.kind not in {"count", "number", "money"}:
            continue
        numbers = [_number(report, indicator.code) for report in reports]
        known = [number for number in numbers if number is not None]
        if len(known) == len(numbers):
            sums[indicator.code] = FigureValue(indicator.code, sum(known, Decimal(0)), None, "")
    return sums


def _number(report: UnitFigures, code: str) -> Decimal | None:
    figure = report.figures.get(code)
    return Decimal(0) if report.nil else figure.number if figure else None
