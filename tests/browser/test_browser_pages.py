"""The pages in a real browser, on a phone and on a desk."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

PAGES = {
    "board": "/",
    "board of a day": "/?ngay=2019-12-10",
    "cycle": "/ky/hue-588/O2/2019",
    "undated cycle": "/ky/hue-588/O4/2019",
    "calendar": "/lich/2019",
    "empty calendar": "/lich/2026",
    "mail": "/thu",
    "mail that failed": "/thu?state=failed",
    "no mail": "/thu?unit=nobody",
    "one mail": "/thu/1",
    "mail that came": "/thu-den",
}
SIZES = {"phone": (360, 740), "desk": (1280, 800)}

CONTRAST = """() => {
  const canvas = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const rgb = colour => {
    canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data];
  };
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map(c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4);
    return .2126 * x + .7152 * y + .0722 * z;
  };
  const behind = node => {
    for (; node; node = node.parentElement) {
      const colour = rgb(getComputedStyle(node).backgroundColor);
      if (colour[3] === 255) return colour;
    }
    return [255, 255, 255];
  };
  const faint = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.textContent.trim(), node = walker.currentNode.parentElement;
    if (!text || !node.getClientRects().length) continue;
    const [a, b] = [light(rgb(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < 4.5) faint.push(`${text}: ${ratio.toFixed(2)}`);
  }
  return faint;
}"""


@pytest.fixture(params=SIZES, scope="module")
def tab(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    width, height = SIZES[request.param]
    context = browser.new_context(viewport={"width": width, "height": height}, locale="vi-VN")
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_loads_only_from_its_own_host_without_a_word_in_the_console(tab, portal, address):
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(str(error)))
    tab.goto(portal + address)
    assert said == []  # a breach of the Content-Security-Policy is told here too
    assert any(url.endswith("/dondoc.css") for url in asked)
    assert all(url.startswith(f"{portal}/") for url in asked)
    assert tab.context.cookies() == []


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_nothing_is_wider_than_the_window(tab, portal, address):
    tab.goto(portal + address)
    width = tab.viewport_size["width"]
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    outside = (
        "nodes => nodes.filter(n => n.getBoundingClientRect().right > innerWidth + 1).map(n => n.outerHTML)"
    )
    assert tab.locator("main *:not(.unseen, thead, thead *)").evaluate_all(outside) == []


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_a_page_says_what_it_is_to_those_who_listen(tab, portal, address):
    tab.goto(portal + address)
    assert tab.locator("html").get_attribute("lang") == "vi"
    assert tab.locator("h1").count() == 1
    assert tab.title().endswith(" – dondoc")
    assert tab.locator("main").count() == 1
    tables = tab.get_by_role("table")
    for i in range(tables.count()):
        table = tables.nth(i)
        assert table.locator("caption").inner_text().strip()
        assert table.locator("thead th:not([scope=col])").count() == 0
        assert table.locator("tbody th:not([scope=row])").count() == 0
        heads = table.locator("thead").get_by_role("columnheader").count()
        for row in table.locator("tbody tr").all():
            assert row.locator("th, td").count() == heads
    nameless = "nodes => nodes.filter(n => !n.labels.length).length"
    assert tab.locator("input, select").evaluate_all(nameless) == 0


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_every_word_stands_out_from_its_ground(tab, portal, address):
    tab.goto(portal + address)
    assert tab.evaluate(CONTRAST) == []


def test_the_first_tab_key_offers_to_skip_to_the_content(tab, portal):
    tab.goto(portal)
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.textContent") == "Đến nội dung chính"
    assert tab.locator(".skip").bounding_box()["x"] >= 0
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "noi-dung"


def test_where_the_keyboard_is_can_be_seen(tab, portal):
    tab.goto(portal)
    for _ in range(8):
        tab.keyboard.press("Tab")
        where = tab.evaluate("document.activeElement.outerHTML.slice(0, 80)")
        assert tab.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid", where


def test_a_person_gets_from_the_board_to_a_units_line_and_to_another_day(tab, portal):
    tab.goto(portal)
    tab.get_by_label("Xem tại ngày").fill("2019-12-10")
    tab.get_by_role("button", name="Xem").click()
    assert tab.url == f"{portal}/?ngay=2019-12-10"
    tab.get_by_role("link", name="Báo cáo kết quả thực hiện hằng năm, năm 2019").click()
    line = tab.get_by_role("row").filter(has_text="UBND thị xã Hương Trà")
    assert line.get_by_text("quá hạn, chưa gửi").is_visible()
    tab.get_by_role("link", name="Lịch năm").click()
    assert tab.url == f"{portal}/lich/2019?ngay=2019-12-10"


def test_a_report_downloads_under_a_name_that_says_whose_it_is(tab, portal):
    tab.goto(f"{portal}/ky/hue-588/O2/2019")
    with tab.expect_download() as coming:
        tab.get_by_role("link", name="Báo cáo, bản 1").click()
    assert coming.value.suggested_filename == "hue-588-O2-2019-bao-cao-v1.docx"


def test_a_person_gets_from_the_first_screen_to_what_to_do_about_a_mail(tab, portal):
    tab.goto(portal)
    tab.get_by_role("region", name="Thư cần xử lý").get_by_role("link", name="1 thư").click()
    assert tab.url == f"{portal}/thu?state=unknown"
    tab.get_by_role("link", name="UBND huyện Phong Điền").click()
    assert (
        tab.get_by_role("region", name="Việc cần làm")
        .get_by_text("Hỏi đơn vị đã nhận được chưa")
        .is_visible()
    )
    tab.get_by_role("link", name="các thư gửi đơn vị này").click()
    tab.get_by_label("Loại thư").select_option("receipt")
    tab.get_by_role("button", name="Lọc").click()
    assert tab.get_by_text("Không có thư nào phù hợp").is_visible()
