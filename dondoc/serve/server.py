"""A private Prefect server for flows that a command runs itself: started, waited for, drained and stopped."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from dondoc.serve.children import start_child, stop_child, wait_until_answers
from dondoc.serve.environment import LOOPBACK, api_url, free_port, prefect_environment

START_SECONDS = 120
"""The first start migrates the database: 20 s on a slow machine."""

STOP_SECONDS = 8


def server_command(port: int) -> list[str]:
    return [sys.executable, "-m", "prefect", "server", "start", "--host", LOOPBACK, "--port", str(port)]


@contextmanager
def prefect_server(home_folder: Path, port: int | None = None) -> Iterator[str]:
    """Run flows inside the block against a server of this home; yields its API address.

    Prefect's own words go to `<home>/logs/`. NotReadyError where the server does not start.
    """
    port = port or free_port()
    env = {**prefect_environment(home_folder, port), "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "CRITICAL"}
    log = home_folder.resolve() / "logs" / "prefect-server.log"
    child = start_child(server_command(port), env, log)
    try:
        wait_until_answers(
            f"{api_url(port)}/health", child, log, seconds=START_SECONDS, going_on=lambda: True
        )
        with _told(env), _prefect_told(api_url(port)):
            yield api_url(port)
    finally:
        stop_child(child, STOP_SECONDS)


@contextmanager
def _told(env: Mapping[str, str]) -> Iterator[None]:
    """These variables for this process, as they were afterwards."""
    before = {name: os.environ.get(name) for name in env}
    os.environ.update(env)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextmanager
def _prefect_told(url: str) -> Iterator[None]:
    """Prefect may have been imported before: it is told again, in this context and for its threads."""
    from prefect.context import _temporary_global_settings_context, get_settings_context
    from prefect.logging.configuration import setup_logging
    from prefect.settings import (
        PREFECT_API_URL,
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY,
        PREFECT_HOME,
        temporary_settings,
    )

    # Heartbeats cost each flow run a second; only None turns them off, which the environment cannot say.
    told = {
        PREFECT_API_URL: url,
        PREFECT_HOME: Path(os.environ["PREFECT_HOME"]),
        PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None,
    }
    with temporary_settings(told), _temporary_global_settings_context(get_settings_context()):
        setup_logging()
        try:
            yield
        finally:
            _drain()


def _drain() -> None:
    """What Prefect still holds in threads goes out before the server does; else it complains at exit."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    APILogWorker.drain_all()
    EventsWorker.drain_all()
