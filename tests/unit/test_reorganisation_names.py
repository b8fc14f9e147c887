"""Names and codes of the reorganisation file, as the script that makes it spells them."""

import importlib.util
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "deploy" / "reorganisation_names.py"
SPEC = importlib.util.spec_from_file_location("names", SCRIPT)
NAMES = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(NAMES)


@pytest.mark.parametrize(
    ("found", "official"),
    [
        ("Tỉnh Thanh Hoá", "Tỉnh Thanh Hóa"),
        ("Xã Đàm Thuỷ", "Xã Đàm Thủy"),
        ("Huyện Quỳ Hợp", "Huyện Quỳ Hợp"),
        ("Xã Hoàn Long", "Xã Hoàn Long"),
        ("Xã Khoái Châu", "Xã Khoái Châu"),
        ("Thị Trấn  Phú Hoà", "Thị trấn Phú Hòa"),
        ("Xã Pa ủ", "Xã Pa Ủ"),
        ("Thị trấn Nông trường Việt Trung", "Thị trấn Nông trường Việt Trung"),
    ],
)
def test_names_are_mended_only_where_they_are_wrong(found, official):
    assert NAMES.official_name(found) == official


def test_a_code_is_the_shortest_spelling_that_is_its_own():
    spelled = {
        "alone": ("xa-a", "xa-a-huyen-x"),
        "here": ("xa-b", "xa-b-huyen-x"),
        "there": ("xa-b", "xa-b-huyen-y"),
        "shipped": ("xa-c", "xa-c-huyen-x"),
        "twin": ("xa-d", "xa-d-huyen-x"),
        "other twin": ("xa-d", "xa-d-huyen-x"),
    }
    assert NAMES.codes(spelled, {"xa-c"}) == {
        "alone": "xa-a",
        "here": "xa-b-huyen-x",
        "there": "xa-b-huyen-y",
        "shipped": "xa-c-huyen-x",
        "twin": "xa-d-huyen-x",
        "other twin": "xa-d-huyen-x-2",
    }
