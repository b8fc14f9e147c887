"""Reports that were found to be in order become versions in the ledger, each with its receipt: one alone, or all that
come at the same time together.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from models.changes import Flag
from models.finding import Finding
from models.ids import CycleKey
from models.privacy import PERSONAL_DATA
from models.taken import Intake
from tasks.adapters.home import Home
from tasks.adapters.ledger.outbox import queue_all
from tasks.adapters.ledger.submissions import Accepted, Report, Sent, save_submissions
from tasks.adapters.ledger.units import load_tree
from tasks.steps.collecting.answering import Thread, answers
from tasks.steps.collecting.forms import Expected
from tasks.steps.collecting.scanning import INFECTED


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file. Refused: `accepted` is None and the findings say why; nothing was saved."""

    accepted: Accepted | None
    findings: tuple[Finding, ...]
    cycle: str = ""
    unit: str = ""

    @property
    def leaves_no_copy(self) -> bool:
        """Does the file hold a list of people, or a virus? Then no copy of it may stay anywhere."""
        return any(finding.rule in {PERSONAL_DATA, INFECTED} for finding in self.findings)

    def as_json(self) -> dict[str, object]:
        """The public keys: accepted, version, findings; cycle and unit besides."""
        return {
            "accepted": self.accepted is not None,
            "version": self.accepted.version if self.accepted else None,
            "findings": [finding.as_json() for finding in self.findings],
            "cycle": self.cycle,
            "unit": self.unit,
        }


Also = Callable[[Session, Outcome], None]
"""What belongs to the outcome of a file, in one transaction with it; where it raises, nothing has happened."""


@dataclass(frozen=True, slots=True)
class InOrder:
    """A report that may be kept; `thread`: where its receipt belongs."""

    whose: Expected
    intake: Intake
    sent: Sent
    flags: tuple[Flag, ...] = ()
    thread: Thread | None = None
    also: Also | None = None


def accept(home: Home, report: InOrder) -> Outcome:
    """Keep one report and queue its receipt; the same content again changes nothing. KeyError where the unit does not owe
    it.
    """
    return _accept_all(home, report.whose.key, [report])[0]


def accept_together(home: Home, reports: Sequence[InOrder]) -> list[Outcome | Exception]:
    """What became of each of many that wait: those of one cycle go in one transaction. A unit's second one goes after its
    first. Where one of them cannot be kept, the others are.
    """
    became: dict[int, Outcome | Exception] = {}
    for key, numbers in _rounds(reports):
        try:
            found: Sequence[Outcome | Exception] = _accept_all(home, key, [reports[n] for n in numbers])
        except OperationalError as error:  # the database itself: nobody else would fare better
            found = [error] * len(numbers)
        except Exception:  # noqa: BLE001 - whose it is shows when each goes alone
            found = [_tried(home, reports[n]) for n in numbers]
        became |= dict(zip(numbers, found, strict=True))
    return [became[number] for number in range(len(reports))]


def _rounds(reports: Sequence[InOrder]) -> list[tuple[CycleKey, list[int]]]:
    """Which of them go together, by their places: of one cycle, each unit once."""
    met: dict[Expected, int] = defaultdict(int)
    rounds: dict[tuple[CycleKey, int], list[int]] = defaultdict(list)
    for number, report in enumerate(reports):
        rounds[report.whose.key, met[report.whose]].append(number)
        met[report.whose] += 1
    return [(key, numbers) for (key, _), numbers in rounds.items()]


def _tried(home: Home, report: InOrder) -> Outcome | Exception:
    try:
        return accept(home, report)
    except Exception as error:  # noqa: BLE001 - told to who asked
        return error


def _accept_all(home: Home, key: CycleKey, reports: Sequence[InOrder]) -> list[Outcome]:
    """In one transaction, all or none."""
    with home.ledger.write() as session:
        kept = [Report(each.whose.unit, each.intake, each.sent, each.flags) for each in reports]
        accepted = save_submissions(session, key, kept)
        tree = load_tree(session)
        queue_all(
            session,
            [
                receipt
                for each, its in zip(reports, accepted, strict=True)
                if its.new
                for receipt in answers(
                    session,
                    tree,
                    key,
                    each.whose.unit,
                    kind="receipt",
                    step=f"v{its.version}",
                    channel=each.sent.channel,
                    at=each.sent.entered_at,
                    thread=each.thread,
                )
            ],
        )
        outcomes = []
        for each, its in zip(reports, accepted, strict=True):
            outcome = Outcome(its, each.intake.findings, str(key), each.whose.unit)
            if each.also:
                each.also(session, outcome)
            outcomes.append(outcome)
    return outcomes
