"""Settings: the environment, or `.env` in the working directory (design: "Public interface")."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from models.mail_hours import read_hours
from models.texting import check_gateway
from tasks.adapters.scanner import parse_clamd

INSTALLED = Path(__file__).resolve().parents[2]
"""Where `plans/`, `templates/` and `deploy/` lie, in a checkout as in an installed wheel."""


def local_url(folder: Path) -> str:
    """A folder for fsspec, which takes what stands after file:// as it is: `as_uri` would make another folder of a name with
    a space or a letter beyond ASCII.
    """
    return f"file://{folder.resolve()}"


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="DONDOC_", env_file=".env", extra="ignore")

    home: Path = Path("var")
    database_url: str = ""
    files: str = ""
    plans: Path = INSTALLED / "plans"
    """Loaded into a new home: `*.yaml`, `units/*.csv`, `holidays/*.yaml`."""
    templates: Path = INSTALLED / "templates"
    smtp_url: str = ""
    imap_url: str = ""
    clamd: str = ""
    """The virus scanner every file that comes in is shown to, as tcp://host:port or unix:///path; empty: none."""
    base_url: str = ""
    web_workers: Annotated[int, Field(ge=1, le=64)] = 1
    """How many processes serve the page."""
    secret_key: str = ""
    mail_from: str = "dondoc@localhost.example"
    dkim_key: str = ""
    """Path of an RSA key in PEM; with the selector, every mail to an SMTP server is signed for the sender's domain."""
    dkim_selector: str = ""
    mail_hours: str = "07:00-18:00"
    """When mail may arrive, on working days (models/mail_hours.py); answers to what was just sent arrive at once."""
    mail_per_minute: Annotated[float, Field(gt=0)] | Literal[""] = ""
    """How many messages a minute the mail server is given at most, by all workers together; empty: as many as it takes."""
    sms_to: str = ""
    """A mail-to-SMS gateway, as `{phone}@sms.example`: steps of a plan marked `sms`, and all steps of a unit without an
    address that works, go as text messages too (models/texting.py). Empty: no texts.
    """
    quiet_after_days: Annotated[int, Field(ge=0)] | Literal[""] = ""
    """After how many days without a sweep the next one asks before it mails; 0 never asks (models/quiet.py)."""
    heartbeat_url: str = ""
    """Asked for after each sweep that succeeded."""
    admin_mail: str = ""
    """Who is told when sweeps are missed."""
    watch_after_hours: Annotated[int, Field(ge=1)] = 26
    """There is a sweep every day: after so many hours without one, one was missed."""

    @field_validator("mail_hours")
    @classmethod
    def _are_hours(cls, text: str) -> str:
        read_hours(text)
        return text

    @field_validator("sms_to")
    @classmethod
    def _is_gateway(cls, pattern: str) -> str:
        return check_gateway(pattern)

    @field_validator("clamd")
    @classmethod
    def _is_scanner(cls, text: str) -> str:
        if text:
            parse_clamd(text)
        return text

    @property
    def ledger_url(self) -> str:
        """SQLite in the home unless told otherwise; PostgreSQL through psycopg 3."""
        if not self.database_url:
            return f"sqlite:///{(self.home / 'dondoc.sqlite3').resolve()}"
        for scheme in ("postgres://", "postgresql://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def files_url(self) -> str:
        return self.files or local_url(self.home / "files")
