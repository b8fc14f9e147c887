"""What every process of one installation is told through its environment.

Prefect's defaults are for another world (cloud, many tenants, internet): each line below was measured to be needed.
"""

import os
import socket
from pathlib import Path

from tasks.adapters.settings import Settings

LOOPBACK = "127.0.0.1"

_QUIET = {
    # Nothing is reported to anyone; without these the server tries an outside address and logs the failure.
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_V2_ENABLED": "false",  # the newer UI loads a script from elsewhere
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLI_PROMPT": "false",
    "PREFECT_CLI_COLORS": "false",
}

_SERVER = {
    "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "false",  # a missing server is an error, not a second server
    # Leases in memory would hold a slot for ever after a power cut.
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    # A reporting year must be visible: the defaults show 100 days.
    "PREFECT_SERVER_SERVICES_SCHEDULER_MAX_SCHEDULED_TIME": "P400D",
    "PREFECT_SERVER_SERVICES_SCHEDULER_MIN_RUNS": "12",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    # One transaction per event would cost three times the CPU.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
    "PREFECT_LOGGING_EXTRA_LOGGERS": "dondoc",
    "PREFECT_WORKER_QUERY_SECONDS": "5",
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "60",
}


def api_url(port: int) -> str:
    return f"http://{LOOPBACK}:{port}/api"


def prefect_environment(home: Path, port: int) -> dict[str, str]:
    """The settings of Prefect's server, worker and clients for one home: its database and its secrets lie there."""
    folder = home.resolve() / "prefect"
    return {
        **_QUIET,
        **_SERVER,
        "PREFECT_HOME": str(folder),
        "PREFECT_PROFILES_PATH": str(folder / "profiles.toml"),
        "PREFECT_SERVER_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{folder / 'prefect.db'}",
        "PREFECT_API_URL": api_url(port),
        "PREFECT_UI_API_URL": api_url(port),
        # The default lets any web site the admin has open talk to the server.
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"http://{LOOPBACK}:{port}",
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "NO_PROXY": _without_proxy(os.environ.get("NO_PROXY", "")),
    }


def _without_proxy(already: str) -> str:
    """A proxy of the office must not be asked for our own loopback."""
    return ",".join(filter(None, [already, LOOPBACK, "localhost"]))


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def dondoc_environment(settings: Settings) -> dict[str, str]:
    """Our own settings, whole and absolute: a flow run starts in a folder of its own, where no `.env` lies."""
    told = settings.model_dump()
    for name in ("home", "plans", "templates"):
        told[name] = told[name].resolve()
    if told["dkim_key"]:
        told["dkim_key"] = Path(told["dkim_key"]).resolve()
    return {f"DONDOC_{name.upper()}": str(value) for name, value in told.items()}
