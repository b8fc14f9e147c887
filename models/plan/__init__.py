"""Plans as data: the schema of a plan file and how it is read."""

from models.plan.asked import Form
from models.plan.document import Citation, Report
from models.plan.due import Due, Every, ReportingYear
from models.plan.indicators import Indicator, Rule
from models.plan.owed import Owed, Through
from models.plan.parse import PlanError, PlanProblem, parse_plan, plan_warnings
from models.plan.schema import Obligation, Plan, Step

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
