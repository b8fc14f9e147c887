"""What each process of the page serves, where there are several: they share a port and the ledger, and nothing else."""

import os

from fastapi import FastAPI

from dondoc.serve.children import end_with
from dondoc.web.app import create_app
from tasks.adapters.settings import Settings


def for_own_hosts() -> FastAPI:
    return _app(any_host=False)


def for_any_host() -> FastAPI:
    return _app(any_host=True)


def _app(*, any_host: bool) -> FastAPI:
    if tie := end_with(os.getppid()):
        tie()  # a worker whose parent was killed would keep the port
    return create_app(Settings(), any_host=any_host)
