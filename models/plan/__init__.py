"""Plans as data: the schema of a plan file and how it is read."""

from models.plan.due import Due, Every, ReportingYear
from models.plan.indicators import Indicator, Rule
from models.plan.parse import PlanError, PlanProblem, parse_plan, plan_warnings
from models.plan.schema import Citation, Form, Obligation, Owed, Plan, Report, Step, Through

__all__ = [
    "Citation",
    "Due",
    "Every",
    "Form",
    "Indicator",
    "Obligation",
    "Owed",
    "Plan",
    "PlanError",
    "PlanProblem",
    "Report",
    "ReportingYear",
    "Rule",
    "Step",
    "Through",
    "parse_plan",
    "plan_warnings",
]
