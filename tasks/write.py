"""Write the documents that are due."""

from datetime import datetime

from models.ids import CycleKey
from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps.documents import writing


@step("write")
def write(key: CycleKey, as_of: datetime) -> list[str]:
    """Where the new documents lie in the file store."""
    return writing.write_due(the_home(), key, as_of)
