"""Check what came, and accept it whole or refuse it whole."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps import inbox


@step("check")
def check(files: Sequence[Path], as_of: datetime) -> int:
    """How many of the files were accepted."""
    home = the_home()
    taken = (inbox.take_in_file(home, file, as_of) for file in files)
    return sum(outcome is not None and outcome.accepted is not None for outcome in taken)
