"""Text widths, and what is decided from them."""

import pytest

from tasks.adapters.documents.blocks import column_widths
from tasks.adapters.documents.metrics import balanced_lines, balanced_room, line_count, text_width

SO = "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI"


def test_an_accent_adds_no_width():
    assert text_width("Ấ", 12) == text_width("A", 12)
    assert text_width("Đ", 12, bold=True) == text_width("D", 12, bold=True)


def test_width_grows_with_size_and_weight():
    assert text_width("Báo cáo", 14) == pytest.approx(2 * text_width("Báo cáo", 7), abs=1)
    assert text_width("Báo cáo", 14, bold=True) > text_width("Báo cáo", 14)


def test_a_long_agency_breaks_after_its_dash():
    assert balanced_lines(SO, 3742, 12, bold=True) == ("SỞ LAO ĐỘNG -", "THƯƠNG BINH VÀ XÃ HỘI")


def test_a_short_agency_stays_on_one_line():
    assert balanced_lines("SỞ Y TẾ", 3742, 12, bold=True) == ("SỞ Y TẾ",)


def test_a_break_given_by_hand_wins():
    assert balanced_lines("ỦY BAN NHÂN DÂN\nXÃ A", 9999, 12) == ("ỦY BAN NHÂN DÂN", "XÃ A")


def test_a_name_no_two_lines_can_hold_is_left_to_the_word_processor():
    assert balanced_lines(SO, 500, 12) == (SO,)


def test_a_balanced_room_needs_no_more_lines_and_is_narrower():
    text = "Kết quả thực hiện Kế hoạch bảo vệ, chăm sóc trẻ em có hoàn cảnh đặc biệt khó khăn năm 2019"
    room = balanced_room(text, 8000, 14, bold=True)
    assert room < 8000
    assert line_count(text, room, 14, bold=True) == line_count(text, 8000, 14, bold=True) == 2


@pytest.mark.parametrize("shares", [[1], [1, 1, 1], [0.7, 5, 1.4, 2.1, 1.4], [0.1] * 13])
def test_columns_add_up_to_the_room(shares):
    widths = column_widths(shares, 9354)
    assert sum(widths) == 9354
    assert min(widths) > 0
