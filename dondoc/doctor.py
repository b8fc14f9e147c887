"""Look at every part an installation depends on; each check says what is wrong and what to do."""

import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib.metadata import version

import httpx
import sqlalchemy as sa

from dondoc.doctor_holidays import look_at_holidays
from models.quiet import ENGLISH
from models.units.owing import owing
from tasks.adapters import clock
from tasks.adapters.documents.render import letter_template, notice_template, report_template
from tasks.adapters.home import Home, SetupError, open_home
from tasks.adapters.ledger.events import read_mark
from tasks.adapters.ledger.plans import current_plans
from tasks.adapters.ledger.templates import templates_of
from tasks.adapters.ledger.units import load_tree
from tasks.adapters.mail import parse_smtp_url
from tasks.adapters.mailbox import Mailbox
from tasks.adapters.scanner import ScannerError, parse_clamd
from tasks.steps.failing import address_tasks
from tasks.steps.opening import SWEPT
from tasks.steps.quiet import waiting
from tasks.steps.verifying_ledger import verify_ledger


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    ok: bool
    message: str


def examine() -> list[Check]:
    """All checks, in the order a person would make them; a home that cannot be opened ends them."""
    try:
        home = open_home()
    except (SetupError, ValueError) as error:
        return [Check("home", ok=False, message=str(error))]
    checks = [Check("home", ok=True, message=str(home.folder.resolve()))]
    parts: tuple[tuple[str, Callable[[Home], tuple[bool, str]]], ...] = (
        ("database", _database),
        ("ledger", _ledger),
        ("plans", _plans),
        ("holidays", lambda home: look_at_holidays(home, clock.now().date())),
        ("addresses", _addresses),
        ("mail", _mail),
        ("mailbox", _mailbox),
        ("mail held", _held),
        ("virus scanner", _scanner),
        ("templates", _templates),
        ("last sweep", _last_sweep),
        ("prefect", _prefect),
    )
    for name, look in parts:
        try:
            ok, message = look(home)
        except Exception as error:  # noqa: BLE001 - whatever is wrong with a part is what the doctor is asked for
            ok, message = False, f"{type(error).__name__}: {error}"
        checks.append(Check(name, ok, message))
    return checks


def _database(home: Home) -> tuple[bool, str]:
    with home.ledger.read() as session:
        session.execute(sa.text("SELECT 1"))
    return True, f"{home.ledger.engine.dialect.name}, tables up to date"


def _ledger(home: Home) -> tuple[bool, str]:
    found = verify_ledger(home, files=False)
    if not found.wrong:
        return True, f"the chain of {found.events} events is whole, anchors and rows agree with it"
    first = found.wrong[0]
    if first.rule == "event":
        return False, f"{first.place} was changed after it was written: compare with a backup"
    said = f"{first.rule} {first.place}: {first.found}; sealed: {first.expected}"
    more = f" and {len(found.wrong) - 1} more" if len(found.wrong) > 1 else ""
    return False, f"{said}{more}: look with dondoc verify --ledger, compare with a backup"


def _plans(home: Home) -> tuple[bool, str]:
    with home.ledger.read() as session:
        plans, tree = current_plans(session), load_tree(session)
    unknown = sorted({code for plan, _ in plans.values() for code in plan.unit_codes() if code not in tree})
    if not plans:
        return False, "no plan is loaded: dondoc plan load FILE"
    if unknown:
        return False, f"plans name unknown units: {', '.join(unknown)}; import them with dondoc unit import"
    return True, ", ".join(plans)


def _addresses(home: Home) -> tuple[bool, str]:
    today = clock.now().date()
    with home.ledger.read() as session:
        plans, tree = current_plans(session), load_tree(session)
    owes = {
        unit.code: unit
        for plan, _ in plans.values()
        if plan.first_year <= today.year <= plan.last_year
        for obligation in plan.obligations
        for unit in owing(tree, obligation.owed_by, today)
    }
    without = [code for code, unit in owes.items() if not unit.emails_on(today)]
    failing = [f"{task.address} of {task.unit}" for task in address_tasks(home, clock.now())]
    said = [f"no working address: {', '.join(without)}"] if without else []
    said += [f"mail comes back from {', '.join(failing)}"] if failing else []
    return not said, "; ".join(said) or "every unit that owes has one"


def _mail(home: Home) -> tuple[bool, str]:
    if not home.settings.smtp_url:
        return True, f"no SMTP server is set; messages go to {home.maildir}"
    server = parse_smtp_url(home.settings.smtp_url)
    try:
        with socket.create_connection((server.host, server.port), timeout=5):
            return True, f"{server.host}:{server.port} answers"
    except OSError as error:
        return False, f"{server.host}:{server.port} does not answer ({error}): check DONDOC_SMTP_URL"


def _mailbox(home: Home) -> tuple[bool, str]:
    if not home.settings.imap_url:
        return True, "no mailbox is set; bounces are not read"
    with Mailbox(home.settings.imap_url) as mailbox:
        server = mailbox.server
    return True, f"{server.user} at {server.host}:{server.port} answers"


def _scanner(home: Home) -> tuple[bool, str]:
    if not home.settings.clamd:
        return True, "none is set (DONDOC_CLAMD); files that come in are not scanned"
    scanner = parse_clamd(home.settings.clamd)
    try:
        version = scanner.version()
        scanner.infection(b"dondoc doctor")
    except ScannerError as error:
        return False, f"{error}; no file is taken in until it does: check DONDOC_CLAMD and the service"
    return True, f"{scanner} answers: {version}"


def _held(home: Home) -> tuple[bool, str]:
    held = waiting(home)
    if held is None:
        return True, "no mail waits for a word"
    look = f"look with dondoc preview --on {clock.now():%Y-%m-%d}, then dondoc mail allow"
    return (
        False,
        f"{held.messages} mails wait for a word since {held.since.isoformat()}: {ENGLISH[held.why]}; {look}",
    )


def _templates(home: Home) -> tuple[bool, str]:
    report_template(home.settings.templates / "docx")
    letter_template(home.settings.templates / "docx")
    notice_template(home.settings.templates / "docx")
    compiled = {"bao-cao": report_template, "cong-van": letter_template, "thong-bao": notice_template}
    with home.ledger.read() as session:
        own = [(row.kind, row.file) for row in templates_of(session)]
    for kind, file in own:
        compiled[kind](home.files.read(file))
    return True, f"{home.settings.templates}; {len(own)} of offices"


def _last_sweep(home: Home) -> tuple[bool, str]:
    with home.ledger.read() as session:
        mark = read_mark(session, SWEPT)
    if mark is None:
        return True, "never swept: a new home"
    late = clock.now() - datetime.fromisoformat(mark) > timedelta(days=4)
    return not late, f"{mark}" + ("; is `dondoc serve` running?" if late else "")


def _prefect(_home: Home) -> tuple[bool, str]:
    url = os.environ.get("PREFECT_API_URL") or "http://127.0.0.1:4200/api"
    installed = (
        f"prefect {version('prefect')}, SQLAlchemy {version('sqlalchemy')}, FastAPI {version('fastapi')}"
    )
    if not version("sqlalchemy").startswith("2.0."):
        return False, f"{installed}: with SQLAlchemy 2.1 Prefect 3.8 never schedules a run"
    try:
        httpx.get(f"{url}/health", timeout=3).raise_for_status()
    except httpx.HTTPError:
        return True, f"{installed}; no server answers at {url} (it runs with `dondoc serve`)"
    return True, f"{installed}; the server answers at {url}"
