"""The first screen says that mail waits for a word."""

from fastapi.testclient import TestClient

from dondoc.web import create_app
from flows.sweep import sweep_plainly
from tasks.adapters.home import in_use
from tasks.steps import quiet
from tests.portal.seeded import at, seed


def test_the_board_says_how_many_mails_wait_and_why_until_the_word_is_given(tmp_path):
    home = seed(tmp_path / "home")
    with TestClient(create_app(home.settings), base_url="http://127.0.0.1") as client, in_use(home):
        assert "chờ cho phép gửi" not in client.get("/").text
        held = sweep_plainly(at("2019-12-30T08:00"), named=False).held
        assert held > 5
        page = client.get("/").text
        assert f"{held} thư đang chờ cho phép gửi" in page
        assert "ngừng rà soát quá lâu" in page
        quiet.allow(home, as_of=at("2019-12-30T09:00"), actor="quản trị")
        assert "chờ cho phép gửi" not in client.get("/").text
