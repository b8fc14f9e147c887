"""The application: routes, headers, and a Vietnamese answer to every mistake."""

from functools import partial
from urllib.parse import urlsplit

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.trustedhost import TrustedHostMiddleware

from dondoc.web import (
    board_pages,
    calendar_feed,
    calendar_pages,
    document_files,
    health,
    inbound_pages,
    message_pages,
    unit_acts,
    unit_pages,
    unit_problems,
    unit_uploads,
)
from dondoc.web.body_limit import BodyLimitMiddleware
from dondoc.web.headers import SafeHeadersMiddleware
from dondoc.web.pages import Pages
from dondoc.web.together import Together
from dondoc.web.turns import few_threads
from tasks.adapters.home import open_home
from tasks.adapters.settings import Settings
from tasks.steps.collecting.accepting import accept_together

_OFFICE = (
    board_pages,
    calendar_feed,
    calendar_pages,
    document_files,
    health,
    inbound_pages,
    message_pages,
)
_UNIT = (unit_pages, unit_acts, unit_uploads)
_OWN_HOSTS = ["127.0.0.1", "localhost"]


def create_app(settings: Settings, *, any_host: bool = False) -> FastAPI:
    """The portal of one installation; SetupError where its home cannot be used.

    Only requests for loopback or the host of `base_url` are answered, so that no foreign page can reach it under a
    name of its own; `any_host` is for an address that was told to be public.
    """
    app = FastAPI(title="dondoc", docs_url=None, redoc_url=None, openapi_url=None, lifespan=few_threads)
    home = app.state.home = open_home(settings)
    app.state.accepting = Together(partial(accept_together, home))
    app.state.pages = Pages(settings.templates / "web")
    for module in (*_UNIT, *_OFFICE):
        app.include_router(module.router)
    for error, answer in unit_problems.ANSWERS.items():
        app.add_exception_handler(error, answer)
    app.add_exception_handler(HTTPException, _say_what_is_wrong)
    app.add_exception_handler(RequestValidationError, _say_not_found)
    app.add_exception_handler(Exception, _say_failed)
    hosts = ["*"] if any_host else [*_OWN_HOSTS, *_host_of(settings.base_url)]
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=hosts, www_redirect=False)
    app.add_middleware(BodyLimitMiddleware)
    app.add_middleware(SafeHeadersMiddleware)
    return app


def _host_of(base_url: str) -> list[str]:
    host = urlsplit(base_url).hostname
    return [host] if host else []


async def _say_what_is_wrong(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if unit_problems.is_units(request):
        return unit_problems.say(request, error.status_code)
    pages: Pages = request.app.state.pages
    told = error.detail if error.status_code == 400 else ""
    return pages.problem(error.status_code, told, dict(error.headers or {}))


async def _say_not_found(request: Request, _error: Exception) -> Response:
    """An address longer than any of ours."""
    if unit_problems.is_units(request):
        return unit_problems.say(request, 404)
    pages: Pages = request.app.state.pages
    return pages.problem(404, "", {})


async def _say_failed(request: Request, _error: Exception) -> Response:
    """The traceback goes to the log, never to the page."""
    if unit_problems.is_units(request):
        return unit_problems.say(request, 500)
    pages: Pages = request.app.state.pages
    return pages.problem(500, "", {})
