"""What each outgoing message says, as values: one frozen dataclass per message folder of templates/email.

Pure: no clock, no rendering, no address book. Whoever decides that a message is owed fills one of these in;
tasks/adapters/mail_text.py turns it into words.
"""

from models.mail.daily import Daily, DailyPart
from models.mail.lines import VIETNAM, FindingLine, Office, OwedLine, vietnam_time
from models.mail.message_ids import message_id
from models.mail.sweep_watch import SweepWatch
from models.mail.texted import Texted
from models.mail.to_offices import (
    Dispatched,
    Flagged,
    IdleDraft,
    MissingGroup,
    MissingList,
    MissingUnit,
    ReportReady,
    Unsigned,
)
from models.mail.to_units import (
    DeadlineChanged,
    Extended,
    Issued,
    Overdue,
    Receipt,
    Refused,
    Reminder,
    Returned,
    Timing,
)
from models.mail.unplaced import EndedUnit, Unplaced, UnplacedGroup

Message = (
    Reminder
    | Overdue
    | Receipt
    | Refused
    | Returned
    | Extended
    | DeadlineChanged
    | MissingList
    | ReportReady
    | Dispatched
    | Flagged
    | Unsigned
    | Unplaced
    | Issued
    | Daily
    | SweepWatch
)
MESSAGES: tuple[type[Message], ...] = (
    Reminder,
    Overdue,
    Receipt,
    Refused,
    Returned,
    Extended,
    DeadlineChanged,
    MissingList,
    ReportReady,
    Dispatched,
    Flagged,
    Unsigned,
    Unplaced,
    Issued,
    Daily,
    SweepWatch,
)

__all__ = [
    "MESSAGES",
    "VIETNAM",
    "Daily",
    "DailyPart",
    "DeadlineChanged",
    "Dispatched",
    "EndedUnit",
    "Extended",
    "FindingLine",
    "Flagged",
    "IdleDraft",
    "Issued",
    "Message",
    "MissingGroup",
    "MissingList",
    "MissingUnit",
    "Office",
    "Overdue",
    "OwedLine",
    "Receipt",
    "Refused",
    "Reminder",
    "ReportReady",
    "Returned",
    "SweepWatch",
    "Texted",
    "Timing",
    "Unplaced",
    "UnplacedGroup",
    "Unsigned",
    "message_id",
    "vietnam_time",
]
