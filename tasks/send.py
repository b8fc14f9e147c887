"""Send what the outbox holds."""

from datetime import datetime

from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps import quiet
from tasks.steps.sending import Delivery


@step("send")
def send(as_of: datetime, *, named: bool) -> Delivery:
    """How many messages ended how, or wait for a word."""
    return quiet.send_unless_held(the_home(), as_of, named=named)
