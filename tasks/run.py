"""How every task of ours runs: on the home the settings name, without Prefect's caching, which would decide in our
place what was done (it repeats what was in flight when a process died; our ledger does not).
"""

from collections.abc import Callable
from typing import ParamSpec, TypeVar

from prefect import Task, task
from prefect.cache_policies import NO_CACHE

P = ParamSpec("P")
R = TypeVar("R")


def step(name: str) -> Callable[[Callable[P, R]], Task[P, R]]:
    """A Prefect task whose runs are named after the cycle; names without diacritics, which the run graph drops."""

    def decorate(function: Callable[P, R]) -> Task[P, R]:
        return task(name=name, cache_policy=NO_CACHE, persist_result=False)(function)

    return decorate
