"""`python -m dondoc.web`: the page alone, as `dondoc serve` starts it: in as many processes as are set."""

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
    settings, is_own = Settings(), given.host in _LOOPBACK
    # Also where workers make their own: what is wrong with the set-up is told here, once.
    app = create_app(settings, any_host=not is_own)
    several = settings.web_workers > 1
    if several:
        app.state.home.ledger.close()
    uvicorn.run(
        f"dondoc.web.worker:{'for_own_hosts' if is_own else 'for_any_host'}" if several else app,
        factory=several,
        workers=settings.web_workers,
        host=given.host,
        port=given.port,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
