"""A reporting plan as data (design: "A plan file"). Everything a new plan needs is said here; nothing in code."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from models.plan.asked import Form
from models.plan.document import Citation, Report
from models.plan.due import Due, DueDays, Every, ReportingYear
from models.plan.indicators import Indicator, Rule
from models.plan.ladders import DEFAULT_LADDER, DEFAULT_RETURNED, Signing, Step
from models.plan.owed import Owed, Through
from models.plan.strict import ObligationCode, Slug, Strict, Text, UnitCode, Year

ObligationKind = Literal["plan", "result", "inform", "register", "task", "chase", "difficulty"]
"""`task`, `chase` and `difficulty` are duties a plan states that are not reports to be added up."""

PHASE_PATTERN = r"^\d{4}-\d{4}$"


class Phase(Strict):
    code: Annotated[str, StringConstraints(pattern=PHASE_PATTERN)]
    """Its years: 2019-2020."""
    first_year: Year
    """Its first year."""
    last_year: Year
    """Its last year."""


class Obligation(Strict):
    code: ObligationCode
    """O1, O2 …: never used again for another duty."""
    kind: ObligationKind
    """What it is; task, chase and difficulty are not added up."""
    title: Text
    """Tên báo cáo, as mails and the board call it."""
    clause: Text
    """Where in the plan it stands: V.1."""
    wording: Text
    """Verbatim, as the plan prints it."""
    every: Every | list[Every]
    """How often it returns; a list where it has several rhythms: [year, phase]."""
    first_year: Year | None = None
    """Its first year, where later than the plan's."""
    last_year: Year | None = None
    """Its last year, where earlier than the plan's."""
    due: Due | None
    """null: no date yet. A task for the coordinator; mails nobody."""
    cutoff: DueDays | None = None
    """Last day the figures cover, apart from the deadline; where none is given, that of Nghị định 09/2019 holds for
    the periods it is meant for.
    """
    reporting_year: ReportingYear | None = None
    """Where it differs from the plan's."""
    owed_by: Owed
    """Which units owe it."""
    through: UnitCode | Through | None = None
    """The office it is sent through (qua, thông qua), which collects: one for all, or each unit's own in a line."""
    to: list[UnitCode]
    """Whom the plan names as recipient; empty where the plan does not say."""
    form: Form = Form()
    """What a unit is asked."""
    reminders: list[Step] | None = None
    """The ladder; T-14, T-7, T-3, T+1 with a first letter and T+5 with a second where none is given."""
    returned: list[Step] | None = None
    """The ladder of a report that was returned, around the day its correction is awaited; T-2, T+1, T+3, T+5 where none
    is given. No letter, no copies.
    """
    opens_days_before: Annotated[int, Field(ge=1, le=366)] = 45
    """Calendar days before day X on which the cycle opens and forms go out, unless the rule has a window."""
    closes_working_days_after: Annotated[int, Field(ge=0, le=250)] = 10
    """Working days after day X on which the cycle closes and its report is written, if not all came earlier."""
    feeds: ObligationCode | None = None
    """The lead unit's own obligation upward that this one's totals feed."""
    counts: bool = True
    """Does it count in a completion rate?"""
    report: Report | None = None
    """Its own report, where it differs from the plan's."""

    @property
    def rhythms(self) -> list[Every]:
        return self.every if isinstance(self.every, list) else [self.every]

    @property
    def ladder(self) -> tuple[Step, ...]:
        return DEFAULT_LADDER if self.reminders is None else tuple(self.reminders)

    @property
    def returned_ladder(self) -> tuple[Step, ...]:
        return DEFAULT_RETURNED if self.returned is None else tuple(self.returned)

    def year_of(self, plan: "Plan") -> ReportingYear | None:
        """None: the calendar year."""
        return self.reporting_year or plan.reporting_year


class Contact(Strict):
    name: Text
    """The office or desk, as mails name it."""
    phone: Text
    """Its telephone."""
    email: Text
    """Where units write to."""


class Plan(Strict):
    code: Slug
    """Its name in commands and addresses, as the file is called: hue-588."""
    title: Text
    """Tên kế hoạch, to stand after the word "Kế hoạch" in a sentence."""
    short: Text
    """As mails and the board call it."""
    citation: Citation
    """The plan itself, as a document cites it."""
    legal_basis: list[Citation]
    """Căn cứ: the documents it rests on, cited first in a report."""
    issuer: UnitCode
    """The unit that issued it."""
    first_year: Year
    """Its first year."""
    last_year: Year
    """Its last year; a report may be due in the year after."""
    lead: UnitCode
    """Đơn vị đầu mối: collects and chases."""
    contact: Contact
    """Whom units ask."""
    chasers: list[UnitCode] = []
    """Offices the plan's đôn đốc clause names beside the lead."""
    policy: Literal["strict", "tolerant"] = "strict"
    """What "trước ngày X" means: strict, in time until the end of X-1; tolerant, until the end of X."""
    shift: Literal["none", "forward"] = "none"
    """forward: a deadline on a rest day moves to the next working day; none: it stays."""
    reports_to_chair: Text | None = None
    """Whom the chase clause says progress is reported to; the công văn then says so."""
    reporting_year: ReportingYear | None = None
    """Where it is not the calendar year."""
    phases: list[Phase] = []
    """Giai đoạn that are reported as one, in order."""
    indicators: list[Indicator] = []
    """Every line any of its forms may ask."""
    rules: list[Rule] = []
    """What must hold between the figures of one unit."""
    change_warning_percent: int | None = 30
    """By how much a figure may move against the period before until the unit is asked why; null: by anything."""
    obligations: Annotated[list[Obligation], Field(min_length=1)]
    """Its duties."""
    report: Report | None = None
    """Used by every obligation that has no report of its own."""
    signing: Signing = Signing()
    """When the lead unit is asked about drafts that nobody has recorded as issued."""

    def obligation(self, code: str) -> Obligation:
        """KeyError names the plan's codes."""
        for obligation in self.obligations:
            if obligation.code == code:
                return obligation
        raise KeyError(
            f"{self.code} has no obligation {code}; it has {', '.join(o.code for o in self.obligations)}"
        )

    def indicator(self, code: str) -> Indicator:
        return next(indicator for indicator in self.indicators if indicator.code == code)

    def indicators_named(self, codes: Iterable[str]) -> list[Indicator]:
        """In the order of the codes. KeyError names one the plan does not have."""
        by_code = {indicator.code: indicator for indicator in self.indicators}
        return [by_code[code] for code in codes]

    def report_of(self, obligation: Obligation) -> Report | None:
        return obligation.report or self.report

    def unit_codes(self) -> set[str]:
        """Every unit the plan names, to be found in the unit files."""
        codes = {self.issuer, self.lead, *self.chasers}
        for obligation in self.obligations:
            codes |= {*obligation.owed_by.units, *obligation.to}
            codes |= {selector.under for selector in obligation.owed_by.select if selector.under}
            codes |= {code for selector in obligation.owed_by.select for code in selector.units}
            codes |= {code for step in obligation.ladder for code in step.copy_to}
            if isinstance(obligation.through, str):
                codes.add(obligation.through)
        return codes
