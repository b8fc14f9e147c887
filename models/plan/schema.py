"""A reporting plan as data (design: "A plan file"). Everything a new plan needs is said here; nothing in code."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from models.plan.due import Due, DueDays, Every, ReportingYear
from models.plan.indicators import Indicator, Rule
from models.plan.strict import Day, IndicatorCode, ObligationCode, Slug, Strict, Text, UnitCode, Year

ObligationKind = Literal["plan", "result", "inform", "register", "task", "chase", "difficulty"]
"""`task`, `chase` and `difficulty` are duties a plan states that are not reports to be added up."""

STEP_PATTERN = r"^T[+-]\d{1,3}$"
PHASE_PATTERN = r"^\d{4}-\d{4}$"
StepName = Annotated[str, StringConstraints(pattern=STEP_PATTERN)]


class Citation(Strict):
    """A legal document in the five fields a first citation needs (Nghị định 30/2020; blank where unknown)."""

    kind: Text
    number: Text | None = None
    day: Day | None = None
    issuer: Text
    subject: Text


class Phase(Strict):
    code: Annotated[str, StringConstraints(pattern=PHASE_PATTERN)]
    first_year: Year
    last_year: Year


class Selector(Strict):
    """Units of these kinds, or of a line, under a parent as of the period's date; or units by code. With `from` and
    `to` (both included) for periods that open in that time only, e.g. before and after a reorganisation.
    """

    kinds: list[Slug] = []
    under: UnitCode | None = None
    line: Slug | None = None
    """Only units of this line (ngành dọc), e.g. the Phòng of every huyện."""
    units: list[UnitCode] = []
    from_: Annotated[Day | None, Field(alias="from")] = None
    to: Day | None = None

    @model_validator(mode="after")
    def _by_code_or_by_kind(self) -> Self:
        by_kind = bool(self.under) and bool(self.kinds or self.line)
        if by_kind == bool(self.units) or (self.units and (self.under or self.kinds or self.line)):
            raise ValueError("a selector has either units, or under with kinds or line")
        if self.from_ and self.to and self.to < self.from_:
            raise ValueError("a selector ends (to) after it begins (from)")
        return self

    def holds_on(self, day: date) -> bool:
        return (self.from_ or day) <= day <= (self.to or day)


class Through(Strict):
    """The office a report goes through, found for each unit: the nearest one of the line, going up from the unit (the
    Phòng of its own huyện; where there is none any more, the Sở).
    """

    line: Slug


class Owed(Strict):
    """Which units owe: by code, by selector over the unit tree, or both."""

    units: list[UnitCode] = []
    select: list[Selector] = []
    stated: int | None = None
    """How many the plan itself says, where it does."""
    note: Text | None = None

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        if not self.units and not self.select:
            raise ValueError("name at least one unit or one selector")
        return self


class Step(Strict):
    """One rung of the reminder ladder: T-7 is seven working days before the last working day in time, T+5 the
    fifth working day after day X has passed.
    """

    step: StepName
    letter: Annotated[int, Field(ge=1, le=2)] | None = None
    """A công văn đôn đốc (lần 1, lần 2) is drafted at this step."""
    copy_to: list[UnitCode] = []

    @model_validator(mode="after")
    def _letters_after(self) -> Self:
        if self.letter and self.days <= 0:
            raise ValueError("a công văn đôn đốc is drafted only after the deadline (T+n)")
        return self

    @property
    def days(self) -> int:
        return int(self.step[1:])


DEFAULT_LADDER = (
    Step(step="T-14"),
    Step(step="T-7"),
    Step(step="T-3"),
    Step(step="T+1", letter=1),
    Step(step="T+5", letter=2),
)
"""Domain handbook §6, đôn đốc."""


class Narrative(Strict):
    code: Slug
    title: Text
    required: bool = False
    hint: Text | None = None


class Form(Strict):
    indicators: list[IndicatorCode] = []
    totals_only: list[IndicatorCode] = []
    """Next level: not asked here, but shown in this obligation's totals, taken over or computed from the totals of
    the obligations that feed it (same period) and from its own form. Without them the figure is "–", not 0.
    """
    narratives: list[Narrative] = []
    attachments: list[Text] = []
    nil: bool = False
    """May a unit answer "không phát sinh"?"""
    estimated: bool = False
    """Figures are partly ước thực hiện: the deadline lies before the data can be complete."""


class Signer(Strict):
    authority: list[Text] = []
    """Lines above the post: TM. ỦY BAN NHÂN DÂN, KT. GIÁM ĐỐC."""
    post: Text
    name: Text | None = None


class Report(Strict):
    """The official report the lead unit writes from this obligation."""

    title: Text
    """Trích yếu; {period} stands for the year or phase."""
    addressees: list[Text]
    symbol: Text
    letter_symbol: Text
    place: Text
    parent_agency: Text
    agency: Text
    signer: Signer
    recipients: list[Text]


class Obligation(Strict):
    code: ObligationCode
    kind: ObligationKind
    title: Text
    clause: Text
    wording: Text
    """Verbatim, as the plan prints it."""
    every: Every | list[Every]
    first_year: Year | None = None
    last_year: Year | None = None
    due: Due | None
    """null: no date yet. A task for the coordinator; mails nobody."""
    cutoff: DueDays | None = None
    """Last day the figures cover, apart from the deadline; where none is given, that of Nghị định 09/2019 holds for
    the periods it is meant for.
    """
    reporting_year: ReportingYear | None = None
    """Where it differs from the plan's."""
    owed_by: Owed
    through: UnitCode | Through | None = None
    """The office it is sent through (qua, thông qua), which collects: one for all, or each unit's own in a line."""
    to: list[UnitCode]
    """Whom the plan names as recipient; empty where the plan does not say."""
    form: Form = Form()
    reminders: list[Step] | None = None
    opens_days_before: Annotated[int, Field(ge=1, le=366)] = 45
    """Calendar days before day X on which the cycle opens and forms go out, unless the rule has a window."""
    closes_working_days_after: Annotated[int, Field(ge=0, le=250)] = 10
    """Working days after day X on which the cycle closes and its report is written, if not all came earlier."""
    feeds: ObligationCode | None = None
    """The lead unit's own obligation upward that this one's totals feed."""
    counts: bool = True
    """Does it count in a completion rate?"""
    report: Report | None = None

    @property
    def rhythms(self) -> list[Every]:
        return self.every if isinstance(self.every, list) else [self.every]

    @property
    def ladder(self) -> tuple[Step, ...]:
        return DEFAULT_LADDER if self.reminders is None else tuple(self.reminders)

    def year_of(self, plan: "Plan") -> ReportingYear | None:
        """None: the calendar year."""
        return self.reporting_year or plan.reporting_year


class Contact(Strict):
    name: Text
    phone: Text
    email: Text


class Plan(Strict):
    code: Slug
    title: Text
    """Tên kế hoạch, to stand after the word "Kế hoạch" in a sentence."""
    short: Text
    citation: Citation
    legal_basis: list[Citation]
    issuer: UnitCode
    first_year: Year
    last_year: Year
    lead: UnitCode
    """Đơn vị đầu mối: collects and chases."""
    contact: Contact
    chasers: list[UnitCode] = []
    """Offices the plan's đôn đốc clause names beside the lead."""
    policy: Literal["strict", "tolerant"] = "strict"
    shift: Literal["none", "forward"] = "none"
    """forward: a deadline on a rest day moves to the next working day (off by default: domain handbook §2.2)."""
    reports_to_chair: Text | None = None
    """Whom the chase clause says progress is reported to; the công văn then says so."""
    reporting_year: ReportingYear | None = None
    """Where it is not the calendar year."""
    phases: list[Phase] = []
    indicators: list[Indicator] = []
    rules: list[Rule] = []
    change_warning_percent: int | None = 30
    obligations: Annotated[list[Obligation], Field(min_length=1)]
    report: Report | None = None
    """Used by every obligation that has no report of its own."""

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
