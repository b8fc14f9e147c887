"""Check what came, and accept it whole or refuse it whole."""

import logging
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tasks.adapters.home import the_home
from tasks.adapters.scanner import ScannerError
from tasks.run import step
from tasks.steps.collecting import inbox

_log = logging.getLogger("dondoc")


@step("check")
def check(files: Sequence[Path], as_of: datetime) -> int:
    """How many of the files were accepted. While the virus scanner does not answer, files wait where they lie."""
    home, accepted = the_home(), 0
    try:
        for file in files:
            outcome = inbox.take_in_file(home, file, as_of)
            accepted += outcome is not None and outcome.accepted is not None
    except ScannerError as error:
        _log.warning("files in the inbox wait for the next sweep: %s", error)
    return accepted
