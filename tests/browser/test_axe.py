"""No rule of axe-core is broken on any page, of the board or of a unit, on a phone or on a desk."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error

from tasks.steps.collecting.page_links import revoke
from tests.browser.axe import violations
from tests.browser.test_browser_pages import PAGES, SIZES
from tests.browser.test_browser_unit import fill, home, link, press, window
from tests.ledger.office import KEY, at, filled
from tests.portal.unit_office import GOOD, PDF, UNIT, WARNED, WHO

__all__ = ["home", "link"]
_PROBLEMS = {"no such page": "/khong-co", "no such day": "/?ngay=x", "no such cycle": "/ky/hue-588/O2/1999"}


@pytest.fixture(params=SIZES, scope="module")
def tab(request, browser):
    page = window(browser, request.param, scripts=True)
    yield page
    page.context.close()


@pytest.mark.parametrize("address", (PAGES | _PROBLEMS).values(), ids=PAGES | _PROBLEMS)
def test_the_boards_pages_break_no_rule(tab, portal, address):
    tab.goto(portal + address)
    assert violations(tab) == []


def test_axe_finds_what_is_wrong(tab, portal):
    tab.goto(portal)
    tab.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=/x><input>')")
    found = " ".join(violations(tab))
    assert "image-alt" in found
    assert "label" in found


def upload(page, name, data):
    with suppress(Error):  # it is open already
        page.get_by_text("Nộp bằng tệp Excel thay cho nhập trên trang").click(timeout=2000)
    page.get_by_label("Tệp Excel đã điền").set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )
    page.get_by_label("Họ và tên người gửi").fill(WHO["ho-ten"])
    page.get_by_label("Chức vụ").fill(WHO["chuc-vu"])
    press(page, "Gửi tệp Excel")


def test_no_page_of_a_unit_breaks_a_rule(tab, link, home, browser):
    def look(heading):
        assert heading in tab.locator("h1").inner_text()
        assert violations(tab) == []

    tab.goto(link)
    look("")
    press(tab, "Kiểm tra và gửi")  # what is blank, said
    look("")
    fill(tab, {**WARNED, "s:A.1": "1,234", "b:A.7:1:ten": "Nhóm", "b:A.7:1:so-tre": "hai"})
    press(tab, "Kiểm tra và gửi")  # errors and a warning beside their fields
    look("")
    upload(tab, "sai.xlsx", filled(home, UNIT, "2019-11-20T09:00", A_1="1,234", A_2=None))
    look("")
    tab.get_by_label("Chọn tệp").set_input_files(
        {"name": "quet.gif", "mimeType": "image/gif", "buffer": b"GIF89a"}
    )
    press(tab, "Đính kèm")
    look("")
    tab.get_by_label("Chọn tệp").set_input_files(
        {"name": "quet.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    press(tab, "Đính kèm")
    look("")

    other = window(browser, "phone", scripts=False)
    other.goto(link)
    fill(other, {"s:A.2": "7"})
    press(other, "Lưu nháp")
    other.context.close()
    fill(tab, {"s:A.2": "8"})
    press(tab, "Lưu nháp")
    look("Chọn nội dung cần giữ")
    tab.goto(link)
    fill(tab, {**GOOD, "b:A.7:1:so-tre": "2"})
    press(tab, "Kiểm tra và gửi")
    look("Xem lại trước khi gửi")
    press(tab, "Gửi báo cáo")  # nobody has said who
    look("Xem lại trước khi gửi")
    tab.get_by_label("Họ và tên").fill(WHO["ho-ten"])
    tab.get_by_label("Chức vụ").fill(WHO["chuc-vu"])
    tab.get_by_label("Nội dung trên đúng và đầy đủ").check()
    press(tab, "Gửi báo cáo")
    look("Giấy biên nhận")
    tab.goto(link)
    look("")


def test_no_page_that_says_what_went_wrong_breaks_a_rule(tab, link, home):
    tab.goto(link[:-1] + "1")
    assert violations(tab) == []
    tab.goto(f"{link}/khong-co")
    assert violations(tab) == []
    tab.goto(link)
    tab.evaluate("document.querySelectorAll('[name=dau]').forEach(mark => { mark.value = 'x'; })")
    press(tab, "Lưu nháp")
    assert "Chưa lưu được" in tab.locator("h1").inner_text()
    assert violations(tab) == []
    tab.goto(link)
    tab.evaluate("document.querySelector('textarea').value = 'x'.repeat(1100000)")
    press(tab, "Lưu nháp")
    assert "Chưa thực hiện được" in tab.locator("h1").inner_text()
    assert violations(tab) == []
    revoke(home, KEY, UNIT, "thử", as_of=at("2019-11-20T09:00"), actor="test")
    tab.goto(link)
    assert "không còn dùng được" in tab.locator("h1").inner_text()
    assert violations(tab) == []
