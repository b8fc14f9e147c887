"""Check what came, and accept it whole or refuse it whole."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from tasks.adapters.home import the_home
from tasks.adapters.scanner import ScannerError
from tasks.run import step
from tasks.steps import inbox


@step("check")
def check(files: Sequence[Path], as_of: datetime) -> int:
    """How many of the files were accepted. While the virus scanner does not answer, files wait where they lie."""
    home, accepted = the_home(), 0
    with suppress(ScannerError):
        for file in files:
            outcome = inbox.take_in_file(home, file, as_of)
            accepted += outcome is not None and outcome.accepted is not None
    return accepted
