"""Plans as data: what a plan file can say. `models.plan_text` reads one."""

from models.plan.asked import Form
from models.plan.document import Citation, Report
from models.plan.due import Due, Every, ReportingYear
from models.plan.indicators import Indicator, Rule
from models.plan.ladders import Signing, Step
from models.plan.outline import OutlineHeading, OutlinePart
from models.plan.owed import Owed, Through
from models.plan.schema import Obligation, Plan
from models.plan.unit_lists import UnitList

__all__ = [
    "Citation",
    "Due",
    "Every",
    "Form",
    "Indicator",
    "Obligation",
    "OutlineHeading",
    "OutlinePart",
    "Owed",
    "Plan",
    "Report",
    "ReportingYear",
    "Rule",
    "Signing",
    "Step",
    "Through",
    "UnitList",
]
