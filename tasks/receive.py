"""See which files have come for one cycle."""

from pathlib import Path

from models.ids import CycleKey
from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps.collecting import inbox


@step("receive")
def receive(key: CycleKey) -> list[Path]:
    """The files that wait, by the cycle written inside them."""
    return inbox.waiting(the_home()).get(key, [])
