"""Why a message is in its state, in Vietnamese. The ledger keeps reasons as English sentences, and as servers say them;
what is not known here is shown as it is.
"""

import re
from collections.abc import Callable
from datetime import date

from models.message_steps import step_words
from models.message_words import NOTHING, state_words
from models.text import short_date

_Words = Callable[[re.Match[str]], str]


def _said(words: str) -> _Words:
    """Fixed words; `{}` stands for what was found."""
    return lambda found: words.format(*found.groups())


def _step(words: str) -> _Words:
    return lambda found: words.format(step_words(found[1]))


def _day(words: str) -> _Words:
    return lambda found: words.format(short_date(date.fromisoformat(found[1])))


_NO_ADDRESS = "the unit has no working address"
_FLOOD = r"(\d+) answers to this address within an hour"
_REASONS: tuple[tuple[str, _Words], ...] = (
    (r"overtaken by (\S+)", _step("đã đến mốc sau: {}")),
    (r"in doubt, overtaken by (\S+)", _step("chưa rõ đã đến hay chưa, thư của mốc sau đã được gửi: {}")),
    (r"the cycle is closed", _said("kỳ báo cáo đã đóng")),
    (r"the deadline has passed", _said("đã qua hạn")),
    (_NO_ADDRESS, _said("đơn vị không có địa chỉ thư dùng được")),
    (_FLOOD, _said("đã có {} thư trả lời tự động đến địa chỉ này trong một giờ")),
    (r"settled before it was sent", _said("việc đã được xử lý trước khi thư được gửi")),
    (r"issued as (\S+)", _said("văn bản đã được ghi nhận ban hành, số {}")),
    (r"submitted on (\d{4}-\d\d-\d\d)", _day("văn bản đã được trình ký ngày {}")),
    (r"approved on (\d{4}-\d\d-\d\d)", _day("văn bản đã được phê duyệt ngày {}")),
    (r"draft on (\d{4}-\d\d-\d\d)", _day("dự thảo đã được trả lại ngày {}")),
    (
        r"issued, superseded or of no use before it was sent",
        _said("trước khi thư được gửi, văn bản đã ban hành, đã có bản mới hoặc không còn cần ban hành"),
    ),
    (r"taken back before it was sent", _said("trước khi thư được gửi, thay đổi đã không còn")),
    (
        r"changed again before it was sent",
        _said("báo cáo lại thay đổi trước khi thư được gửi, có thư khác nêu"),
    ),
    (r"reported before it was sent", _said("đơn vị đã báo cáo trước khi thư được gửi")),
    (r"version (\d+) received", _said("đã nhận báo cáo, phiên bản {}")),
    (r"extended to (\d{4}-\d\d-\d\d)", _day("đã gia hạn đến hết ngày {}")),
    (r"deadline changed to (\d{4}-\d\d-\d\d)", _day("thời hạn chuyển đến hết ngày {}")),
    (r"the mail about the changed deadline says it", _said("thư về thời hạn mới đã nêu")),
    (r"exempt", _said("đơn vị được miễn")),
    (r"bounced \(no status\)", _said("thư bị trả lại, không ghi mã lỗi")),
    (r"bounced \((\S+)\)", _said("thư bị trả lại, mã {}")),
    (r"arrived, as delivered says", _said("đã đến, theo báo phát của máy chủ thư")),
    (r"arrived, as reply says", _said("đã đến, người nhận đã trả lời")),
    (r"arrived, as (.+) says", _said("đã đến, theo thư nhận về ({})")),
    (r"the sender died while sending", _said("việc gửi bị ngắt giữa chừng")),
    (r"retried by hand", _said("người quản trị cho gửi lại")),
    (r"settled by hand", _said("người quản trị đã xác nhận")),
    (r"put aside by hand", _said("người quản trị ghi bỏ qua, không gửi nữa")),
    (r"sent to (\S+) instead", _said("đã gửi đến địa chỉ khác: {}")),
    (r"cannot connect to (\S+): (.*)", _said("không kết nối được máy chủ thư {}: {}")),
    (r"connection lost in mid-message: (.*)", _said("mất kết nối khi đang chuyển nội dung: {}")),
    (r"connection lost: (.*)", _said("mất kết nối với máy chủ thư: {}")),
    (
        r"no reply after the message was sent: (.*)",
        _said("máy chủ thư không trả lời sau khi nhận nội dung: {}"),
    ),
    (r"no sense in the reply: (.*)", _said("máy chủ thư trả lời không rõ: “{}”")),
    (r"cannot write to ([^:]+): (.*)", _said("không ghi được vào thư mục thư {}: {}")),
    (r"not (?:one plain|an) e-mail address: (.*)", _said("địa chỉ thư không hợp lệ: {}")),
    (r"not a plain file name: (.*)", _said("tên tệp gửi kèm không hợp lệ: {}")),
    (r"a line break or control character in (.*)", _said("có ký tự không hợp lệ trong {}")),
    (
        r"(not a MIME type: .*|not a Message-ID: .*|a mail has a sender and a subject|the date of a mail has a zone)",
        _said("không lập được thư: {}"),
    ),
    (r"([45]\d\d .*)", _said("máy chủ thư trả lời: “{}”")),
)
_KNOWN = tuple((re.compile(pattern, re.DOTALL), words) for pattern, words in _REASONS)


def reason_words(reason: str) -> str:
    for pattern, words in _KNOWN:
        if found := pattern.fullmatch(reason):
            return words(found)
    return reason


def what_to_do(state: str, reason: str) -> str:
    """One or two sentences for the coordinator."""
    if state == "skipped" and reason == _NO_ADDRESS:
        return (
            "Hỏi địa chỉ thư của đơn vị và báo người quản trị bổ sung; các mốc nhắc sau sẽ được gửi. "
            "Trước mắt báo đơn vị bằng cách khác."
        )
    if state == "skipped" and re.fullmatch(_FLOOD, reason):
        return "Kiểm tra hộp thư của đơn vị có đang tự động gửi trả lời không, và báo đơn vị kết quả nhận tệp bằng cách khác."
    return state_words(state).todo or NOTHING
