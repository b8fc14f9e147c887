"""Decide the reminders of one cycle: to the units, and about drafts that nobody has issued."""

from datetime import datetime

from models.ids import CycleKey
from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps import reminding, unsigned


@step("remind")
def remind(key: CycleKey, as_of: datetime) -> int:
    """How many mails were queued."""
    home = the_home()
    return reminding.remind(home, key, as_of) + unsigned.ask_about_drafts(home, key, as_of)
