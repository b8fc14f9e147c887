"""Open the cycles whose day has come, and say which have work."""

from datetime import datetime

from models.ids import CycleKey
from tasks.adapters.home import the_home
from tasks.run import step
from tasks.steps import anchoring, opening, selecting, watching


@step("open")
def open_cycles(as_of: datetime) -> list[CycleKey]:
    """Those opened now."""
    return opening.open_due(the_home(), as_of)


@step("select")
def select_cycles(as_of: datetime) -> list[CycleKey]:
    """Those with something to do."""
    return selecting.cycles_with_work(the_home(), as_of)


@step("note")
def note_swept(as_of: datetime) -> None:
    """Remember how far the world has been swept, and give the sign of life."""
    opening.note_swept(the_home(), as_of)
    anchoring.anchor(the_home(), as_of)
    watching.sign_of_life(the_home())
