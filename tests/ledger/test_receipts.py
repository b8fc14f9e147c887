"""What a mail names is what it brings: the hash that was received, the form, the draft of the công văn."""

import hashlib

from tasks.steps import acts
from tasks.steps.board import status
from tests.ledger.office import KEY, at, filled, hand_in, mails, submit, sweep
from tests.ledger.papers import issue

MOT = "xa-mot@mau.example"


def forms_of(mail):
    """Plain text and HTML."""
    return [mail.get_body((kind,)).get_content() for kind in ("plain", "html")]


def about(home, subject):
    (found,) = [mail for mail in mails(home) if subject in mail["Subject"]]
    return found


def test_a_receipt_has_number_time_file_version_and_the_hash_to_read_out_and_in_full(home):
    sweep("2019-10-16")
    data = filled(home, "xa-mot", "2019-11-19")
    hand_in(home, "xa-mot", data, "2019-11-19T09:05")
    sweep("2019-11-19T10:00")
    sha256 = hashlib.sha256(data).hexdigest()
    spoken = " ".join(sha256[i : i + 4] for i in (0, 4, 8, 12))
    mail = about(home, "Đã nhận báo cáo")
    assert f"{KEY}/xa-mot/1" in mail["Subject"]
    for form in forms_of(mail):
        for fact in (spoken, sha256, "09 giờ 05 phút, ngày 19/11/2019", "xa-mot.xlsx", f"{KEY}/xa-mot/1"):
            assert fact in form


def test_the_same_content_again_brings_no_second_receipt_and_other_content_does(home):
    sweep("2019-10-16")
    data = filled(home, "xa-mot", "2019-11-19")
    hand_in(home, "xa-mot", data, "2019-11-19")
    hand_in(home, "xa-mot", data, "2019-11-19T09:00")
    sweep("2019-11-19T10:00")
    assert len(mails(home)) == 1
    submit(home, "xa-mot", "2019-11-19T11:00", A_1=101)
    sweep("2019-11-19T12:00")
    assert len(mails(home)) == 2


def test_returned_and_extended_mails_name_the_form_they_bring(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-10-18")
    acts.return_report(home, KEY, "xa-mot", "thiếu số", as_of=at("2019-10-21"), actor="cán bộ")
    acts.extend(
        home, KEY, "xa-hai", at("2019-12-10").date(), "mưa lũ", as_of=at("2019-10-21"), actor="cán bộ"
    )
    sweep("2019-10-21")
    for subject in ("Đề nghị chỉnh lý", "Gia hạn"):
        mail = about(home, subject)
        (name,) = [
            part.get_filename() for part in mail.iter_attachments() if part.get_filename().endswith(".xlsx")
        ]
        for form in forms_of(mail):
            assert name in form


def test_the_list_that_comes_with_a_letter_says_so_and_the_one_without_does_not(home):
    sweep("2019-10-16", "2019-12-02")
    issue(
        home, kind="cong-van", on="2019-12-02", when="2019-12-02T15:00"
    )  # else it is asked about with the list
    sweep("2019-12-06")
    with_letter, without = sorted(
        (mail for mail in mails(home) if mail["To"] == "phong@mau.example"),
        key=lambda mail: mail["Date"].datetime,
    )
    (letter,) = with_letter.iter_attachments()
    for form in forms_of(with_letter):
        assert "Kèm theo dự thảo công văn đôn đốc" in " ".join(form.split())
        assert letter.get_filename() in form
    assert list(without.iter_attachments()) == []
    for form in forms_of(without):
        assert "công văn" not in form


def exempted(home):
    sweep("2019-10-16")
    acts.exempt(home, KEY, "xa-mot", "mới sáp nhập", as_of=at("2019-11-18"), actor="cán bộ")
    submit(home, "xa-mot", "2019-11-19")
    sweep("2019-11-19T10:00")


def row_of(home, unit):
    return next(row for row in status(home, KEY, at("2019-11-20"))["units"] if row["unit"] == unit)


def test_an_exempt_unit_that_reports_all_the_same_reads_that_it_is_kept_and_not_added_up(home):
    exempted(home)
    for form in forms_of(about(home, "Đã nhận báo cáo")):
        assert "đã được miễn báo cáo kỳ này; số liệu được lưu, không cộng vào tổng hợp" in " ".join(
            form.split()
        )
    row = row_of(home, "xa-mot")
    assert (row["state"], row["version"]) == ("exempt", 1)
    assert row["reason"] == "mới sáp nhập; đã gửi báo cáo, số liệu được lưu, không cộng vào tổng hợp"


def test_a_receipt_of_a_unit_that_owes_says_nothing_of_an_exemption(home):
    sweep("2019-10-16")
    submit(home, "xa-mot", "2019-11-19")
    sweep("2019-11-19T10:00")
    assert "miễn báo cáo" not in forms_of(about(home, "Đã nhận báo cáo"))[0]
    assert "không cộng" not in row_of(home, "xa-mot")["reason"]


def test_with_the_exemption_taken_back_the_report_counts_from_the_time_it_came(home):
    exempted(home)
    acts.assign(home, KEY, "xa-mot", "nhầm", "", as_of=at("2019-11-20"), actor="cán bộ")
    row = row_of(home, "xa-mot")
    assert (row["state"], row["submitted_at"][:10]) == ("submitted_on_time", "2019-11-19")
    assert status(home, KEY, at("2019-11-20"))["received"] == 1
    assert "không cộng" not in row["reason"]
