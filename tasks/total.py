"""Close a cycle whose day has come, and add up what counts."""

from datetime import datetime

from models.ids import CycleKey
from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps import closing


@step("total")
def total(key: CycleKey, as_of: datetime) -> bool:
    """True where the cycle was closed now."""
    return closing.close_due(the_home(), key, as_of)
