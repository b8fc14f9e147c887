"""Decide the reminders of one cycle: to the units, about drafts nobody has issued, about documents whose figures changed."""

from datetime import datetime

from models.ids import CycleKey
from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps import reminding, unsigned
from tasks.steps.documents import flagging


@step("remind")
def remind(key: CycleKey, as_of: datetime) -> int:
    """How many mails were queued."""
    home = the_home()
    queued = reminding.remind(home, key, as_of) + unsigned.ask_about_drafts(home, key, as_of)
    return queued + flagging.tell_of_flags(home, key, as_of)
