"""How a flow carries its tasks out: as Prefect task runs, or plainly, for previews and replays of many years.

The order of the steps is written once; this only says who runs them.
"""

from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from prefect import Task

P = ParamSpec("P")
R = TypeVar("R")


class Do(Protocol):
    def __call__(self, task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R: ...


def as_task_run(task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """Recorded and shown by Prefect."""
    return task(*args, **kwargs)


def plainly(task: Task[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    """The same function, without a server."""
    run: Callable[P, R] = task.fn
    return run(*args, **kwargs)
