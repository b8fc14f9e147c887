"""Take in one file: read it, check it all at once, accept it whole or not at all. The original is kept by hash.

Who and which cycle is read from inside the workbook; a caller that knows better says what it expects.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from models.changes import Flag, check_flags
from models.finding import Finding
from models.privacy import people_lists
from models.reading import Reading
from models.taken import Intake
from models.texts_in import clean_text
from tasks.adapters.home import Home
from tasks.adapters.ledger.events import append_event
from tasks.adapters.ledger.submissions import Sent
from tasks.adapters.workbooks import NotAWorkbookError, read_workbook
from tasks.steps.collecting.accepting import Also, InOrder, Outcome, accept
from tasks.steps.collecting.answering import Thread, answer
from tasks.steps.collecting.forms import Expected, claimed_by, form_for, is_ours
from tasks.steps.collecting.judging import judge
from tasks.steps.collecting.mending import to_mend
from tasks.steps.collecting.scanning import infected
from tasks.steps.opening import UnknownCycleError, ensure_open

NOT_OURS = (
    "Tệp này không phải biểu mẫu do hệ thống gửi cho kỳ báo cáo này. Đề nghị dùng tệp biểu mẫu đính kèm thư "
    "nhắc gần nhất, nhập số liệu vào đó rồi gửi lại."
)
NOT_OWED = "{unit} không thuộc danh sách đơn vị phải gửi báo cáo của kỳ này. Đề nghị liên hệ cơ quan đầu mối."


@dataclass(frozen=True, slots=True)
class Arrival:
    """A file as it came in, read but not judged."""

    data: bytes
    name: str
    channel: str = "file"
    submitted_by: str = ""
    on_behalf_of: str = ""
    received_at: datetime | None = None
    """Where it was received before it was taken in: this moment decides whether it is in time."""
    paper: str = ""
    sender: str = ""
    mail: str = ""
    mail_sha256: str = ""
    thread: Thread | None = None
    """Where the answer belongs."""
    also: Also | None = None

    def __post_init__(self) -> None:
        # On disk and in mails a name is bytes of any kind; only what is text can be kept and shown.
        object.__setattr__(self, "name", clean_text(self.name))


def identify(data: bytes) -> tuple[Reading | None, Finding | None]:
    """Read the workbook; a file that cannot be read gives one finding instead."""
    try:
        return read_workbook(data), None
    except NotAWorkbookError as error:
        return None, Finding("", "", str(error), "error", "not_a_workbook")


def holds_people(data: bytes) -> bool:
    """Is there a list of people in it, so that no copy may be kept? A file that cannot be read holds none that we know."""
    reading, _ = identify(data)
    return reading is not None and bool(people_lists(reading.grids))


def take_in(home: Home, arrival: Arrival, as_of: datetime, expected: Expected | None = None) -> Outcome:
    """The whole intake of one file. ScannerError where a virus scanner is set and does not answer: nothing has happened."""
    if found := infected(home, arrival.data):
        return _refuse_unread(home, arrival, as_of, found, expected)
    reading, unreadable = identify(arrival.data)
    if reading is None:
        assert unreadable
        return _refuse_unread(home, arrival, as_of, unreadable, expected)
    return _take_in(home, arrival, reading, as_of, expected)


def _refuse_unread(
    home: Home, arrival: Arrival, as_of: datetime, why: Finding, expected: Expected | None
) -> Outcome:
    if expected:
        # The answer is a mail about it, like any other.
        ensure_open(home, expected.key, as_of, early=True, only=expected.unit)
    return refuse(home, arrival, as_of, (why,), expected)


def _take_in(  # noqa: PLR0911 - each return is one reason, in the order that makes sense to the sender
    home: Home, arrival: Arrival, reading: Reading, as_of: datetime, expected: Expected | None
) -> Outcome:
    claimed = expected or claimed_by(reading)
    ours = is_ours(home, reading)
    private = people_lists(reading.grids)
    if claimed is None or not (ours or expected):  # nobody is told of a file that only claims to be theirs
        said = private or (Finding("", "", NOT_OURS, "error", "not_ours"),)
        return refuse(home, arrival, as_of, said, None)
    try:
        live = ensure_open(home, claimed.key, as_of, early=True, only=claimed.unit)
        spec = form_for(home, live.key, claimed.unit, as_of, live)
    except (UnknownCycleError, KeyError):
        if expected:
            raise
        said = private or (Finding("", "", NOT_OURS, "error", "not_ours"),)
        return refuse(home, arrival, as_of, said, None)
    if private:
        return refuse(home, arrival, as_of, private, claimed)
    if claimed.unit not in {standing.unit for standing in live.standings}:
        not_owed = Finding("", "", NOT_OWED.format(unit=spec.unit_name), "error", "not_owed")
        return refuse(home, arrival, as_of, (not_owed,), claimed)
    if not ours:
        return refuse(home, arrival, as_of, (Finding("", "", NOT_OURS, "error", "token"),), claimed)
    intake = judge(home, live, reading, spec)
    if intake.has_errors:
        return refuse(home, arrival, as_of, intake.findings, claimed, to_mend(reading, spec, intake.findings))
    return _accept(home, arrival, as_of, claimed, intake, check_flags(spec, intake))


def _accept(
    home: Home,
    arrival: Arrival,
    as_of: datetime,
    whose: Expected,
    intake: Intake,
    flags: tuple[Flag, ...],
) -> Outcome:
    sent = Sent(
        file_sha256=home.files.keep(arrival.data),
        received_at=arrival.received_at or as_of,
        noted_at=as_of,
        channel=arrival.channel,
        file_name=arrival.name,
        submitted_by=arrival.submitted_by,
        on_behalf_of=arrival.on_behalf_of,
        paper=arrival.paper,
        sender=arrival.sender,
        mail=arrival.mail,
        mail_sha256=arrival.mail_sha256,
    )
    return accept(home, InOrder(whose, intake, sent, flags, arrival.thread, arrival.also))


def refuse(
    home: Home,
    arrival: Arrival,
    as_of: datetime,
    findings: tuple[Finding, ...],
    whose: Expected | None,
    corrections: bytes | None = None,
) -> Outcome:
    """Say no, to the unit's own address where the file's claim can be believed; the world stays as it was. The file itself
    is not kept; `corrections`, which goes along with the answer, is.
    """
    sha256 = hashlib.sha256(arrival.data).hexdigest()
    rules = sorted({finding.rule for finding in findings})
    with home.ledger.write() as session:
        if whose is None:
            append_event(
                session, "file refused", at=as_of, actor="-", file=arrival.name, sha256=sha256, rules=rules
            )
            outcome = Outcome(None, findings)
            if arrival.also:
                arrival.also(session, outcome)
            return outcome
        append_event(
            session,
            "file refused",
            at=as_of,
            actor=arrival.submitted_by or whose.unit,
            cycle=str(whose.key),
            unit=whose.unit,
            file=arrival.name,
            sha256=sha256,
            rules=rules,
        )
        answer(
            session,
            whose.key,
            whose.unit,
            kind="refused",
            step=f"{as_of.isoformat()}/{sha256[:8]}",
            channel=arrival.channel,
            at=as_of,
            payload={
                "file": arrival.name,
                "received_at": (arrival.received_at or as_of).isoformat(),
                "findings": [finding.as_json() for finding in findings],
                "corrections": home.files.keep_returned(corrections) if corrections else "",
            },
            thread=arrival.thread,
        )
        outcome = Outcome(None, findings, str(whose.key), whose.unit)
        if arrival.also:
            arrival.also(session, outcome)
    return outcome
