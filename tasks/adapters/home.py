"""One installation: its settings, ledger, files and mailbox. A new home is made, migrated and given the plans
that ship with dondoc by the first command that needs it.
"""

import fcntl
import hashlib
import hmac
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import alembic.util
import sqlalchemy as sa

from models.ids import CycleKey
from models.plan_text import PlanError
from models.working_days import WorkingDays
from tasks.adapters import clock
from tasks.adapters.database import Ledger, migrate
from tasks.adapters.files import FileStore
from tasks.adapters.holiday_files import read_working_days
from tasks.adapters.ledger.events import read_mark, set_mark
from tasks.adapters.ledger.plans import save_plan
from tasks.adapters.ledger.units import save_units
from tasks.adapters.mail import Transport, open_transport
from tasks.adapters.mail.signing import read_signer
from tasks.adapters.settings import Settings, local_url
from tasks.adapters.unit_files import read_unit_file

_SWEEP_LOCK = 7240100
SET_UP = "set up"
"""The mark of a home that has been given its first units and plans."""


class SetupError(RuntimeError):
    """The installation cannot work as it is set up; the message says what to do."""


@dataclass(frozen=True)
class Home:
    settings: Settings
    ledger: Ledger
    files: FileStore
    secret: bytes
    recorder: Transport | None = None
    """In a rehearsal mail goes here and nowhere else."""
    rehearsed_inbox: Path | None = None
    """In a rehearsal, a copy of the inbox: files are moved about when they are taken in."""

    @property
    def folder(self) -> Path:
        return self.settings.home

    @property
    def maildir(self) -> Path:
        return self.folder / "mail"

    @property
    def inbox(self) -> Path:
        """Files dropped here are taken in by the next sweep."""
        return self.rehearsed_inbox or self.folder / "inbox"

    @property
    def days(self) -> WorkingDays:
        return read_working_days(self.settings.plans / "holidays")

    def transport(self) -> Transport:
        """Where mail goes: the SMTP server that is set, else the Maildir in the home."""
        if self.recorder is not None:
            return self.recorder
        signer = read_signer(self.settings.dkim_key, self.settings.dkim_selector, self.settings.mail_from)
        return open_transport(self.settings.smtp_url or None, self.maildir, signer)

    def token(self, key: CycleKey, unit: str, version: str) -> str:
        """Proves that a form came from this installation, for this cycle and unit."""
        text = f"{key}|{unit}|{version}".encode()
        return hmac.new(self.secret, text, hashlib.sha256).hexdigest()[:32]

    @contextmanager
    def sweep_lock(self) -> Iterator[bool]:
        """False where another process sweeps now. Held by the operating system (SQLite: one machine) or by the
        database session (PostgreSQL), so that a process that dies gives it back at once. A rehearsal sweeps for
        itself alone: it neither waits nor is waited for.
        """
        if self.recorder is not None:
            yield True
            return
        if self.ledger.engine.dialect.name == "postgresql":
            # Outside a transaction: one that idles as long as a sweep takes is what databases are set up to end.
            engine = self.ledger.engine.execution_options(isolation_level="AUTOCOMMIT")
            with engine.connect() as connection:
                got = bool(
                    connection.execute(sa.text(f"SELECT pg_try_advisory_lock({_SWEEP_LOCK})")).scalar()
                )
                try:
                    yield got
                finally:
                    if got:
                        connection.execute(sa.text(f"SELECT pg_advisory_unlock({_SWEEP_LOCK})"))
            return
        with (self.folder / "sweep.lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                yield False
                return
            yield True

    @contextmanager
    def rehearsal(self, recorder: Transport) -> Iterator["Home"]:
        """The same home, where all that is done is taken back at the end and no mail leaves: for previews."""
        with TemporaryDirectory() as folder:
            inbox = Path(folder) / "inbox"
            # Before the ledger: a file that a sweep takes in between is then in both, and not in neither.
            if self.inbox.is_dir():
                shutil.copytree(self.inbox, inbox, copy_function=_copy_if_there)
            with self.ledger.rehearsal() as ledger:
                files = FileStore(local_url(Path(folder) / "files"), under=self.files)
                yield replace(self, ledger=ledger, files=files, recorder=recorder, rehearsed_inbox=inbox)


def _copy_if_there(source: str, target: str) -> None:
    """A sweep moves files of the inbox away as it takes them in."""
    with suppress(FileNotFoundError):
        shutil.copy2(source, target)


_IN_USE: ContextVar[Home | None] = ContextVar("home in use", default=None)


def the_home() -> Home:
    """The home this work is about: one put in use for a rehearsal, else the one the settings name."""
    return _IN_USE.get() or open_home()


@contextmanager
def in_use(home: Home) -> Iterator[Home]:
    """Make `the_home()` mean this one."""
    token = _IN_USE.set(home)
    try:
        yield home
    finally:
        _IN_USE.reset(token)


def open_home(settings: Settings | None = None, *, empty: bool = False) -> Home:
    """The home the settings name, ready for use; SetupError says what is wrong. `empty`: load no plans into it."""
    settings = settings or Settings()
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        return _opened(settings.home.resolve(), settings.model_dump_json(), empty)
    except OSError as error:
        raise SetupError(f"the home {settings.home} cannot be used: {error.strerror or error}") from None
    except sa.exc.DBAPIError as error:
        raise SetupError(f"the database cannot be used: {str(error.orig).strip().splitlines()[0]}") from None
    except alembic.util.CommandError as error:
        raise SetupError(f"the database was made by another version of dondoc: {error}") from None


@lru_cache(maxsize=8)
def _opened(_home: Path, settings_json: str, empty: bool) -> Home:
    settings = Settings.model_validate_json(settings_json)
    try:
        ledger = Ledger(settings.ledger_url)
    except (ValueError, ImportError, sa.exc.ArgumentError) as error:
        said = str(error).splitlines()[0]
        raise SetupError(f"DONDOC_DATABASE_URL is not the address of a database: {said}") from None
    try:
        read_signer(settings.dkim_key, settings.dkim_selector, settings.mail_from)
    except ValueError as error:
        raise SetupError(str(error)) from None
    migrate(ledger)
    home = Home(settings, ledger, FileStore(settings.files_url), _secret(settings))
    load_shipped(home, empty=empty)
    return home


def load_shipped(home: Home, *, empty: bool) -> None:
    """Into a new home: units first, since plans name them; then the plans (`empty`: neither). All or nothing, and
    once: a first command that was killed leaves it to the next, and of two at once the second finds it done.
    """
    folder, now = home.settings.plans, clock.now()
    with home.ledger.read() as session:
        if read_mark(session, SET_UP):
            return
    try:
        with home.ledger.write() as session:
            if read_mark(session, SET_UP):
                return
            set_mark(session, SET_UP, now.isoformat())
            if empty:
                return
            for file in sorted((folder / "units").glob("*.csv")):
                found = read_unit_file(file.read_text("utf-8"), str(file))
                save_units(session, found.units, found.links, at=now, actor="set-up", source=file.name)
            for file in sorted(folder.glob("*.yaml")):
                save_plan(session, file.read_text("utf-8"), str(file), at=now, actor="set-up")
    except PlanError as error:
        raise SetupError(f"a plan in {folder} cannot be loaded: {error}") from None


def _secret(settings: Settings) -> bytes:
    """The key of the form tokens: from the settings, else made once and kept in the home."""
    if settings.secret_key:
        return settings.secret_key.encode()
    file = settings.home / "secret.key"
    if not file.exists():
        part = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
        part.write_text(secrets.token_hex(32), "ascii")
        part.chmod(0o600)
        try:
            file.hardlink_to(part)  # only one of two first commands may win
        except FileExistsError:
            pass
        finally:
            part.unlink()
    return file.read_text("ascii").strip().encode()
