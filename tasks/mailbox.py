"""Read what came back by mail about our own mails."""

from datetime import datetime

from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps.inbound import mailbox


@step("mailbox")
def read_mailbox(as_of: datetime) -> dict[str, int]:
    """How many mails were read, and what they were."""
    return mailbox.poll(the_home(), as_of)
