"""What the pages say when the units a plan names are no longer there."""

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from dondoc.web import create_app
from tasks.adapters.home import open_home
from tasks.steps import acts
from tasks.steps.opening import open_due
from tests.portal.seeded import at, settings_of

CYCLE = "hue-588/O2/2025"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    home = open_home(settings_of(tmp_path_factory.mktemp("changes") / "home"))
    (key,) = open_due(home, at("2025-10-20T08:00"))
    assert str(key) == CYCLE
    for gone in ("huyen-nam-dong", "huyen-phu-loc", "huyen-phong-dien"):
        acts.exempt(home, key, gone, "Không còn xã thuộc diện", as_of=at("2025-10-21T08:00"), actor="test")
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as client:
        yield client


def test_a_unit_that_has_ended_is_a_task_on_the_first_screen_until_it_is_settled(page):
    shown = page.get("/?ngay=2025-10-22").text
    assert "Đơn vị đã thay đổi – cần xác định đơn vị gửi thay" in shown
    assert "UBND huyện A Lưới" in shown
    assert "Hoạt động đến hết 30/06/2025" in shown
    assert "UBND huyện Nam Đông" not in shown


def test_the_cycle_names_it_with_the_day_it_ended_and_the_office_that_took_over(page):
    shown = page.get(f"/ky/{CYCLE}?ngay=2025-10-22").text
    assert "UBND thị xã Hương Trà, hoạt động đến hết 30/06/2025" in shown
    assert "<dd>Sở Y tế</dd>" in shown
    assert "<dd>UBND thành phố Huế</dd>" in shown
    assert "được miễn" in shown


def test_where_every_unit_is_still_there_no_task_is_shown(page):
    assert "cần xác định đơn vị gửi thay" not in page.get("/ky/hue-588/O2/2024?ngay=2024-10-22").text
