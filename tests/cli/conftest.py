"""The command line, called as `dondoc.cli.main`, on a home of the small office."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dondoc.cli import main
from tasks.adapters.home import Home, open_home
from tasks.adapters.settings import Settings
from tests.ledger.conftest import office, places, sqlite_office
from tests.ledger.office import SECRET

__all__ = ["office", "places", "sqlite_office"]


@dataclass(frozen=True)
class Answer:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Answer]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Call it with the words of a command."""

    def call(*words: object) -> Answer:
        capfd.readouterr()
        code = main([str(word) for word in words])
        return Answer(code, *capfd.readouterr())

    return call


@pytest.fixture
def home(
    places: dict[str, Path],
    office: Path,
    sqlite_office: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Home]:
    folder = places["sqlite"]
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(sqlite_office, folder)
    monkeypatch.chdir(tmp_path)
    environment = {"HOME": folder, "PLANS": office, "SECRET_KEY": SECRET}
    for name in ("DATABASE_URL", "FILES", "SMTP_URL", "IMAP_URL", "MAIL_FROM", "TEMPLATES"):
        monkeypatch.delenv(f"DONDOC_{name}", raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(f"DONDOC_{name}", str(value))
    opened = open_home(Settings())
    yield opened
    opened.ledger.close()
