"""Why a mail or a form waits for a person, and what can be done: one source for the page and the command line."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Why:
    """`vietnamese` for the coordinator, `english` for the admin; `todo` is what the coordinator does."""

    vietnamese: str
    english: str
    todo: str


_ASK = "Hỏi đơn vị bằng điện thoại hoặc thư; nếu đúng là biểu của đơn vị thì nhận, nếu không thì bỏ qua."
_ANSWER = "Đọc thư trong hộp thư và trả lời người gửi; xong thì ghi là đã xử lý."
_RESEND = "Đề nghị người gửi sửa theo nội dung đã nêu và gửi lại; xong thì ghi là đã xử lý."

WHY = {
    "strange_sender": Why(
        "người gửi không phải đầu mối của đơn vị ghi trong biểu", "the sender is no contact of the unit", _ASK
    ),
    "other_units_sender": Why(
        "người gửi là đầu mối của đơn vị khác, không phải đơn vị ghi trong biểu",
        "the sender is a contact of another unit",
        _ASK,
    ),
    "disowned": Why(
        "máy chủ thư báo địa chỉ người gửi có thể bị giả mạo (DMARC)",
        "our mail server found the sender's address disowned (DMARC)",
        _ASK,
    ),
    "by_list": Why(
        "biểu gửi qua nhóm thư hoặc thư hàng loạt, không rõ ai gửi", "it came through a list or in bulk", _ASK
    ),
    "no_form": Why("thư không kèm biểu của hệ thống", "no form of ours in it", _ANSWER),
    "blank": Why(
        "biểu kèm thư còn đúng như hệ thống đã gửi, chưa điền", "our form, as it was sent out", _ANSWER
    ),
    "not_ours": Why(
        "tệp Excel kèm thư không phải biểu do hệ thống gửi", "a workbook that is no form of ours", _RESEND
    ),
    "forged": Why(
        "biểu ghi mã không đúng với hệ thống này", "a form whose token is not of this installation", _RESEND
    ),
    "unreadable": Why("tệp kèm thư không đọc được", "a file that cannot be read", _RESEND),
    "winmail": Why(
        "thư gửi theo định dạng riêng của Outlook (winmail.dat), không đọc được tệp bên trong",
        "Outlook's own format (winmail.dat), which cannot be opened",
        "Mở thư bằng Outlook, lưu tệp biểu và đưa vào hệ thống; hoặc đề nghị người gửi gửi lại dạng HTML. "
        "Xong thì ghi là đã xử lý.",
    ),
    "infected": Why(
        "thư có mã độc nên không tệp nào được mở hoặc lưu",
        "the virus scanner found something in it; nothing of it was opened or kept",
        "Không mở thư. Báo người gửi bằng điện thoại; xong thì ghi là đã xử lý.",
    ),
    "not_scanned": Why(
        "thư vượt dung lượng máy quét vi-rút kiểm tra được nên chưa được mở",
        "larger than the virus scanner takes (StreamMaxLength), so it was not opened",
        _RESEND,
    ),
    "too_large": Why("thư quá lớn nên chưa được tải về", "the mail is too large to be loaded", _RESEND),
}

STATES = {
    "held": "chờ đầu mối quyết định",
    "unmatched": "chờ người xem",
    "done": "đã xử lý tự động",
    "taken": "đã tiếp nhận",
    "refused": "chưa tiếp nhận, đã trả lời",
    "dismissed": "đã bỏ qua",
}
WAITING = ("held", "unmatched")
"""The states that ask something of a person."""


def why_words(why: str) -> Why:
    """Of a word without words of its own, the word."""
    return WHY.get(why) or Why(why, why, "")
