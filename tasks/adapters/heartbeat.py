"""A sign of life to a watchdog elsewhere, which raises the alarm when it stays away."""

import logging

SECONDS = 5
_log = logging.getLogger("dondoc")


def beat(url: str) -> bool:
    """Ask for the address once; a failure is one line in the log, without the address, which often is a secret."""
    import httpx

    try:
        httpx.get(url, timeout=SECONDS, follow_redirects=True).raise_for_status()
    except httpx.HTTPStatusError as error:
        _log.warning("heartbeat: the watchdog answered %s", error.response.status_code)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        _log.warning("heartbeat: the watchdog cannot be reached (%s)", type(error).__name__)
    else:
        return True
    return False
