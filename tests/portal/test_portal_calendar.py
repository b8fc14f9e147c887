"""The calendar of a year, against the handbook's table of dates."""

import pytest

from tests.portal.test_portal_board import row_of, text_of


@pytest.mark.parametrize(
    ("year", "cycle", "day_x", "last_day", "last_working_day"),
    [
        (2014, "nam-dong-2014/O1/2014", "thứ Năm, ngày 10/04/2014", "thứ Tư, ngày 09/04/2014", "08/04/2014"),
        (
            2014,
            "nam-dong-2014/O3/2014",
            "thứ Hai, ngày 20/10/2014",
            "Chủ nhật, ngày 19/10/2014",
            "17/10/2014",
        ),
        (2020, "hue-588/O2/2020", "thứ Hai, ngày 30/11/2020", "Chủ nhật, ngày 29/11/2020", "27/11/2020"),
        (2025, "hue-588/O2/2025", "Chủ nhật, ngày 30/11/2025", "thứ Bảy, ngày 29/11/2025", "28/11/2025"),
    ],
)
def test_a_deadline_stands_there_with_day_x_last_day_and_last_working_day(
    page, year, cycle, day_x, last_day, last_working_day
):
    row = row_of(page.get(f"/lich/{year}").text, f"/ky/{cycle}")
    assert day_x in row
    assert last_day in row
    assert f"ngày {last_working_day}" in row.split("ngày làm việc cuối:")[1]


def test_a_row_says_who_sends_through_whom_and_when_they_are_reminded(page):
    row = row_of(page.get("/lich/2019").text, "/ky/hue-588/O2/2019")
    assert "12 đơn vị, qua Sở Lao động - Thương binh và Xã hội gửi UBND tỉnh Thừa Thiên Huế" in row
    assert "11/11/2019 T-14 20/11/2019 T-7 26/11/2019 T-3 02/12/2019 T+1, công văn lần 1" in row


def test_months_stand_in_order_and_hold_only_their_own(page):
    html = page.get("/lich/2014").text
    assert [html.index(f'id="thang-{month}"') for month in (4, 10, 12)] == sorted(
        html.index(f'id="thang-{month}"') for month in (4, 10, 12)
    )
    assert 'id="thang-11"' not in html


def test_every_year_of_the_plans_is_one_link_away(page):
    html = page.get("/lich/2026").text
    assert all(f'href="/lich/{year}"' in html for year in range(2013, 2026))
    assert "Năm 2026 không có hạn nào" in html


def test_undated_duties_of_the_year_are_listed_as_tasks(page):
    told = text_of(page.get("/lich/2020").text)
    assert "Chưa có hạn – cần đặt hạn" in told
    assert "định kỳ báo cáo theo năm và giai đoạn … theo quy định" in told


def test_the_calendar_without_a_year_leads_to_the_year_of_the_day_asked_about(page):
    answer = page.get("/lich?ngay=2019-12-10", follow_redirects=False)
    assert answer.headers["location"] == "/lich/2019?ngay=2019-12-10"
