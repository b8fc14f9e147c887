"""`python -m dondoc.web`: the page alone, as `dondoc serve` and the systemd unit start it."""

import argparse

import uvicorn

from dondoc.web.app import create_app
from tasks.adapters.settings import Settings

_LOOPBACK = {"127.0.0.1", "localhost"}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m dondoc.web")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8080)
    given = parser.parse_args()
    app = create_app(Settings(), any_host=given.host not in _LOOPBACK)
    uvicorn.run(
        app,
        host=given.host,
        port=given.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
