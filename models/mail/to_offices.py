"""What the offices that collect are told: who is missing, which document waits for a signature, which has waited long."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from models.mail.lines import Office, OwedLine


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingUnit:
    """A unit that has not reported. `own_last_day` where it was extended; `note` e.g. when it was reminded."""

    name: str
    own_last_day: date | None = None
    no_address: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingGroup:
    """All units missing from one cycle; `received` of `expected` units have reported (nil returns count). `letter` is
    the file name of the công văn đôn đốc that is attached as a draft; empty where the step brings none.
    """

    line: OwedLine
    expected: int
    received: int
    units: tuple[MissingUnit, ...]
    letter: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingList:
    """One digest to an office: every missing unit of every cycle, never cut, never one mail per unit."""

    folder: ClassVar[str] = "missing-list"
    unit: str
    on: date
    groups: tuple[MissingGroup, ...]
    contact: str = ""
    offices: ClassVar[tuple[Office, ...]] = ()
    desks: ClassVar[tuple[Office, ...]] = ()

    def __post_init__(self) -> None:
        if not self.missing:
            raise ValueError("a list of missing units names at least one")

    @property
    def missing(self) -> int:
        return sum(len(group.units) for group in self.groups)

    @property
    def unmailed(self) -> int:
        return sum(unit.no_address for group in self.groups for unit in group.units)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReady:
    """The lead unit's document is written and waits for number, date and signature."""

    folder: ClassVar[str] = "report-ready"
    unit: str
    line: OwedLine
    title: str
    version: int
    file_name: str
    path: str
    sha256: str
    expected: int
    received: int
    nil: int = 0
    missing: tuple[str, ...] = ()
    unmerged: tuple[str, ...] = ()
    """Sections with words of units that the edited text does not know of: `Khó khăn …: UBND xã A; UBND xã B`."""
    contact: str = ""
    issued: str = ""
    """Số, ký hiệu and day of an earlier version that was issued."""
    offices: ClassVar[tuple[Office, ...]] = ()
    desks: ClassVar[tuple[Office, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatched:
    """An issued document to one of its Nơi nhận, attached: `signed` where it is the scan with signature and seal."""

    folder: ClassVar[str] = "dispatched"
    unit: str
    line: OwedLine
    name: str
    number: str
    day: date
    title: str
    file_name: str
    signed: bool
    contact: str = ""
    offices: ClassVar[tuple[Office, ...]] = ()
    desks: ClassVar[tuple[Office, ...]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """Reports a document was made from have changed since it was submitted, approved or issued (`did`). `name` is what
    readers know it by, `changes` a line for each report, `command` shows the figures then and now.
    """

    folder: ClassVar[str] = "flagged"
    unit: str
    line: OwedLine
    name: str
    did: str
    changes: tuple[str, ...]
    command: str
    contact: str = ""
    offices: ClassVar[tuple[Office, ...]] = ()
    desks: ClassVar[tuple[Office, ...]] = ()

    def __post_init__(self) -> None:
        if not self.changes:
            raise ValueError("a document of which nothing has changed is not flagged")


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleDraft:
    """A document that nobody has recorded as issued, `waited` working days after it was written, or came into its state.
    `state` is empty of a draft; else what it waits for, and whose turn it is. `command` records what is done next (`act`);
    `issued` is số, ký hiệu and day of an earlier version that was issued.
    """

    line: OwedLine
    kind: str
    version: int
    written_on: date
    waited: int
    file_name: str
    command: str
    act: str = "ban hành"
    state: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsigned:
    """Drafts that wait for their numbers, all of one office."""

    folder: ClassVar[str] = "unsigned"
    unit: str
    on: date
    drafts: tuple[IdleDraft, ...]
    contact: str = ""
    offices: ClassVar[tuple[Office, ...]] = ()
    desks: ClassVar[tuple[Office, ...]] = ()

    def __post_init__(self) -> None:
        if not self.drafts:
            raise ValueError("nobody is asked about no draft")
