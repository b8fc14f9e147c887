"""A unit's page in a real browser: phone and desk, with and without scripts, by keyboard alone."""

import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page

from dondoc.serve.environment import free_port
from dondoc.web import create_app
from tasks.adapters.home import Home
from tasks.steps.collecting.page_links import token_of
from tests.browser.test_browser_pages import CONTRAST, SIZES
from tests.ledger.office import KEY, filled
from tests.portal.unit_office import GOOD, PDF, UNIT, WARNED, WHO, unit_home


@pytest.fixture
def home(tmp_path, monkeypatch) -> Iterator[Home]:
    home = unit_home(tmp_path, monkeypatch)
    yield home
    home.ledger.close()


@pytest.fixture
def link(home) -> Iterator[str]:
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
    yield f"http://127.0.0.1:{port}/k/{token_of(home, KEY, UNIT, 0)}"
    server.should_exit = True
    thread.join(10)


def window(browser: Browser, size: str, *, scripts: bool) -> Page:
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="vi-VN", java_script_enabled=scripts
    )
    return context.new_page()


@pytest.fixture
def phone(browser) -> Iterator[Page]:
    """An old phone that runs no scripts."""
    page = window(browser, "phone", scripts=False)
    yield page
    page.context.close()


@pytest.fixture
def desk(browser) -> Iterator[Page]:
    page = window(browser, "desk", scripts=True)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    page.context.close()
    # A breach of the Content-Security-Policy is told here too; a refusal, which the script awaits, is no fault.
    assert [each for each in said if "status of 409" not in each] == []


def fill(page: Page, fields: dict[str, str]) -> None:
    for name, text in fields.items():
        field = page.locator(f'[name="{name}"]')
        if field.evaluate("node => node.tagName") == "SELECT":
            field.select_option(text)
        else:
            field.fill(text)


def press(page: Page, name: str) -> None:
    with page.expect_navigation(wait_until="load"):
        page.get_by_role("button", name=name, exact=True).last.click()


def test_a_report_is_sent_from_a_phone_without_scripts(phone, link):
    phone.goto(link)
    fill(phone, GOOD)
    press(phone, "Kiểm tra và gửi")
    assert phone.get_by_role("heading", level=1).inner_text() == "Xem lại trước khi gửi"
    phone.get_by_label("Họ và tên").fill(WHO["ho-ten"])
    phone.get_by_label("Chức vụ").fill(WHO["chuc-vu"])
    phone.get_by_label("Nội dung trên đúng và đầy đủ").check()
    press(phone, "Gửi báo cáo")
    assert phone.get_by_role("heading", level=1).inner_text() == "Giấy biên nhận"
    assert phone.get_by_text(f"{KEY}/{UNIT}/1").is_visible()


def test_a_report_is_sent_by_keyboard_alone(desk, link):
    desk.goto(link)

    def tab_to(selector: str) -> None:
        for _ in range(80):
            desk.keyboard.press("Tab")
            if desk.evaluate("s => document.activeElement.matches(s)", selector):
                assert desk.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
                return
        raise AssertionError(f"no way to {selector}")

    for name, text in GOOD.items():
        tab_to(f'[name="{name}"]')
        if desk.evaluate("document.activeElement.tagName") == "SELECT":
            desk.keyboard.press("ArrowDown")
        else:
            desk.keyboard.type(text)
    tab_to('.bar [value="gui"]')
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/kiem-tra")
    tab_to("#ho-ten")
    desk.keyboard.type(WHO["ho-ten"])
    tab_to("#chuc-vu")
    desk.keyboard.type(WHO["chuc-vu"])
    tab_to("#dong-y")
    desk.keyboard.press("Space")
    tab_to(".bar button")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**/da-nhan/1")


def test_the_key_enter_in_a_field_saves_and_does_not_send(desk, link):
    desk.goto(link)
    desk.locator('[name="s:A.1"]').fill("5")
    desk.keyboard.press("Enter")
    desk.wait_for_url("**da=luu**")
    assert desk.get_by_text("Báo cáo chưa được gửi").is_visible()


def test_from_the_summary_a_person_gets_to_the_field(desk, link):
    desk.goto(link)
    fill(desk, {**GOOD, "s:A.4": "1.5"})
    press(desk, "Kiểm tra và gửi")
    desk.get_by_role("region", name="Chưa gửi được").get_by_role("link").first.click()
    field = desk.locator('[name="s:A.4"]')
    assert desk.url.endswith("#" + (field.get_attribute("id") or ""))
    beside = desk.locator("#" + (field.get_attribute("aria-describedby") or "").split()[-1])
    assert "có thể hiểu là" in beside.inner_text()
    box, bar = field.bounding_box(), desk.locator(".bar").bounding_box()
    assert box
    assert bar
    assert box["y"] + box["height"] <= bar["y"], "the bar does not hide it"


def test_the_script_computes_while_it_is_typed_and_saves_by_itself_when_the_window_is_left(desk, link, home):
    desk.goto(link)
    fill(desk, {"s:A.1": "1.400", "s:A.2": "700"})
    assert desk.locator("output").first.inner_text() == "50%"
    with desk.expect_response(lambda answer: answer.request.method == "POST") as saved:
        desk.evaluate("window.dispatchEvent(new Event('pagehide'))")
    assert saved.value.json()["ban"] == 1
    desk.wait_for_function("document.getElementById('tu-luu').textContent.startsWith('Tự lưu lúc')")
    fill(desk, {"s:A.2": "350"})
    press(desk, "Lưu nháp")
    desk.wait_for_url("**da=luu**")  # with the version the script was told
    assert desk.locator("output").first.inner_text() == "25%"


def test_the_script_stops_where_another_window_saved_first(desk, link, browser):
    desk.goto(link)
    other = window(browser, "phone", scripts=False)
    other.goto(link)
    fill(other, {"s:A.1": "100"})
    press(other, "Lưu nháp")
    fill(desk, {"s:A.1": "200"})
    with desk.expect_response(lambda answer: answer.status == 409):
        desk.evaluate("window.dispatchEvent(new Event('pagehide'))")
    desk.wait_for_function("document.getElementById('tu-luu').textContent.includes('cửa sổ khác')")
    other.reload()
    assert other.locator('[name="s:A.1"]').input_value() == "100"
    other.context.close()


def test_a_scan_and_a_workbook_are_uploaded_from_the_page(phone, link, home):
    phone.goto(link)
    phone.get_by_label("Chọn tệp").set_input_files(
        {"name": "bản quét.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(phone, "Đính kèm")
    assert phone.get_by_role("link", name="bản quét.pdf").is_visible()
    phone.get_by_text("Nộp bằng tệp Excel thay cho nhập trên trang").click()
    data = filled(home, UNIT, "2019-11-20T09:00")
    phone.get_by_label("Tệp Excel đã điền").set_input_files(
        {"name": "bieu.xlsx", "mimeType": "application/octet-stream", "buffer": data}
    )
    phone.get_by_label("Họ và tên người gửi").fill(WHO["ho-ten"])
    phone.get_by_label("Chức vụ").fill(WHO["chuc-vu"])
    press(phone, "Gửi tệp Excel")
    assert phone.get_by_role("heading", level=1).inner_text() == "Giấy biên nhận"


NAMELESS = """nodes => nodes.filter(n => n.type !== 'hidden' && !n.labels?.length && !n.ariaLabel).map(n => n.outerHTML)"""
LOST = """() => [...document.querySelectorAll('[aria-describedby]')].flatMap(n =>
  n.getAttribute('aria-describedby').split(' ')).filter(id => !document.getElementById(id))"""
TWICE = """() => { const ids = [...document.querySelectorAll('[id]')].map(n => n.id);
  return ids.filter((id, at) => ids.indexOf(id) !== at); }"""
OUTSIDE = "nodes => nodes.filter(n => n.getBoundingClientRect().right > innerWidth + 1).map(n => n.outerHTML)"


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_page_of_a_unit_is_whole_for_eyes_and_ears(browser, link, width):
    page = browser.new_context(viewport={"width": width, "height": 740}, locale="vi-VN").new_page()

    def look() -> None:
        assert page.locator("main *:not(.unseen, thead, thead *)").evaluate_all(OUTSIDE) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(CONTRAST) == []
        assert page.locator("input, select, textarea").evaluate_all(NAMELESS) == []
        assert page.evaluate(LOST) == []
        assert page.evaluate(TWICE) == []
        assert page.locator("h1").count() == 1
        assert page.locator("html").get_attribute("lang") == "vi"
        assert page.title().endswith(" – dondoc")

    page.goto(link)
    look()
    press(page, "Kiểm tra và gửi")
    look()
    long = "Rất_dài_không_dấu_cách_" * 30
    table = {"b:A.7:1:ten": long, "b:A.7:1:so-tre": "hai"}
    fill(page, {**WARNED, **table, "l:nhiem-vu": long, "s:A.1": "1,234"})
    press(page, "Kiểm tra và gửi")
    look()
    fill(page, {**WARNED, "b:A.7:1:so-tre": "2"})
    press(page, "Kiểm tra và gửi")
    page.get_by_label("Lý do, nếu số liệu đúng").fill(long)
    press(page, "Kiểm tra và gửi")
    look()
    press(page, "Gửi báo cáo")
    look()
    page.get_by_label("Họ và tên").fill(WHO["ho-ten"])
    page.get_by_label("Chức vụ").fill(WHO["chuc-vu"])
    page.get_by_label("Nội dung trên đúng và đầy đủ").check()
    press(page, "Gửi báo cáo")
    look()
    page.goto(link)
    look()
    page.goto(link[:-1] + "1")
    look()
    page.context.close()
