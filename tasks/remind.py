"""Decide the reminders of one cycle."""

from datetime import datetime

from models.ids import CycleKey
from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps import reminding


@step("remind")
def remind(key: CycleKey, as_of: datetime) -> int:
    """How many mails were queued."""
    return reminding.remind(the_home(), key, as_of)
