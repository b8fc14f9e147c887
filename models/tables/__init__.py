"""The ledger's tables (design: "Ledger tables"). Importing this module registers all of them."""

from sqlmodel import SQLModel

from models.tables.cycles import AssignmentRow, CycleRow
from models.tables.documents import DocumentRow, DocumentSourceRow
from models.tables.drafts import AttachmentRow, DraftRow, PageLinkRow
from models.tables.events import EventRow, MarkRow
from models.tables.inbound import AddressRow, InboundFormRow, InboundRow
from models.tables.messages import MessageRow
from models.tables.plans import PlanRow, SetDueRow
from models.tables.sections import SectionTextRow
from models.tables.submissions import FigureRow, NarrativeRow, SubmissionRow
from models.tables.templates import TemplateRow
from models.tables.units import ContactRow, UnitLinkRow, UnitRow

metadata = SQLModel.metadata

__all__ = [
    "AddressRow",
    "AssignmentRow",
    "AttachmentRow",
    "ContactRow",
    "CycleRow",
    "DocumentRow",
    "DocumentSourceRow",
    "DraftRow",
    "EventRow",
    "FigureRow",
    "InboundFormRow",
    "InboundRow",
    "MarkRow",
    "MessageRow",
    "NarrativeRow",
    "PageLinkRow",
    "PlanRow",
    "SectionTextRow",
    "SetDueRow",
    "SubmissionRow",
    "TemplateRow",
    "UnitLinkRow",
    "UnitRow",
    "metadata",
]
