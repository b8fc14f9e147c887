"""Makes the pictures of a unit's page in docs/huong-dan.md anew: `python deploy/unit_pictures.py var/demo`.

A unit of the demo writes its next report in Chromium, with figures from the demo, on a day of that season. The home is
copied first, so nothing in it changes.
"""
# ruff: noqa: INP001  # a script beside the other deployment files, not a package

import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import uvicorn
from playwright.sync_api import Page, sync_playwright

from dondoc.demo.figures import answers_for
from dondoc.web import create_app
from models.ids import CycleKey
from models.page_fields import figure_field, narrative_field
from models.text import number
from tasks.adapters import clock
from tasks.adapters.home import Home, open_home
from tasks.adapters.settings import Settings
from tasks.steps.collecting.forms import form_for
from tasks.steps.collecting.page_links import token_of
from tasks.steps.opening import ensure_open

IMAGES: Final = Path(__file__).resolve().parent.parent / "docs" / "images"
CYCLE: Final = CycleKey("hue-588", "O2", "2021")
UNIT: Final = "huyen-nam-dong"
WRITTEN: Final = "2021-11-19T09:00"
PHONE: Final = {"width": 360, "height": 900}
DESK: Final = {"width": 940, "height": 720}


def main() -> None:
    if len(sys.argv) != 2 or not (Path(sys.argv[1]) / "dondoc.sqlite3").is_file():
        sys.exit("usage: python deploy/unit_pictures.py HOME, where HOME was made by `dondoc demo`")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(shutil.copytree(sys.argv[1], Path(name) / "home"))
        home = open_home(Settings(home=folder, database_url=""))
        moment = clock.read_moment(WRITTEN)
        ensure_open(home, CYCLE, moment)
        clock.now = lambda: moment
        with served(home) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox"]
            )
            page = browser.new_page(viewport=PHONE, locale="vi-VN")  # type: ignore[arg-type]
            take(page, f"{base}/k/{token_of(home, CYCLE, UNIT, 0)}", home)
            browser.close()


def take(page: Page, link: str, home: Home) -> None:
    page.goto(link)
    for name, text in typed(home).items():
        field = page.locator(f'[name="{name}"]')
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)
    page.locator(f'[name="{figure_field("H588.12")}"]').fill("1,234")
    press(page, "Kiểm tra và gửi")
    page.locator(f'[name="{figure_field("H588.11")}"]').scroll_into_view_if_needed()
    page.screenshot(path=IMAGES / "trang-don-vi.png")
    page.locator(f'[name="{figure_field("H588.12")}"]').fill("410")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    press(page, "Kiểm tra và gửi")
    for reason in page.locator('textarea[name^="r:"]').all():
        reason.fill("Đã rà soát, bổ sung đối tượng mới phát sinh.")
    press(page, "Kiểm tra và gửi")
    page.screenshot(path=IMAGES / "xac-nhan.png")
    page.get_by_label("Họ và tên").fill("Nguyễn Văn A")
    page.get_by_label("Chức vụ").fill("Phó Chánh Văn phòng")
    page.get_by_label("Nội dung trên đúng và đầy đủ").check()
    press(page, "Gửi báo cáo")
    page.screenshot(path=IMAGES / "bien-nhan.png")


def press(page: Page, name: str) -> None:
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name).last.click()


def typed(home: Home) -> dict[str, str]:
    spec = form_for(home, CYCLE, UNIT, clock.now())
    answers = answers_for(spec, 2)
    figures: dict[str, Any] = dict(answers.figures)
    fields = {figure_field(code): shown(value) for code, value in figures.items()}
    return fields | {narrative_field(code): text for code, text in answers.narratives.items()}


def shown(value: Any) -> str:
    return value if isinstance(value, str) else number(Decimal(str(value))).replace(".", "")


@contextmanager
def served(home: Home) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = uvicorn.Server(
        uvicorn.Config(create_app(home.settings), host="127.0.0.1", port=port, log_level="error")
    )
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


if __name__ == "__main__":
    main()
