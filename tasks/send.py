"""Send what the outbox holds."""

from datetime import datetime

from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps import sending
from tasks.steps.sending import Delivery


@step("send")
def send(as_of: datetime) -> Delivery:
    """How many messages ended how."""
    return sending.send_queued(the_home(), as_of)
