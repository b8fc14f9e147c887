"""From a plan to the form one unit gets for one cycle."""

from decimal import Decimal

from models import form as f
from models.calendar import PlannedCycle
from models.plan import Citation, Indicator
from models.plan.levels import seen_from
from models.text import long_date, short_date
from models.totals import Member, asked_of
from models.units import Unit

_NEEDS_NO_LINK = ("về ", "ban hành", "phê duyệt", "quy định")


def build_form(planned: PlannedCycle, unit: Unit, collector: str, token: str) -> f.FormSpec:
    """The form as values: what is asked of this unit, in the plan's words. `token` proves the form is ours."""
    plan, obligation = seen_from(planned.plan, planned.obligation), planned.obligation
    member = Member(unit.code, unit.kind)
    asked = [
        indicator
        for code in obligation.form.indicators
        if asked_of(indicator := plan.indicator(code), member)
    ]
    codes = {indicator.code for indicator in asked}
    shown = [i for i in asked if not i.formula or set(i.formula.operands()) <= codes]
    return f.FormSpec(
        cycle=str(planned.key),
        unit=unit.code,
        unit_name=unit.body,
        plan_title=f"Kế hoạch {plan.title}",
        obligation_title=obligation.title,
        period_label=planned.period.vietnamese,
        due_wording=_due_wording(planned),
        legal_basis=cite(plan.legal_basis[0]) if plan.legal_basis else "",
        collector=collector,
        rows=tuple(_row(indicator) for indicator in shown if indicator.kind != "table"),
        narratives=tuple(
            f.NarrativeRow(n.code, n.title, required=n.required, hint=n.hint or "")
            for n in obligation.form.narratives
        ),
        tables=tuple(_table(indicator) for indicator in shown if indicator.kind == "table"),
        nil_allowed=obligation.form.nil,
        token=token,
        shows_last_period=obligation.form.last_period,
    )


def _due_wording(planned: PlannedCycle) -> str:
    """In the plan's words; where the day was changed since, as it is now."""
    if not planned.moved_by or not planned.deadline:
        return planned.obligation.wording
    return f"hết ngày {short_date(planned.deadline.last_day)} (điều chỉnh theo {planned.moved_by})"


def cite(citation: Citation) -> str:
    """A first citation: type, number and symbol, date, issuer, subject (Nghị định 30/2020; blanks left out)."""
    number = f" số {citation.number}" if citation.number else ""
    day = f" {long_date(citation.day)}" if citation.day else ""
    link = "" if citation.subject.startswith(_NEEDS_NO_LINK) else "về "
    return f"{citation.kind}{number}{day} của {citation.issuer} {link}{citation.subject}"


def _row(indicator: Indicator) -> f.FormRow:
    kind: f.RowKind
    if indicator.formula:
        kind = "ratio" if indicator.formula.ratio else "computed"
    elif indicator.kind in {"count", "number", "money", "yes_no", "choice", "date"}:
        kind = indicator.kind
    else:
        kind = "text"
    return f.FormRow(
        code=indicator.code,
        label=indicator.label,
        unit_of_measure=indicator.unit,
        kind=kind,
        entered=indicator.formula is None,
        required=indicator.required and indicator.formula is None,
        choices=tuple(indicator.choices),
        hint=indicator.hint or "",
        group=indicator.group,
        formula=_formula(indicator),
    )


def _formula(indicator: Indicator) -> f.Formula | None:
    formula = indicator.formula
    if formula is None or formula.all_of:
        return None
    if formula.ratio:
        return f.Formula("ratio", tuple(formula.ratio[0]), tuple(formula.ratio[1]))
    if formula.times:
        return f.Formula("product", (formula.times.indicator,), factor=Decimal(formula.times.factor))
    if formula.minus:
        return f.Formula("difference", (formula.minus[0],), (formula.minus[1],))
    return f.Formula("sum", tuple(formula.plus or ()))


def _table(indicator: Indicator) -> f.TableForm:
    return f.TableForm(
        code=indicator.code,
        label=indicator.label,
        columns=tuple(
            f.FormRow(
                code=column.code, label=column.label, unit_of_measure="", kind=column.kind, required=False
            )
            for column in indicator.columns
        ),
        required=indicator.required,
        hint=indicator.hint or "",
    )
