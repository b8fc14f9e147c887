"""What a browser and a stranger meet: headers, wrong addresses, other methods."""

import pytest
from fastapi.testclient import TestClient

from dondoc.web import create_app
from dondoc.web.headers import POLICY
from tests.portal.seeded import settings_of

EVERY_PAGE = [
    "/",
    "/ky/hue-588/O2/2019",
    "/lich/2019",
    "/thu",
    "/thu/1",
    "/thu-den",
    "/suc-khoe",
    "/dondoc.css",
    "/dondoc.svg",
    "/nowhere",
]


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_every_answer_carries_the_strict_headers_and_no_cookie(page, address):
    headers = page.get(address).headers
    assert headers["content-security-policy"] == POLICY
    assert POLICY.startswith("default-src 'none'; style-src 'self';")
    assert "unsafe" not in POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert "set-cookie" not in headers


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/ky/hue-588/O2/1999",
        "/ky/hue-588/O9/2019",
        "/ky/nobody/O1/2019",
        "/ky/HUE 588/O1/2019",
        "/ky/" + "a" * 200 + "/O1/2019",
        "/lich/abcd",
        "/lich/0000",
        "/lich/9999",
        "/lich/²⁰¹⁹",
        "/van-ban/999",
        "/van-ban/-1",
        "/van-ban/" + "9" * 40,
        "/van-ban/..%2f..%2fsecret.key",
        "/van-ban/%2e%2e%2fsecret.key",
        "/dondoc.css/../secret.key",
        "/../secret.key",
        "/docs",
        "/openapi.json",
    ],
)
def test_a_wrong_address_gets_a_vietnamese_page_and_nothing_else(page, address):
    answer = page.get(address)
    assert answer.status_code == 404
    assert "Không tìm thấy trang" in answer.text
    assert 'lang="vi"' in answer.text


@pytest.mark.parametrize("day", ["abc", "2019-13-01", "29/13/2019", "2019-02-30"])
def test_a_wrong_day_says_what_is_expected(page, day):
    answer = page.get("/", params={"ngay": day})
    assert answer.status_code == 400
    assert "ví dụ 2019-11-29" in answer.text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_the_page_is_only_for_looking(page, method):
    answer = page.request(method, "/")
    assert answer.status_code == 405
    assert "chỉ để xem" in answer.text


def test_a_foreign_host_name_is_not_answered(page):
    assert page.get("/", headers={"host": "localhost:8080"}).status_code == 200
    assert page.get("/", headers={"host": "evil.example"}).status_code == 400


def test_health_tells_how_far_the_world_was_swept(page):
    told = page.get("/suc-khoe?ngay=2019-12-10T17:30").json()
    assert told == {
        "ok": True,
        "database": True,
        "swept_until": "2019-12-10T17:00:00+07:00",
        "minutes_since_sweep": 30,
    }


def test_a_new_home_shows_its_plans_and_that_nothing_was_swept_yet(tmp_path):
    client = TestClient(create_app(settings_of(tmp_path / "new")), base_url="http://localhost")
    first = client.get("/").text
    assert "Hệ thống chưa rà soát lần nào" in first
    assert first.count("Chưa có kỳ nào được mở") == 5
    assert client.get("/suc-khoe").json()["swept_until"] is None


def test_what_went_wrong_inside_is_not_told_to_the_reader(home, monkeypatch):
    def fail(*_args: object) -> None:
        raise RuntimeError("the secret is 42")

    monkeypatch.setattr("dondoc.web.board_pages.board", fail)
    client = TestClient(create_app(home.settings), base_url="http://localhost", raise_server_exceptions=False)
    answer = client.get("/")
    assert answer.status_code == 500
    assert "42" not in answer.text
    assert "báo người quản trị" in answer.text
