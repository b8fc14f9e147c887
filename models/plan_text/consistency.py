"""What must hold between the parts of one plan; every problem with the path of the part it is about."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from models.plan.due import Due
from models.plan.due_form import check_cutoff, check_due
from models.plan.indicators import AVERAGED, Indicator
from models.plan.levels import can_be_passed_up, carried, feeders, seen_from
from models.plan.schema import Obligation, Plan
from models.plan_text.ladders import ladder_problems
from models.plan_text.reports import report_problems
from models.plan_text.suggest import Path, nearest, nearest_or_all

Problem = tuple[Path, str]


def problems(plan: Plan) -> list[Problem]:
    """All of them, not the first."""
    return [
        *_years(plan),
        *_indicators(plan),
        *_rules(plan),
        *_obligations(plan),
        *ladder_problems(plan),
        *report_problems(plan),
    ]


def unknown_units(plan: Plan, known: Collection[str]) -> list[Problem]:
    """Every unit the plan names that no unit file has, with the nearest known one as a suggestion."""
    named: list[tuple[Path, str]] = [(("issuer",), plan.issuer), (("lead",), plan.lead)]
    named += [(("chasers", i), code) for i, code in enumerate(plan.chasers)]
    for i, obligation in enumerate(plan.obligations):
        here: Path = ("obligations", i)
        named += [((*here, "owed_by", "units", j), code) for j, code in enumerate(obligation.owed_by.units)]
        for j, selector in enumerate(obligation.owed_by.select):
            place: Path = (*here, "owed_by", "select", j)
            named += [((*place, "under"), selector.under)] if selector.under else []
            named += [((*place, "units", k), code) for k, code in enumerate(selector.units)]
        named += [((*here, "to", j), code) for j, code in enumerate(obligation.to)]
        named += [((*here, "through"), obligation.through)] if isinstance(obligation.through, str) else []
        for j, step in enumerate(obligation.reminders or ()):
            named += [((*here, "reminders", j, "copy_to", k), code) for k, code in enumerate(step.copy_to)]
    return [(path, f"unknown unit {code}{nearest(code, known)}") for path, code in named if code not in known]


def _years(plan: Plan) -> Iterator[Problem]:
    if plan.last_year < plan.first_year:
        yield ("last_year",), f"is before first_year {plan.first_year}"
    reached = plan.first_year - 1
    for i, phase in enumerate(plan.phases):
        if phase.code != f"{phase.first_year}-{phase.last_year}":
            yield ("phases", i, "code"), f"should read {phase.first_year}-{phase.last_year}"
        if phase.last_year < phase.first_year or phase.last_year > plan.last_year:
            yield ("phases", i), f"lies outside the plan's years {plan.first_year}-{plan.last_year}"
        if phase.first_year <= reached:
            yield ("phases", i), "overlaps the phase before it, or begins before the plan"
        reached = phase.last_year


def _indicators(plan: Plan) -> Iterator[Problem]:
    codes = [indicator.code for indicator in plan.indicators]
    formulas = {i.code: i.formula.operands() for i in plan.indicators if i.formula}
    for i, indicator in enumerate(plan.indicators):
        if Counter(codes)[indicator.code] > 1:
            yield ("indicators", i, "code"), f"{indicator.code} stands twice"
        for operand in indicator.formula.operands() if indicator.formula else []:
            if operand not in codes:
                yield ("indicators", i, "formula"), f"unknown indicator {operand}{nearest(operand, codes)}"
        if indicator.sensitive and indicator.formula and not _sensitive_operand(indicator, plan):
            yield (
                ("indicators", i, "sensitive"),
                "is computed: mark what it is computed from, or it can be worked out again",
            )
        yield from _average(indicator, plan, ("indicators", i))
        if indicator.code in _reached(indicator.code, formulas):
            yield ("indicators", i, "formula"), "is computed from itself"


def _average(indicator: Indicator, plan: Plan, here: Path) -> Iterator[Problem]:
    """What a mean is weighted by is a number each of its units types in; and nothing is computed from a mean."""
    known = {other.code: other for other in plan.indicators}
    for operand in indicator.formula.operands() if indicator.formula else []:
        if operand in known and known[operand].is_average:
            yield (*here, "formula"), f"{operand} is an average: nothing is computed from it"
    if indicator.weight is None:
        return
    weight = known.get(indicator.weight)
    if weight is None:
        yield (*here, "weight"), f"unknown indicator {indicator.weight}{nearest(indicator.weight, known)}"
    elif weight.formula or weight.is_average or weight.kind not in AVERAGED:
        yield (*here, "weight"), f"{weight.code} is no count, number or money that units type in"
    elif weight.sensitive:
        yield (*here, "weight"), f"{weight.code} is sensitive: it could be worked out from the average"
    elif weight.asked_of != indicator.asked_of:
        yield (*here, "weight"), f"{weight.code} is asked of other units"


def _sensitive_operand(indicator: Indicator, plan: Plan) -> bool:
    operands = indicator.formula.operands() if indicator.formula else []
    return any(other.sensitive for other in plan.indicators if other.code in operands)


def _reached(start: str, arrows: Mapping[str, Collection[str]]) -> set[str]:
    """Everything the start depends on, at any depth; itself too, where it goes in a circle."""
    found: set[str] = set()
    todo = [*arrows.get(start, ())]
    while todo:
        code = todo.pop()
        if code not in found:
            found.add(code)
            todo += arrows.get(code, ())
    return found


def _rules(plan: Plan) -> Iterator[Problem]:
    codes = {indicator.code for indicator in plan.indicators}
    ids = Counter(rule.id for rule in plan.rules)
    for i, rule in enumerate(plan.rules):
        if ids[rule.id] > 1:
            yield ("rules", i, "id"), f"{rule.id} stands twice"
        for operand in rule.operands():
            if operand not in codes:
                yield ("rules", i), f"unknown indicator {operand}{nearest(operand, codes)}"


def _obligations(plan: Plan) -> Iterator[Problem]:
    codes = [obligation.code for obligation in plan.obligations]
    feeds = {obligation.code: [obligation.feeds] for obligation in plan.obligations if obligation.feeds}
    for i, obligation in enumerate(plan.obligations):
        here: Path = ("obligations", i)
        for name in ("first_year", "last_year"):
            year = getattr(obligation, name)
            if year is not None and not plan.first_year <= year <= plan.last_year:
                yield (*here, name), f"lies outside the plan's years {plan.first_year}-{plan.last_year}"
        if Counter(codes)[obligation.code] > 1:
            yield (*here, "code"), f"{obligation.code} stands twice"
        yield from _due(plan, obligation, here)
        yield from _form(plan, obligation, here)
        if obligation.feeds and obligation.feeds not in codes:
            said = nearest_or_all(obligation.feeds, codes)
            yield (*here, "feeds"), f"unknown obligation {obligation.feeds}{said}"
        elif obligation.code in _reached(obligation.code, feeds):
            yield (*here, "feeds"), "feeds itself"


def _due(plan: Plan, obligation: Obligation, here: Path) -> Iterator[Problem]:
    phases = {phase.code for phase in plan.phases}
    if obligation.cutoff is not None:
        try:
            check_cutoff(obligation.rhythms, obligation.cutoff, phases)
        except ValueError as error:
            yield (*here, "cutoff"), str(error)
    due = obligation.due
    if due is None:
        return
    if "ad-hoc" in obligation.rhythms:
        yield (*here, "due"), "an ad-hoc duty has no date: write due: null"
        return
    try:
        check_due(obligation.rhythms, due, phases)
    except ValueError as error:
        yield (*here, "due"), str(error)
    if due.after and due.after.of == "cutoff" and obligation.cutoff is None:
        yield (*here, "due", "after"), "counts from the cut-off, but the obligation has no cutoff"
    if due.counts_from:
        yield from _counted(plan, obligation, due, here)


def _counted(plan: Plan, obligation: Obligation, due: Due, here: Path) -> Iterator[Problem]:
    of = due.counts_from
    here = (*here, "due", "ahead" if due.ahead else "after", "of")
    other = next((other for other in plan.obligations if other.code == of), None)
    if other is None:
        yield here, f"unknown obligation {of}{nearest_or_all(of, [o.code for o in plan.obligations])}"
        return
    counted = {o.code: [o.due.counts_from] for o in plan.obligations if o.due and o.due.counts_from}
    if obligation.code in _reached(obligation.code, counted):
        yield here, "counts from itself"
    if other.rhythms != ["once"] and not set(obligation.rhythms) <= set(other.rhythms):
        yield here, f"counts from {of}, which has other periods"


def _form(plan: Plan, obligation: Obligation, here: Path) -> Iterator[Problem]:
    yield from _fed_twice(plan, obligation, here)
    known = {indicator.code: indicator for indicator in seen_from(plan, obligation).indicators}
    asked, passed_up = obligation.form.indicators, carried(plan, obligation)
    for i, code in enumerate(asked):
        if code not in known:
            yield (*here, "form", "indicators", i), f"unknown indicator {code}{nearest(code, known)}"
            continue
        if code in passed_up and not can_be_passed_up(known[code]):
            yield (
                (*here, "form", "indicators", i),
                f"{code} is answered by each unit below and cannot be passed up as one figure: put it under totals_only",
            )
        for operand in _lacking(known[code], asked, known):
            yield (
                (*here, "form", "indicators", i),
                f"{code} is computed from {operand}, which the form lacks",
            )
    yield from _totals_only(plan, obligation, (*here, "form", "totals_only"))


def _fed_twice(plan: Plan, obligation: Obligation, here: Path) -> Iterator[Problem]:
    """A figure that is passed up comes from one duty below: of two, the second would replace the first."""
    below = feeders(plan, obligation)
    for i, code in enumerate(obligation.form.indicators):
        asking = [other.code for other in below if code in other.form.indicators]
        if len(asking) > 1:
            yield (*here, "form", "indicators", i), f"{code} would be passed up by {' and by '.join(asking)}"


def _totals_only(plan: Plan, obligation: Obligation, here: Path) -> Iterator[Problem]:
    known = {indicator.code: indicator for indicator in plan.indicators}
    feeders = [other.form.indicators for other in plan.obligations if other.feeds == obligation.code]
    fed = {code for asked in feeders for code in asked}
    within_reach = fed | set(obligation.form.indicators)
    for i, code in enumerate(obligation.form.totals_only):
        if code not in known:
            yield (*here, i), f"unknown indicator {code}{nearest(code, known)}"
        elif code in obligation.form.indicators:
            yield (*here, i), f"{code} is asked in the form already"
        elif code not in fed and (not known[code].formula or [*_lacking(known[code], within_reach, known)]):
            yield (
                (*here, i),
                f"{code} is neither asked by an obligation that feeds {obligation.code} nor computable",
            )


def _lacking(indicator: Indicator, asked: Collection[str], known: Mapping[str, Indicator]) -> Iterator[str]:
    operands = indicator.formula.operands() if indicator.formula else []
    for operand in [*operands, *([indicator.weight] if indicator.weight else [])]:
        if operand in known and operand not in asked:
            yield operand
