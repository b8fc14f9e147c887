"""Thư đến: what waits stands on the first screen and on a page of its own, with the reason and the command."""

from html import unescape

import pytest
from fastapi.testclient import TestClient

from dondoc.web import create_app
from tasks.steps.inbound.mail_decisions import accept_held
from tasks.steps.inbound.mail_waiting import waiting
from tests.portal.mailed import LONG, PAPER, receive_mails
from tests.portal.seeded import EVIL, YEARLY, at, seed

LATER = at("2019-12-10T17:00")


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    made = seed(tmp_path_factory.mktemp("inbound") / "home")
    receive_mails(made)
    return made


@pytest.fixture(scope="module")
def page(home):
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as client:
        yield client


def text(answer):
    return unescape(answer.text.replace("<wbr>", ""))


def test_the_first_screen_names_what_waits_with_sender_time_and_reason(page):
    board = text(page.get("/"))
    section = board.partition('id="thu-den"')[2].partition("</section>")[0]
    assert LONG in section
    assert "09 giờ 00 phút, ngày 06/12/2019" in section
    assert "UBND huyện Phong Điền" in section
    assert "người gửi không phải đầu mối của đơn vị ghi trong biểu" in section
    assert "thư không kèm biểu của hệ thống" in section
    assert "Khuyen mai" not in section


def test_what_a_stranger_writes_is_shown_as_text_and_never_as_a_page(page):
    for address in ("/", "/thu-den"):
        html = page.get(address).text
        assert EVIL not in html
        assert "&lt;script&gt;" in html


def test_the_page_gives_the_commands_that_settle_it(home, page):
    held, asked = waiting(home, LATER)
    html = text(page.get("/thu-den"))
    assert f'dondoc mailbox accept {held["id"]}.1 --reason "…"' in html
    for mail in (held, asked):
        assert f'dondoc mailbox dismiss {mail["id"]} --reason "…"' in html


def test_what_was_put_aside_stands_below_with_who_and_why(page):
    html = text(page.get("/thu-den"))
    before, _, after = html.partition('id="da-xu-ly"')
    assert "Khuyen mai" in after
    assert "Trần Thị B: thư quảng cáo" in after
    assert "Khuyen mai" not in before


def test_before_the_mail_was_read_nothing_waited(page):
    board = text(page.get("/?ngay=2019-12-06T08:30"))
    assert "Thư đến chờ xử lý" not in board
    assert "Không có thư nào chờ xử lý" in page.get("/thu-den?ngay=2019-12-06T08:30").text


def test_nothing_can_be_done_from_the_page(page):
    assert page.post("/thu-den").status_code == 405
    assert "<form" not in page.get("/thu-den").text


def test_a_report_entered_from_paper_is_shown_as_such_beside_its_unit_only(page):
    html = text(page.get(f"/ky/{YEARLY}"))
    assert html.count("nhập hộ từ văn bản giấy") == 1
    assert f"nhập hộ từ văn bản giấy s{PAPER[1:]}" in html


def test_as_of_a_day_before_the_paper_came_nothing_is_said_of_it(page):
    assert "nhập hộ" not in page.get(f"/ky/{YEARLY}?ngay=2019-11-25").text


def test_what_was_accepted_waits_no_longer(tmp_path):
    home = seed(tmp_path / "home")
    receive_mails(home)
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as client:
        held, _ = waiting(home, LATER)
        (outcome,) = accept_held(home, str(held["id"]), "đã gọi điện hỏi", as_of=LATER, actor="Trần Thị B")
        assert outcome.accepted
        html = text(client.get("/thu-den"))
        assert "đã tiếp nhận, phiên bản 1" in html
        assert "Trần Thị B: đã gọi điện hỏi" in html
        assert [mail["why"] for mail in waiting(home, LATER)] == ["no_form"]
