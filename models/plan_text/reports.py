"""What must hold of the reports of a plan, its own and those of its obligations."""

from collections.abc import Iterator

from models.plan.document import Report
from models.plan.schema import Plan
from models.plan_text.suggest import Path, nearest

Problem = tuple[Path, str]


def report_problems(plan: Plan) -> Iterator[Problem]:
    """A figure that is not there, cannot be drawn, or may not be listed."""
    if plan.report:
        yield from _of(plan, plan.report, ("report",))
    for i, obligation in enumerate(plan.obligations):
        if obligation.report:
            yield from _of(plan, obligation.report, ("obligations", i, "report"))


def _of(plan: Plan, report: Report, here: Path) -> Iterator[Problem]:
    known = {indicator.code: indicator for indicator in plan.indicators}
    titles = [each.title for each in report.lists]
    for i, each in enumerate(report.lists):
        if each.title in titles[:i]:
            yield (*here, "lists", i, "title"), f"{each.title} stands twice"
        for code in (*each.columns, *([each.where.indicator] if each.where else [])):
            if code not in known:
                yield (*here, "lists", i), f"unknown indicator {code}{nearest(code, known)}"
            elif known[code].sensitive:
                yield (*here, "lists", i), f"{code} is sensitive: a list of units would tell of one of them"
    if report.chart is None:
        return
    drawn = known.get(report.chart)
    if drawn is None:
        yield (*here, "chart"), f"unknown indicator {report.chart}{nearest(report.chart, known)}"
    elif drawn.is_listed or drawn.sensitive:
        why = "is answered in words" if drawn.is_listed else "is sensitive"
        yield (*here, "chart"), f"{report.chart} {why}: it cannot be drawn unit by unit"
