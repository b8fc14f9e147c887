import os
import shutil
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from dondoc.serve.environment import free_port
from dondoc.web import create_app
from tests.portal.lettered import write_letters
from tests.portal.mailed import receive_mails
from tests.portal.seeded import close_and_report, seed


@pytest.fixture(scope="session")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real server with the seeded home."""
    home = seed(tmp_path_factory.mktemp("browser") / "home")
    close_and_report(home)
    write_letters(home)
    receive_mails(home)
    port = free_port()
    server = uvicorn.Server(
        uvicorn.Config(create_app(home.settings), host="127.0.0.1", port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < until, "the page did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The system's Chromium: Playwright's own cannot be downloaded everywhere. Closed after each file: as long as it is there
    an event loop runs in this thread, and no other test can run its own.
    """
    found = os.environ.get("DONDOC_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert found, "these tests need Chromium: apt-get install chromium, or set DONDOC_CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()
