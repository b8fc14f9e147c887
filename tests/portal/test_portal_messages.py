"""The page Thư: every message with its state in words, filters, pages, and what to do about each."""

import re
from datetime import date
from html import unescape

import pytest
from fastapi.testclient import TestClient

from dondoc.web import create_app
from models.message_words import STATES as WORDS
from tasks.adapters.ledger import outbox
from tests.portal.lettered import STATES, write_letters
from tests.portal.seeded import YEARLY, at, seed
from tests.portal.test_portal_board import row_of, text_of

DAY = "2019-11-30"
CYCLE = f"/ky/{YEARLY}"


@pytest.fixture(scope="module")
def numbers_and_page(tmp_path_factory):
    home = seed(tmp_path_factory.mktemp("letters") / "home")
    numbers = write_letters(home)
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as client:
        yield numbers, client
    home.ledger.close()


@pytest.fixture(scope="module")
def page(numbers_and_page):
    return numbers_and_page[1]


@pytest.fixture(scope="module")
def numbers(numbers_and_page):
    return numbers_and_page[0]


def listed(page, **asked):
    """The addresses of the rows that are shown."""
    html = page.get("/thu", params={"ngay": DAY, "kind": "reminder", **asked}).text
    return re.findall(r"([a-z-]+)@<wbr>mau", re.sub(r"<details>.*?</details>", "", html))


def test_a_row_says_who_what_which_cycle_which_step_and_in_which_state(page):
    row = row_of(
        page.get("/thu", params={"ngay": DAY, "state": "queued", "kind": "reminder"}).text, "Phú Lộc"
    )
    assert "UBND huyện Phú Lộc huyen-phu-loc@mau.example" in row
    assert "nhắc, trước hạn 07 ngày làm việc" in row
    assert "Báo cáo kết quả thực hiện hằng năm, năm 2019" in row
    assert "chờ gửi không kết nối được máy chủ thư mail.example:25: refused" in row
    assert "quyết định 08:00 20/11/2019 gửi lại từ 08:10 20/11/2019 2" in row
    assert "<huyen-phu-loc@mau.example>" in row


@pytest.mark.parametrize(("unit", "state"), [(unit, state) for unit, (state, _) in STATES.items()])
def test_each_state_stands_there_in_words_and_asks_what_its_words_ask(page, numbers, unit, state):
    told = text_of(page.get(f"/thu/{numbers[unit]}").text)
    assert f"{WORDS[state].mark} {WORDS[state].label}" in told
    assert WORDS[state].meaning in told
    if state != "skipped":
        assert WORDS[state].todo in told


def test_a_unit_without_address_asks_for_one(page, numbers):
    told = text_of(page.get(f"/thu/{numbers['so-y-te-thua-thien-hue']}").text)
    assert "Gửi đến chưa có địa chỉ thư" in told
    assert "báo người quản trị bổ sung" in told
    assert "(no address)" not in told.partition("Mã trong sổ")[0]


def test_what_must_be_settled_comes_with_the_commands_for_it_and_nothing_else_does(page, numbers):
    def commands(unit):
        return re.findall(r"<code>(dondoc .*?)</code>", page.get(f"/thu/{numbers[unit]}").text)

    key = f"{YEARLY}|huyen-phong-dien|reminder|T-7|huyen-phong-dien@mau.example"
    assert [unescape(each) for each in commands("huyen-phong-dien")] == [
        f'dondoc outbox resolve "{key}" --as sent',
        f'dondoc outbox resolve "{key}" --as failed',
        f'dondoc outbox retry "{key}"',
    ]
    assert commands("so-tai-chinh-thua-thien-hue") == []


def test_the_story_of_a_bounced_message_is_told_in_order(page, numbers):
    story = text_of(page.get(f"/thu/{numbers['huyen-nam-dong']}").text).partition("Diễn biến")[2]
    assert story.startswith(
        " 08 giờ 00 phút, ngày 20/11/2019: quyết định gửi"
        " 08 giờ 01 phút, ngày 20/11/2019: máy chủ thư đã nhận"
        " 09 giờ 00 phút, ngày 21/11/2019: bị từ chối (hộp thư)"
        " 09 giờ 00 phút, ngày 21/11/2019: thư bị trả lại (5.1.1)"
    )


def test_a_story_ends_at_the_day_that_is_looked_at(page, numbers):
    told = page.get(f"/thu/{numbers['huyen-nam-dong']}?ngay=2019-11-20T12:00").text
    assert "ngày 20/11/2019: máy chủ thư đã nhận" in told
    assert "21/11/2019" not in told
    assert "Trạng thái là trạng thái hiện nay" in told


def test_what_a_server_said_is_shown_as_text_never_as_markup(page, numbers):
    html = page.get(f"/thu/{numbers['huyen-a-luoi']}").text
    assert "máy chủ thư trả lời: “550 &lt;b&gt;no such user&lt;/b&gt;”" in html


@pytest.mark.parametrize(
    ("asked", "units"),
    [
        ({"state": "failed"}, {"huyen-nam-dong", "huyen-a-luoi"}),
        ({"unit": "huyen-phu-loc"}, {"huyen-phu-loc"}),
        ({"unit": "a lưới"}, {"huyen-a-luoi"}),
        ({"unit": "nobody"}, set()),
        ({"to": "TAI-CHINH"}, {"so-tai-chinh-thua-thien-hue"}),
        ({"to": "%"}, set()),
        ({"kind": "overdue"}, set()),
        ({"plan": "hong-ngu-2020"}, set()),
        ({"plan": "hue-588", "cycle": str(YEARLY), "state": "unknown"}, {"huyen-phong-dien"}),
    ],
)
def test_a_filter_shows_those_and_no_other(page, asked, units):
    assert set(listed(page, **asked)) == units


def test_every_message_is_counted_by_state_whatever_state_is_shown(page):
    def counts(**asked):
        html = page.get("/thu", params={"ngay": DAY, "kind": "reminder", **asked}).text
        return text_of(html.partition('aria-label="Theo trạng thái"')[2].partition("</nav>")[0])

    expected = "… chờ gửi 1 → đang gửi 1 ✓ máy chủ thư đã nhận 1 – bỏ qua 1 ↩ rút lại 1 ✕ bị từ chối 2 ? chưa rõ đã đến hay chưa 1"
    assert expected in counts()
    assert expected in counts(state="failed")
    assert "bị từ chối 0" in counts(unit="huyen-phu-loc")


def test_what_was_decided_later_is_not_there_on_an_earlier_day(page, numbers):
    assert len(listed(page)) == 7
    assert listed(page, ngay="2019-11-19") == []
    assert page.get(f"/thu/{numbers['huyen-nam-dong']}?ngay=2019-11-19").status_code == 404
    assert "Trạng thái của từng thư là trạng thái hiện nay" in page.get("/thu?ngay=2019-11-19").text
    assert "Trạng thái của từng thư là trạng thái hiện nay" not in page.get("/thu").text


def test_links_keep_the_filters_and_the_day(page):
    html = unescape(page.get("/thu", params={"ngay": DAY, "unit": "huyen-phu-loc"}).text)
    assert f'href="/thu?state=failed&unit=huyen-phu-loc&ngay={DAY}"' in html
    assert '<option value="reminder">nhắc</option>' in html


@pytest.mark.parametrize("asked", ["state=lost", "kind=lost", "page=0", "page=x", "page=²"])
def test_a_wrong_filter_is_said_to_be_wrong(page, asked):
    answer = page.get(f"/thu?{asked}")
    assert answer.status_code == 400
    assert "Đề nghị chọn trong danh sách" in answer.text or "Số trang không đúng" in answer.text


@pytest.mark.parametrize("number", ["0", "abc", "-1", "²", "9" * 9, "9" * 40])
def test_a_message_that_is_not_there_is_not_found(page, number):
    assert page.get(f"/thu/{number}").status_code == 404


def test_the_first_screen_counts_what_must_be_settled_and_leads_there(page):
    html = page.get(f"/?ngay={DAY}").text
    section = html.partition('id="thu-can-xu-ly"')[2].partition("</section>")[0]
    assert f'href="/thu?state=failed&amp;ngay={DAY}">2 thư</a>' in section
    assert f'href="/thu?state=unknown&amp;ngay={DAY}">1 thư</a>' in section
    assert WORDS["failed"].todo in section
    assert "Thư cần xử lý" not in page.get("/?ngay=2019-11-19").text


def test_the_cycle_names_the_last_message_to_each_unit_with_its_state(page):
    html = page.get(f"{CYCLE}?ngay=2019-11-20T12:00").text
    assert "nhắc 20/11/2019 (T-7) : ? chưa rõ đã đến hay chưa" in row_of(html, "Phong Điền")
    assert f'href="/thu?cycle={YEARLY}&amp;unit=huyen-phong-dien&amp;ngay=2019-11-20T12%3A00"' in html
    assert "trạng thái của thư là trạng thái hiện nay" in html
    assert "nhắc 20/11/2019" not in page.get(f"{CYCLE}?ngay=2019-11-19").text


def test_a_long_list_is_cut_into_pages_that_say_how_many_there_are(tmp_path):
    home = seed(tmp_path / "home")
    with home.ledger.write() as session:
        for i in range(120):
            outbox.queue(
                session, cycle=str(YEARLY), unit="huyen-phu-loc", kind="overdue", step="T+1",
                recipient=f"a{i:03}@mau.example", planned_on=date(2019, 12, 2), at=at("2019-12-02"),
            )  # fmt: skip
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as page:
        seen = []
        for number in (1, 2, 3):
            html = page.get("/thu", params={"kind": "overdue", "page": number}).text
            assert "120 thư" in text_of(html)
            assert f"trang {number}/3" in text_of(html)
            seen += re.findall(r"(a\d{3})@<wbr>mau", html)
        assert seen == [f"a{i:03}" for i in reversed(range(120))]
        assert 'rel="next"' not in html
        assert 'href="/thu?kind=overdue&amp;page=2" rel="prev"' in html
        assert "trang 3/3" in page.get("/thu?kind=overdue&page=99").text
    home.ledger.close()
