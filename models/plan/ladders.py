"""The ladders of a plan: on which working days who is reminded of what."""

from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from models.plan.strict import Strict, UnitCode

STEP_PATTERN = r"^T[+-]\d{1,3}$"
WAIT_PATTERN = r"^T\+[1-9]\d{0,2}$"
StepName = Annotated[str, StringConstraints(pattern=STEP_PATTERN)]
WaitName = Annotated[str, StringConstraints(pattern=WAIT_PATTERN)]


class Step(Strict):
    """One rung of the reminder ladder: T-7 is seven working days before the last working day in time, T+5 the
    fifth working day after day X has passed.
    """

    step: StepName
    """T-7, T+5: working days before the last working day in time, or after day X."""
    letter: Annotated[int, Field(ge=1, le=2)] | None = None
    """A công văn đôn đốc (lần 1, lần 2) is drafted at this step."""
    copy_to: list[UnitCode] = []
    """Offices told at this step, too: copied in the công văn, and sent the list of all missing units."""

    sms: bool = False
    """A text message goes to the unit's mobile telephones, too, where a gateway is set (DONDOC_SMS_TO)."""

    @model_validator(mode="after")
    def _letters_after(self) -> "Step":
        if self.letter and self.days <= 0:
            raise ValueError("a công văn đôn đốc is drafted only after the deadline (T+n)")
        return self

    @property
    def days(self) -> int:
        return int(self.step[1:])


class Signing(Strict):
    """How long a draft of the lead unit may wait for its number before the lead unit is asked about it."""

    report: list[WaitName] = ["T+2", "T+5", "T+10"]
    """Working days after a Báo cáo was drafted on which it is asked about; []: never."""
    letter: list[WaitName] = ["T+1", "T+3"]
    """The same of a công văn đôn đốc, as long as its cycle is open and somebody is late."""

    submitted: list[WaitName] = ["T+2", "T+5"]
    """Working days after a document was submitted for signature on which the lead unit is asked about it."""
    approved: list[WaitName] = ["T+1", "T+3"]
    """Working days after it was approved on which its number and date are asked for."""

    def ladder_of(self, kind: str, state: str = "draft") -> tuple[Step, ...]:
        """`kind` and `state` as documents have them: bao-cao, cong-van; draft, submitted, approved."""
        draft = self.report if kind == "bao-cao" else self.letter
        names = {"submitted": self.submitted, "approved": self.approved}.get(state, draft)
        return tuple(sorted((Step(step=name) for name in names), key=lambda step: step.days))


DEFAULT_LADDER = (
    Step(step="T-14"),
    Step(step="T-7"),
    Step(step="T-3", sms=True),
    Step(step="T+1", letter=1, sms=True),
    Step(step="T+5", letter=2),
)
"""Domain handbook §6, đôn đốc."""
DEFAULT_RETURNED = (Step(step="T-2"), Step(step="T+1", sms=True), Step(step="T+3"), Step(step="T+5"))
"""Around the five working days a correction is given."""
