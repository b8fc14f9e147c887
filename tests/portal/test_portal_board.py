"""The board and the page of one cycle, as a coordinator reads them."""

import re
from datetime import date
from html import unescape

from dondoc.web.board_pages import _documents
from flows.rehearse import Recorder
from tasks.steps.board import status
from tasks.steps.documents.issuing import Which, issue
from tests.portal.seeded import EVIL, YEARLY, at


def text_of(html: str) -> str:
    """Its words; where a line may break inside a word is no space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html.replace("<wbr>", ""))).split())


def row_of(html: str, name: str) -> str:
    """The text of the table row whose head names `name`."""
    rows = re.findall(r"<tr role=\"row\">.*?</tr>", html, re.DOTALL)
    return next(text_of(row) for row in rows if name in row)


def test_the_first_screen_tells_when_the_world_was_last_swept_and_who_has_no_address(page):
    first = text_of(page.get("/?ngay=2019-12-10T18:00").text)
    assert "Hệ thống đã rà soát đến 17 giờ 00 phút, ngày 10/12/2019" in first
    assert "Phòng Tư pháp huyện Hồng Ngự" in first


def test_a_sweep_that_lies_days_back_is_called_out_only_when_today_is_looked_at(page):
    assert "Đã quá một ngày chưa rà soát" in page.get("/").text
    assert "Đã quá một ngày chưa rà soát" not in page.get("/?ngay=2019-12-10T18:00").text


def test_a_row_counts_received_of_owing_on_time_late_nil_and_missing(page):
    row = row_of(page.get("/?ngay=2019-12-10").text, "/ky/hue-588/O2/2019")
    # 12 units, one exempt; three reports stand (one late, one nil), one was returned.
    assert "3/11 2 1 1 8" in row
    assert "hết thứ Sáu, ngày 29/11/2019" in row
    assert "7 đơn vị quá hạn" in row  # the returned one is awaited, not overdue


def test_a_day_in_the_past_shows_what_had_come_by_then(page):
    row = row_of(page.get("/?ngay=2019-11-23").text, "/ky/hue-588/O2/2019")
    assert "2/11 2 0 1 9" in row
    assert "đang nhận" in row


def test_before_a_cycle_opened_it_is_not_on_the_board(page):
    assert "/ky/hue-588/O2/2019" in page.get("/?ngay=2019-10-17").text
    assert "/ky/hue-588/O2/2019" not in page.get("/?ngay=2019-10-15").text


def test_a_duty_without_a_date_is_shown_as_a_task_in_its_year_and_not_in_another(page):
    told = text_of(page.get("/?ngay=2019-12-10").text)
    assert "Chưa có hạn – cần đặt hạn" in told
    assert "“chủ động xây dựng Kế hoạch triển khai thực hiện tại đơn vị, địa phương”" in told
    assert "Chưa có hạn – cần đặt hạn" not in text_of(page.get("/?ngay=2026-12-10").text)


def test_every_state_of_a_cycle_stands_there_in_words(page):
    html = page.get("/ky/hue-588/O2/2019?ngay=2019-12-10").text
    assert "đã gửi đúng hạn 16 giờ 00 phút, ngày 21/11/2019 1" in row_of(html, "UBND huyện Nam Đông")
    assert "đã gửi muộn 09 giờ 15 phút, ngày 03/12/2019 1" in row_of(html, "UBND huyện A Lưới")
    assert "không phát sinh" in row_of(html, "Sở Giáo dục và Đào tạo")
    returned = row_of(html, "Sở Y tế")
    assert "yêu cầu chỉnh lý" in returned
    assert "; gửi lại chậm nhất hết thứ Ba, ngày 03/12/2019" in returned
    assert "hạn riêng" not in returned
    assert "Hỏi về H588.05: “Vì sao không có? <script>" in returned
    late = row_of(html, "UBND huyện Phú Lộc")
    assert "quá hạn, chưa gửi – – gia hạn 27/11/2019" in late
    assert "chờ gửi Mưa lũ; hạn riêng: hết thứ Năm, ngày 05/12/2019" in late
    assert "được miễn – – – Không có xã thuộc diện" in row_of(html, "Sở Văn hóa và Thể thao")


def test_a_unit_that_cannot_be_written_to_says_so_beside_its_name(page):
    html = page.get("/ky/hong-ngu-2020/O1/2020?ngay=2019-12-10").text
    assert "chưa có địa chỉ" in row_of(html, "Phòng Tư pháp")
    assert "chưa có địa chỉ" not in row_of(html, "Phòng Y tế")


def test_a_reason_is_shown_as_text_never_as_markup(page):
    html = page.get("/ky/hue-588/O2/2019?ngay=2019-12-10").text
    assert "<script" not in html
    assert EVIL in unescape(html)


def test_totals_come_with_n_of_n_and_are_held_back_for_a_day_before_the_reports(page):
    today = page.get("/ky/hue-588/O2/2019").text
    assert "Cộng từ báo cáo của 3/11 đơn vị" in today
    assert "H588.01" in today
    before = page.get("/ky/hue-588/O2/2019?ngay=2019-11-23").text
    assert "H588.01" not in before
    assert "xem tình hình hôm nay" in before


def test_a_cycle_that_has_not_opened_shows_who_will_owe_it(page):
    told = text_of(page.get("/ky/hue-647/O2/2019?ngay=2019-10-01").text)
    assert "chưa mở" in told
    assert "thứ Năm, ngày 19/12/2019" in told
    assert "UBND thành phố Huế" in told


def test_links_keep_the_day_that_was_asked_for(page):
    html = page.get("/?ngay=2019-12-10").text
    assert 'href="/ky/hue-588/O2/2019?ngay=2019-12-10"' in html
    assert 'href="/ky/hue-588/O2/2019"' in page.get("/").text


def test_the_report_and_the_letter_can_be_downloaded_byte_for_byte(page, home):
    html = page.get("/ky/hue-588/O2/2019").text
    links = re.findall(r'href="(/van-ban/\d+)" download>([^<]+)<', html)
    assert [name.split(",")[0] for _, name in links] == ["Công văn đôn đốc (T+1)", "Báo cáo"]
    answer = page.get(links[1][0])
    assert answer.content == home.files.read("documents/hue-588/O2-2019/bao-cao-v1.docx")
    assert 'filename="hue-588-O2-2019-bao-cao-v1.docx"' in answer.headers["content-disposition"]


def test_a_document_written_later_is_not_offered_for_an_earlier_day(page):
    assert "Báo cáo, bản 1" not in page.get("/ky/hue-588/O2/2019?ngay=2019-12-10").text
    assert "Công văn đôn đốc (T+1), bản 1" in page.get("/ky/hue-588/O2/2019?ngay=2019-12-10").text


def test_every_document_says_whether_it_was_issued_and_under_which_number(page, home):
    with home.rehearsal(Recorder()) as rehearsed:
        issue(
            rehearsed, YEARLY, Which(), 7, date(2019, 12, 21), as_of=at("2019-12-23T09:00"), actor="văn thư"
        )
        papers = status(rehearsed, YEARLY, at("2019-12-23T10:00"))["documents"]
    found = text_of(page.get("/ky/hue-588/O2/2019").text)
    assert "Báo cáo, bản 1 (Word) dự thảo lập lúc 17 giờ 00 phút, ngày 20/12/2019" in found
    shown = [
        [(paper["kind"], paper["issued"]) for paper in _documents(papers, at(moment))]
        for moment in ("2019-12-19T09:00", "2019-12-20T18:00", "2019-12-21T09:00")
    ]
    assert shown == [
        [("cong-van", False)],
        [("cong-van", False), ("bao-cao", False)],
        [("cong-van", False), ("bao-cao", True)],
    ]
